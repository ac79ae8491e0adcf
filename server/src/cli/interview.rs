//! `pygloss interview`: the mock interview on standard input and output. What the reader thinks of an
//! answer is kept, the answer is not.

use std::io::{self, BufRead, Write};
use std::path::Path;

use pygloss_core::Library;
use pygloss_core::content::{Interview, InterviewQuestion};
use pygloss_core::markdown::plain_text;
use pygloss_core::quiz::interview::{Comparison, Conversation, Judged, Judgement, Stage, talk_at};

use super::ask::now;
use super::explain::split_place;
use super::source;
use crate::project::{Projects, Wishes};
use crate::quiz::{judgement, session_name};
use crate::store::data_folder;

/// What can be typed for a judgement.
const JUDGEMENTS: [(&str, &str, Judgement); 3] = [
    ("1", "good", Judgement::Good),
    ("2", "in part", Judgement::InPart),
    ("3", "not yet", Judgement::NotYet),
];

/// Keeps judgements in the reader's store, as those of one interview.
///
/// # Errors
/// When `out` cannot be written to.
pub fn keeper<W: Write>(out: &mut W) -> io::Result<impl FnMut(&Judged) -> io::Result<()> + use<W>> {
    let mut store = super::quiz::open(out, data_folder().as_deref())?;
    let interview = session_name();
    Ok(move |judged: &Judged| {
        let kept = judgement(judged, &interview, now());
        store.judge(&kept).map(drop).map_err(io::Error::other)
    })
}

/// What is asked: the mock interview, or one about the code at a place such as `shop/api.py:14`.
///
/// # Errors
/// When there is no such interview, or the file cannot be read.
pub fn asked(library: &Library, place: Option<&str>) -> io::Result<Interview> {
    let Some(what) = place else {
        let interview = library.interview().cloned();
        return interview.ok_or_else(|| io::Error::other("no pack has an interview"));
    };
    let (path, line, column) = split_place(what)
        .ok_or_else(|| io::Error::other(format!("`{what}` is no place such as app.py:14")))?;
    let path = Path::new(path);
    let document = source::open(path)
        .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
    let offset = source::offset(document.text(), line, column)
        .ok_or_else(|| io::Error::other(format!("there is no place {what}")))?;
    let settings = source::settings(&Projects::default(), path, &Wishes::default());
    let talk = talk_at(library, &document, &settings, offset);
    let none = || io::Error::other(format!("there is no interview about the code at {what}"));
    talk.map(|talk| talk.interview).ok_or_else(none)
}

/// Asks every question, each with one more on the first point that was missed. `keep` gets the reader's
/// judgements. Exit code 0 whatever the answers are; the end of the input ends the interview.
///
/// # Errors
/// When the terminal cannot be read or written.
pub fn run(
    out: &mut impl Write,
    input: &mut dyn BufRead,
    interview: &Interview,
    keep: &mut dyn FnMut(&Judged) -> io::Result<()>,
) -> io::Result<i32> {
    let about = [&interview.title, &interview.scenario, &interview.notice].map(|it| plain(it));
    writeln!(out, "{}\n", about.join("\n\n"))?;
    let mut talk = Conversation::new();
    let mut judged = Vec::new();
    while let Some(asked) = talk.asked(interview) {
        let of = interview.questions.len();
        writeln!(out, "{}/{of} {}", asked.number, plain(&asked.question.title))?;
        if !answer(out, input, interview, &mut talk, asked.question)? {
            return Ok(0);
        }
        let mut own = "not answered";
        if talk.stage() == Stage::Judgement {
            let Some((words, how)) = judge(out, input)? else { return Ok(0) };
            own = words;
            if let Some(Ok(judged)) = how.map(|how| talk.judge(interview, how)) {
                keep(&judged)?;
            }
        }
        judged.push(format!("  {}: {own}", plain(&asked.question.title)));
        if matches!(talk.stage(), Stage::FollowUp(_))
            && !answer(out, input, interview, &mut talk, asked.question)?
        {
            return Ok(0);
        }
        writeln!(out, "An answer with all points:\n  {}\n", plain(&asked.question.model))?;
        let is_asked = talk.asked(interview).is_some_and(|now| now.number == asked.number);
        if is_asked && talk.next(interview).is_err() {
            break;
        }
    }
    writeln!(out, "Your own judgement:\n{}\n", judged.join("\n"))?;
    writeln!(out, "{}", plain(&interview.closing))?;
    Ok(0)
}

