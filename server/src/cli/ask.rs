//! One question in the terminal.

use std::io::{self, BufRead, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use pygloss_core::content::quiz::Label;
use pygloss_core::markdown::plain_text;
use pygloss_core::quiz::{Answer, Answered, Chance, Context, Outcome, Question, Session, Step};

/// Where answers come from.
pub enum Reader<'a> {
    /// Someone types them.
    Typed(&'a mut dyn BufRead),
    /// Nobody does; the right one is shown at once.
    Nobody,
}

/// Asks the questions of `session` until it is over or the reader stops. `keep` gets each answer
/// before its verdict is shown.
///
/// # Errors
/// When the terminal cannot be read or written.
pub fn ask_all(
    out: &mut impl Write,
    reader: &mut Reader<'_>,
    session: &mut Session,
    context: &Context<'_>,
    keep: &mut dyn FnMut(&Answered) -> io::Result<()>,
) -> io::Result<()> {
    while let Ok(Step::Ask(question)) = session.next(context, chance()?, now()) {
        show(out, &question)?;
        let Some(key) = choose(out, reader, &question)? else { break };
        let answer = Answer {
            presentation: question.presentation,
            key: key.map(|index| question.options[index].key.clone()),
            confidence: None,
            ms: None,
            median: None,
            now: now(),
        };
        match session.answer(context, &answer) {
            Ok(answered) => {
                keep(answered)?;
                tell(out, &answered.verdict)?;
            }
            Err(_) => break,
        }
    }
    session.stop();
    let tally = session.tally();
    if tally.asked > 1 {
        writeln!(out, "{} of {} right.", tally.right, tally.asked)?;
    }
    Ok(())
}

fn show(out: &mut impl Write, question: &Question) -> io::Result<()> {
    writeln!(out, "{}: {}", question.topic.title, plain_text(&question.prompt).trim())?;
    if let Some(snippet) = &question.snippet {
        writeln!(out)?;
        for line in snippet.trim_end().lines() {
            writeln!(out, "    {line}")?;
        }
    }
    writeln!(out)?;
    for (number, option) in question.options.iter().enumerate() {
        writeln!(out, "  {}. {}", number + 1, words(&option.label))?;
    }
    writeln!(out)
}

/// The index of the chosen option, or an answer without one to be told; nothing to stop.
fn choose(
    out: &mut impl Write,
    reader: &mut Reader<'_>,
    question: &Question,
) -> io::Result<Option<Option<usize>>> {
    let Reader::Typed(input) = reader else { return Ok(Some(None)) };
    let count = question.options.len();
    loop {
        write!(out, "1-{count}, ? to be told, q to stop: ")?;
        out.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            writeln!(out)?;
            return Ok(None);
        }
        match line.trim() {
            "q" => return Ok(None),
            "?" => return Ok(Some(None)),
            number => match number.parse::<usize>() {
                Ok(number) if (1..=count).contains(&number) => return Ok(Some(Some(number - 1))),
                _ => writeln!(out, "That is none of the options.")?,
            },
        }
    }
}

fn tell(out: &mut impl Write, verdict: &pygloss_core::quiz::Verdict) -> io::Result<()> {
    let headline = match verdict.outcome {
        Outcome::Right => "Correct.",
        Outcome::Wrong => "Not quite.",
        Outcome::GaveUp => "The answer:",
    };
    writeln!(out, "{headline}")?;
    for option in &verdict.options {
        let mark = if option.right { "right" } else { "wrong" };
        writeln!(out, "  {mark}: {}", words(&option.label))?;
        writeln!(out, "         {}", plain_text(&option.why).trim())?;
    }
    writeln!(out)
}

fn words(label: &Label) -> String {
    if label.code { label.text.clone() } else { plain_text(&label.text).trim().to_owned() }
}

/// Milliseconds since 1970.
pub fn now() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}

fn chance() -> io::Result<Chance> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    let (id, seed) = bytes.split_at(16);
    let id = id.try_into().map_or(0, u128::from_ne_bytes);
    let seed = seed.try_into().map_or(0, u64::from_ne_bytes);
    Ok(Chance { id, seed })
}
