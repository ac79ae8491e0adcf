//! What the fields of a data class have as default, and what has a value but is no field.
//!
//! Source: Library Reference, dataclasses, Mutable default values; What's New In Python 3.11.

use super::super::classes::Class;
use super::super::decoration::qualified;
use super::super::hashing::unhashable_value;
use super::super::source_text::one_line_in;
use super::super::{Facts, Slot, SlotKind};
use super::fields::{DataclassField, FieldDefault, FieldRole, annotated};
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::walk;

pub(super) static FACTORIES: &[Slot] = &[
    Slot::new("field", SlotKind::Code, "the field"),
    Slot::new("factory", SlotKind::Code, "what is called for each instance"),
];

pub(super) static DEFAULTS: &[Slot] = &[
    Slot::new("field", SlotKind::Code, "the field"),
    Slot::new("value", SlotKind::Code, "its default"),
    Slot::new("type", SlotKind::Code, "the type of the default"),
];

/// Sets the slots about the values that the fields have, and about values without a field.
pub(super) fn set_defaults(class: Class<'_>, fields: &[DataclassField<'_>], facts: &mut Facts) {
    let (mut mutable, mut unhashable, mut factories) = (Vec::new(), Vec::new(), Vec::new());
    let text = class.text();
    for field in fields {
        match field.default {
            FieldDefault::Factory(factory) => {
                let mut record = Facts::of(FACTORIES);
                record.code("field", field.name).code("factory", one_line_in(text, factory));
                factories.push(record);
            }
            FieldDefault::Value(value) => {
                let found = unhashable_value(class.names, class.item, value);
                let Some(found) = found.filter(|_| field.role == FieldRole::Stored) else {
                    continue;
                };
                let mut record = Facts::of(DEFAULTS);
                record.code("field", field.name).code("value", one_line_in(text, value));
                record.code("type", &*found);
                match found.as_str() {
                    "list" | "dict" | "set" | "defaultdict" | "Counter" | "OrderedDict" => {
                        mutable.push(record);
                    }
                    _ => unhashable.push(record),
                }
            }
            FieldDefault::None | FieldDefault::Unclear(_) => {}
        }
    }
    facts.records("mutable", mutable).records("unhashable", unhashable);
    facts.records("factories", factories);
    let bare = class.statements().into_iter().filter(|it| annotated(*it).is_none());
    for statement in bare {
        let Some((name, value)) = plain_assignment(text, statement) else { continue };
        if is_field_call(class, value) && !is_annotated(class, name) {
            facts.code("not-annotated", name);
        }
    }
}

/// True for `dataclasses.field(…)`.
fn is_field_call(class: Class<'_>, value: Node<'_>) -> bool {
    let callee = value.child_in(Field::Function).filter(|_| kind(value) == Kind::Call);
    callee.and_then(|callee| qualified(class.names, class.item, callee)).as_deref()
        == Some("dataclasses.field")
}

/// Names that the class body assigns and nowhere annotates; special names are for Python.
pub(super) fn unannotated<'a>(class: Class<'a>) -> Vec<&'a str> {
    let mut out: Vec<&str> = Vec::new();
    for statement in class.statements() {
        let Some((name, value)) = plain_assignment(class.text(), statement) else { continue };
        let is_plain = !name.starts_with("__") && !is_field_call(class, value);
        if is_plain && !is_annotated(class, name) && !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

fn is_annotated(class: Class<'_>, name: &str) -> bool {
    let text = class.text();
    let mut found = false;
    let body = class.node.child_in(Field::Body);
    let Some(body) = body else { return true };
    walk::until(body, |node| {
        let left = annotated(node).and_then(|it| it.child_in(Field::Left));
        found |= left.is_some_and(|left| &text[left.byte_range()] == name);
        found || matches!(kind(node), Kind::FunctionDefinition | Kind::ClassDefinition)
    });
    found
}

/// `x = …` with a single name.
fn plain_assignment<'a>(text: &'a str, statement: Node<'a>) -> Option<(&'a str, Node<'a>)> {
    (kind(statement) == Kind::ExpressionStatement).then_some(())?;
    let assignment = *statements(statement).first()?;
    (kind(assignment) == Kind::Assignment).then_some(())?;
    assignment.child_in(Field::Type).is_none().then_some(())?;
    let left = assignment.child_in(Field::Left).filter(|it| kind(*it) == Kind::Identifier)?;
    Some((&text[left.byte_range()], assignment.child_in(Field::Right)?))
}
