//! A name with two leading underscores in a class.
//!
//! Source: Python Language Reference, Expressions, Identifiers: private name mangling.

use super::super::classes::{Class, Own};
use super::super::{Facts, Provider, Slot, SlotKind};
use super::mro::Orders;
use super::super_call::all_subclasses;
use crate::names::Receiver;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Object};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "private-name",
    doc: "an attribute or a method with two leading underscores; `@target` is the `attribute` \
          or the `function_definition`, `@name` the identifier",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("written", SlotKind::Code, "the name as it is written"),
    Slot::new("real", SlotKind::Code, "the name that the attribute gets"),
    Slot::new("class", SlotKind::Code, "the class around"),
    Slot::new("elsewhere", SlotKind::Records(ELSEWHERE), "classes of the family with another one"),
    Slot::new("outside", SlotKind::Code, "the name, if it stands in no class"),
    Slot::new("owner", SlotKind::Code, "the class of the object there"),
    Slot::new("fails", SlotKind::Code, "the name that the object has instead"),
];

static ELSEWHERE: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("real", SlotKind::Code, "what the same spelling means there"),
    Slot::new("line", SlotKind::Line, "the first line with it"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let name = subject.text(subject.capture("name")?);
    if !is_private(name) {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("written", name);
    let at = subject.node().start_byte();
    let around = subject.ancestors().find(|node| {
        let body = node.child_in(Field::Body).filter(|_| kind(*node) == Kind::ClassDefinition);
        body.is_some_and(|body| body.start_byte() <= at)
    });
    let Some(around) = around else { return outside(subject, name, facts) };
    let class = Class::new(subject.names(), subject.item(), around)?;
    facts.code("real", mangled(class.name(), name)?).code("class", class.name());
    // Relatives in which the same spelling is another name.
    let mut orders = Orders::across_files(subject);
    let mut family: Vec<Class<'_>> = Vec::new();
    let above = orders.of(class).complete().unwrap_or_default();
    family.extend(above.iter().skip(1).filter_map(super::mro::Link::here));
    family.extend(all_subclasses(class));
    let mut records = Vec::new();
    for other in family {
        let real = mangled(other.name(), name);
        let Some(place) = first_use(other, name) else { continue };
        if let Some(real) = real.filter(|_| other.name() != class.name()) {
            let mut record = Facts::of(ELSEWHERE);
            record.code("class", other.name()).code("real", real);
            record.line("line", other.line_at(place.start_byte()));
            records.push(record);
        }
    }
    facts.records("elsewhere", records);
    Some(facts)
}

/// Outside of classes nothing is mangled.
fn outside<'a>(subject: &Subject<'a>, name: &str, mut facts: Facts) -> Option<Facts> {
    let object = subject.node().child_in(Field::Object)?;
    let value = value::of(subject.names(), subject.item(), object)?;
    let Object::Instance(made) = value.object else { return None };
    let class = Class::new(subject.names(), made.item, made.node)?;
    let mut orders = Orders::across_files(subject);
    let links = orders.of(class).complete()?;
    let real = mangled(class.name(), name)?;
    let has_hook = ["__getattr__", "__getattribute__"]
        .iter()
        .any(|hook| !matches!(orders.lookup(&links, hook), super::mro::Found::Nowhere));
    let sets = subject
        .document()
        .items()
        .iter()
        .any(|item| item.text().contains("setattr") || item.text().contains("__dict__"));
    let is_written = matches!(subject.ancestors().next(), Some(around)
        if kind(around) == Kind::Assignment
            && around.child_in(Field::Left) == Some(subject.node()));
    if has_hook || sets || is_written || first_use(class, name).is_none() {
        return None;
    }
    let bare =
        links.iter().filter_map(super::mro::Link::here).all(|one| matches!(one.own(name), Own::No));
    bare.then_some(())?;
    facts.code("outside", name).code("owner", class.name()).code("fails", real);
    Some(facts)
}

/// True for `__x` and not for `__x__`.
fn is_private(name: &str) -> bool {
    name.starts_with("__") && !name.ends_with("__") && name.is_ascii()
}

/// The name as the compiler changes it. Nothing in a class whose name is underscores only.
fn mangled(class: &str, name: &str) -> Option<String> {
    let class = class.trim_start_matches('_');
    (!class.is_empty()).then(|| format!("_{class}{name}"))
}

/// The first place in the class, not in classes inside it, where `self.name` or a definition of the
/// name stands.
fn first_use<'a>(class: Class<'a>, name: &str) -> Option<Node<'a>> {
    let mut found = None;
    walk::until(class.node, |node| {
        if found.is_some() || kind(node) == Kind::ClassDefinition && node != class.node {
            return true;
        }
        let named = match kind(node) {
            Kind::FunctionDefinition => node.child_in(Field::Name),
            Kind::Attribute => {
                let receiver = node
                    .child_in(Field::Object)
                    .and_then(|object| class.names.receiver(class.item, object));
                let is_own = matches!(receiver, Some(Receiver::Instance(own) | Receiver::Class(own))
                    if own == class.node);
                node.child_in(Field::Attribute).filter(|_| is_own)
            }
            _ => None,
        };
        if named.is_some_and(|named| &class.text()[named.byte_range()] == name) {
            found = Some(node);
        }
        false
    });
    found
}

#[cfg(test)]
mod tests;
