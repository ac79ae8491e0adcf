//! `collections.OrderedDict(…)` and `collections.ChainMap(…)`.
//!
//! Source: Library Reference, collections, OrderedDict objects and ChainMap objects.

use super::made::Made;
use super::uses::Role;
use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Kind, Node, kind};

pub static ORDERED: Provider = Provider {
    name: "ordered-dict",
    doc: "A call of `collections.OrderedDict`; `@target` is the `call`",
    slots: ORDERED_SLOTS,
    run: ordered,
};

static ORDERED_SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("name", SlotKind::Code, "the variable that is bound to it"),
    Slot::new("moves", SlotKind::Lines, "the lines with `move_to_end`"),
    Slot::new("first", SlotKind::Lines, "the lines with `popitem(last=False)`"),
    Slot::new("plain", SlotKind::Code, "the variable, if nothing here needs more than a dict"),
];

fn ordered(subject: &Subject<'_>) -> Option<Facts> {
    let made = Made::of(subject, "collections.OrderedDict")?;
    let mut facts = Facts::of(ORDERED_SLOTS);
    facts.code("call", one_line(subject, subject.node()));
    let Some(name) = made.name else { return Some(facts) };
    facts.code("name", name);
    let moves = made.calls(subject, &["move_to_end"]);
    let first = made.lines(subject, |used, role| match role {
        Role::Method { name, call } => {
            let text = subject.names().item(used.item).text();
            let arguments = Arguments::of(call, text);
            used.text(subject, name) == "popitem"
                && (arguments.spread || arguments.get(0, "last").is_some_and(is_not_true))
        }
        _ => false,
    });
    let needs_none = moves.is_empty() && first.is_empty() && !made.uses.is_empty();
    if needs_none && made.stays_here(subject) {
        facts.code("plain", name);
    }
    facts.set("moves", Value::Lines(moves)).set("first", Value::Lines(first));
    Some(facts)
}

fn is_not_true(node: Node<'_>) -> bool {
    kind(node) != Kind::True
}

pub static CHAIN: Provider = Provider {
    name: "chain-map",
    doc: "A call of `collections.ChainMap`; `@target` is the `call`",
    slots: CHAIN_SLOTS,
    run: chain,
};

static CHAIN_SLOTS: &[Slot] = &[
    Slot::new("maps", SlotKind::Codes, "the mappings in the order in which they are asked"),
    Slot::new("first", SlotKind::Code, "the mapping that is written to"),
    Slot::new("empty", SlotKind::Code, "the call, if it names no mapping"),
    Slot::new("name", SlotKind::Code, "the variable that is bound to it"),
    Slot::new("writes", SlotKind::Lines, "the lines that write to it"),
];

fn chain(subject: &Subject<'_>) -> Option<Facts> {
    use super::uses::Access;
    let made = Made::of(subject, "collections.ChainMap")?;
    if made.arguments.spread || !made.arguments.keywords.is_empty() {
        return None;
    }
    let mut facts = Facts::of(CHAIN_SLOTS);
    let maps = &made.arguments.positional;
    match maps.first() {
        Some(first) => {
            facts.codes("maps", maps.iter().map(|map| one_line(subject, *map)));
            facts.code("first", one_line(subject, *first));
        }
        None => drop(facts.code("empty", one_line(subject, subject.node()))),
    }
    if let Some(name) = made.name {
        facts.code("name", name);
    }
    let writes = made.lines(subject, |used, role| match role {
        Role::Subscript { access, .. } => access != Access::Read,
        Role::Method { name, .. } => {
            let name = used.text(subject, name);
            matches!(name, "update" | "pop" | "popitem" | "setdefault" | "clear")
        }
        _ => false,
    });
    facts.set("writes", Value::Lines(writes));
    Some(facts)
}

#[cfg(test)]
mod tests;
