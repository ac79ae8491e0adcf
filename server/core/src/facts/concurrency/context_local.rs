//! `contextvars.ContextVar` and `threading.local`.
//!
//! Source: Library Reference, contextvars and threading, Thread-Local Data; PEP 567: every task
//! runs in a copy of the context that was current when it was made.

use super::code::short;
use super::held::{Held, sorted};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "context-local",
    doc: "a call of `contextvars.ContextVar` or `threading.local`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("variable", SlotKind::Code, "the name of the `ContextVar`"),
    Slot::new("local", SlotKind::Code, "the name of the `threading.local`"),
    Slot::new("default", SlotKind::Code, "the value of `default`"),
    Slot::new("no-default", SlotKind::Flag, "a `ContextVar` without a default"),
    Slot::new("sets", SlotKind::Lines, "where it is set"),
    Slot::new("gets", SlotKind::Lines, "where it is read"),
    Slot::new("resets", SlotKind::Lines, "where `reset()` puts the old value back"),
    Slot::new("attributes", SlotKind::Records(ATTRIBUTES), "attributes that are set, by name"),
    Slot::new("in-function", SlotKind::Flag, "it is made in a function"),
];

static ATTRIBUTES: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the attribute"),
    Slot::new("lines", SlotKind::Lines, "where it is set"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    let name = names.qualified(item, call.child_in(Field::Function)?)?;
    let is_variable = match name.as_str() {
        "contextvars.ContextVar" => true,
        "threading.local" => false,
        _ => return None,
    };
    let held = Held::of(subject)?;
    let mut facts = Facts::of(SLOTS);
    if !is_variable {
        facts.code("local", held.name.as_str());
        let mut set: Vec<(&str, Vec<usize>)> = Vec::new();
        for used in &held.uses {
            let Some((attribute, node)) = used.attribute(subject) else { continue };
            let target = used.path.iter().rev().nth(2);
            let is_set = target.is_some_and(|parent| {
                matches!(kind(*parent), Kind::Assignment | Kind::AugmentedAssignment)
                    && Field::Left.of(*parent) == Some(node)
            });
            if !is_set {
                continue;
            }
            match set.iter_mut().find(|(name, _)| *name == attribute) {
                Some((_, lines)) => lines.push(used.line(subject)),
                None => set.push((attribute, vec![used.line(subject)])),
            }
        }
        let records = set.into_iter().map(|(name, lines)| {
            let mut record = Facts::of(ATTRIBUTES);
            record.code("name", name).set("lines", Value::Lines(sorted(lines.into_iter())));
            record
        });
        facts.records("attributes", records.collect());
        return Some(facts);
    }
    facts.code("variable", held.name.as_str());
    let arguments = Arguments::of(call, subject.item_text());
    match arguments.keyword("default") {
        Some(value) => facts.code("default", short(names, item, value)?),
        None => facts.flag("no-default", !arguments.spread),
    };
    facts.set("sets", Value::Lines(held.calls(subject, &["set"])));
    facts.set("gets", Value::Lines(held.calls(subject, &["get"])));
    facts.set("resets", Value::Lines(held.calls(subject, &["reset"])));
    let around = super::code::Around::of(subject.path());
    facts.flag("in-function", matches!(around, super::code::Around::Function(_)));
    Some(facts)
}

#[cfg(test)]
mod tests;
