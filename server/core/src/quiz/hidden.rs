//! What around a question about code would tell its answer.
//!
//! A question about a generator function is answered by a card on a call of it, or on the name that holds
//! what the call gave. So besides the code itself everything is kept back that stands on a line with one of
//! its names, or with a name that got its value from such a line. That is more than would be needed: a card
//! that waits for the answer is better than one that tells it.

use std::collections::{BTreeMap, BTreeSet};

use crate::Span;
use crate::text::Text;

/// Most rounds in which names get their values from others.
const MAX_ROUNDS: usize = 8;

/// What is kept back while questions about a file are open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// The code that is asked about, in bytes of the file.
    spans: Vec<Span>,
    /// Its names.
    own: BTreeSet<String>,
    /// Lines of the file, from 0, on which one of these names stands, or one that got its value from them.
    lines: BTreeSet<usize>,
}

impl Hidden {
    /// What goes with the code at `spans` (bytes) of a file.
    pub fn of(text: &Text, spans: Vec<Span>) -> Self {
        if spans.is_empty() {
            return Self::default();
        }
        let own: BTreeSet<String> =
            spans.iter().filter_map(|span| defined(&text.slice(*span))).collect();
        let lines = telling(&text.to_string(), &own, text, &spans);
        Self { spans, own, lines }
    }

    /// Nothing is kept back.
    pub fn is_nothing(&self) -> bool {
        self.spans.is_empty()
    }

    /// Whether what is shown at `span` (bytes) could tell an answer.
    pub fn covers(&self, text: &Text, span: Span) -> bool {
        if self.is_nothing() {
            return false;
        }
        let (first, last) = (text.line_of(span.start), text.line_of(span.end));
        self.spans.iter().any(|asked| asked.touches(span.start) || asked.meets(span))
            || self.lines.range(first..=last).next().is_some()
    }

    /// Whether a text that is shown somewhere names the code that is asked about.
    pub fn is_named_in(&self, said: &str) -> bool {
        !self.own.is_empty() && words(said).any(|word| self.own.contains(word))
    }
}

/// The name that a definition binds.
fn defined(code: &str) -> Option<String> {
    code.lines().find_map(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix("async ").unwrap_or(line).trim_start();
        let rest = ["def ", "class "].iter().find_map(|word| line.strip_prefix(word))?;
        words(rest).next().map(str::to_owned)
    })
}

/// The lines with the names `own`, with names that the code at `spans` gives values to, and with those
/// that get theirs from such a line.
fn telling(source: &str, own: &BTreeSet<String>, text: &Text, spans: &[Span]) -> BTreeSet<usize> {
    let lines: Vec<&str> = source.split('\n').collect();
    // A name that is bound in a function means something there only.
    let mut blocks = Vec::with_capacity(lines.len());
    let mut block = 0;
    for (number, line) in lines.iter().enumerate() {
        if line.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '#' | ')' | ']' | '}')) {
            block = number;
        }
        blocks.push(block);
    }
    let asked = |number: usize| {
        spans.iter().any(|it| (text.line_of(it.start)..=text.line_of(it.end)).contains(&number))
    };
    let mut names: BTreeMap<&str, BTreeSet<Option<usize>>> = BTreeMap::new();
    for name in own {
        names.entry(name).or_default().insert(None);
    }
    let mut told = BTreeSet::new();
    for _ in 0..MAX_ROUNDS {
        let before = (told.len(), names.values().map(BTreeSet::len).sum::<usize>());
        for (number, line) in lines.iter().enumerate() {
            let is_known = |word: &str| {
                let known = names.get(word);
                known.is_some_and(|known| {
                    known.contains(&None) || known.contains(&Some(blocks[number]))
                })
            };
            // A single statement is asked about by what it binds.
            let is_statement = own.is_empty() && asked(number);
            if !is_statement && !words(line).any(is_known) {
                continue;
            }
            told.insert(number);
            let is_inside = line.starts_with(char::is_whitespace);
            let place = is_inside.then_some(blocks[number]);
            for name in bound(line) {
                names.entry(name).or_default().insert(place);
            }
        }
        if before == (told.len(), names.values().map(BTreeSet::len).sum()) {
            break;
        }
    }
    told
}

