//! `super()` in a method: which class comes next.
//!
//! Source: Library Reference, Built-in Functions, `super`; Data model, Creating the class object.

use super::super::classes::{Base, Class};
use super::super::source_text::mentions;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::mro::{Found, Link, Order, Orders};
use crate::names::Receiver;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::arguments, kind};

pub static PROVIDER: Provider = Provider {
    name: "super-call",
    doc: "`super()` in a method; `@target` is the `call`, or the `attribute` looked up on it",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class of the method"),
    Slot::new("attribute", SlotKind::Code, "the attribute that is looked up"),
    Slot::new("expression", SlotKind::Code, "`super().attribute`, if its class is in the file"),
    Slot::new("found", SlotKind::Code, "the class in the file that has the attribute"),
    Slot::new("found-line", SlotKind::Line, "its line there"),
    Slot::new("next", SlotKind::Code, "the next class, if nothing is known about the attribute"),
    Slot::new("elsewhere", SlotKind::Code, "the class of the standard library that has it"),
    Slot::new("missing", SlotKind::Code, "the attribute, if no class behind has it"),
    Slot::new("mro", SlotKind::Codes, "the method resolution order of the class, if it is known"),
    Slot::new("others", SlotKind::Records(OTHERS), "subclasses in which another class comes next"),
    Slot::new("spelled", SlotKind::Code, "the class that is written as first argument"),
];

static OTHERS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the subclass"),
    Slot::new("next", SlotKind::Code, "what comes next for its instances"),
    Slot::new("line", SlotKind::Line, "the line of the subclass"),
];

/// Methods that are those of `object` if no other class has them.
const OF_OBJECT: &[&str] =
    &["__init__", "__new__", "__init_subclass__", "__setattr__", "__getattribute__"];

/// Bases of bases are followed this far.
const MAX_CHAIN: usize = 20;

/// Subclasses that are looked at.
const MAX_SUBCLASSES: usize = 50;

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let (call, attribute) = match kind(node) {
        Kind::Attribute => (node.child_in(Field::Object)?, node.child_in(Field::Attribute)),
        Kind::Call => {
            let around = subject.ancestors().next().filter(|around| {
                kind(*around) == Kind::Attribute && around.child_in(Field::Object) == Some(node)
            });
            (node, around.and_then(|around| around.child_in(Field::Attribute)))
        }
        _ => return None,
    };
    let mut facts = Facts::of(SLOTS);
    let class = start(subject, call, &mut facts)?;
    facts.code("class", class.name());

    let mut orders = Orders::across_files(subject);
    let order = match orders.of(class) {
        Order::Complete(links) => Some(links),
        Order::Conflict => return None,
        Order::Unknown => None,
    };
    // Whatever follows, the first base comes right behind the class.
    let first = match &order {
        Some(links) => links.get(1)?.clone(),
        None => first_base(&orders, class)?,
    };
    if let Some(links) = &order {
        facts.codes("mro", links.iter().map(Link::name));
    }
    let attribute = attribute.map(|node| subject.text(node));
    let along = match &order {
        Some(links) => links[1..].to_vec(),
        None => chain(&orders, class, &first),
    };
    let found = attribute.map(|attribute| (attribute, orders.lookup(&along, attribute)));
    match found {
        Some((attribute, Found::Here(from, binding))) => {
            facts.code("expression", format!("{}.{attribute}", subject.text(call)));
            facts.code("found", from.name());
            facts.line("found-line", from.line_at(binding.node.start));
        }
        Some((attribute, Found::Known(from))) => {
            facts.code("attribute", attribute);
            facts.code("elsewhere", Link::Known(from).name());
        }
        // What `object` has is all special.
        Some((attribute, Found::Nowhere))
            if order.is_some()
                && !attribute.starts_with("__")
                && orders.metaclass(class).is_type()
                && !sets_attributes(subject) =>
        {
            facts.code("missing", attribute);
        }
        Some((attribute, Found::Nowhere)) if order.is_some() && OF_OBJECT.contains(&attribute) => {
            facts.code("attribute", attribute).code("elsewhere", "object");
        }
        _ => {
            facts.code("next", first.name());
        }
    }
    facts.records("others", others(&mut orders, class, &first));
    Some(facts)
}

