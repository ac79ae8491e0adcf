//! The tour in the terminal: the card, the finding, the fix and a question, on the engine that
//! serves editors.

use std::io::{self, BufRead, Write};

use pygloss_core::markdown::plain_text;
use pygloss_core::quiz::from_code::questions;
use pygloss_core::quiz::{Context, Session, Surface, Wish, deck};
use pygloss_core::{Document, Library, Settings, Span, analysis};
use similar::TextDiff;

use super::ask::{Reader, ask_all, now};

/// The line of the tour that the cursor stands on, by what it starts with.
const STOP: &str = "@rate_limit(";

/// Lines shown around a place.
const AROUND: usize = 3;

/// Shows the tour of the first concept that has one. `input` is where the reader types; without it
/// the tour does not wait.
///
/// # Errors
/// When the terminal cannot be read or written.
pub fn run(out: &mut impl Write, mut input: Option<&mut dyn BufRead>) -> io::Result<i32> {
    let library = crate::builtin::library();
    let Some((source, name)) = library
        .concepts()
        .find(|(_, concept)| !concept.tour.is_empty())
        .map(|(_, concept)| (concept.tour.clone(), format!("{}.py", concept.id)))
    else {
        return Ok(super::fail(&"no pack has a tour"));
    };
    let settings = Settings::default();
    let document = Document::new(&source);
    let Some(cursor) = source.find(STOP).map(|at| at + 1) else {
        return Ok(super::fail(&"the tour has no place to stop at"));
    };

    heading(out, &mut input, "1. Hover: the card about the code under the cursor")?;
    excerpt(out, &document, &name, cursor)?;
    card(out, &library, &document, &settings, cursor)?;

    heading(out, &mut input, "2. Findings: the chapter's mistakes where they are made")?;
    for finding in analysis::findings(&library, &document, &settings) {
        excerpt(out, &document, &name, finding.span.start)?;
        writeln!(out, "\n{} ({})", finding.message, finding.rule)?;
    }

    heading(out, &mut input, "3. The fix, tried on a copy before it is offered")?;
    let fixed = fixed(out, &library, &document, &settings)?;
    diff(out, &name, &source, &fixed.text().to_string())?;

    heading(out, &mut input, "4. The same card after the fix")?;
    if let Some(cursor) = fixed.text().to_string().find(STOP) {
        card(out, &library, &fixed, &settings, cursor + 1)?;
    }

    heading(out, &mut input, "5. A question, computed from this code")?;
    let questions = questions(&library, &document, &settings);
    let context = Context {
        library: &library,
        python: settings.target,
        surface: Surface::FULL,
        questions: &questions,
    };
    let cards = deck(&context, Wish::Code, &[], &|_| None, now(), 1);
    let mut session = Session::new("tour".to_owned(), cards);
    let mut reader = match input {
        Some(input) => Reader::Typed(input),
        None => Reader::Nobody,
    };
    ask_all(out, &mut reader, &mut session, &context, &mut |_| Ok(()))?;
    writeln!(out, "That is pygloss. In your editor it works on your own code: see README.md.")?;
    Ok(0)
}

/// A title; before it the reader is waited for.
fn heading(
    out: &mut impl Write,
    input: &mut Option<&mut dyn BufRead>,
    title: &str,
) -> io::Result<()> {
    if let Some(input) = input
        && !title.starts_with('1')
    {
        write!(out, "\n(Enter to go on) ")?;
        out.flush()?;
        input.read_line(&mut String::new())?;
    }
    writeln!(out, "\n{title}\n{}\n", "─".repeat(title.chars().count()))
}

/// The lines around a place, with a caret under it.
fn excerpt(out: &mut impl Write, document: &Document, name: &str, at: usize) -> io::Result<()> {
    let text = document.text();
    let line = text.line_of(at);
    let column = text.slice(Span::new(text.line_start(line), at)).chars().count();
    writeln!(out, "{name}:{}:{}", line + 1, column + 1)?;
    let first = line.saturating_sub(AROUND);
    let last = (line + AROUND).min(text.line_count() - 1);
    for number in first..=last {
        writeln!(out, "{:>4} │ {}", number + 1, text.slice(text.line_content(number)))?;
        if number == line {
            writeln!(out, "     │ {}▲", " ".repeat(column))?;
        }
    }
    Ok(())
}

fn card(
    out: &mut impl Write,
    library: &Library,
    document: &Document,
    settings: &Settings,
    cursor: usize,
) -> io::Result<()> {
    match analysis::hover(library, document, settings, cursor) {
        Some(hover) => writeln!(out, "\n{}", plain_text(&hover.markdown).trim_end()),
        None => writeln!(out, "\n(no card)"),
    }
}

/// The file with the first offered fix of each finding.
fn fixed(
    out: &mut impl Write,
    library: &Library,
    document: &Document,
    settings: &Settings,
) -> io::Result<Document> {
    let mut fixed = document.clone();
    let whole = Span::new(0, document.text().len());
    let first = analysis::fixes(library, document, settings, whole)
        .into_iter()
        .find_map(|found| found.fixes.into_iter().next());
    if let Some(fix) = first {
        writeln!(out, "{}\n", fix.title)?;
        for edit in fix.edits.iter().rev() {
            fixed.edit(edit.span, &edit.text);
        }
    }
    Ok(fixed)
}

fn diff(out: &mut impl Write, name: &str, before: &str, after: &str) -> io::Result<()> {
    let diff = TextDiff::from_lines(before, after);
    write!(out, "{}", diff.unified_diff().context_radius(1).header(name, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_reader_it_shows_everything_and_ends() {
        let mut out = Vec::new();
        assert_eq!(run(&mut out, None).unwrap(), 0);
        let out = String::from_utf8(out).unwrap();
        for wanted in [
            "api_call = rate_limit(max_calls_per_second=2)(api_call)",
            "api_call.__name__ is 'wrapper'",
            "decorator-missing-wraps",
            "+import functools",
            "+        @functools.wraps(func)",
            "api_call.__name__ is still 'api_call'",
            "The answer:",
        ] {
            assert!(out.contains(wanted), "{wanted} is not in\n{out}");
        }
    }

    #[test]
    fn a_reader_is_waited_for_and_asked() {
        let mut out = Vec::new();
        let mut typed: &[u8] = b"\n\n\n\n9\n1\n";
        run(&mut out, Some(&mut typed)).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("That is none of the options."));
        assert!(out.contains("Correct.") || out.contains("Not quite."));
    }
}
