//! `async for`: what it calls, where that is found, and what a way out leaves open.
//!
//! Source: Language Reference, The async for statement; PEP 492; PEP 525: an asynchronous generator
//! that is left before its end is closed by the event loop, when it is collected.

use super::closing_call::cleanup_of;
use super::for_loop::calls;
use super::iteration::sets_protocol;
use super::place::{brief, line_in};
use super::takes::break_of;
use crate::facts::classes::{Class, Lookup};
use crate::facts::concurrency::Around;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::names::{Bound, Names, Receiver};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, returned, returns};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Definition, Object};

pub static PROVIDER: Provider = Provider {
    name: "async-for",
    doc: "an `async for` statement; `@target` is the `for_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("source", SlotKind::Code, "what the loop runs over"),
    Slot::new("target", SlotKind::Code, "what each turn binds"),
    Slot::new("outside", SlotKind::Code, "the function around it, if that is no `async def`"),
    Slot::new("generator", SlotKind::Code, "the asynchronous generator function that made it"),
    Slot::new("generator-line", SlotKind::Line, "its line"),
    Slot::new("class", SlotKind::Code, "the class of the file that it is an instance of"),
    Slot::new("fresh", SlotKind::Line, "the line of its `__aiter__`, if that yields"),
    Slot::new("self", SlotKind::Line, "the line of its `__aiter__`, if that returns `self`"),
    Slot::new("next", SlotKind::Line, "the line of its `__anext__`, in that case"),
    Slot::new("iter", SlotKind::Line, "the line of its `__aiter__` otherwise"),
    Slot::new("coroutine-iter", SlotKind::Line, "its line, if it is an `async def` that returns"),
    Slot::new("no-iter", SlotKind::Code, "the class, if it has no `__aiter__`"),
    Slot::new("plain", SlotKind::Code, "what is not asynchronous: a type, or a generator function"),
    Slot::new("coroutine", SlotKind::Code, "the `async def` without `yield` that was called"),
    Slot::new("loop", SlotKind::Block, "the calls that it makes"),
    Slot::new("left", SlotKind::Lines, "`break` and `return` that leave a generator unfinished"),
    Slot::new("cleanup", SlotKind::Line, "the `finally` or `with` around a `yield` of it"),
    Slot::new("held", SlotKind::Code, "the call that makes the generator, if it stands here"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    if !is_async(node) {
        return None;
    }
    let (target, source) = (Field::Left.of(node)?, Field::Right.of(node)?);
    let (names, item, text) = (subject.names(), subject.item(), subject.item_text());
    let written = |node: Node<'_>| Some(brief(text, node)).filter(|code| !code.is_empty());
    let mut facts = Facts::of(SLOTS);
    if let Around::Function(function) = Around::of(subject.path())
        && !is_async(function)
    {
        facts.code("outside", subject.text(Field::Name.of(function)?));
        return Some(facts);
    }
    let found = value::of(names, item, source);
    let is_known = match found.as_ref().map(|value| &value.object) {
        Some(Object::AsyncGenerator(made)) => {
            if let Some(name) = name_of(names, *made) {
                facts.code("generator", name);
                facts.line("generator-line", line_in(subject, made.item, made.node));
                abandoned(subject, source, *made, &mut facts);
            }
            true
        }
        Some(Object::Generator(made)) => {
            let name = name_of(names, *made).unwrap_or("(…)");
            return Some(refused(facts, "plain", name));
        }
        Some(Object::Builtin(builtin)) => {
            let name = builtin.qualified();
            return Some(refused(facts, "plain", name.rsplit('.').next().unwrap_or(name)));
        }
        Some(Object::Coroutine(made)) => {
            return Some(refused(facts, "coroutine", name_of(names, *made)?));
        }
        Some(Object::Instance(class)) => instance(names, names, *class, &mut facts).is_some(),
        _ => {
            let there = value::elsewhere(names, item, source);
            match there.as_ref().map(|there| (there.names, &there.object)) {
                Some((there, Object::AsyncGenerator(made))) => {
                    facts.code("generator", name_of(there, *made)?);
                    facts.line("generator-line", there.line(made.item, made.node));
                    true
                }
                Some((there, Object::Generator(made))) => {
                    return Some(refused(facts, "plain", name_of(there, *made)?));
                }
                Some((there, Object::Coroutine(made))) => {
                    return Some(refused(facts, "coroutine", name_of(there, *made)?));
                }
                Some((there, Object::Instance(class))) => {
                    instance(names, there, *class, &mut facts).is_some()
                }
                _ => false,
            }
        }
    };
    if ["coroutine-iter", "no-iter"].iter().any(|slot| facts.get(slot).is_some()) {
        return Some(facts);
    }
    facts.code("source", written(source).unwrap_or_else(|| "…".to_owned()));
    facts.code("target", written(target).unwrap_or_else(|| "…".to_owned()));
    if node.child_in(Field::Alternative).is_none()
        && let Some(block) = calls(subject, target, source, true)
    {
        facts.set("loop", Value::Block(block));
    }
    (is_known || facts.get("loop").is_some()).then_some(facts)
}

fn refused(mut facts: Facts, slot: &'static str, name: &str) -> Facts {
    facts.code(slot, name);
    facts
}

/// The name of a generator function; nothing for a generator expression.
fn name_of<'a>(names: Names<'a>, made: Definition<'a>) -> Option<&'a str> {
    let name = Field::Name.of(made.node).filter(|_| kind(made.node) == Kind::FunctionDefinition)?;
    names.item(made.item).text().get(name.byte_range())
}

/// What leaves the loop before the generator, made by its head, is at its end.
fn abandoned<'a>(subject: &Subject<'a>, source: Node<'a>, made: Definition<'a>, facts: &mut Facts) {
    if kind(source) != Kind::Call {
        return;
    }
    let mut lines: Vec<usize> =
        break_of(subject.node()).into_iter().map(|node| subject.line(node)).collect();
    let body = Field::Body.of(subject.node());
    let function = subject.ancestors().find(|node| kind(*node) == Kind::FunctionDefinition);
    if let (Some(body), Some(function)) = (body, function) {
        let inside = returns(function).into_iter().filter(|node| {
            body.start_byte() <= node.start_byte() && node.end_byte() <= body.end_byte()
        });
        lines.extend(inside.map(|node| subject.line(node)));
    }
    if lines.is_empty() {
        return;
    }
    lines.sort_unstable();
    lines.dedup();
    facts.set("left", Value::Lines(lines));
    let held = brief(subject.item_text(), source);
    facts.code("held", held);
    if let Some(node) = cleanup_of(made) {
        facts.line("cleanup", line_in(subject, made.item, node));
    }
}

