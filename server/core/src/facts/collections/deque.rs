//! `collections.deque(…)`.
//!
//! Source: Library Reference, collections, deque objects.

use super::made::Made;
use super::uses::Role;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "deque",
    doc: "A call of `collections.deque`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("maxlen", SlotKind::Code, "the most elements that it keeps"),
    Slot::new("unbounded", SlotKind::Flag, "nothing limits its length"),
    Slot::new("name", SlotKind::Code, "the variable that is bound to it"),
    Slot::new("queue", SlotKind::Code, "the variable, if what goes in first comes out first"),
    Slot::new("stack", SlotKind::Code, "the variable, if what goes in last comes out first"),
    Slot::new("added", SlotKind::Lines, "the lines that add to it, for a queue or stack"),
    Slot::new("taken", SlotKind::Lines, "the lines that take from it, for a queue or stack"),
    Slot::new("middle", SlotKind::Lines, "the lines that may reach into the middle"),
    Slot::new("sliced", SlotKind::Lines, "the lines that slice it, which raises"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let made = Made::of(subject, "collections.deque")?;
    if made.arguments.spread {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("call", one_line(subject, subject.node()));
    match made.arguments.get(1, "maxlen").filter(|node| kind(*node) != Kind::None) {
        Some(maxlen) => facts.code("maxlen", one_line(subject, maxlen)),
        None => facts.flag("unbounded", true),
    };
    let Some(name) = made.name else { return Some(facts) };
    facts.code("name", name);
    let calls = |methods: &[&str]| made.calls(subject, methods);
    let (right, left) = (calls(&["append", "extend"]), calls(&["appendleft", "extendleft"]));
    let (from_right, from_left) = (calls(&["pop"]), calls(&["popleft"]));
    let order = match (right.len(), left.len(), from_right.len(), from_left.len()) {
        (1.., 0, 0, 1..) | (0, 1.., 1.., 0) => Some("queue"),
        (1.., 0, 1.., 0) | (0, 1.., 0, 1..) => Some("stack"),
        _ => None,
    };
    if let Some(order) = order.filter(|_| made.stays_here(subject)) {
        let of = |mut one: Vec<usize>, other: Vec<usize>| {
            one.extend(other);
            Value::Lines(one)
        };
        facts.code(order, name);
        facts.set("added", of(right, left)).set("taken", of(from_right, from_left));
    }
    let middle = made.lines(subject, |used, role| match role {
        Role::Subscript { index: Some(index), .. } => {
            kind(index) != Kind::Slice && !matches!(used.text(subject, index), "0" | "-1")
        }
        Role::Method { name, .. } => {
            matches!(used.text(subject, name), "insert" | "remove" | "index")
        }
        Role::Contains => true,
        _ => false,
    });
    let sliced = made.lines(subject, |_, role| {
        matches!(role, Role::Subscript { index: Some(index), .. } if kind(index) == Kind::Slice)
    });
    facts.set("middle", Value::Lines(middle)).set("sliced", Value::Lines(sliced));
    Some(facts)
}

#[cfg(test)]
mod tests;
