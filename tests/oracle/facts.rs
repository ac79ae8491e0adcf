//! Prints the facts of every card that files show, for comparison with CPython.
//!
//! Reads paths of Python files from standard input, one a line. For every construct with a card it
//! prints a line of JSON: the path, the card, the line (from 1) and the column (bytes, from 0) of
//! the construct, and the facts by slot.

mod hovers;
mod json;
mod pack;
mod share;

use std::collections::HashSet;
use std::io::{BufRead, Error, Write};

use pygloss_core::{Document, Library, Settings};
use serde_json::json;

fn main() -> Result<(), Error> {
    let paths = std::io::stdin().lock().lines().collect::<Result<Vec<_>, _>>()?;
    share::out(&paths, |library, path| {
        let lines = facts_of(library, path)?;
        std::io::stdout().lock().write_all(lines.as_bytes())
    })
}

fn facts_of(library: &Library, path: &str) -> Result<String, Error> {
    let document = Document::new(&std::fs::read_to_string(path)?);
    let settings = Settings::default();
    let mut lines = String::new();
    let mut seen = HashSet::new();
    hovers::each(library, &document, &settings, |_, stated| {
        let Some(stated) = stated.filter(|stated| hovers::is_new(&mut seen, stated)) else {
            return;
        };
        let rope = document.text();
        let line = rope.line_of(stated.target.start);
        let found = json!({
            "path": path,
            "card": stated.hover.card.rsplit('/').next(),
            "line": line + 1,
            "column": stated.target.start - rope.line_start(line),
            "facts": json::object(&stated.facts, stated.provider.slots),
        });
        lines.push_str(&found.to_string());
        lines.push('\n');
    });
    Ok(lines)
}
