//! `__call__` in a class: where instances are called, or decorate.
//!
//! Source: Python Language Reference, Data model, Emulating callable objects.

use super::around::is_decorated;
use super::call_sites::{calls_of_name, is_callee, is_only_meaning, path_of};
use super::classes::Class;
use super::metaclasses::Orders;
use super::source_text::one_line_in;
use super::{Facts, Provider, Slot, SlotKind, Value};
use crate::decorator::uses_as_decorator;
use crate::names::{Bound, Names, Use, node_with};
use crate::scope::{BindingKind, ScopeKind};
use crate::subject::Subject;
use crate::syntax::function::{
    ParameterKind, decorators, is_async, is_generator, parameters, statements,
};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "call-method",
    doc: "the method `__call__` of a class; `@target` is the `function_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("plain", SlotKind::Code, "the class, if the method has no decorators"),
    Slot::new("decorated", SlotKind::Code, "the class, if it has"),
    Slot::new("self", SlotKind::Code, "the first parameter"),
    Slot::new("coroutine", SlotKind::Flag, "the method is an `async def`"),
    Slot::new("generator", SlotKind::Flag, "the method is a generator"),
    Slot::new("calls", SlotKind::Records(CALLS), "calls of instances in this file"),
    Slot::new(
        "decorating",
        SlotKind::Records(DECORATING),
        "what instances decorate in this file: `@C(…)`, or `@c` with an instance `c`",
    ),
    Slot::new(
        "replaced",
        SlotKind::Records(REPLACED),
        "the functions whose names are bound to instances, because of a bare `@C`",
    ),
];

static CALLS: &[Slot] =
    &[Slot::new("call", SlotKind::Code, "the call"), Slot::new("line", SlotKind::Line, "its line")];

static DECORATING: &[Slot] = &[
    Slot::new("decorator", SlotKind::Code, "the expression after `@`"),
    Slot::new("definition", SlotKind::Code, "the function or class below it"),
    Slot::new("line", SlotKind::Line, "the line of the decorator"),
];

static REPLACED: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("line", SlotKind::Line, "the line of the decorator"),
    Slot::new("calls", SlotKind::Lines, "where the file calls it by its name"),
];

/// Class decorators that give back a class whose instances are called the same way.
const HARMLESS: &[&str] = &["dataclasses.dataclass", "typing.final", "typing.runtime_checkable"];

/// Where instances are at work.
#[derive(Default)]
struct Places {
    calls: Vec<Facts>,
    decorating: Vec<Facts>,
    replaced: Vec<Facts>,
}

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    let function = subject.node();
    let class = class_around(subject)?;
    let bindings = names.bindings_in(subject.item(), class, "__call__");
    let is_the_one = matches!(bindings[..], [one] if one.kind == BindingKind::Function
        && !one.conditional
        && one.node.range() == function.byte_range());
    if !is_the_one || function.is_broken() || is_of_metaclass(subject, class) {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let name = subject.text(class.child_in(Field::Name)?);
    facts.code("class", name);
    facts.code(if is_decorated(function) { "decorated" } else { "plain" }, name);
    let first = parameters(function)?.into_iter().next();
    let plain = [ParameterKind::PositionalOnly, ParameterKind::PositionalOrKeyword];
    if let Some(first) =
        first.filter(|first| plain.contains(&first.kind) && !is_decorated(function))
    {
        facts.code("self", subject.text(first.name));
    }
    facts.flag("coroutine", is_async(function));
    facts.flag("generator", !is_async(function) && is_generator(function));
    if let Some(places) = places(subject, class) {
        facts.records("calls", places.calls).records("decorating", places.decorating);
        facts.records("replaced", places.replaced);
    }
    Some(facts)
}

/// True when instances of the class are classes themselves, so that a call makes an instance.
fn is_of_metaclass(subject: &Subject<'_>, class: Node<'_>) -> bool {
    let class = node_with(subject.path()[0], class.byte_range().into())
        .and_then(|node| Class::new(subject.names(), subject.item(), node));
    class.is_some_and(|class| Orders::across_files(subject).is_metaclass(class) == Some(true))
}

/// The class in whose body the subject stands.
fn class_around<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    subject
        .ancestors()
        .find(|node| !matches!(kind(*node), Kind::Block | Kind::DecoratedDefinition))
        .filter(|node| kind(*node) == Kind::ClassDefinition)
}

