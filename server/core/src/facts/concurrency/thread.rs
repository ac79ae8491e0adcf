//! `threading.Thread`.
//!
//! Source: Library Reference, threading, Thread objects; Glossary, global interpreter lock; PEP 703
//! and PEP 779.

use super::code::{line_of, name_of, place, short};
use super::gil::{EXPERIMENTAL, FREE_BUILD, NEW_GIL, OLD_GIL, set_gil};
use super::held::Held;
use super::shared_state::unlocked_updates;
use super::started::{Started, call_text, callee_text, computes};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, function::is_async, kind};

pub static PROVIDER: Provider = Provider {
    name: "thread",
    doc: "a call of `threading.Thread` with a `target`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("runs", SlotKind::Code, "what the thread runs: `f(1)`"),
    Slot::new("function", SlotKind::Code, "the function of the file that it runs"),
    Slot::new("function-line", SlotKind::Line, "its line"),
    Slot::new("called", SlotKind::Code, "a call in place of the function: it runs here and now"),
    Slot::new("coroutine", SlotKind::Code, "an `async def` as target: nothing of it runs"),
    Slot::new("no-tuple", SlotKind::Code, "`args` in parentheses that make no tuple"),
    Slot::new("name", SlotKind::Code, "the name that keeps the thread"),
    Slot::new("started", SlotKind::Lines, "where it is started"),
    Slot::new("joined", SlotKind::Lines, "where it is joined"),
    Slot::new("run-here", SlotKind::Lines, "where `run()` is called, which starts no thread"),
    Slot::new("never-started", SlotKind::Code, "the name of a thread that nothing starts"),
    Slot::new("daemon", SlotKind::Flag, "`daemon=True`"),
    Slot::new("updates", SlotKind::Records(UPDATES), "updates of shared state without a lock"),
    Slot::new("computes", SlotKind::Code, "the function, if it only computes"),
    OLD_GIL,
    NEW_GIL,
    FREE_BUILD,
    EXPERIMENTAL,
];

static UPDATES: &[Slot] = &[
    Slot::new("code", SlotKind::Code, "the statement"),
    Slot::new("line", SlotKind::Line, "its line"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    let callee = call.child_in(Field::Function)?;
    if names.qualified(item, callee).as_deref() != Some("threading.Thread") {
        return None;
    }
    let arguments = Arguments::of(call, subject.item_text());
    let target = arguments.keyword("target").or_else(|| arguments.positional.get(1).copied())?;
    let mut facts = Facts::of(SLOTS);
    if arguments.spread {
        return None;
    }
    let started = Started::of(names, item, target);
    match started {
        Started::Result(_) => {
            facts.code("called", short(names, item, target)?);
            return Some(facts);
        }
        Started::Function(function) if is_async(function.node) => {
            facts.code("coroutine", name_of(names, function));
            return Some(facts);
        }
        _ => {}
    }
    let args = arguments.keyword("args");
    let runs = call_text(subject, target, args, arguments.keyword("kwargs"));
    let unread = || Some(format!("{}(…)", callee_text(subject, target)?));
    facts.code("runs", runs.or_else(unread)?);
    if let Some(args) = args.filter(|args| kind(*args) == Kind::ParenthesizedExpression) {
        facts.code("no-tuple", short(names, item, args)?);
    }
    if let Some(function) = started.function() {
        facts.code("function", name_of(names, function));
        facts.line("function-line", line_of(subject, function));
        let updates = unlocked_updates(names, function).into_iter().filter_map(|update| {
            let mut record = Facts::of(UPDATES);
            record.code("code", short(names, function.item, update)?);
            record.line("line", place(subject, function.item, update));
            Some(record)
        });
        facts.records("updates", updates.collect());
        if computes(names, function) {
            facts.code("computes", name_of(names, function));
        }
    }
    facts.flag("daemon", arguments.keyword("daemon").is_some_and(|it| kind(it) == Kind::True));
    if let Some(held) = Held::of(subject) {
        facts.code("name", held.name.as_str());
        let started = held.calls(subject, &["start"]);
        if started.is_empty()
            && held.stays_here(subject)
            && held.calls(subject, &["run"]).is_empty()
        {
            facts.code("never-started", held.name.as_str());
        }
        facts.set("started", Value::Lines(started));
        facts.set("joined", Value::Lines(held.calls(subject, &["join"])));
        facts.set("run-here", Value::Lines(held.calls(subject, &["run"])));
    }
    set_gil(subject, &mut facts);
    Some(facts)
}

#[cfg(test)]
mod tests;
