//! `pygloss explain`.

use std::io::{self, Write};
use std::path::Path;

use pygloss_core::PythonVersion;
use pygloss_core::markdown::plain_text;

use super::source::Place;
use super::{fail, source};
use crate::project::{Projects, Wishes};

/// Explains `what`: a place in a file, else a topic or a rule; without it the topics are listed.
///
/// # Errors
/// When `out` cannot be written to.
pub fn run(
    out: &mut impl Write,
    what: Option<&str>,
    target: Option<PythonVersion>,
) -> io::Result<i32> {
    let library = crate::shelf::for_terminal();
    let Some(what) = what else {
        for topic in library.topics() {
            let indent = if topic.is_rule { "  " } else { "" };
            let name = format!("{indent}{}", topic.name);
            writeln!(out, "{name:<36} {}", plain_text(&topic.title))?;
        }
        return Ok(0);
    };
    // A place's name never hides a topic, nor a topic's a file.
    let place = split_place(what).filter(|_| library.explain(what).is_none());
    let page = match place {
        Some((path, line, column)) => {
            let content = match source::read(Path::new(path)) {
                Ok(text) => source::analysed(Path::new(path), &text),
                Err(error) => return Ok(fail(&format!("{path}: {error}"))),
            };
            let Some(offset) = source::offset(content.text(), line, column) else {
                return Ok(fail(&format!("{path} has no line {line} with a column {column}")));
            };
            let (projects, wishes) = (Projects::default(), Wishes { target, ..Wishes::default() });
            let settings = source::settings(&projects, Path::new(path), &wishes);
            source::report_problems(&projects, &library);
            let hover = Place::of(Path::new(path)).ask(&content, &settings).hover(&library, offset);
            let Some(hover) = hover else {
                writeln!(out, "Nothing to explain at {what}.")?;
                return Ok(1);
            };
            hover.markdown
        }
        None => match library.explain(what) {
            Some(page) => page,
            None => {
                let suggestion = library.suggest(what);
                let hint = "`pygloss topics` lists the topics, `pygloss explain` the rules too";
                return Ok(fail(&format!("nothing is called `{what}`{suggestion}\n{hint}")));
            }
        },
    };
    writeln!(out, "{}", plain_text(&page).trim_end())?;
    Ok(0)
}

/// The parts of `FILE:LINE:COLUMN`; the column may be missing.
pub fn split_place(what: &str) -> Option<(&str, usize, usize)> {
    let (rest, last) = what.rsplit_once(':')?;
    let last = last.parse().ok()?;
    match rest.rsplit_once(':').map(|(path, line)| (path, line.parse())) {
        Some((path, Ok(line))) => Some((path, line, last)),
        _ => Some((rest, last, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_from_names() {
        assert_eq!(split_place("a.py:3:7"), Some(("a.py", 3, 7)));
        assert_eq!(split_place("a.py:3"), Some(("a.py", 3, 1)));
        assert_eq!(split_place(r"C:\a.py:3:7"), Some((r"C:\a.py", 3, 7)));
        assert_eq!(split_place("loop-closure"), None);
        assert_eq!(split_place("ruff:B023"), None);
    }
}
