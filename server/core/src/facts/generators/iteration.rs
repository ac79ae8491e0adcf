//! What `iter()` of an expression gives.
//!
//! Source: Library Reference, Built-in Functions, iter(); Language Reference, The for statement.

use super::consumers::text;
use super::place::callee;
use super::takes::{ITERABLE, LAZY};
use crate::facts::classes::{Class, Lookup};
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::names::{Bound, Names};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, returned, returns};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Definition, Object};

/// Slots about what is iterated over, for [`describe`].
pub(super) const SLOTS: [Slot; 14] = [
    Slot::new("generator", SlotKind::Code, "the generator function of the file that made it"),
    Slot::new("generator-line", SlotKind::Line, "the line of that"),
    Slot::new("expression", SlotKind::Line, "the line of the generator expression it is"),
    Slot::new("class", SlotKind::Code, "the class of the file that it is an instance of"),
    Slot::new(
        "fresh",
        SlotKind::Line,
        "the line of its `__iter__`, if that is a generator function",
    ),
    Slot::new("self", SlotKind::Line, "the line of its `__iter__`, if that returns `self`"),
    Slot::new("next", SlotKind::Line, "the line of its `__next__`, in that case"),
    Slot::new("iter", SlotKind::Line, "the line of its `__iter__` otherwise"),
    Slot::new("getitem", SlotKind::Line, "the line of its `__getitem__`, if it has no `__iter__`"),
    Slot::new("not-iterable", SlotKind::Flag, "its class has neither: `TypeError`"),
    Slot::new("type", SlotKind::Code, "the type it is, or the function that made it"),
    Slot::new("items", SlotKind::Text, "what its items are"),
    Slot::new("again", SlotKind::Flag, "each pass starts from the beginning"),
    Slot::new("once", SlotKind::Flag, "it can be read once"),
];

/// Sets the slots of [`SLOTS`] about the expression `node` of the subject's item. True if anything
/// is known.
pub(super) fn describe<'a>(subject: &Subject<'a>, node: Node<'a>, facts: &mut Facts) -> bool {
    let names = subject.names();
    let found = value::of(names, subject.item(), node);
    match found.as_ref().map(|value| &value.object) {
        Some(Object::Generator(made) | Object::AsyncGenerator(made)) => {
            generator(names, *made, facts);
            true
        }
        Some(Object::Instance(class)) => instance(names, *class, facts).is_some(),
        Some(Object::Builtin(builtin)) => known(subject, builtin.qualified(), facts),
        Some(Object::Called(name)) => {
            known(subject, name, facts) || elsewhere(subject, node, facts).is_some()
        }
        Some(_) => false,
        None if kind(node) == Kind::Call => {
            callee(names, subject.item(), node).is_some_and(|name| known(subject, &name, facts))
                || elsewhere(subject, node, facts).is_some()
        }
        None => false,
    }
}

/// A generator of a file with these names.
fn generator(names: Names<'_>, made: Definition<'_>, facts: &mut Facts) {
    let line = names.line(made.item, made.node);
    match Field::Name.of(made.node) {
        Some(name) if kind(made.node) == Kind::FunctionDefinition => {
            let text = names.item(made.item).text();
            facts.code("generator", &text[name.byte_range()]).line("generator-line", line);
        }
        _ => drop(facts.line("expression", line)),
    }
}

/// What a call of something of another file gives.
fn elsewhere<'a>(subject: &Subject<'a>, node: Node<'a>, facts: &mut Facts) -> Option<()> {
    let found = value::elsewhere(subject.names(), subject.item(), node)?;
    match found.object {
        Object::Generator(made) | Object::AsyncGenerator(made) => {
            generator(found.names, made, facts);
            Some(())
        }
        Object::Instance(class) if !sets_protocol(subject.names()) => {
            instance(found.names, class, facts)
        }
        _ => None,
    }
}

/// What the tables say about a type or about what a function returns.
fn known(subject: &Subject<'_>, name: &str, facts: &mut Facts) -> bool {
    let short = name.strip_prefix("builtins.").unwrap_or(name);
    if let Some(row) = subject.row(&ITERABLE, name) {
        facts.code("type", short);
        facts.take("items", row, "items");
        facts.flag("again", row.get("once").is_none());
        facts.flag("once", row.get("once").is_some());
        return true;
    }
    let Some(row) = subject.row(&LAZY, name) else { return false };
    facts.code("type", short).flag("once", true);
    if let Some(gives) = text(row, "gives") {
        facts.set("items", Value::Text(gives.to_owned()));
    }
    true
}

/// An instance of a class of a file with these names.
fn instance<'a>(names: Names<'a>, class: Definition<'a>, facts: &mut Facts) -> Option<()> {
    let class = Class::new(names, class.item, class.node)?;
    if sets_protocol(names) {
        return None;
    }
    match class.lookup_anywhere("__iter__") {
        Lookup::Found(owner, binding) if binding.kind == BindingKind::Function => {
            let method = owner.names.node(Bound { item: owner.item, binding })?;
            (!sets_protocol(owner.names)).then_some(())?;
            facts.code("class", class.name());
            let line = owner.line_at(method.start_byte());
            match kind_of_iter(owner.names, owner.item, method) {
                Iter::Generator => drop(facts.line("fresh", line)),
                Iter::Itself => {
                    facts.line("self", line);
                    if let Lookup::Found(owner, binding) = class.lookup_anywhere("__next__")
                        && let Some(next) = owner.names.node(Bound { item: owner.item, binding })
                    {
                        facts.line("next", owner.line_at(next.start_byte()));
                    }
                }
                Iter::Other => drop(facts.line("iter", line)),
            }
        }
        Lookup::Absent => match class.lookup_anywhere("__getitem__") {
            Lookup::Found(owner, binding) => {
                let method = owner.names.node(Bound { item: owner.item, binding })?;
                facts.code("class", class.name());
                facts.line("getitem", owner.line_at(method.start_byte()));
            }
            Lookup::Absent if class.is_plain_anywhere() => {
                facts.code("class", class.name()).flag("not-iterable", true);
            }
            _ => return None,
        },
        _ => return None,
    }
    Some(())
}

/// What an `__iter__` returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Iter {
    /// A new generator.
    Generator,
    /// The object itself.
    Itself,
    /// Anything else.
    Other,
}

/// What the method `__iter__` of an item returns.
pub(super) fn kind_of_iter(names: Names<'_>, item: usize, method: Node<'_>) -> Iter {
    if is_async(method) || crate::facts::around::is_decorated(method) {
        return Iter::Other;
    }
    if is_generator(method) {
        return Iter::Generator;
    }
    let all = returns(method);
    let is_self = |statement: &Node<'_>| {
        returned(*statement).is_some_and(|value| {
            matches!(names.receiver(item, value), Some(crate::names::Receiver::Instance(_)))
        })
    };
    if !all.is_empty() && all.iter().all(is_self) { Iter::Itself } else { Iter::Other }
}

/// True when the file may give classes the methods of iteration from outside.
pub(super) fn sets_protocol(names: Names<'_>) -> bool {
    names.mentions_any(&[".__iter__ =", ".__next__ =", ".__getitem__ =", "setattr("])
}
