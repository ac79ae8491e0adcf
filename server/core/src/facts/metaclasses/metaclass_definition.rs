//! A class that derives from `type`.
//!
//! Source: Python Language Reference, Data model, Metaclasses and Special method lookup; PEP 487
//! for what needs no metaclass.

use super::super::classes::{Class, Own};
use super::super::{Facts, Provider, Slot, SlotKind};
use super::mro::Orders;
use super::new_method::users;
use crate::names::Bound;
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "metaclass-definition",
    doc: "a class that derives from `type`; `@target` is the `class_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the metaclass"),
    Slot::new("users", SlotKind::Codes, "classes of the file that it makes"),
    Slot::new("unused", SlotKind::Code, "the metaclass, if it makes no class of the file"),
    Slot::new("hooks", SlotKind::Records(HOOKS), "the hooks that it defines"),
    Slot::new("simple", SlotKind::Flag, "none of them needs a metaclass"),
    Slot::new("operators", SlotKind::Codes, "methods of it that make operators on its classes"),
    Slot::new("methods", SlotKind::Codes, "its other methods, which only the classes have"),
];

static HOOKS: &[Slot] = &[
    Slot::new("method", SlotKind::Code, "the method"),
    Slot::new("line", SlotKind::Line, "its line"),
    Slot::new(
        "when",
        SlotKind::Words(&[
            "before the body of a class runs",
            "to make the class",
            "with the finished class",
            "when a class is called",
        ]),
        "when it runs",
    ),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let class = Class::new(subject.names(), subject.item(), subject.node())?;
    let mut orders = Orders::across_files(subject);
    orders.is_metaclass(class).filter(|is_meta| *is_meta)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", class.name());
    let made = users(&mut orders, class, None);
    if made.is_empty() {
        facts.code("unused", class.name());
    }
    facts.codes("users", made);
    let mut hooks = Vec::new();
    for (method, when) in [
        ("__prepare__", "before the body of a class runs"),
        ("__new__", "to make the class"),
        ("__init__", "with the finished class"),
        ("__call__", "when a class is called"),
    ] {
        if let Own::Yes(binding) = class.own(method) {
            let mut record = Facts::of(HOOKS);
            record.code("method", method).line("line", class.line_at(binding.node.start));
            record.word("when", when);
            hooks.push(record);
        }
    }
    let mut operators = Vec::new();
    let mut methods = Vec::new();
    let mut needs = false;
    for (name, is_function) in members(class) {
        let special = name.starts_with("__") && name.ends_with("__");
        match name {
            "__new__" | "__init__" => {}
            "__prepare__" | "__call__" => needs = true,
            "__module__" | "__qualname__" | "__doc__" | "__slots__" => {}
            _ if special && is_function => {
                needs = true;
                operators.push(name);
            }
            _ => {
                needs = true;
                if is_function {
                    methods.push(name);
                }
            }
        }
    }
    let only_type = matches!(class.bases().as_slice(), [super::super::classes::Base::Known(name)]
        if name == "builtins.type");
    facts.flag("simple", !needs && !hooks.is_empty() && only_type);
    facts.records("hooks", hooks).codes("operators", operators).codes("methods", methods);
    Some(facts)
}

/// The names that a class body binds, and whether each is surely a function in the end.
fn members<'a>(class: Class<'a>) -> Vec<(&'a str, bool)> {
    let Some(scopes) = class.names.scopes(class.item) else { return Vec::new() };
    let Some(scope) = scopes.scope_of(class.node.byte_range().into()) else { return Vec::new() };
    let mut found: Vec<_> = scopes
        .bound_names(scope)
        .filter_map(|number| scopes.bindings(scope, number).last())
        .map(|binding| (binding.at.start, scopes.name(binding.name), binding.kind))
        .collect();
    found.sort_unstable_by_key(|(at, ..)| *at);
    found.into_iter().map(|(_, name, kind)| (name, kind == BindingKind::Function)).collect()
}

/// The classes of the file that name this one in `metaclass=`.
pub(in crate::facts) fn classes_named_with(metaclass: Class<'_>) -> Vec<Class<'_>> {
    let names = metaclass.names;
    let Some(binding) = metaclass.binding() else { return Vec::new() };
    let uses = names.uses(Bound { item: metaclass.item, binding }).unwrap_or_default();
    let user = |found: crate::names::Use<'_>| {
        let root = names.item(found.item).tree()?.root_node();
        let path = walk::path_to(root, found.reference.at.start, found.reference.at.end)?;
        let [.., class, list, keyword, _] = path[..] else { return None };
        let is_metaclass = kind(class) == Kind::ClassDefinition
            && kind(list) == Kind::Argument
            && kind(keyword) == Kind::KeywordArgument
            && keyword.child_in(Field::Name).is_some_and(|name| {
                &names.item(found.item).text()[name.byte_range()] == "metaclass"
            });
        is_metaclass.then(|| Class::new(names, found.item, class)).flatten()
    };
    let mut found: Vec<_> = uses.into_iter().filter_map(user).collect();
    // Metaclasses that derive from this one are used in its place.
    for sub in super::super_call::all_subclasses(metaclass) {
        let uses = sub.binding().and_then(|binding| names.uses(Bound { item: sub.item, binding }));
        found.extend(uses.unwrap_or_default().into_iter().filter_map(user));
    }
    found
}

#[cfg(test)]
mod tests;
