//! Prints what cards say of iterators, generators and `with` in programs, for comparison with runs.
//!
//! Usage: `oracle programs` with programs on standard input, each a JSON string on a line. For each
//! program prints a line of JSON: the list of what is said. Lines count from 1, columns from 0 in bytes.

use std::io::{BufRead, BufWriter, Write};
use std::process::ExitCode;

use pygloss_core::facts::{Facts, Provider, Value, provider};
use pygloss_core::subject::Subject;
use pygloss_core::syntax::{Field, Kind, Node, kind};
use pygloss_core::{Document, Library, Settings, walk};
use serde_json::{Value as Json, json};

use crate::{Outcome, pack};

pub fn main(_: &[String]) -> Outcome {
    let library = pack::library();
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let source: String = serde_json::from_str(&line?)?;
        writeln!(out, "{}", Json::Array(said(&library, &Document::new(&source))))?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn said(library: &Library, document: &Document) -> Vec<Json> {
    let settings = Settings::default();
    let mut all = Vec::new();
    for (index, item) in document.items().iter().enumerate() {
        let Some(tree) = item.tree() else { continue };
        walk::intact(tree.root_node(), item.text(), |nodes| {
            let subject = Subject::new(document, &settings, index, nodes).with_library(library);
            all.extend(about(&subject));
        });
    }
    all
}

fn about(subject: &Subject<'_>) -> Option<Json> {
    let node = subject.node();
    let line = subject.line(node) + 1;
    let facts = |name| (named(name).run)(subject);
    match kind(node) {
        Kind::Identifier => {
            let Value::Line(empty) = facts("iterator-variable")?.get("empty")?.clone() else {
                return None;
            };
            Some(json!({ "use": [line, column(subject, node)], "empty": empty.number + 1 }))
        }
        Kind::WithStatement => {
            let facts = facts("with-several")?;
            let codes = |slot| match facts.get(slot) {
                Some(Value::Codes(codes)) => codes.clone(),
                _ => Vec::new(),
            };
            Some(json!({ "with": line, "entered": codes("entered"), "left": codes("left") }))
        }
        Kind::WithItem => {
            let facts = facts("with-item")?;
            let mut said = json!({ "item": line, "text": code(&facts, "text")? });
            let flags = [
                "gives-itself",
                "gives-nothing",
                "passes",
                "swallows-all",
                "always-raises",
                "missing",
            ];
            for flag in flags {
                said[flag] = facts.get(flag).is_some().into();
            }
            Some(said)
        }
        Kind::FunctionDefinition => {
            let facts = facts("generator-function")?;
            let name = subject.text(Field::Name.of(node)?);
            let line = |slot| match facts.get(slot) {
                Some(Value::Line(line)) => Some(line.number + 1),
                _ => None,
            };
            let stop = line("stop").or(line("bare-stop"));
            Some(json!({ "generator": name, "stop": stop, "value": code(&facts, "value") }))
        }
        _ => None,
    }
}

fn named(name: &str) -> &'static Provider {
    provider(name).expect("the provider exists")
}

fn code(facts: &Facts, slot: &str) -> Option<String> {
    match facts.get(slot) {
        Some(Value::Code(text)) => Some(text.clone()),
        _ => None,
    }
}

/// Bytes from the start of the line.
fn column(subject: &Subject<'_>, node: Node<'_>) -> usize {
    let text = subject.document().text();
    let start = subject.span(node).start;
    start - text.line_content(text.line_of(start)).start
}
