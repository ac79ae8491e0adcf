//! `[[0] * n] * m`: a list that holds the same object many times.
//!
//! Source: Library Reference, Built-in Types, Common Sequence Operations, note 2.

use super::fresh::{fresh, last_part, repeated};
use super::uses::{Access, Role, Used, of_assigned};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "repeated-list",
    doc: "`[x] * n` where `x` makes a list, dictionary, set or the like; `@target` is the \
          `binary_operator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("repeated", SlotKind::Code, "the whole expression"),
    Slot::new("element", SlotKind::Code, "what is repeated"),
    Slot::new("type", SlotKind::Code, "its type"),
    Slot::new("count", SlotKind::Code, "how many times"),
    Slot::new("name", SlotKind::Code, "the variable that is bound to the list"),
    Slot::new("changed", SlotKind::Lines, "the lines that change an element through it"),
    Slot::new("instead", SlotKind::Code, "a comprehension that makes a new element each time"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let (display, count) = repeated(node)?;
    let [element] = statements(display)[..] else { return None };
    let made = fresh(subject, element)?;
    if kind(count) == Kind::Integer && matches!(subject.text(count), "0" | "1") {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let (element_text, count_text) = (one_line(subject, element), one_line(subject, count));
    facts.code("repeated", one_line(subject, node));
    facts.code("type", last_part(&made));
    let is_hidden = subject.names().is_hidden_at(subject.item(), node.start_byte(), "range")
        || !subject.names().module_bindings("range").is_empty();
    if !is_hidden && !uses_underscore(subject, element) {
        facts.code("instead", format!("[{element_text} for _ in range({count_text})]"));
    }
    facts.code("element", element_text).code("count", count_text);
    if let Some((name, uses)) = of_assigned(subject.names(), subject.item(), subject.path()) {
        facts.code("name", name);
        facts.set("changed", Value::Lines(changed(subject, &uses)));
    }
    Some(facts)
}

fn uses_underscore(subject: &Subject<'_>, node: Node<'_>) -> bool {
    let mut found = false;
    walk::until(node, |inner| {
        found |= kind(inner) == Kind::Identifier && subject.text(inner) == "_";
        found
    });
    found
}

/// Methods that change a list, dictionary, set or deque (Library Reference, Built-in Types;
/// collections).
const CHANGING: &[&str] = &[
    "add",
    "append",
    "appendleft",
    "clear",
    "discard",
    "extend",
    "extendleft",
    "insert",
    "pop",
    "popitem",
    "popleft",
    "remove",
    "reverse",
    "setdefault",
    "sort",
    "update",
];

/// The lines of `x[i][j] = …`, `x[i].append(…)` and their like.
pub(super) fn changed(subject: &Subject<'_>, uses: &[Used<'_>]) -> Vec<usize> {
    let document = subject.document();
    let mut lines = Vec::new();
    for used in uses {
        let Role::Subscript { access: Access::Read, goes_on: true, .. } = Role::of(&used.path)
        else {
            continue;
        };
        let Some(at) = used.path.len().checked_sub(2) else { continue };
        let changes = match Role::of(&used.path[..=at]) {
            Role::Subscript { access, .. } => access != Access::Read,
            Role::Method { name, .. } => CHANGING.contains(&used.text(subject, name)),
            _ => false,
        };
        if changes && Field::Value.of(used.path[at]) == used.path.last().copied() {
            let start = document.start_of(used.item) + used.path[at].start_byte();
            lines.push(document.text().line_of(start));
        }
    }
    lines.sort_unstable();
    lines.dedup();
    lines
}

#[cfg(test)]
mod tests;