/// An instance of a class of the file with the names `there`, in one with the names `here`.
fn instance<'a>(
    here: Names<'_>,
    there: Names<'a>,
    made: Definition<'_>,
    facts: &mut Facts,
) -> Option<()> {
    let root = there.item(made.item).tree()?.root_node();
    let node = crate::names::node_with(root, made.node.byte_range().into())?;
    let class = Class::new(there, made.item, node)?;
    if sets_methods(here) || sets_methods(there) {
        return None;
    }
    let (owner, binding) = match class.lookup_anywhere("__aiter__") {
        Lookup::Found(owner, binding) if binding.kind == BindingKind::Function => (owner, binding),
        Lookup::Absent if class.is_plain_anywhere() => {
            facts.code("no-iter", class.name());
            return Some(());
        }
        _ => return None,
    };
    let names = owner.names;
    let method = names.node(Bound { item: owner.item, binding })?;
    let is_only = names.bindings_in(owner.item, owner.node, "__aiter__").len() == 1;
    if crate::facts::around::is_decorated(method) || !is_only || sets_methods(names) {
        return None;
    }
    facts.code("class", class.name());
    let line = owner.line_at(method.start_byte());
    let all = returns(method);
    let is_self = |statement: &Node<'_>| {
        returned(*statement).is_some_and(|value| {
            matches!(names.receiver(owner.item, value), Some(Receiver::Instance(_)))
        })
    };
    match (is_async(method), is_generator(method)) {
        (true, true) => drop(facts.line("fresh", line)),
        (true, false) => drop(facts.line("coroutine-iter", line)),
        _ if !all.is_empty() && all.iter().all(is_self) => {
            facts.line("self", line);
            if let Lookup::Found(owner, binding) = class.lookup_anywhere("__anext__") {
                let next = owner.names.node(Bound { item: owner.item, binding })?;
                facts.line("next", owner.line_at(next.start_byte()));
            }
        }
        _ => drop(facts.line("iter", line)),
    }
    Some(())
}

/// Whether a file may give classes other methods of the protocol.
fn sets_methods(names: Names<'_>) -> bool {
    sets_protocol(names) || names.mentions_any(&[".__aiter__ =", ".__anext__ ="])
}

#[cfg(test)]
mod tests;
