//! One question in the terminal.

use std::io::{self, BufRead, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use pygloss_core::content::quiz::Label;
use pygloss_core::markdown::plain_text;
use pygloss_core::quiz::blank::BLANK;
use pygloss_core::quiz::{
    Answer, Answered, Chance, Context, Outcome, Question, Recalled, Refusal, Response, Session,
    Shape, Step,
};

use crate::quiz::comparison_in_words;

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
        if !ask(out, reader, session, context, &question, keep)? {
            break;
        }
    }
    session.stop();
    let tally = session.tally();
    if tally.asked > 1 {
        writeln!(out, "{} of {} right.", tally.right, tally.asked)?;
    }
    Ok(())
}

/// Asks one question until there is an answer; false when the reader stops.
fn ask(
    out: &mut impl Write,
    reader: &mut Reader<'_>,
    session: &mut Session,
    context: &Context<'_>,
    question: &Question,
    keep: &mut dyn FnMut(&Answered) -> io::Result<()>,
) -> io::Result<bool> {
    loop {
        let Some(response) = choose(out, reader, session, question)? else { return Ok(false) };
        let answer = Answer {
            presentation: question.presentation,
            response,
            confidence: None,
            ms: None,
            median: None,
            now: now(),
        };
        match session.answer(context, &answer) {
            Ok(answered) => {
                keep(answered)?;
                tell(out, &answered.verdict)?;
                return Ok(true);
            }
            Err(Refusal::NotPython) => writeln!(out, "With that in the blank it is not Python.")?,
            Err(Refusal::Unforeseen) => writeln!(
                out,
                "That is none of the answers known here, so it is not judged. Write it another way, \
                 or give up to see them."
            )?,
            Err(Refusal::NoAnswer) => writeln!(out, "That is no answer.")?,
            Err(_) => return Ok(false),
        }
    }
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
    if question.options.is_empty() { Ok(()) } else { writeln!(out) }
}

/// What was chosen or typed, or nothing to be told the answer; no answer at all to stop.
fn choose(
    out: &mut impl Write,
    reader: &mut Reader<'_>,
    session: &mut Session,
    question: &Question,
) -> io::Result<Option<Option<Response>>> {
    let Reader::Typed(input) = reader else { return Ok(Some(None)) };
    let count = question.options.len();
    let wanted = match question.kind.shape() {
        Shape::One => format!("1-{count}"),
        Shape::Several => format!("All that are right, as in `1 {count}`"),
        Shape::Order => format!("All {count} in order, as in `2 1 3…`"),
        Shape::Text => format!("The code for `{BLANK}`"),
        Shape::Words => return write_down(out, &mut **input, session, question),
    };
    loop {
        let prompt = format!("{wanted}, ? to be told, q to stop: ");
        let Some(line) = line_after(out, &mut **input, &prompt)? else { return Ok(None) };
        match line.trim() {
            "q" => return Ok(None),
            "?" => return Ok(Some(None)),
            typed if question.kind.shape() == Shape::Text => {
                return Ok(Some(Some(Response::Text(typed.to_owned()))));
            }
            typed => match numbers(typed, question) {
                Some(chosen) => {
                    let key = |at: usize| question.options[at].key.clone();
                    let keys = chosen.into_iter().map(key).collect();
                    return Ok(Some(Some(Response::Keys(keys))));
                }
                None if question.kind.shape() == Shape::One => {
                    writeln!(out, "That is none of the options.")?;
                }
                None => writeln!(out, "Type numbers of options, each once, with spaces between.")?,
            },
        }
    }
}

/// What the reader thinks of an answer in free words after it was compared, or nothing to be told the
/// answer; no answer at all to stop.
fn write_down(
    out: &mut impl Write,
    input: &mut dyn BufRead,
    session: &mut Session,
    question: &Question,
) -> io::Result<Option<Option<Response>>> {
    writeln!(out, "In your own words. An empty line ends them; ? to be told, q to stop.")?;
    let mut words = String::new();
    loop {
        let Some(line) = line_after(out, input, "> ")? else { return Ok(None) };
        match line.trim() {
            "q" if words.is_empty() => return Ok(None),
            "?" if words.is_empty() => return Ok(Some(None)),
            "" if words.is_empty() => {}
            "" => break,
            _ => words += &line,
        }
    }
    match session.compare(question.presentation, &words) {
        Ok(compared) => writeln!(out, "\n{}\n", comparison_in_words(&compared))?,
        Err(_) => return Ok(Some(Some(Response::Text(words)))),
    }
    loop {
        let prompt = "1 not known, 2 known in part, 3 known: ";
        let Some(line) = line_after(out, input, prompt)? else { return Ok(None) };
        let how = match line.trim() {
            "1" => Recalled::Again,
            "2" => Recalled::Hard,
            "3" => Recalled::Good,
            "q" => return Ok(None),
            _ => continue,
        };
        return Ok(Some(Some(Response::Recalled(how))));
    }
}

/// What is typed after `prompt`; nothing when nothing more can be.
fn line_after(
    out: &mut impl Write,
    input: &mut dyn BufRead,
    prompt: &str,
) -> io::Result<Option<String>> {
    write!(out, "{prompt}")?;
    out.flush()?;
    let mut line = String::new();
    if input.read_line(&mut line)? == 0 {
        writeln!(out)?;
        return Ok(None);
    }
    Ok(Some(line))
}

/// The options whose numbers are typed, if they make an answer to the question.
fn numbers(typed: &str, question: &Question) -> Option<Vec<usize>> {
    let count = question.options.len();
    let mut chosen = Vec::new();
    for number in typed.split([' ', ',']).filter(|number| !number.is_empty()) {
        let number: usize = number.parse().ok().filter(|number| (1..=count).contains(number))?;
        if chosen.contains(&(number - 1)) {
            return None;
        }
        chosen.push(number - 1);
    }
    let fits = match question.kind.shape() {
        Shape::One => chosen.len() == 1,
        Shape::Several => !chosen.is_empty(),
        Shape::Order => chosen.len() == count,
        Shape::Text | Shape::Words => false,
    };
    fits.then_some(chosen)
}

fn tell(out: &mut impl Write, verdict: &pygloss_core::quiz::Verdict) -> io::Result<()> {
    let headline = match verdict.outcome {
        // The points stand there already.
        Outcome::Right if verdict.shape == Shape::Words => {
            return writeln!(out, "Counted as known.\n");
        }
        Outcome::Wrong if verdict.shape == Shape::Words => {
            return writeln!(out, "Counted as not known.\n");
        }
        Outcome::Right => "Correct.",
        Outcome::Wrong => "Not quite.",
        Outcome::GaveUp => "The answer:",
    };
    writeln!(out, "{headline}")?;
    if let Some(model) = &verdict.model {
        writeln!(out, "  {}", plain_text(model).trim())?;
    }
    let mut options: Vec<_> = verdict.options.iter().collect();
    options.sort_by_key(|option| option.place);
    for option in options {
        let mark = match option.place {
            Some(place) => (place + 1).to_string(),
            None if option.right => "right".to_owned(),
            None => "wrong".to_owned(),
        };
        writeln!(out, "  {mark:>5}: {}", words(&option.label))?;
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
