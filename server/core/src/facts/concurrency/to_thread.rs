//! `asyncio.to_thread` and `loop.run_in_executor`.
//!
//! Source: Library Reference, asyncio, Coroutines and Tasks, Running in Threads.

use super::code::{line_of, name_of, place, short};
use super::gil::{EXPERIMENTAL, FREE_BUILD, NEW_GIL, OLD_GIL, set_gil};
use super::shared_state::unlocked_updates;
use super::started::{Started, callee_text, computes};
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{arguments, is_async};
use crate::syntax::{Field, Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "to-thread",
    doc: "a call of `asyncio.to_thread`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("runs", SlotKind::Code, "the call that the thread makes: `f(1)`"),
    Slot::new("function", SlotKind::Code, "the function of the file that it runs"),
    Slot::new("function-line", SlotKind::Line, "its line"),
    Slot::new("called", SlotKind::Code, "a call in place of the function: it runs here and now"),
    Slot::new("coroutine", SlotKind::Code, "an `async def`: nothing of it runs"),
    Slot::new("dropped", SlotKind::Flag, "it is not awaited, so nothing runs"),
    Slot::new("computes", SlotKind::Code, "the function, if it only computes"),
    Slot::new("updates", SlotKind::Records(UPDATES), "updates of shared state without a lock"),
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
    if names.qualified(item, callee).as_deref() != Some("asyncio.to_thread") {
        return None;
    }
    let all = arguments(call);
    let (first, rest) = all.split_first()?;
    if matches!(kind(*first), Kind::ListSplat | Kind::DictionarySplat | Kind::KeywordArgument) {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let started = Started::of(names, item, *first);
    match started {
        Started::Result(_) => {
            facts.code("called", short(names, item, *first)?);
            return Some(facts);
        }
        Started::Function(function) if is_async(function.node) => {
            facts.code("coroutine", name_of(names, function));
            return Some(facts);
        }
        Started::Function(function) => {
            facts.code("function", name_of(names, function));
            facts.line("function-line", line_of(subject, function));
            if computes(names, function) {
                facts.code("computes", name_of(names, function));
            }
            let updates = unlocked_updates(names, function).into_iter().filter_map(|update| {
                let mut record = Facts::of(UPDATES);
                record.code("code", short(names, function.item, update)?);
                record.line("line", place(subject, function.item, update));
                Some(record)
            });
            facts.records("updates", updates.collect());
        }
        _ => {}
    }
    let rest: Option<Vec<String>> = rest.iter().map(|node| short(names, item, *node)).collect();
    facts.code("runs", format!("{}({})", callee_text(subject, *first)?, rest?.join(", ")));
    let parent = subject.ancestors().next()?;
    facts.flag("dropped", kind(parent) == Kind::ExpressionStatement);
    set_gil(subject, &mut facts);
    Some(facts)
}

#[cfg(test)]
mod tests;
