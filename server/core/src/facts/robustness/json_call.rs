//! JSON that comes from outside: what reading it raises, and which keys are taken for granted.
//!
//! Sources: Library Reference, json (`JSONDecodeError` is a `ValueError`); requests, `Response.json`;
//! httpx, `Response.json`.

use super::hierarchy::catches;
use crate::facts::collections::uses::{Access, Role, Used, of_assigned};
use crate::facts::concurrency::exceptions;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, function::statements, kind};
use crate::value;

pub static PROVIDER: Provider = Provider {
    name: "json-call",
    doc: "a call of `json.loads`, `json.load` or the method `json` of a response; `@target` is the \
          `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "what is called"),
    Slot::new("response", SlotKind::Code, "the request, if it is the method of a response"),
    Slot::new("caught", SlotKind::Line, "the `except` that catches what is no JSON"),
    Slot::new("open", SlotKind::Flag, "nothing in this function catches it"),
    Slot::new("name", SlotKind::Code, "the variable that is bound to the result"),
    Slot::new("keys", SlotKind::Codes, "keys that are read without a default"),
    Slot::new("lines", SlotKind::Lines, "the lines that read them"),
];

/// What gives a response with a method `json` that decodes at once.
const RESPONSES: &[&str] = &["requests.", "httpx."];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (call, names) = (subject.node(), subject.names());
    let callee = Field::Function.of(call).filter(|_| kind(call) == Kind::Call)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("call", one_line(subject, callee));
    match names.qualified(subject.item(), callee) {
        Some(name) if matches!(&*name, "json.loads" | "json.load") => {}
        Some(_) => return None,
        None => {
            let attribute =
                Field::Attribute.of(callee).filter(|_| kind(callee) == Kind::Attribute)?;
            (subject.text(attribute) == "json").then_some(())?;
            let made = value::of(names, subject.item(), Field::Object.of(callee)?)?;
            let maker = made.made_by()?.to_owned();
            subject.row(&super::REQUESTS, &maker)?;
            RESPONSES.iter().any(|package| maker.starts_with(package)).then_some(())?;
            facts.code("response", maker);
        }
    }
    match handler(subject) {
        Caught::On(line) => drop(facts.line("caught", line)),
        Caught::Nowhere => drop(facts.flag("open", true)),
        Caught::Unclear => {}
    }
    if let Some((name, uses)) = of_assigned(names, subject.item(), subject.path()) {
        let mut read: Vec<(String, usize)> =
            uses.iter().filter_map(|it| key(subject, it)).collect();
        read.sort_by_key(|(_, line)| *line);
        let mut keys: Vec<String> = Vec::new();
        for (key, _) in &read {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        let mut lines: Vec<usize> = read.iter().map(|(_, line)| *line).collect();
        lines.dedup();
        facts.code("name", name).codes("keys", keys).set("lines", Value::Lines(lines));
    }
    Some(facts)
}

/// A key that is written out and read, and the line.
fn key(subject: &Subject<'_>, used: &Used<'_>) -> Option<(String, usize)> {
    let Role::Subscript { index: Some(index), access: Access::Read, .. } = Role::of(&used.path)
    else {
        return None;
    };
    let text = subject.names().item(used.item).text().get(index.byte_range())?;
    let is_plain = kind(index) == Kind::String && text.starts_with(['"', '\'']);
    let start = subject.document().start_of(used.item) + index.start_byte();
    is_plain.then(|| (text.to_owned(), subject.document().text().line_of(start)))
}

enum Caught {
    On(usize),
    Nowhere,
    Unclear,
}

/// The clause of a `try` in the same function whose body holds the call and that catches a
/// `JSONDecodeError`.
fn handler(subject: &Subject<'_>) -> Caught {
    let mut inner = subject.node();
    for node in subject.ancestors() {
        match kind(node) {
            Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition => break,
            // It may drop exceptions.
            Kind::WithStatement if Field::Body.of(node) == Some(inner) => return Caught::Unclear,
            Kind::TryStatement if Field::Body.of(node) == Some(inner) => {
                let clauses = statements(node).into_iter();
                for clause in clauses.filter(|it| kind(*it) == Kind::ExceptClause) {
                    let named = exceptions(clause);
                    let names =
                        named.iter().map(|it| subject.names().qualified(subject.item(), *it));
                    let Some(names) = names.collect::<Option<Vec<_>>>() else {
                        return Caught::Unclear;
                    };
                    if names.is_empty() || names.iter().any(|name| is_for_it(name)) {
                        return Caught::On(subject.line(clause));
                    }
                    if names.iter().any(|name| name.starts_with("requests.")) {
                        return Caught::Unclear;
                    }
                }
            }
            _ => {}
        }
        inner = node;
    }
    Caught::Nowhere
}

fn is_for_it(name: &str) -> bool {
    matches!(name, "json.JSONDecodeError" | "json.decoder.JSONDecodeError")
        || catches(name, "ValueError")
}

#[cfg(test)]
mod tests;
