//! Makes every conversion that is offered in files, and looks at what is offered after it.
//!
//! Reads paths of Python files from standard input, one a line. Writes a line of JSON for each
//! conversion, made alone: where it was offered, the file after it, and what is wrong with that: made
//! again at its place it must change something, and made back it must give the file that was there, but for
//! white space. A line without a conversion is about a whole file.
//!
//! Usage: `oracle refactorings [MINOR]`. For Python 3.MINOR it makes all those at once that say of no
//! change in behaviour and do not overlap, and writes a line for each file that changes, as `fixed`
//! does.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use pygloss_core::analysis::{self, Edit, Offer, Rewrite, TargetSource};
use pygloss_core::{Document, Library, PythonVersion, Settings, Span, walk};
use serde_json::{Value, json};

use crate::{Outcome, share};

/// Kinds of node at whose begin a reader may ask.
const KINDS: &[&str] = &[
    "assignment",
    "call",
    "class_definition",
    "decorator",
    "dictionary_comprehension",
    "expression_statement",
    "for_statement",
    "function_definition",
    "generator_expression",
    "if_statement",
    "list_comprehension",
    "set_comprehension",
    "try_statement",
    "with_statement",
];

/// Conversions that the other one takes back, but for white space.
const INVERSES: &[(&str, &str)] = &[("list-to-generator", "generator-to-list")];

pub fn main(arguments: &[String]) -> Outcome {
    let minor = arguments.first().map(|minor| minor.parse().expect("a number"));
    let paths = std::io::stdin().lock().lines().collect::<Result<Vec<_>, _>>()?;
    share::out(&paths, |library, path| {
        let source = std::fs::read_to_string(path);
        let lines = match (minor, source) {
            (Some(minor), Ok(source)) => all_made(library, path, &source, minor),
            (Some(_), Err(_)) => Vec::new(),
            (None, source) => {
                let source = source?;
                let looked = catch_unwind(AssertUnwindSafe(|| look(library, path, &source)));
                looked.unwrap_or_else(|_| vec![json!({"path": path, "faults": ["panics"]})])
            }
        };
        let mut out = std::io::stdout().lock();
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))
    })?;
    Ok(ExitCode::SUCCESS)
}

fn settings(minor: u8) -> Settings {
    Settings {
        target: PythonVersion::py3(minor),
        target_source: Some(TargetSource::RequiresPython),
        ..Settings::default()
    }
}

/// Everything that is offered in the file, each once, with the place where it was asked for.
fn offered(library: &Library, document: &Document, settings: &Settings) -> Vec<(usize, Rewrite)> {
    let mut found: Vec<(usize, Rewrite)> = Vec::new();
    for (index, item) in document.items().iter().enumerate() {
        let Some(tree) = item.tree() else { continue };
        let mut places = Vec::new();
        walk::until(tree.root_node(), |node| {
            if KINDS.contains(&node.kind()) {
                places.push(document.start_of(index) + node.start_byte());
            }
            false
        });
        places.dedup();
        let first = found.len();
        for place in places {
            for rewrite in analysis::rewrites(library, document, settings, Span::empty(place)) {
                let is_new = |(_, other): &(usize, Rewrite)| {
                    other.id != rewrite.id || other.offer != rewrite.offer
                };
                if found[first..].iter().all(is_new) {
                    found.push((place, rewrite));
                }
            }
        }
    }
    found
}

fn look(library: &Library, path: &str, source: &str) -> Vec<Value> {
    let document = Document::new(source);
    let settings = settings(12);
    let mut refused = BTreeMap::<&str, usize>::new();
    let mut lines = Vec::new();
    for (place, Rewrite { id, title, offer }) in offered(library, &document, &settings) {
        let Offer::Edits { edits, .. } = offer else {
            *refused.entry(id).or_default() += 1;
            continue;
        };
        let after = applied(source, &edits);
        let at = Span::empty(moved(place, &edits));
        let next = analysis::rewrites(library, &Document::new(&after), &settings, at);
        let made = |id: &str| {
            let found = next.iter().find(|rewrite| rewrite.id == id)?;
            match &found.offer {
                Offer::Edits { edits, .. } => Some(applied(&after, edits)),
                Offer::Refused(_) => None,
            }
        };
        let mut faults = Vec::new();
        if after == source || made(id).is_some_and(|again| again == after) {
            faults.push("changes nothing".to_owned());
        }
        let inverse = INVERSES.iter().find(|(one, _)| *one == id).map(|(_, other)| other);
        if let Some(back) = inverse.and_then(|other| made(other))
            && without_spaces(&back) != without_spaces(source)
        {
            faults.push("made back it is another file".to_owned());
        }
        let line = document.text().line_of(place);
        let column = document.text().slice(Span::new(document.text().line_start(line), place));
        lines.push(json!({
            "path": path, "line": line + 1, "column": column.chars().count(), "rule": id,
            "title": title, "after": after, "faults": faults,
        }));
    }
    lines.push(json!({"path": path, "findings": refused, "faults": []}));
    lines
}

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

fn applied(source: &str, edits: &[Edit]) -> String {
    let mut after = source.to_owned();
    for edit in edits.iter().rev() {
        after.replace_range(edit.span.range(), &edit.text);
    }
    after
}

/// Where `offset` is after the edits.
fn moved(offset: usize, edits: &[Edit]) -> usize {
    let before = edits.iter().rev().filter(|edit| edit.span.end <= offset);
    before.fold(offset, |place, edit| place + edit.text.len() - edit.span.len())
}

/// The file with all conversions that have no more to say than their page's `action`.
fn all_made(library: &Library, path: &str, source: &str, minor: u8) -> Vec<Value> {
    let document = Document::new(source);
    let mut edits: Vec<Edit> = Vec::new();
    let mut made = Vec::new();
    for (_, Rewrite { id, title, offer }) in offered(library, &document, &settings(minor)) {
        let Offer::Edits { edits: new, .. } = offer else { continue };
        let keeps = library.refactoring(id).is_some_and(|page| page.action == title);
        let is_apart = |edit: &Edit| edits.iter().all(|other| !other.span.meets(edit.span));
        if keeps && id != "write-decorator" && new.iter().all(is_apart) {
            edits.extend(new);
            made.push(id);
        }
    }
    edits.sort_by_key(|edit| edit.span);
    let text = applied(source, &edits);
    if made.is_empty() {
        return Vec::new();
    }
    vec![json!({ "path": path, "text": text, "rules": made })]
}
