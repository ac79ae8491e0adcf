//! Prints what is known about the decorators and the calls of a file, for comparison with CPython.
//!
//! Reads paths of Python files from standard input, one a line. For every decorator and every call
//! about which a provider states something, prints a line of JSON: the path, the provider, the line
//! of the construct (from 1), the dotted path of the definition below a decorator or of the class
//! around a call, and the facts by slot.

use std::io::{BufRead, Error, Write};
use std::process::ExitCode;

use pygloss_core::facts::{Facts, Slot, SlotKind, Value, providers};
use pygloss_core::subject::Subject;
use pygloss_core::syntax::{Field, Kind, Node, kind};
use pygloss_core::{Document, Settings, walk};
use serde_json::{Map, Value as Json, json};

use crate::Outcome;

pub fn main(_: &[String]) -> Outcome {
    let mut out = std::io::stdout().lock();
    for path in std::io::stdin().lock().lines() {
        let path = path?;
        let source = std::fs::read_to_string(&path)?;
        facts_of(&path, &source, &mut out)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn facts_of(path: &str, source: &str, out: &mut impl Write) -> Result<(), Error> {
    let document = Document::new(source);
    let settings = Settings::default();
    let mut lines = Vec::new();
    for (item, tree) in document.items().iter().enumerate() {
        let Some(tree) = tree.tree() else { continue };
        walk::intact(tree.root_node(), document.items()[item].text(), |nodes| {
            let node = nodes[nodes.len() - 1];
            if !matches!(kind(node), Kind::Decorator | Kind::Call) {
                return;
            }
            let subject = Subject::new(&document, &settings, item, nodes);
            for provider in providers() {
                // Providers look at their construct alone, so one that is no decorator is silent.
                let Some(facts) = (provider.run)(&subject) else { continue };
                lines.push(json!({
                    "path": path,
                    "provider": provider.name,
                    "line": subject.line(node) + 1,
                    "definition": definition(&subject, nodes),
                    "facts": object(&facts, provider.slots),
                }));
            }
        });
    }
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The names of the classes and functions around the end of the path, with dots, and behind them
/// that of the definition that the end decorates.
fn definition(subject: &Subject<'_>, path: &[Node<'_>]) -> String {
    let named =
        |node: &Node<'_>| matches!(kind(*node), Kind::FunctionDefinition | Kind::ClassDefinition);
    let decorated = path[path.len() - 2].child_in(Field::Definition);
    path.iter()
        .filter(|node| named(node))
        .chain(decorated.iter())
        .filter_map(|node| node.child_in(Field::Name))
        .map(|name| subject.text(name))
        .collect::<Vec<_>>()
        .join(".")
}

fn object(facts: &Facts, slots: &[Slot]) -> Json {
    let mut out = Map::new();
    for slot in slots {
        if let Some(value) = facts.get(slot.name) {
            out.insert(slot.name.to_owned(), written(value, slot.kind));
        }
    }
    Json::Object(out)
}

/// Lines count from 1, as on a card.
fn written(value: &Value, slot: SlotKind) -> Json {
    match (value, slot) {
        (Value::Code(text) | Value::Block(text), _) => json!(text),
        (Value::Codes(texts), _) => json!(texts),
        (Value::Number(number), _) => json!(number),
        (Value::Line(line), _) => json!(line.number + 1),
        (Value::Lines(lines) | Value::LinesOf(lines, _), _) => {
            json!(lines.iter().map(|line| line + 1).collect::<Vec<_>>())
        }
        (Value::Text(text), _) => text.as_str().into(),
        (Value::Words(word), _) => json!(word),
        (Value::Flag, _) => json!(true),
        (Value::Records(records), SlotKind::Records(slots)) => {
            records.iter().map(|record| object(record, slots)).collect()
        }
        (Value::Records(_), _) => Json::Null,
    }
}
