//! `asyncio.create_task`, `ensure_future` and `TaskGroup.create_task`.
//!
//! Source: Library Reference, asyncio, Coroutines and Tasks, Creating Tasks: "Save a reference to
//! the result of this function, to avoid a task disappearing mid-execution."

use super::blocking_call::blocking_in;
use super::code::{Around, Coroutine, callee, coroutine_of, line_of, name_of, place, short};
use super::held::{Held, sorted};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, function::is_async, kind};
use crate::value::{self, Object};

pub static PROVIDER: Provider = Provider {
    name: "create-task",
    doc: "a call of `asyncio.create_task`, `asyncio.ensure_future` or `create_task` of an \
          `asyncio.TaskGroup`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the `async def` that becomes a task"),
    Slot::new("function-line", SlotKind::Line, "its line"),
    Slot::new("other", SlotKind::Code, "the argument, if that `async def` is not known"),
    Slot::new("uncalled", SlotKind::Code, "an `async def` that is passed without being called"),
    Slot::new("around", SlotKind::Code, "the function that the call stands in"),
    Slot::new("group", SlotKind::Code, "the task group, if it is one"),
    Slot::new("name", SlotKind::Code, "the name that keeps the task"),
    Slot::new("awaited", SlotKind::Lines, "where it is awaited"),
    Slot::new("never-used", SlotKind::Code, "the name, if nothing is done with it"),
    Slot::new("dropped", SlotKind::Flag, "nothing keeps the task"),
    Slot::new("at-once", SlotKind::Flag, "it is awaited in the same expression"),
    Slot::new("blocks", SlotKind::Code, "a call in the task that blocks the event loop"),
    Slot::new("blocks-line", SlotKind::Line, "its line"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    let name = callee(names, item, call)?;
    let is_group = name == "asyncio.TaskGroup.create_task";
    if !is_group && !matches!(name.as_str(), "asyncio.create_task" | "asyncio.ensure_future") {
        return None;
    }
    let arguments = Arguments::of(call, subject.item_text());
    let started = *arguments.positional.first()?;
    let mut facts = Facts::of(SLOTS);
    if let Some(function) = coroutine_of(names, item, started) {
        facts.code("function", name_of(names, function));
        facts.line("function-line", line_of(subject, function));
        if let Some((inner, _)) = blocking_in(subject, function) {
            facts.code("blocks", short(names, function.item, inner)?);
            facts.line("blocks-line", place(subject, function.item, inner));
        }
    } else if let Some(there) = Coroutine::of(names, item, started) {
        facts.code("function", there.name());
        facts.line("function-line", there.line(there.function.node));
    } else {
        match value::of(names, item, started).map(|value| value.object) {
            Some(Object::Function(function)) if is_async(function.node) => {
                facts.code("uncalled", name_of(names, function));
                return Some(facts);
            }
            _ => facts.code("other", short(names, item, started)?),
        };
    }
    let Around::Function(function) = Around::of(subject.path()) else { return None };
    facts.code("around", subject.text(function.child_in(Field::Name)?));
    if is_group {
        let owner = call.child_in(Field::Function)?.child_in(Field::Object)?;
        facts.code("group", short(names, item, owner)?);
    }
    match kind(subject.ancestors().next()?) {
        Kind::ExpressionStatement => {
            facts.flag("dropped", !is_group);
        }
        Kind::Await => {
            facts.flag("at-once", true);
        }
        Kind::Assignment => kept(subject, is_group, &mut facts),
        _ => {}
    }
    Some(facts)
}

/// The name that keeps it.
fn kept(subject: &Subject<'_>, is_group: bool, facts: &mut Facts) {
    let Some(held) = Held::of(subject) else { return };
    facts.code("name", held.name.as_str());
    let awaited = held.uses.iter().filter(|place| {
        place.path.iter().rev().nth(1).is_some_and(|parent| kind(*parent) == Kind::Await)
    });
    let awaited = sorted(awaited.map(|place| place.line(subject)));
    facts.set("awaited", Value::Lines(awaited));
    // The module may be read from elsewhere.
    let is_local = matches!(Around::of(subject.path()), Around::Function(_));
    if held.uses.is_empty() && is_local && held.is_variable && !is_group {
        facts.code("never-used", held.name.as_str());
    }
}

#[cfg(test)]
mod tests;