/// Hears an answer to what is asked, and compares it; false when the input ends.
fn answer(
    out: &mut impl Write,
    input: &mut dyn BufRead,
    interview: &Interview,
    talk: &mut Conversation,
    question: &InterviewQuestion,
) -> io::Result<bool> {
    let words = talk.asked(interview).map(|asked| asked.words()).unwrap_or_default();
    let Some(answer) = hear(out, input, words)? else { return Ok(false) };
    if let Ok(found) = talk.compare(interview, &answer) {
        show(out, question, &found)?;
    }
    Ok(true)
}

/// The reader's own judgement in words and as such; nothing at the end of the input.
fn judge(
    out: &mut impl Write,
    input: &mut dyn BufRead,
) -> io::Result<Option<(&'static str, Option<Judgement>)>> {
    writeln!(out, "How was your answer? 1 good, 2 in part, 3 not yet, anything else to pass")?;
    out.flush()?;
    let mut line = String::new();
    if input.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let typed = JUDGEMENTS.iter().find(|(key, ..)| *key == line.trim());
    Ok(Some(typed.map_or(("not judged", None), |(_, words, how)| (*words, Some(*how)))))
}

/// Asks, and reads lines until an empty one; nothing at the end of the input.
fn hear(out: &mut impl Write, input: &mut dyn BufRead, words: &str) -> io::Result<Option<String>> {
    writeln!(out, "{}\n(An empty line ends your answer.)", plain(words))?;
    out.flush()?;
    let mut answer = String::new();
    loop {
        let start = answer.len();
        if input.read_line(&mut answer)? == 0 {
            return Ok((!answer.is_empty()).then_some(answer));
        }
        if answer[start..].trim().is_empty() {
            answer.truncate(start);
            return Ok(Some(answer));
        }
    }
}

fn show(
    out: &mut impl Write,
    question: &InterviewQuestion,
    told: &Comparison<'_>,
) -> io::Result<()> {
    let Comparison { found, text: answer, .. } = told;
    for (point, seen) in question.points.iter().zip(&found.points) {
        let title = plain(&point.title);
        match (seen.place, seen.negated) {
            (Some(span), _) => {
                let line = answer[..span.start].matches('\n').count() + 1;
                let words = answer[span.start..span.end].replace('\n', " ");
                writeln!(out, "  found:     {title} (line {line}: {words})")?;
            }
            (None, Some(_)) => writeln!(out, "  denied:    {title}. {}", plain(&point.why))?,
            (None, None) => writeln!(out, "  not found: {title}. {}", plain(&point.why))?,
        }
    }
    for flag in &question.flags {
        if found.flags.iter().any(|seen| seen.id == flag.id) {
            writeln!(out, "  red flag?  {}. {}", plain(&flag.title), plain(&flag.why))?;
        }
    }
    writeln!(out)
}

