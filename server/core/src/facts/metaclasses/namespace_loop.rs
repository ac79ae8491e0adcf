//! `callable(…)` on the values of a namespace, in a loop of a metaclass: what it finds and misses.
//!
//! Source: Library Reference, Built-in Functions, callable; Data model, Creating the class object;
//! What's New In Python 3.10: `staticmethod` objects are callable. Checked by run.

use super::super::classes::{Class, Own};
use super::super::decoration::Decorated;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::metaclass_definition::classes_named_with;
use super::mro::Orders;
use super::namespace_check::owner;
use super::super_call::all_subclasses;
use crate::PythonVersion;
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "namespace-callables",
    doc: "`callable(value)` in a loop over `namespace.items()` in `__new__` or `__init__` of a \
          metaclass; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("namespace", SlotKind::Code, "the parameter that holds the namespace"),
    Slot::new("static-too", SlotKind::Flag, "static methods are callable in all Pythons meant"),
    Slot::new("static-since", SlotKind::Flag, "some of them are older than 3.10"),
    Slot::new("classes", SlotKind::Records(CLASSES), "classes of the file that it goes through"),
];

static CLASSES: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("found", SlotKind::Codes, "names whose value is callable"),
    Slot::new("missed", SlotKind::Codes, "class methods and properties, which are not"),
    Slot::new("nested", SlotKind::Codes, "classes in its body, which are callable, too"),
    Slot::new("static", SlotKind::Codes, "static methods, callable since 3.10"),
    Slot::new("mangled", SlotKind::Codes, "private names, as the namespace has them"),
];

/// Decorators whose objects are not callable.
const MISSED: &[&str] = &["builtins.classmethod", "builtins.property", "functools.cached_property"];

/// Decorators that leave a function.
const PLAIN: &[&str] = &[
    "abc.abstractmethod",
    "functools.cache",
    "functools.lru_cache",
    "functools.wraps",
    "typing.final",
    "typing.override",
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    if subject.callee()? != "builtins.callable" {
        return None;
    }
    let [argument] = arguments(call)[..] else { return None };
    let namespace = looped(subject, argument)?;
    let (metaclass, hook) = owner(subject, namespace)?;
    let mut orders = Orders::across_files(subject);
    orders.is_metaclass(metaclass).filter(|is_meta| *is_meta)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("call", subject.text(call)).code("namespace", subject.text(namespace));
    let is_old = subject.settings().target < PythonVersion::py3(10);
    facts.flag("static-since", is_old).flag("static-too", !is_old);
    let mut records = Vec::new();
    for first in classes_named_with(metaclass) {
        for class in std::iter::once(first).chain(all_subclasses(first)) {
            let meta = orders.metaclass(class);
            let is_made =
                orders.hook(&meta, hook).is_some_and(|found| found.class.node == metaclass.node);
            let is_new = records.iter().all(|(node, _)| *node != class.node);
            if let Some(record) = Some(class).filter(|_| is_made && is_new).and_then(sorted_names) {
                records.push((class.node, record));
            }
        }
    }
    records.sort_by_key(|(node, _)| node.start_byte());
    facts.records("classes", records.into_iter().map(|(_, record)| record).collect());
    Some(facts)
}

/// `namespace` of `for name, value in namespace.items()` around, where `value` is the argument.
fn looped<'a>(subject: &Subject<'a>, argument: Node<'a>) -> Option<Node<'a>> {
    let binding = subject.names().binding(subject.item(), argument)?.binding;
    for node in subject.ancestors() {
        let heads = match kind(node) {
            Kind::ForStatement => vec![node],
            Kind::FunctionDefinition => return None,
            _ => statements(node)
                .into_iter()
                .filter(|child| kind(*child) == Kind::ForInClause)
                .collect(),
        };
        for head in heads {
            let (left, right) = (Field::Left.of(head)?, Field::Right.of(head)?);
            let is_value = matches!(statements(left)[..], [_, value]
                if binding.at == value.byte_range().into());
            let callee = Field::Function.of(right).filter(|_| kind(right) == Kind::Call);
            let is_items = callee
                .and_then(|callee| Field::Attribute.of(callee))
                .is_some_and(|name| subject.text(name) == "items");
            if is_value && is_items {
                return Field::Object.of(callee?);
            }
        }
    }
    None
}

/// The names of the body of a class by what `callable` says of their values.
fn sorted_names(class: Class<'_>) -> Option<Facts> {
    let (mut found, mut missed, mut nested) = (Vec::new(), Vec::new(), Vec::new());
    let (mut fixed, mut mangled) = (Vec::new(), Vec::new());
    let text = class.text();
    for statement in class.statements() {
        let (definition, decorators) = match kind(statement) {
            Kind::FunctionDefinition | Kind::ClassDefinition => (statement, Vec::new()),
            Kind::DecoratedDefinition => {
                let decorated = Decorated::read(class.names, class.item, statement)?;
                (decorated.definition, decorated.all)
            }
            _ => continue,
        };
        let name = &text[Field::Name.of(definition)?.byte_range()];
        let written = private(class.name(), name);
        let key = written.as_deref().unwrap_or(name);
        let is_it = matches!(class.own(key), Own::Yes(binding)
            if binding.node == definition.byte_range().into());
        if !is_it {
            continue;
        }
        let outermost = decorators.first();
        let is_static = outermost.is_some_and(|one| one.is(&["builtins.staticmethod"]));
        if outermost.is_some_and(|one| one.is(MISSED)) {
            missed.push(key.to_owned());
        } else if is_static {
            fixed.push(key.to_owned());
        } else if decorators.iter().all(|one| one.is(PLAIN)) {
            if kind(definition) == Kind::ClassDefinition {
                nested.push(key.to_owned());
            } else {
                found.push(key.to_owned());
            }
            mangled.extend(written.clone());
        }
    }
    let mut record = Facts::of(CLASSES);
    record.code("class", class.name()).codes("found", found).codes("missed", missed);
    record.codes("nested", nested).codes("static", fixed).codes("mangled", mangled);
    Some(record)
}

/// `_C__x` for the private name `__x` (Language Reference, Identifiers, Private name mangling).
fn private(class: &str, name: &str) -> Option<String> {
    let stem = class.trim_start_matches('_');
    let is_private = name.starts_with("__") && !name.ends_with("__") && !stem.is_empty();
    is_private.then(|| format!("_{stem}{name}"))
}

#[cfg(test)]
mod tests;