/// The names that a line binds, as far as a look at its text tells.
fn bound(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let equals = line.char_indices().find(|&(at, c)| {
        let around = [line[..at].chars().next_back(), line[at + 1..].chars().next()];
        c == '=' && !around.iter().flatten().any(|c| "=!<>:+-*/%&|^@".contains(*c))
    });
    // Arguments with names stand in brackets.
    if let Some((at, _)) = equals
        && !line[..at].contains('(')
    {
        let target = line[..at].split(':').next().unwrap_or_default();
        found.extend(words(target));
    }
    if let Some(at) = line.find(":=") {
        found.extend(words(&line[..at]).last());
    }
    for (before, after) in [("for ", " in "), (" as ", ":"), (" as ", ",")] {
        if let Some((_, rest)) = line.split_once(before) {
            found.extend(words(rest.split(after).next().unwrap_or_default()));
        }
    }
    found
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(|word| word.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines, from 0, on which something is kept back while `code` is asked about.
    fn hidden(source: &str, code: &str) -> Vec<usize> {
        let text = Text::new(source);
        let start = source.find(code).unwrap();
        let hidden = Hidden::of(&text, vec![Span::new(start, start + code.len())]);
        let lines = source.lines().count();
        (0..lines).filter(|&line| hidden.covers(&text, text.line_content(line))).collect()
    }

    const ROWS: &str = "def rows():\n    yield 1";

    #[test]
    fn calls_and_what_they_gave_are_kept_back() {
        let source = format!("{ROWS}\n\ng = rows()\nx = 1\nfor row in g:\n    print(row)\n");
        assert_eq!(hidden(&source, ROWS), [0, 1, 3, 5, 6]);
        let source = format!("{ROWS}\n\nwith closing(rows()) as g:\n    next(g)\nprint(x)\n");
        assert_eq!(hidden(&source, ROWS), [0, 1, 3, 4]);
        let source = format!("{ROWS}\n\nif (g := rows()):\n    next(g)\n");
        assert_eq!(hidden(&source, ROWS), [0, 1, 3, 4]);
    }

    #[test]
    fn a_name_in_one_function_means_nothing_in_another() {
        let source =
            format!("{ROWS}\n\ndef a():\n    g = rows()\n    next(g)\n\ndef b(g):\n    next(g)\n");
        assert_eq!(hidden(&source, ROWS), [0, 1, 4, 5]);
    }

    #[test]
    fn other_code_stays() {
        let source = format!(
            "{ROWS}\n\ndef other():\n    yield 2\n\nh = other()\ncall(rows=h)\narrows = 1\n"
        );
        assert_eq!(hidden(&source, ROWS), [0, 1, 7]);
        assert_eq!(hidden("a = 1\nb = 2\n", "b = 2"), [1]);
        let nothing = Hidden::of(&Text::new(ROWS), Vec::new());
        assert!(nothing.is_nothing() && !nothing.covers(&Text::new(ROWS), Span::new(0, 3)));
    }

    #[test]
    fn a_statement_is_asked_about_by_what_it_binds() {
        assert_eq!(hidden("a = {}\nb = [a]\nprint(a)\nprint(c)\n", "a = {}"), [0, 1, 2]);
    }

    #[test]
    fn texts_that_name_the_code_are_known() {
        let source = "@d\nclass Timer:\n    pass\n";
        let hidden = Hidden::of(&Text::new(source), vec![Span::new(0, source.len())]);
        assert!(hidden.is_named_in("`t` is an instance of `Timer`"));
        assert!(!hidden.is_named_in("`t` is one of `Timers`"));
    }
}
