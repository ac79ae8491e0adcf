//! `pygloss stats`: what the reader knows by now.

use std::io::{self, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use pygloss_core::Library;

use super::{counted, progress};
use crate::store::{Card, Share, Store, chance};

const MINUTE: i64 = 60 * 1000;

/// Prints what was answered, how much of each topic is known and what is due.
///
/// # Errors
/// When there is no progress, it cannot be read, or `out` cannot be written to.
pub fn run(out: &mut impl Write, library: &Library) -> io::Result<i32> {
    let (store, folder) = progress::existing()?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis());
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    write!(out, "{}", page(&store, library, now).map_err(io::Error::other)?)?;
    writeln!(out, "\nKept in {}.", folder.display())?;
    Ok(0)
}

fn page(store: &Store, library: &Library, now: i64) -> rusqlite::Result<String> {
    let stats = store.stats(now)?;
    let cards = store.cards()?;
    let (due, next) = store.due(now)?;
    let mut out = format!(
        "{} to {}, {} right.\n",
        counted(stats.answers.all as usize, "answer"),
        counted(cards.len(), "question"),
        percent(stats.answers),
    );
    out += &match (due, next) {
        (0, Some(next)) => {
            format!("Nothing is due; the next question is in {}.\n", pause(next - now))
        }
        (0, None) => "Nothing is due.\n".to_owned(),
        (1, _) => "1 question is due now.\n".to_owned(),
        _ => format!("{due} questions are due now.\n"),
    };
    if stats.streak > 0 {
        out += &format!("{} in a row.\n", counted(stats.streak as usize, "day"));
    }
    out += &format!("\n{:<24}{:>12}{:>12}\n", "Topic", "asked", "known now");
    for pack in library.packs() {
        for concept in &pack.concepts {
            if concept.quiz.is_empty() {
                continue;
            }
            let prefix = format!("{}/{}/", pack.manifest.id, concept.id);
            let asked: Vec<&Card> =
                cards.iter().filter(|card| card.card.starts_with(&prefix)).collect();
            let known = asked.iter().map(|card| chance(card, now)).sum::<f64>();
            let known = match asked.len() {
                0 => "-".to_owned(),
                count => format!("{:.0} %", 100.0 * known / count as f64),
            };
            let share = format!("{} of {}", asked.len(), concept.quiz.len());
            out += &format!("{:<24}{share:>12}{known:>12}\n", concept.id);
        }
    }
    if !stats.confidence.is_empty() {
        out += "\nWhat you said of an answer, and how often it was right\n";
        for (said, share) in &stats.confidence {
            let Share { right, all } = share;
            out +=
                &format!("{said:<24}{:>12}{:>12}\n", format!("{right} of {all}"), percent(*share));
        }
    }
    out += &interviews(store, library)?;
    Ok(out)
}

/// What the reader thought of the answers in mock interviews, in the order of the questions.
fn interviews(store: &Store, library: &Library) -> rusqlite::Result<String> {
    let Some(interview) = library.interview() else { return Ok(String::new()) };
    let judgements = store.judgements()?;
    let mut out = String::new();
    for question in &interview.questions {
        let id = format!("{}/{}", interview.pack, question.id);
        let Some((newest, times)) = judgements.iter().find(|(it, _)| it.question == id) else {
            continue;
        };
        let found = format!("{} of {}", newest.found, newest.points);
        let judged = newest.judgement.replace('-', " ");
        out += &format!("{:<24}{judged:>12}{found:>12}{times:>9}\n", question.id);
    }
    if out.is_empty() {
        return Ok(out);
    }
    let head = "\nMock interview           you thought points found   judged\n";
    Ok(head.to_owned() + &out)
}

fn percent(share: Share) -> String {
    match share.all {
        0 => "-".to_owned(),
        all => format!("{:.0} %", 100.0 * f64::from(share.right) / f64::from(all)),
    }
}

/// Rounded up to minutes, hours or days.
fn pause(ms: i64) -> String {
    let minutes = usize::try_from(ms.max(0) / MINUTE + 1).unwrap_or(usize::MAX);
    match minutes {
        0..60 => counted(minutes, "minute"),
        60..1440 => counted(minutes.div_ceil(60), "hour"),
        _ => counted(minutes.div_ceil(1440), "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Judgement, Review, open_in_memory};

    const DAY: i64 = 24 * 60 * MINUTE;
    const NOON: i64 = 20_000 * DAY + DAY / 2;

    #[test]
    fn what_is_known_by_now() {
        let mut store = open_in_memory();
        for (id, card, at, outcome, grade, confidence) in [
            (1, "decorators/wraps-name", NOON - 9 * DAY, "right", 3, Some("sure")),
            (2, "decorators/wraps-name", NOON - 6 * DAY, "right", 3, Some("sure")),
            (3, "generators/lazy", NOON - DAY, "wrong", 1, Some("guess")),
        ] {
            let card = format!("python-interview-5/{card}");
            let review = Review {
                id,
                session: id.to_string(),
                at,
                card,
                variant: "one".into(),
                seed: 0,
                source: "pack",
                outcome,
                grade,
                confidence,
                hints: 0,
                ms: None,
            };
            store.record(&review).unwrap();
        }
        let library = crate::builtin::library();
        let page = page(&store, &library, NOON).unwrap();
        let start =
            "3 answers to 2 questions, 67 % right.\n1 question is due now.\n1 day in a row.\n";
        assert!(page.starts_with(start), "{page}");
        for (id, asked, known) in
            [("decorators", 1, "95 %"), ("generators", 1, "77 %"), ("metaclasses", 0, "-")]
        {
            let (_, concept) = library.concepts().find(|(_, concept)| concept.id == id).unwrap();
            let share = format!("{asked} of {}", concept.quiz.len());
            assert!(page.contains(&format!("\n{id:<24}{share:>12}{known:>12}\n")), "{page}");
        }
        let said = "sure                          2 of 2       100 %\n\
                    guess                         0 of 1         0 %\n";
        assert!(page.ends_with(said), "{page}");
    }

    #[test]
    fn what_the_reader_thought_of_an_interview() {
        let mut store = open_in_memory();
        let library = crate::builtin::library();
        let judged = |interview: &str, question: &str, judgement: &str| Judgement {
            interview: interview.into(),
            question: format!("python-interview-5/{question}"),
            at: NOON,
            judgement: judgement.into(),
            found: 2,
            points: 4,
        };
        assert!(!page(&store, &library, NOON).unwrap().contains("Mock interview"));
        store.judge(&judged("a", "fetching", "not-yet")).unwrap();
        store.judge(&Judgement { at: NOON + 1, ..judged("b", "fetching", "in-part") }).unwrap();
        store.judge(&judged("b", "gone", "good")).unwrap();
        let page = page(&store, &library, NOON).unwrap();
        let end = "\nMock interview           you thought points found   judged\n\
                   fetching                     in part      2 of 4        2\n";
        assert!(page.ends_with(end), "{page}");
    }

    #[test]
    fn pauses_in_words() {
        let said = [0, 59 * MINUTE, 61 * MINUTE, 30 * 60 * MINUTE].map(pause);
        assert_eq!(said, ["1 minute", "1 hour", "2 hours", "2 days"]);
    }
}
