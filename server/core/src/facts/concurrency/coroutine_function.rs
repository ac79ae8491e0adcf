//! `async def`: what a call gives, who awaits it, where it gives up control.
//!
//! Source: Language Reference, Compound statements, Coroutine function definition; Library
//! Reference, asyncio, Coroutines and Tasks.

use super::blocking_call::blocking_calls;
use super::code::{never_waits, place, short, suspensions};
use super::coroutine_calls::{Fate, calls};
use crate::facts::around::is_decorated;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::Definition;

pub static PROVIDER: Provider = Provider {
    name: "coroutine-function",
    doc: "an `async def` that is no generator; `@target` is the `function_definition`. With \
          `@name` it is silent about functions with decorators and special methods.",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the function, if it has no decorator"),
    Slot::new("decorated", SlotKind::Code, "the function, if it has one"),
    Slot::new("awaited", SlotKind::Lines, "calls that are awaited on the spot"),
    Slot::new("scheduled", SlotKind::Records(SCHEDULED), "calls whose coroutine is an argument"),
    Slot::new("lost", SlotKind::Lines, "calls whose coroutine is dropped"),
    Slot::new("kept", SlotKind::Lines, "calls whose coroutine is assigned to a name"),
    Slot::new("never-waits", SlotKind::Flag, "it has no `await`, `async for` or `async with`"),
    Slot::new("waits", SlotKind::Lines, "where it may give up control"),
    Slot::new("blocking", SlotKind::Records(BLOCKING), "calls in it that block the event loop"),
];

static SCHEDULED: &[Slot] = &[
    Slot::new("by", SlotKind::Code, "what takes it: `asyncio.run`, `tg.create_task`"),
    Slot::new("line", SlotKind::Line, "the line of the call"),
];

static BLOCKING: &[Slot] =
    &[Slot::new("call", SlotKind::Code, "the call"), Slot::new("line", SlotKind::Line, "its line")];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let function = subject.node();
    let is_it = kind(function) == Kind::FunctionDefinition && is_async(function);
    if !is_it || is_generator(function) || function.is_broken() {
        return None;
    }
    let name = subject.text(function.child_in(Field::Name)?);
    // What Python calls by itself has cards of its own.
    if subject.capture("name").is_some() && name.starts_with("__") && name.ends_with("__") {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    if is_decorated(function) {
        if subject.capture("name").is_some() {
            return None;
        }
        facts.code("decorated", name);
    } else {
        facts.code("name", name);
        fates(subject, function, &mut facts);
    }
    let body = function.child_in(Field::Body)?;
    facts.flag("never-waits", never_waits(function));
    let mut lines: Vec<usize> =
        suspensions(body).into_iter().map(|node| subject.line(node)).collect();
    lines.dedup();
    facts.set("waits", Value::Lines(lines));
    let definition = Definition { item: subject.item(), node: function };
    let blocking = blocking_calls(subject, definition);
    let records = blocking.iter().filter_map(|(call, _)| {
        let mut record = Facts::of(BLOCKING);
        record.code("call", short(subject.names(), subject.item(), *call)?);
        record.line("line", subject.line(*call));
        Some(record)
    });
    facts.records("blocking", records.collect());
    Some(facts)
}

fn fates(subject: &Subject<'_>, function: Node<'_>, facts: &mut Facts) {
    let definition = Definition { item: subject.item(), node: function };
    let (mut awaited, mut lost, mut kept, mut scheduled) = (vec![], vec![], vec![], vec![]);
    for site in calls(subject, definition) {
        let line = place(subject, site.item, site.call);
        match site.fate {
            Fate::Awaited => awaited.push(line),
            Fate::Dropped => lost.push(line),
            Fate::Assigned => kept.push(line),
            Fate::Passed(to) => {
                let Some(by) = short(subject.names(), site.item, to) else { continue };
                let mut record = Facts::of(SCHEDULED);
                record.code("by", by).line("line", line);
                if !scheduled.contains(&record) {
                    scheduled.push(record);
                }
            }
            Fate::Other => {}
        }
    }
    for (slot, mut lines) in [("awaited", awaited), ("lost", lost), ("kept", kept)] {
        lines.sort_unstable();
        lines.dedup();
        facts.set(slot, Value::Lines(lines));
    }
    facts.records("scheduled", scheduled);
}

#[cfg(test)]
mod tests;
