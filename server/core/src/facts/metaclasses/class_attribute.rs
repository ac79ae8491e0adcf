//! An attribute of a class beside those of its instances.
//!
//! Source: Python Tutorial, Class and Instance Variables; Data model, Custom classes.

use super::super::{Facts, Provider, Slot, SlotKind, Value};
use super::attributes::{Access, Write};
use super::body_attribute::BodyAttribute;
use super::mro::{Found, Orders};
use crate::subject::Subject;
use crate::value::{self, Object};

pub static PROVIDER: Provider = Provider {
    name: "class-attribute",
    doc: "an assignment in a class body of a mutable object, or of what methods assign to \
          through `self`; `@target` is the `assignment`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("shared", SlotKind::Code, "the name, if its value can change"),
    Slot::new("type", SlotKind::Code, "the type of that value"),
    Slot::new("name", SlotKind::Code, "the name, if its value cannot change or is not known"),
    Slot::new("changed", SlotKind::Lines, "lines that change the shared object through `self`"),
    Slot::new("assigned", SlotKind::Lines, "lines that assign to the attribute of an instance"),
    Slot::new("in-init", SlotKind::Line, "the line that does so in `__init__`, for every instance"),
    Slot::new("augmented", SlotKind::Lines, "lines with `self.name += …` or the like"),
    Slot::new("extended", SlotKind::Lines, "the same for a value that can change"),
];

/// Types of `collections` whose objects can change.
const MUTABLE: &[&str] = &[
    "collections.Counter",
    "collections.OrderedDict",
    "collections.defaultdict",
    "collections.deque",
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let attribute = BodyAttribute::of(subject)?;
    let class = attribute.class;
    let mut orders = Orders::across_files(subject);
    let meta = orders.metaclass(class);
    // Another metaclass may make something else of the value.
    let plain = meta.class().is_some_and(|meta| meta.is("builtins.type") || meta.is("abc.ABCMeta"));
    let links = orders.of(class).complete().filter(|_| plain)?;
    let is_usual = |hook| matches!(orders.lookup(&links, hook), Found::Nowhere);
    let special = attribute.name.starts_with("__");
    if special || !is_usual("__setattr__") || !is_usual("__getattribute__") {
        return None;
    }
    let value = value::of(class.names, class.item, attribute.value);
    let mutable = value.as_ref().and_then(|value| match &value.object {
        Object::Builtin(kind) if kind.is_mutable() => Some(kind.qualified()),
        Object::Called(name) if MUTABLE.contains(&name.as_str()) => Some(name.as_str()),
        _ => None,
    });
    // What `__set__` of some object would do with an assignment is not known.
    let certain = value
        .as_ref()
        .is_some_and(|value| matches!(value.object, Object::Builtin(_)) || mutable.is_some());
    certain.then_some(())?;
    let lines = |found: &[Write<'_>]| {
        let mut lines: Vec<_> = found.iter().map(|write| subject.line(write.node)).collect();
        lines.dedup();
        Value::Lines(lines)
    };
    let assigned = attribute.writes(Access::Assigned);
    let augmented = attribute.writes(Access::Augmented);
    let mut facts = Facts::of(SLOTS);
    facts.code("class", class.name());
    let init = init_line(subject, &attribute, &assigned);
    match mutable {
        Some(kind) => {
            facts.code("shared", attribute.name);
            facts.code("type", kind.rsplit('.').next().unwrap_or(kind));
            if init.is_none() {
                facts.set("changed", lines(&attribute.writes(Access::Changed)));
                facts.set("extended", lines(&augmented));
            }
        }
        None if assigned.is_empty() && augmented.is_empty() => return None,
        None => {
            facts.code("name", attribute.name);
            if init.is_none() {
                facts.set("augmented", lines(&augmented));
            }
        }
    }
    match init {
        Some(line) => facts.line("in-init", line),
        None => facts.set("assigned", lines(&assigned)),
    };
    Some(facts)
}

/// The line in `__init__` of the class that surely assigns the attribute of every instance.
fn init_line(
    subject: &Subject<'_>,
    attribute: &BodyAttribute<'_>,
    assigned: &[Write<'_>],
) -> Option<usize> {
    let class = attribute.class;
    let super::super::classes::Own::Yes(binding) = class.own("__init__") else { return None };
    let found = assigned.iter().find(|write| {
        let at = write.node.start_byte();
        binding.node.start <= at && at < binding.node.end
    })?;
    let init = crate::names::node_with(class.node, binding.node)?;
    let body = crate::syntax::Field::Body.of(init)?;
    // Directly in the body, not in a branch.
    let direct = crate::syntax::function::statements(body).into_iter().any(|statement| {
        crate::syntax::kind(statement) == crate::syntax::Kind::ExpressionStatement
            && statement.start_byte() <= found.node.start_byte()
            && found.node.end_byte() <= statement.end_byte()
    });
    direct.then(|| subject.line(found.node))
}

#[cfg(test)]
mod tests;