/// Nothing when a call of the class's name may give something else than an instance.
fn places(subject: &Subject<'_>, class: Node<'_>) -> Option<Places> {
    let names = subject.names();
    let item = subject.item();
    let makes_others = !names.bindings_in(item, class, "__new__").is_empty();
    let is_meta = class.child_in(Field::Superclasses).is_some_and(|bases| {
        statements(bases).iter().any(|base| {
            !matches!(kind(*base), Kind::Identifier | Kind::Attribute | Kind::Subscript)
                || names.qualified(item, *base).as_deref() == Some("builtins.type")
        })
    });
    if makes_others || is_meta || !is_plain(subject, class) || class.is_broken() {
        return None;
    }
    let binding = names.scopes(item)?.definition(class.byte_range().into())?;
    let bound = Bound { item, binding };
    if binding.conditional || in_class(names, bound) {
        return None;
    }
    let mut places = Places::default();
    for found in names.uses(bound)? {
        let Some(path) = path_of(names, &found) else { continue };
        let [.., parent, name] = path[..] else { continue };
        if is_callee(parent, name) {
            instance(subject, found.item, &path[..path.len() - 1], &mut places);
        }
    }
    for user in uses_as_decorator(names, item, class) {
        let is_instance = !user.called && user.place == 0 && user.is_function();
        if !is_instance || !is_only_meaning(names, user.item, user.definition) {
            continue;
        }
        let mut record = Facts::of(REPLACED);
        record.code("function", user.name(names));
        record.line("line", line(subject, user.item, user.decorator));
        let calls = calls_of_name(names, user.item, user.definition);
        let lines = calls.iter().map(|site| site.line(subject.document())).collect();
        record.set("calls", Value::Lines(lines));
        places.replaced.push(record);
    }
    Some(places)
}

fn is_plain(subject: &Subject<'_>, class: Node<'_>) -> bool {
    let Some(decorated) = class.parent().filter(|node| kind(*node) == Kind::DecoratedDefinition)
    else {
        return true;
    };
    decorators(decorated).iter().all(|decorator| {
        let expression = statements(*decorator).first().copied();
        let name = expression.map(|it| it.child_in(Field::Function).unwrap_or(it));
        let path = name.and_then(|name| subject.names().qualified(subject.item(), name));
        path.is_some_and(|path| HARMLESS.contains(&path.as_str()))
    })
}

fn in_class(names: Names<'_>, bound: Bound<'_>) -> bool {
    names
        .scopes(bound.item)
        .is_none_or(|scopes| scopes.scopes()[bound.binding.scope].kind == ScopeKind::Class)
}

/// What happens to the instance that the last node of `path`, a call of the class, makes.
fn instance(subject: &Subject<'_>, item: usize, path: &[Node<'_>], places: &mut Places) {
    if place(subject, item, path, places) {
        return;
    }
    let [.., assignment, call] = path else { return };
    let is_value = |field: Field, node: Node<'_>| {
        assignment.child_in(field).is_some_and(|it| it.id() == node.id())
    };
    let left = assignment.child_in(Field::Left);
    if kind(*assignment) != Kind::Assignment || !is_value(Field::Right, *call) {
        return;
    }
    let Some(left) = left.filter(|left| kind(*left) == Kind::Identifier) else { return };
    let names = subject.names();
    for found in uses_of(names, item, left) {
        if let Some(path) = path_of(names, &found) {
            place(subject, found.item, &path, places);
        }
    }
}

/// The uses of the variable that is bound at `target` and nowhere else.
fn uses_of<'a>(names: Names<'a>, item: usize, target: Node<'_>) -> Vec<Use<'a>> {
    let text = &names.item(item).text()[target.byte_range()];
    let binding = names.scopes(item).and_then(|scopes| {
        let name = scopes.number(text)?;
        let all = (0..scopes.scopes().len()).flat_map(|scope| scopes.bindings(scope, name));
        all.into_iter().find(|binding| binding.at.range() == target.byte_range())
    });
    let Some(binding) = binding else { return Vec::new() };
    let bound = Bound { item, binding };
    let is_early = |found: &Use<'a>| {
        found.reference.scope == binding.from
            && (found.item, found.reference.at.start) < (item, target.start_byte())
    };
    if in_class(names, bound) {
        return Vec::new();
    }
    let mut uses = names.uses(bound).unwrap_or_default();
    uses.retain(|found| !is_early(found));
    uses
}

/// Notes a call of, or a decoration by, the instance that the last node of `path` is.
fn place(subject: &Subject<'_>, item: usize, path: &[Node<'_>], places: &mut Places) -> bool {
    let [.., parent, node] = path else { return false };
    let text = subject.names().item(item).text();
    if is_callee(*parent, *node) {
        let mut record = Facts::of(CALLS);
        record.code("call", one_line_in(text, *parent)).line("line", line(subject, item, *parent));
        places.calls.push(record);
        return true;
    }
    let definition = parent.parent().and_then(|decorated| decorated.child_in(Field::Definition));
    let name = definition.and_then(|definition| definition.child_in(Field::Name));
    let Some(name) = name.filter(|_| kind(*parent) == Kind::Decorator) else { return false };
    let mut record = Facts::of(DECORATING);
    record.code("decorator", one_line_in(text, *node)).code("definition", &text[name.byte_range()]);
    record.line("line", line(subject, item, *parent));
    places.decorating.push(record);
    true
}

fn line(subject: &Subject<'_>, item: usize, node: Node<'_>) -> usize {
    subject.document().text().line_of(subject.document().start_of(item) + node.start_byte())
}

#[cfg(test)]
mod tests;
