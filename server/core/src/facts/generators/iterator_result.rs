//! `Iterator`, `Iterable` and their kin as the annotation of a result: what a call really gives.
//!
//! Source: Library Reference, collections.abc and typing, Annotating generators and coroutines; PEP
//! 525: an `async def` with `yield` gives an asynchronous generator, without one a coroutine.

use super::place::brief;
use crate::facts::source_text::one_line;
use crate::facts::type_hints::annotation::{inner, subscripted};
use crate::facts::type_hints::instead;
use crate::facts::{Facts, Provider, Slot, SlotKind, decoration};
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, own_nodes, returned, returns};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Builtin, Object};

pub static PROVIDER: Provider = Provider {
    name: "iterator-result",
    doc: "`Iterator`, `Iterable`, `Generator` or their asynchronous kin as the annotation of the \
          result of a function without decorators; `@target` is the `identifier` or `attribute`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("annotation", SlotKind::Code, "the annotation"),
    Slot::new("generator", SlotKind::Code, "the function, if it is a fitting generator function"),
    Slot::new("yield", SlotKind::Line, "the line of its first `yield`"),
    Slot::new("async-yield", SlotKind::Line, "the same of a fitting asynchronous one"),
    Slot::new("iterable", SlotKind::Flag, "the annotation says `Iterable` of a generator"),
    Slot::new("plain", SlotKind::Code, "a plain generator function, annotated as asynchronous"),
    Slot::new("async", SlotKind::Code, "an asynchronous one, annotated as plain"),
    Slot::new("coroutine", SlotKind::Code, "an `async def` without `yield`, likewise"),
    Slot::new("returns", SlotKind::Records(RETURNS), "what its `return` statements give"),
    Slot::new("refused", SlotKind::Records(RETURNS), "those that give no iterator"),
];

static RETURNS: &[Slot] = &[
    Slot::new("value", SlotKind::Code, "what is returned"),
    Slot::new("type", SlotKind::Code, "its type"),
    Slot::new("line", SlotKind::Line, "the line"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let (names, item) = (subject.names(), subject.item());
    let name = decoration::qualified(names, item, node)?;
    let name = instead(subject, &name).unwrap_or(name);
    let class = name.strip_prefix("collections.abc.")?;
    let wants_async = class.starts_with("Async");
    let is_iterable = class.ends_with("Iterable");
    if !is_iterable && !class.ends_with("Iterator") && !class.ends_with("Generator") {
        return None;
    }
    let function = owner(subject)?;
    if crate::facts::around::is_decorated(function) || function.is_broken() {
        return None;
    }
    let annotation = Field::ReturnType.of(function)?;
    let function_name = subject.text(Field::Name.of(function)?);
    let mut facts = Facts::of(SLOTS);
    facts.code("annotation", one_line(subject, inner(annotation)));
    facts.code("function", function_name);
    match (is_generator(function), is_async(function)) {
        (true, is_async) if is_async == wants_async => {
            facts.code("generator", function_name).flag("iterable", is_iterable && !is_async);
            let slot = if is_async { "async-yield" } else { "yield" };
            facts.line(slot, subject.line(first_yield(function)?));
        }
        (true, false) => drop(facts.code("plain", function_name)),
        (true, true) => drop(facts.code("async", function_name)),
        (false, true) if wants_async => drop(facts.code("coroutine", function_name)),
        (false, true) => return None,
        (false, false) => {
            let (mut all, mut refused) = (Vec::new(), Vec::new());
            for statement in returns(function) {
                let value = returned(statement)?;
                let Some(class_of) = type_of(subject, value) else { continue };
                let code = brief(subject.item_text(), value);
                let mut record = Facts::of(RETURNS);
                record.code("value", if code.is_empty() { "…" } else { &code });
                record.code("type", class_of).line("line", subject.line(statement));
                if is_iterable && !wants_async { &mut all } else { &mut refused }.push(record);
            }
            if all.is_empty() && refused.is_empty() {
                return None;
            }
            facts.records("returns", all).records("refused", refused);
        }
    }
    Some(facts)
}

/// The function whose result the subject annotates, alone or with brackets behind it.
fn owner<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    let function = subject.ancestors().find(|node| kind(*node) == Kind::FunctionDefinition)?;
    let annotation = inner(Field::ReturnType.of(function)?);
    let head = subscripted(annotation).map_or(annotation, |parts| parts.base);
    (head == subject.node()).then_some(function)
}

fn first_yield(function: Node<'_>) -> Option<Node<'_>> {
    let mut found = None;
    own_nodes(function, |node| {
        if kind(node) == Kind::Yield && found.is_none() {
            found = Some(node);
        }
    });
    found
}

/// The builtin type of a value that is a collection, so no iterator.
fn type_of<'a>(subject: &Subject<'a>, node: Node<'a>) -> Option<&'static str> {
    let found = value::of(subject.names(), subject.item(), node)?;
    let Object::Builtin(builtin) = found.object else { return None };
    let is_collection = matches!(
        builtin,
        Builtin::Bytearray
            | Builtin::Bytes
            | Builtin::Dict
            | Builtin::Frozenset
            | Builtin::List
            | Builtin::Set
            | Builtin::Str
            | Builtin::Tuple
    );
    is_collection.then(|| builtin.qualified().rsplit('.').next().unwrap_or_default())
}

#[cfg(test)]
mod tests;
