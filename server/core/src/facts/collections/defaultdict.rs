//! `collections.defaultdict(…)`.
//!
//! Source: Library Reference, collections, defaultdict objects.

use super::made::{Made, is_mere_read};
use super::uses::{Access, Role};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};
use crate::value::{self, Builtin, Object};

pub static PROVIDER: Provider = Provider {
    name: "defaultdict",
    doc: "A call of `collections.defaultdict`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call, if it makes missing values"),
    Slot::new("factory", SlotKind::Code, "what is called for a missing key"),
    Slot::new("missing", SlotKind::Code, "the value that a missing key gets"),
    Slot::new("without", SlotKind::Code, "the call, if it has no factory"),
    Slot::new("failing", SlotKind::Code, "the call, if it raises"),
    Slot::new("not-callable", SlotKind::Code, "the factory that cannot be called"),
    Slot::new("name", SlotKind::Code, "the variable that is bound to it"),
    Slot::new("reads", SlotKind::Lines, "the lines on which a subscript of it is only read"),
    Slot::new("changes", SlotKind::Lines, "the lines on which a value in it is used further"),
    Slot::new("looks", SlotKind::Lines, "the lines with `get` or `in`, which add nothing"),
];

/// What builtin types return without arguments (Library Reference, Built-in Functions).
pub(super) const EMPTY: &[(&str, &str)] = &[
    ("builtins.bool", "False"),
    ("builtins.dict", "{}"),
    ("builtins.float", "0.0"),
    ("builtins.int", "0"),
    ("builtins.list", "[]"),
    ("builtins.set", "set()"),
    ("builtins.str", "''"),
    ("builtins.tuple", "()"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let made = Made::of(subject, "collections.defaultdict")?;
    if made.arguments.spread {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let call = one_line(subject, subject.node());
    // By its place only: a keyword, whatever its name, is a key of the new dict.
    let factory = made.arguments.positional.first().copied();
    let Some(factory) = factory.filter(|node| kind(*node) != Kind::None) else {
        facts.code("without", call);
        return Some(facts);
    };
    let text = one_line(subject, factory);
    let value = value::of(subject.names(), subject.item(), factory);
    let missing = match value.map(|value| value.object) {
        Some(Object::Builtin(Builtin::None)) => {
            facts.code("without", call);
            return Some(facts);
        }
        Some(Object::Builtin(_)) => {
            facts.code("failing", call).code("not-callable", text);
            return Some(facts);
        }
        Some(Object::Named(name)) => {
            EMPTY.iter().find(|(type_name, _)| *type_name == name).map(|(_, it)| (*it).to_owned())
        }
        Some(Object::Lambda) if kind(factory) == Kind::Lambda => {
            Field::Body.of(factory).map(|body| one_line(subject, body))
        }
        _ => None,
    };
    facts.code("call", call).code("factory", text);
    if let Some(missing) = missing {
        facts.code("missing", missing);
    }
    if let Some(name) = made.name {
        facts.code("name", name);
    }
    facts.set("reads", Value::Lines(made.lines(subject, |_, role| is_mere_read(role))));
    let changes = made.lines(subject, |_, role| {
        matches!(
            role,
            Role::Subscript { access: Access::Augment, .. } | Role::Subscript { goes_on: true, .. }
        )
    });
    facts.set("changes", Value::Lines(changes));
    let looks = made.lines(subject, |used, role| match role {
        Role::Contains => true,
        Role::Method { name, .. } => used.text(subject, name) == "get",
        _ => false,
    });
    facts.set("looks", Value::Lines(looks));
    Some(facts)
}

#[cfg(test)]
mod tests;