/// The class that the search starts behind.
fn start<'a>(subject: &Subject<'a>, call: Node<'a>, facts: &mut Facts) -> Option<Class<'a>> {
    let names = subject.names();
    if let Some(receiver) = names.receiver(subject.item(), call) {
        let Receiver::Super(node) = receiver else { return None };
        return Class::new(names, subject.item(), node);
    }
    // `super(C, self)` in a method of `C` is the same.
    let callee = call.child_in(Field::Function)?;
    let is_super = names.qualified(subject.item(), callee).as_deref() == Some("builtins.super");
    let given = arguments(call);
    let [first, second] = given[..] else { return None };
    let (Receiver::Instance(node) | Receiver::Class(node)) =
        names.receiver(subject.item(), second)?
    else {
        return None;
    };
    let class = Class::new(names, subject.item(), node)?;
    let named = Class::resolve(names, subject.item(), first)?;
    (is_super && named.node == class.node).then_some(())?;
    facts.code("spelled", subject.text(first));
    Some(class)
}

/// True when the file may set attributes whose names are not to be seen.
fn sets_attributes(subject: &Subject<'_>) -> bool {
    subject
        .document()
        .items()
        .iter()
        .any(|item| mentions(item.text(), "setattr") || mentions(item.text(), "__dict__"))
}

/// The classes that surely follow a class, one after the other: as long as there is one base.
fn chain<'a>(orders: &Orders<'_, 'a>, class: Class<'a>, first: &Link<'a>) -> Vec<Link<'a>> {
    let mut out = vec![first.clone()];
    let mut at = class;
    while out.len() < MAX_CHAIN && at.bases().len() == 1 {
        let Some(next) = out.last().and_then(Link::here) else { break };
        let Some(base) = first_base(orders, next) else { break };
        if next.bases().len() != 1 {
            break;
        }
        out.push(base);
        at = next;
    }
    out
}

fn first_base<'a>(orders: &Orders<'_, 'a>, class: Class<'a>) -> Option<Link<'a>> {
    // `Generic` may move back.
    match orders.written_bases(class).into_iter().next()? {
        Base::Here(base) => Some(Link::Here(base)),
        Base::Known(name) if !name.starts_with("typing.") => Some(Link::Known(name)),
        _ => None,
    }
}

/// The subclasses in the file for whose instances something else follows the class.
fn others<'a>(orders: &mut Orders<'_, 'a>, class: Class<'a>, first: &Link<'a>) -> Vec<Facts> {
    let mut records = Vec::new();
    for sub in all_subclasses(class) {
        let Some(links) = orders.of(sub).complete() else { continue };
        let at = links.iter().position(|link| *link == Link::Here(class));
        let Some(next) = at.and_then(|at| links.get(at + 1)) else { continue };
        if next != first {
            let mut record = Facts::of(OTHERS);
            record.code("class", sub.name()).code("next", next.name());
            record.line("line", sub.line_at(sub.node.start_byte()));
            records.push(record);
        }
    }
    records
}

/// The classes of the file that derive from a class, directly or by way of others.
pub(in crate::facts) fn all_subclasses(class: Class<'_>) -> Vec<Class<'_>> {
    let mut found = class.subclasses();
    let mut at = 0;
    while at < found.len() && found.len() < MAX_SUBCLASSES {
        for next in found[at].subclasses() {
            if !found.iter().any(|one| one.node == next.node) {
                found.push(next);
            }
        }
        at += 1;
    }
    found
}

#[cfg(test)]
mod tests;
