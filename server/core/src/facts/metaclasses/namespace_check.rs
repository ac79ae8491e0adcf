//! A look into the namespace that `__new__` or `__init__` of a metaclass gets.
//!
//! Source: Python Language Reference, Data model, Creating the class object; PEP 749 for
//! `__annotations__`.

use super::super::classes::{Class, Own};
use super::super::{Facts, Provider, Slot, SlotKind};
use super::metaclass_definition::classes_named_with;
use super::mro::{Found, Link, Orders};
use super::super_call::all_subclasses;
use crate::subject::Subject;
use crate::syntax::function::{ParameterKind, parameters, statements};
use crate::syntax::{Field, Kind, Node, expression::plain_string, kind};

pub static PROVIDER: Provider = Provider {
    name: "namespace-check",
    doc: "`'name' in namespace`, `'name' not in namespace` or `namespace['__annotations__']` in \
          `__new__` or `__init__` of a metaclass; `@target` is the `comparison_operator` or \
          `subscript`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name that is looked for"),
    Slot::new("namespace", SlotKind::Code, "the parameter that holds the namespace"),
    Slot::new("inherited", SlotKind::Records(INHERITED), "classes here that inherit the name"),
    Slot::new("annotations", SlotKind::Code, "the namespace, if `__annotations__` is looked for"),
];

static INHERITED: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("base", SlotKind::Code, "the class that has the name"),
    Slot::new("line", SlotKind::Line, "its line there"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let (literal, namespace) = match kind(node) {
        Kind::ComparisonOperator => {
            let [left, right] = statements(node)[..] else { return None };
            let operators: Vec<_> =
                node.children_in(Field::Operators).map(|operator| subject.text(operator)).collect();
            matches!(operators[..], ["in" | "not in"]).then_some((left, right))?
        }
        Kind::Subscript => (node.child_in(Field::Subscript)?, Field::Value.of(node)?),
        _ => return None,
    };
    let name = plain_string(literal, subject.item_text())?;
    let (metaclass, hook) = owner(subject, namespace)?;
    let mut orders = Orders::across_files(subject);
    orders.is_metaclass(metaclass).filter(|is_meta| *is_meta)?;
    let mut facts = Facts::of(SLOTS);
    let text = subject.text(namespace);
    if name == "__annotations__" {
        facts.code("annotations", text);
        return Some(facts);
    }
    if kind(node) == Kind::Subscript {
        return None;
    }
    facts.code("name", name).code("namespace", text);
    facts.records("inherited", inherited(&mut orders, metaclass, hook, name));
    Some(facts)
}

/// The class and the name of its method whose fourth parameter the identifier is, never bound
/// again.
pub(super) fn owner<'a>(
    subject: &Subject<'a>,
    namespace: Node<'a>,
) -> Option<(Class<'a>, &'a str)> {
    let mut around = subject.ancestors();
    let function = around.find(|node| kind(*node) == Kind::FunctionDefinition)?;
    let class = around.find(|node| kind(*node) != Kind::Block)?;
    let class = Class::new(subject.names(), subject.item(), class)?;
    let hook = subject.text(Field::Name.of(function)?);
    let fourth = *parameters(function)?.get(3)?;
    let plain = [ParameterKind::PositionalOnly, ParameterKind::PositionalOrKeyword];
    let is_it = ["__new__", "__init__"].contains(&hook)
        && plain.contains(&fourth.kind)
        && kind(namespace) == Kind::Identifier
        && subject.text(namespace) == subject.text(fourth.name)
        && subject.names().is_variable_of(subject.item(), namespace, function);
    let name = subject.text(namespace);
    let once = subject.names().bindings_in(subject.item(), function, name).len() == 1;
    (is_it && once).then_some((class, hook))
}

/// The classes made by the metaclass that inherit the name from a class of the file, and do not
/// bind it themselves.
fn inherited<'a>(
    orders: &mut Orders<'_, 'a>,
    metaclass: Class<'a>,
    hook: &str,
    name: &str,
) -> Vec<Facts> {
    let mut records = Vec::new();
    let mut seen: Vec<Link<'a>> = Vec::new();
    for first in classes_named_with(metaclass) {
        for class in std::iter::once(first).chain(all_subclasses(first)) {
            let meta = orders.metaclass(class);
            let is_made =
                orders.hook(&meta, hook).is_some_and(|found| found.class.node == metaclass.node);
            let Some(links) = orders.of(class).complete().filter(|_| is_made) else { continue };
            if !matches!(class.own(name), Own::No) || seen.contains(&links[0]) {
                continue;
            }
            if let Found::Here(base, binding) = orders.lookup(&links[1..], name) {
                let mut record = Facts::of(INHERITED);
                record.code("class", class.name()).code("base", base.name());
                record.line("line", base.line_at(binding.node.start));
                records.push(record);
                seen.push(links[0].clone());
            }
        }
    }
    records
}

#[cfg(test)]
mod tests;
