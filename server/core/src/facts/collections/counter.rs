//! `collections.Counter(…)`.
//!
//! Source: Library Reference, collections, Counter objects.

use super::made::Made;
use super::uses::{Access, Role};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::value::{self, Builtin, Object};

pub static PROVIDER: Provider = Provider {
    name: "counter",
    doc: "A call of `collections.Counter`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("elements", SlotKind::Code, "the iterable whose elements are counted"),
    Slot::new("characters", SlotKind::Code, "the string whose characters are counted"),
    Slot::new("counts", SlotKind::Code, "the dict or `Counter` whose counts are taken over"),
    Slot::new("unsure", SlotKind::Code, "the argument, whatever it is"),
    Slot::new("given", SlotKind::Codes, "the names that have a count by keyword"),
    Slot::new("empty", SlotKind::Code, "the call, if it has no arguments"),
    Slot::new("name", SlotKind::Code, "the variable that is bound to it"),
    Slot::new("reads", SlotKind::Lines, "the lines on which a count is read by subscript"),
    Slot::new("ranked", SlotKind::Lines, "the lines with `most_common`"),
    Slot::new("fed", SlotKind::Lines, "the lines with `update`, or that add to a count"),
    Slot::new("subtracted", SlotKind::Lines, "the lines with `subtract`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let made = Made::of(subject, "collections.Counter")?;
    if made.arguments.spread || made.arguments.positional.len() > 1 {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    match made.arguments.positional.first() {
        Some(argument) => {
            let value = value::of(subject.names(), subject.item(), *argument);
            let slot = match value.map(|value| value.object) {
                Some(Object::Builtin(Builtin::Str)) => "characters",
                Some(Object::Builtin(Builtin::Dict)) => "counts",
                Some(Object::Called(name)) if name == "collections.Counter" => "counts",
                Some(Object::Builtin(Builtin::List | Builtin::Tuple | Builtin::Set))
                | Some(Object::Generator(_)) => "elements",
                Some(Object::Builtin(_)) => return None,
                _ => "unsure",
            };
            facts.code(slot, one_line(subject, *argument));
        }
        None if made.arguments.keywords.is_empty() => {
            facts.code("empty", one_line(subject, subject.node()));
        }
        None => {}
    }
    facts.codes("given", made.arguments.keywords.iter().map(|(name, _)| *name));
    if let Some(name) = made.name {
        facts.code("name", name);
    }
    let reads =
        made.lines(subject, |_, role| matches!(role, Role::Subscript { access: Access::Read, .. }));
    let adds = made.lines(subject, |used, role| match role {
        Role::Subscript { access: Access::Augment, .. } => true,
        Role::Method { name, .. } => used.text(subject, name) == "update",
        _ => false,
    });
    facts.set("reads", Value::Lines(reads)).set("fed", Value::Lines(adds));
    facts.set("ranked", Value::Lines(made.calls(subject, &["most_common"])));
    facts.set("subtracted", Value::Lines(made.calls(subject, &["subtract"])));
    Some(facts)
}

#[cfg(test)]
mod tests;
