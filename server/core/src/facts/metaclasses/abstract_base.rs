//! `abc.ABC` and `abc.ABCMeta` in the head of a class: which classes can be instantiated.
//!
//! Source: Library Reference, abc; `object.__new__` refuses while `__abstractmethods__` holds a
//! name.

use super::super::classes::{Class, Own};
use super::super::decoration::{Decorated, qualified};
use super::super::source_text::one_line;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::mro::{Found, Link, Orders};
use super::super_call::all_subclasses;
use crate::names::{Bound, Names};
use crate::scope::{Binding, BindingKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "abstract-base",
    doc: "`abc.ABC` among the bases of a class, or `abc.ABCMeta` as its metaclass; `@target` is \
          the `identifier` or `attribute`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("base", SlotKind::Code, "what makes the metaclass `ABCMeta`"),
    Slot::new("class", SlotKind::Code, "the class, if it has abstract methods"),
    Slot::new("left", SlotKind::Codes, "its abstract methods"),
    Slot::new("concrete", SlotKind::Code, "the class, if it has none"),
    Slot::new("abstract", SlotKind::Records(ABSTRACT), "subclasses that have some left"),
    Slot::new("complete", SlotKind::Codes, "subclasses that have none left"),
];

static ABSTRACT: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the subclass"),
    Slot::new("line", SlotKind::Line, "its line"),
    Slot::new("left", SlotKind::Codes, "its abstract methods"),
];

/// Bases from elsewhere that bring no method.
const EMPTY: &[&str] = &["abc.ABC", "builtins.object", "typing.Generic"];

/// Decorators that mark a method as abstract.
const MARKS: &[&str] = &[
    "abc.abstractclassmethod",
    "abc.abstractmethod",
    "abc.abstractproperty",
    "abc.abstractstaticmethod",
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let name = qualified(subject.names(), subject.item(), node)?;
    let mut above = subject.ancestors();
    let mut parent = above.next()?;
    let is_keyword = kind(parent) == Kind::KeywordArgument;
    if is_keyword {
        let is_it = subject.text(parent.child_in(Field::Name)?) == "metaclass";
        (is_it && name == "abc.ABCMeta").then_some(())?;
        parent = above.next()?;
    } else if name != "abc.ABC" {
        return None;
    }
    let definition = above.next().filter(|node| kind(*node) == Kind::ClassDefinition)?;
    if definition.child_in(Field::Superclasses) != Some(parent) {
        return None;
    }
    let class = Class::new(subject.names(), subject.item(), definition)?;
    let mut orders = Orders::across_files(subject);
    let mut facts = Facts::of(SLOTS);
    facts.code("base", one_line(subject, node));
    let left = left_in(&mut orders, class)?;
    if left.is_empty() {
        facts.code("concrete", class.name());
    } else {
        facts.code("class", class.name()).codes("left", left);
    }
    let (mut open, mut complete) = (Vec::new(), Vec::new());
    let mut below = all_subclasses(class);
    below.sort_by_key(|sub| (sub.item, sub.node.start_byte()));
    for sub in below {
        let Some(left) = left_in(&mut orders, sub) else { continue };
        if left.is_empty() {
            complete.push(sub.name());
            continue;
        }
        let mut record = Facts::of(ABSTRACT);
        record.code("class", sub.name()).codes("left", left);
        record.line("line", sub.line_at(sub.node.start_byte()));
        open.push(record);
    }
    facts.records("abstract", open).codes("complete", complete);
    Some(facts)
}

/// The abstract methods of a class, its own and inherited ones, in the order in which they are first
/// defined. Nothing when that cannot be told.
fn left_in<'a>(orders: &mut Orders<'_, 'a>, class: Class<'a>) -> Option<Vec<String>> {
    let links = orders.of(class).complete()?;
    let mut names: Vec<String> = Vec::new();
    for link in links.iter().rev() {
        match link {
            Link::Known(name) if EMPTY.contains(&name.as_str()) => {}
            Link::Known(_) => return None,
            Link::Here(class) => {
                // A decorator of the class may add methods or fill them.
                let decorated = class.decorated();
                let transparent = super::super::classes::TRANSPARENT;
                let is_plain = |it: &Decorated<'_>| it.all.iter().all(|one| one.is(transparent));
                if !decorated.as_ref().is_none_or(is_plain) {
                    return None;
                }
                // Only `ABCMeta` keeps a list of the marks, from which subclasses take them.
                match orders.metaclass(*class).class() {
                    Some(meta) if meta.is("abc.ABCMeta") => {}
                    Some(meta) if meta.is("builtins.type") => continue,
                    _ => return None,
                }
                for name in abstract_names(*class)? {
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
            }
        }
    }
    let mut left = Vec::new();
    for name in names {
        match orders.lookup(&links, &name) {
            Found::Here(owner, binding) => {
                if is_abstract(owner.names, owner.item, binding)? {
                    left.push(name);
                }
            }
            _ => return None,
        }
    }
    Some(left)
}

/// The names in the body of a class that an abstract method binds.
fn abstract_names(class: Class<'_>) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for statement in class.statements() {
        if kind(statement) != Kind::DecoratedDefinition {
            continue;
        }
        let decorated = Decorated::read(class.names, class.item, statement)?;
        let Some(function) = decorated.function() else { continue };
        if decorated.all.iter().any(|one| one.is(MARKS)) {
            let name = &class.text()[function.child_in(Field::Name)?.byte_range()];
            matches!(class.own(name), Own::Yes(_)).then_some(())?;
            names.push(name.to_owned());
        }
    }
    Some(names)
}

/// Whether what a binding of a class body binds is abstract. Nothing for what may be either.
fn is_abstract(names: Names<'_>, item: usize, binding: &Binding) -> Option<bool> {
    let node = names.node(Bound { item, binding })?;
    let is_definition = matches!(binding.kind, BindingKind::Function | BindingKind::Class);
    if !is_definition {
        // `f = abstractmethod(g)` is abstract, too.
        let value = node.child_in(Field::Right)?;
        return (kind(value) != Kind::Call).then_some(false);
    }
    let root = names.item(item).tree()?.root_node();
    let path = walk::path_to(root, node.start_byte(), node.end_byte())?;
    let at = path.iter().rposition(|other| *other == node)?;
    let around = *path.get(at.checked_sub(1)?)?;
    if kind(around) != Kind::DecoratedDefinition {
        return Some(false);
    }
    let decorated = Decorated::read(names, item, around)?;
    if decorated.all.iter().any(|one| one.is(MARKS)) {
        return Some(true);
    }
    // `@x.setter` keeps the getter, which may be abstract.
    decorated.all.iter().all(|one| one.name.is_some()).then_some(false)
}

#[cfg(test)]
mod tests;
