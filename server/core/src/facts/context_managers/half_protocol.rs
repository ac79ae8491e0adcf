//! A class with one of the two methods that `with` needs.
//!
//! Source: Python Language Reference, Compound statements, The with statement.

use super::describe::line_in;
use super::manager::{Method, protocol};
use super::users::entries;
use crate::facts::classes::{Class, Own};
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;

pub static PROVIDER: Provider = Provider {
    name: "half-protocol",
    doc: "a class with one of the two methods of a context manager and without the other, which no \
          class below it adds; `@target` is the `class_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("has", SlotKind::Code, "the method that is there"),
    Slot::new("has-line", SlotKind::Line, "its line"),
    Slot::new("missing", SlotKind::Code, "the method that is not"),
    Slot::new("with", SlotKind::Code, "`with` or `async with`"),
    Slot::new("entered", SlotKind::Lines, "such statements of the file that call the class"),
];

const PAIRS: &[(&str, &str, bool)] = &[
    ("__enter__", "__exit__", false),
    ("__exit__", "__enter__", false),
    ("__aenter__", "__aexit__", true),
    ("__aexit__", "__aenter__", true),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let class = Class::new(subject.names(), subject.item(), subject.node())?;
    let (has, missing, awaited, function) = PAIRS.iter().find_map(|(has, missing, awaited)| {
        let Own::Yes(_) = class.own(has) else { return None };
        let Method::Function(_, function) = protocol(subject, class, has) else { return None };
        let is_missing = matches!(protocol(subject, class, missing), Method::Missing);
        is_missing.then_some((*has, *missing, *awaited, function))
    })?;
    // A mixin, or a class to derive from.
    let adds = |below: Class<'_>| !matches!(below.own(missing), Own::No);
    if class.subclasses().into_iter().any(adds) {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("class", class.name()).code("has", has).code("missing", missing);
    facts.line("has-line", line_in(subject, class.item, function));
    facts.code("with", if awaited { "async with" } else { "with" });
    let lines = entries(class, awaited).into_iter();
    let lines = lines.map(|entry| line_in(subject, entry.item, entry.with)).collect();
    facts.set("entered", Value::Lines(lines));
    Some(facts)
}

#[cfg(test)]
mod tests;
