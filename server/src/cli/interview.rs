//! `pygloss interview`: the mock interview on standard input and output. Nothing of it is kept.

use std::io::{self, BufRead, Write};

use pygloss_core::Library;
use pygloss_core::content::{Assessment, Interview, InterviewQuestion};
use pygloss_core::markdown::plain_text;

/// Asks every question, each with one more on the first point that was missed. Exit code 0 whatever
/// the answers are; the end of the input ends the interview.
///
/// # Errors
/// When no pack has an interview, or the terminal cannot be read or written.
pub fn run(out: &mut impl Write, input: &mut dyn BufRead, library: &Library) -> io::Result<i32> {
    let Some(interview) = library.interview() else {
        return Err(io::Error::other("no pack has an interview"));
    };
    writeln!(out, "{}\n\n{}\n\n{}\n", interview.title, interview.scenario, interview.notice)?;
    let mut judged = Vec::new();
    for (number, question) in interview.questions.iter().enumerate() {
        let of = interview.questions.len();
        writeln!(out, "{}/{of} {}", number + 1, plain(&question.title))?;
        if !ask(out, input, interview, question)? {
            return Ok(0);
        }
        let Some(own) = judge(out, input)? else { return Ok(0) };
        judged.push(format!("  {}: {own}", plain(&question.title)));
    }
    writeln!(out, "Your own judgement:\n{}\n", judged.join("\n"))?;
    writeln!(out, "{}", plain(&interview.closing))?;
    Ok(0)
}

/// Asks one question; false when the input ends.
fn ask(
    out: &mut impl Write,
    input: &mut dyn BufRead,
    interview: &Interview,
    question: &InterviewQuestion,
) -> io::Result<bool> {
    let Some(mut answer) = hear(out, input, &question.ask)? else { return Ok(false) };
    let first = interview.assess(question, &answer);
    show(out, question, &first, &answer)?;
    let missed = first.points.iter().find(|seen| seen.place.is_none()).map(|seen| seen.id);
    if let Some(point) = question.points.iter().find(|point| Some(point.id.as_str()) == missed) {
        let Some(more) = hear(out, input, &point.follow)? else { return Ok(false) };
        answer.push_str(".\n");
        answer.push_str(&more);
        show(out, question, &interview.assess(question, &answer), &answer)?;
    }
    writeln!(out, "An answer with all points:\n  {}\n", plain(&question.model))?;
    Ok(true)
}

/// The reader's own judgement; nothing at the end of the input.
fn judge(out: &mut impl Write, input: &mut dyn BufRead) -> io::Result<Option<&'static str>> {
    writeln!(out, "How was your answer? 1 good, 2 in part, 3 not yet, anything else to pass")?;
    out.flush()?;
    let mut line = String::new();
    if input.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(match line.trim() {
        "1" => "good",
        "2" => "in part",
        "3" => "not yet",
        _ => "not judged",
    }))
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
    found: &Assessment<'_>,
    answer: &str,
) -> io::Result<()> {
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

    fn talk(typed: &str) -> String {
        let mut out = Vec::new();
        assert_eq!(run(&mut out, &mut typed.as_bytes(), &builtin::library()).unwrap(), 0);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_said_is_found_by_line_and_what_is_missed_is_asked_again() {
        let out = talk("I loop over them\nwith httpx, throttled.\n\nIt blocks.\n\n2\n");
        assert!(out.contains("found:     a loop over the pages (line 1: loop)"), "{out}");
        assert!(out.contains("found:     an HTTP client (line 2: httpx)"), "{out}");
        assert!(out.contains("not found: that time.sleep blocks"), "{out}");
        assert!(out.contains("What does your program do while it sleeps?"), "{out}");
        assert!(out.contains("found:     that time.sleep blocks (line 4: blocks)"), "{out}");
        assert!(!out.contains("red flag?"), "{out}");
        assert!(out.contains("2/5 "), "{out}");
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
}