fn plain(markdown: &str) -> String {
    plain_text(markdown).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;

    /// What is printed, and the judgements that are kept.
    fn interview(typed: &str) -> (String, Vec<Judged>) {
        let library = builtin::library();
        hold(library.interview().unwrap(), typed)
    }

    fn hold(interview: &Interview, typed: &str) -> (String, Vec<Judged>) {
        let mut out = Vec::new();
        let mut kept = Vec::new();
        let mut keep = |judged: &Judged| {
            kept.push(judged.clone());
            Ok(())
        };
        let code = run(&mut out, &mut typed.as_bytes(), interview, &mut keep).unwrap();
        assert_eq!(code, 0);
        (String::from_utf8(out).unwrap(), kept)
    }

    fn talk(typed: &str) -> String {
        interview(typed).0
    }

    #[test]
    fn what_is_said_is_found_by_line_and_what_is_missed_is_asked_again() {
        let (out, kept) =
            interview("I loop over them\nwith httpx, throttled.\n\n2\nIt blocks.\n\n");
        assert!(out.contains("found:     a loop over the pages (line 1: loop)"), "{out}");
        assert!(out.contains("found:     an HTTP client (line 2: httpx)"), "{out}");
        assert!(out.contains("not found: that time.sleep blocks"), "{out}");
        assert!(out.contains("What does your program do while it sleeps?"), "{out}");
        assert!(out.contains("found:     that time.sleep blocks (line 4: blocks)"), "{out}");
        assert!(!out.contains("red flag?"), "{out}");
        assert!(out.contains("2/5 "), "{out}");
        let kept: Vec<_> = kept.iter().map(|it| (it.judgement, it.found, it.points)).collect();
        assert_eq!(kept, [(Judgement::InPart, 3, 4)]);
    }

    #[test]
    fn what_is_not_judged_is_not_kept_and_not_asked_about() {
        let (out, kept) = interview("I loop.\n\n-\n");
        assert_eq!(kept, []);
        assert!(out.contains("2/5 ") && !out.contains("With what do you make"), "{out}");
        let (out, kept) = interview("\n\n\n\n\n");
        assert_eq!(kept, []);
        assert_eq!(out.matches(": not answered\n").count(), 5, "{out}");
    }

    #[test]
    fn denials_and_flags_are_told_and_no_mark_is_given() {
        let out = talk("All at once, without a rate limit.\n\n");
        assert!(out.contains("denied:    the rate limit."), "{out}");
        assert!(out.contains("red flag?  the rate limit is not kept."), "{out}");
        assert!(out.contains("That is no mark"), "{out}");
        assert!(!out.contains("2/5 "), "the input ended before: {out}");
    }

    #[test]
    fn the_whole_interview_ends_with_the_interviewers_last_words() {
        let library = builtin::library();
        let interview = library.interview().unwrap();
        let models = interview.questions.iter().map(|asked| format!("{}\n\n1\n", asked.model));
        let out = talk(&models.collect::<String>());
        assert!(
            out.contains("5/5 ") && out.ends_with(&format!("{}\n", interview.closing)),
            "{out}"
        );
        assert_eq!(out.matches(": good\n").count(), 5, "{out}");
        assert!(!out.contains("not found") && !out.contains("red flag?"), "{out}");
    }

    #[test]
    fn the_interview_about_a_place_in_a_file_is_about_its_code() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("app.py");
        std::fs::write(&file, "def rows(path):\n    for line in open(path):\n        yield line\n")
            .unwrap();
        let library = builtin::library();
        let at = |place: &str| {
            asked(&library, Some(&format!("{}:{place}", file.display())))
                .map_err(|error| error.to_string())
        };
        let (out, kept) = hold(&at("3").unwrap(), "It is lazy.\n\n2\nAt the yield.\n\n\n");
        assert!(out.contains("Somebody calls rows. Walk me through"), "{out}");
        assert!(out.contains("found:     what the call does (line 1: lazy)"), "{out}");
        assert!(out.contains("found:     where it stops first (line 3: At the yield)"), "{out}");
        assert_eq!(kept[0].question, "python-interview-5/generators/walk-generator/call");
        assert!(at("9").unwrap_err().contains("there is no place"));
        assert!(asked(&library, Some("app.py")).unwrap_err().to_string().contains("is no place"));
        std::fs::write(&file, "x = 1\n").unwrap();
        assert!(at("1").unwrap_err().contains("there is no interview about the code at"));
    }
}
