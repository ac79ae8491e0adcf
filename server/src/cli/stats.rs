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
    out += &practised(store, library)?;
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
    Ok(out)
}

/// A line about exercises; none before one was done.
fn practised(store: &Store, library: &Library) -> rusqlite::Result<String> {
    let known = store.practised()?;
    let all: Vec<_> = library.exercises().map(|found| known.get(&found.id())).collect();
    let passed = all.iter().flatten().filter(|it| it.passed).count();
    let given_up = all.iter().flatten().filter(|it| it.gave_up && !it.passed).count();
    if passed + given_up == 0 {
        return Ok(String::new());
    }
    let tail = if given_up > 0 { format!(", {given_up} given up") } else { String::new() };
    Ok(format!("{passed} of {} passed{tail}.\n", counted(all.len(), "exercise")))
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
    use crate::store::{PracticeEvent, Review, open_in_memory};

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
    fn exercises_are_counted_once_one_is_done() {
        let library = crate::builtin::library();
        let ids: Vec<String> = library.exercises().map(|found| found.id()).collect();
        let mut store = open_in_memory();
        assert_eq!(practised(&store, &library).unwrap(), "");
        for (number, event) in [(0, PracticeEvent::Passed), (1, PracticeEvent::GaveUp)] {
            store.practise(number as u128, NOON, &ids[number], event).unwrap();
        }
        store.practise(9, NOON, "gone/with/its-pack", PracticeEvent::Passed).unwrap();
        let expected = format!("1 of {} exercises passed, 1 given up.\n", ids.len());
        assert_eq!(practised(&store, &library).unwrap(), expected);
        assert!(page(&store, &library, NOON).unwrap().contains(&expected));
    }

    #[test]
    fn pauses_in_words() {
        let said = [0, 59 * MINUTE, 61 * MINUTE, 30 * 60 * MINUTE].map(pause);
        assert_eq!(said, ["1 minute", "1 hour", "2 hours", "2 days"]);
    }
}
