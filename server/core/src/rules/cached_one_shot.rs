//! A cache keeps what can be used once: a coroutine, a generator, an iterator.
//!
//! Source: Library Reference, functools, `cache()` and `lru_cache()`: later calls get the object that
//! the first call returned.

use crate::facts::decoration::Decorated;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Rule};
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, returned, returns};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Object};

pub static RULE: Rule = Rule {
    id: "cached-one-shot",
    kinds: &[Kind::DecoratedDefinition],
    slots: SLOTS,
    cases: &["generator", "iterator"],
    fixes: &[],
    related: &[],
    check,
    fix: |_, _| Vec::new(),
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("decorator", SlotKind::Code, "the decorator that caches"),
    Slot::new("result", SlotKind::Code, "what the function returns"),
];

const CACHES: &[&str] = &["functools.cache", "functools.lru_cache"];

/// Builtins whose results are iterators (Library Reference, Built-in Functions).
const ITERATORS: &[&str] = &[
    "builtins.enumerate",
    "builtins.filter",
    "builtins.iter",
    "builtins.map",
    "builtins.reversed",
    "builtins.zip",
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let decorated = Decorated::read(subject.names(), subject.item(), subject.node());
    let Some(decorated) = decorated else { return };
    let Some(function) = decorated.function() else { return };
    // What a decorator below makes of the function is not known.
    let Some(cache) = decorated.all.last().filter(|one| one.is(CACHES)) else { return };
    let mut facts = Facts::of(SLOTS);
    let case = match (is_async(function), is_generator(function)) {
        (true, false) => None,
        (_, true) => Some("generator"),
        (false, false) => {
            let Some(result) = iterator(subject, function) else { return };
            facts.code("result", crate::facts::source_text::one_line(subject, result));
            Some("iterator")
        }
    };
    facts.code("decorator", subject.text(cache.callee));
    if let Some(name) = Field::Name.of(function) {
        facts.code("function", subject.text(name));
    }
    found.push(Found { at: cache.node.byte_range().into(), case, facts, related: Vec::new() });
}

/// The value of the only `return`, if that is an iterator.
fn iterator<'a>(subject: &Subject<'a>, function: Node<'a>) -> Option<Node<'a>> {
    let all = returns(function);
    let [only] = all[..] else { return None };
    let value = returned(only)?;
    let is_it = match value::of(subject.names(), subject.item(), value)?.object {
        Object::Generator(_) | Object::AsyncGenerator(_) | Object::Coroutine(_) => true,
        Object::Called(name) => ITERATORS.contains(&name.as_str()) && kind(value) == Kind::Call,
        _ => false,
    };
    is_it.then_some(value)
}
