//! `with` on a connection of `sqlite3`.
//!
//! Source: Library Reference, sqlite3, How to use the connection context manager: the transaction is
//! committed or rolled back, and the connection is not closed.

use super::items;
use crate::facts::concurrency::run_with;
use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::value;
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "connection-block",
    doc: "a `with` whose only item is a connection that `sqlite3.connect` made; `@target` is the \
          `with_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("connection", SlotKind::Code, "the connection, if the end of the block commits"),
    Slot::new("autocommit", SlotKind::Code, "the same, if it was made with `autocommit=True`"),
    Slot::new("implicit", SlotKind::Code, "the same, if it was made with `isolation_level=None`"),
    Slot::new("commits", SlotKind::Lines, "`commit()` in the block"),
    Slot::new("rollbacks", SlotKind::Lines, "`rollback()` in the block"),
    Slot::new("closes", SlotKind::Lines, "`close()` in the block or behind it"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let with = subject.node();
    let (names, item) = (subject.names(), subject.item());
    let [only] = items(with)?[..] else { return None };
    let made = value::of(names, item, only.expression)?;
    if made.made_by() != Some("sqlite3.connect") || with.child(0)?.kind() != "with" {
        return None;
    }
    let text = names.item(made.item).text();
    let arguments = Arguments::of(made.call()?, text);
    if arguments.spread {
        return None;
    }
    let written = one_line(subject, only.target.unwrap_or(only.expression));
    let mut facts = Facts::of(SLOTS);
    let slot = match (arguments.keyword("autocommit"), arguments.keyword("isolation_level")) {
        (Some(value), None) if kind(value) == Kind::True => "autocommit",
        (Some(value), _) if kind(value) != Kind::False => return None,
        (None, Some(value)) if kind(value) == Kind::None => "implicit",
        (None, Some(value)) if kind(value) != Kind::String => return None,
        _ => "connection",
    };
    facts.code(slot, written);
    let lines = |root: Node<'_>, method: &str| {
        let mut lines = Vec::new();
        run_with(root, |node| {
            let callee = Field::Function.of(node).filter(|_| kind(node) == Kind::Call);
            let named = callee
                .and_then(|callee| Field::Attribute.of(callee))
                .is_some_and(|name| subject.text(name) == method);
            let object = callee.filter(|_| named).and_then(|callee| Field::Object.of(callee));
            let is_it = object.is_some_and(|object| {
                let span = object.byte_range();
                let path = walk::path_to(subject.path()[0], span.start, span.end);
                let object = path.and_then(|path| path.last().copied());
                object
                    .and_then(|object| value::of(names, item, object))
                    .is_some_and(|found| found.item == made.item && found.node == made.node)
            });
            if is_it {
                lines.push(subject.line(node));
            }
        });
        lines.dedup();
        Value::Lines(lines)
    };
    let body = Field::Body.of(with)?;
    if slot != "implicit" && slot != "autocommit" {
        facts.set("commits", lines(body, "commit")).set("rollbacks", lines(body, "rollback"));
    }
    let function = subject.ancestors().find(|node| kind(*node) == Kind::FunctionDefinition);
    let around = function.and_then(|function| Field::Body.of(function));
    facts.set("closes", lines(around.unwrap_or(subject.path()[0]), "close"));
    Some(facts)
}

#[cfg(test)]
mod tests;
