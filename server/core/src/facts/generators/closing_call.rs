//! `contextlib.closing` and `contextlib.aclosing` around a generator.
//!
//! Source: Library Reference, contextlib; Language Reference, Generator-iterator methods: `close()`
//! raises `GeneratorExit` where the generator is paused, and does nothing before it has begun.

use super::place::brief;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::function::{arguments, own_nodes, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Definition, Object};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "closing-call",
    doc: "a call of `contextlib.closing` or `contextlib.aclosing` with a generator of the file; \
          `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("generator", SlotKind::Code, "the call that makes the generator, or its name"),
    Slot::new("method", SlotKind::Code, "`close()` or `aclose()`"),
    Slot::new("function", SlotKind::Code, "the generator function"),
    Slot::new("function-line", SlotKind::Line, "its line"),
    Slot::new("end", SlotKind::Line, "the last line of the block behind `with`"),
    Slot::new("cleanup", SlotKind::Line, "the `finally` or `with` around a `yield` of it"),
    Slot::new("leaves", SlotKind::Lines, "`break` and `return` of the block"),
    Slot::new("needs-aclosing", SlotKind::Code, "an asynchronous generator in `closing`"),
    Slot::new("needs-closing", SlotKind::Code, "a plain generator in `aclosing`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let name = subject.callee()?;
    let is_async = match &*name {
        "contextlib.closing" => false,
        "contextlib.aclosing" => true,
        _ => return None,
    };
    let [argument] = arguments(call)[..] else { return None };
    let (names, item) = (subject.names(), subject.item());
    let mut facts = Facts::of(SLOTS);
    let written = Some(brief(subject.item_text(), argument)).filter(|text| !text.is_empty());
    let value::Elsewhere { names, object, .. } = value::anywhere(names, item, argument)?;
    let made = match (object, is_async) {
        (Object::Generator(made), false) | (Object::AsyncGenerator(made), true) => made,
        (Object::AsyncGenerator(_), false) => {
            facts.code("needs-aclosing", written?);
            return Some(facts);
        }
        (Object::Generator(_), true) => {
            facts.code("needs-closing", written?);
            return Some(facts);
        }
        _ => return None,
    };
    let with = subject.ancestors().take(4).find(|node| kind(*node) == Kind::WithStatement)?;
    facts.code("generator", written?);
    facts.code("method", if is_async { "aclose()" } else { "close()" });
    if let Some(name) = Field::Name.of(made.node) {
        let text = names.item(made.item).text();
        facts.code("function", &text[name.byte_range()]);
        facts.line("function-line", names.line(made.item, made.node));
    }
    let last = subject.span(with).end.saturating_sub(1);
    facts.line("end", subject.document().text().line_of(last));
    if let Some(node) = cleanup_of(made) {
        facts.line("cleanup", names.line(made.item, node));
    }
    let mut lines = Vec::new();
    walk::until(Field::Body.of(with)?, |node| {
        if matches!(kind(node), Kind::BreakStatement | Kind::ReturnStatement) {
            lines.push(subject.line(node));
        }
        matches!(kind(node), Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition)
    });
    facts.set("leaves", Value::Lines(lines));
    Some(facts)
}

/// The first statement of a generator function that has to run when a generator is closed at a
/// `yield` in it.
pub(super) fn cleanup_of(made: Definition<'_>) -> Option<Node<'_>> {
    if kind(made.node) != Kind::FunctionDefinition {
        return None;
    }
    let mut found = None;
    own_nodes(made.node, |node| {
        let is_it = match kind(node) {
            Kind::WithStatement => true,
            Kind::TryStatement => {
                statements(node).iter().any(|clause| kind(*clause) == Kind::FinallyClause)
            }
            _ => false,
        };
        if is_it && found.is_none() && yields_in(node) {
            found = Some(node);
        }
    });
    found
}

/// True when a `yield` of the same function stands in the body of the statement.
fn yields_in(statement: Node<'_>) -> bool {
    let mut found = false;
    if let Some(body) = Field::Body.of(statement) {
        walk::until(body, |node| {
            found |= kind(node) == Kind::Yield;
            found || matches!(kind(node), Kind::FunctionDefinition | Kind::Lambda)
        });
    }
    found
}

#[cfg(test)]
mod tests;
