//! Queues between threads, processes and tasks.
//!
//! Source: Library Reference, queue, asyncio Queues, multiprocessing Pipes and Queues.

use super::code::{Around, short};
use super::held::{Held, sorted};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "queue",
    doc: "a call of `queue.Queue`, `LifoQueue`, `PriorityQueue` or `SimpleQueue`, of the same in \
          `asyncio`, or of `multiprocessing.Queue` or `JoinableQueue`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("threads", SlotKind::Code, "what is called, if it is for threads"),
    Slot::new("tasks", SlotKind::Code, "the same, if it is for coroutines of one loop"),
    Slot::new("processes", SlotKind::Code, "the same, if it is for processes"),
    Slot::new("of-processes", SlotKind::Flag, "it is for processes"),
    Slot::new("limit", SlotKind::Code, "how many items it takes before `put` waits"),
    Slot::new("unlimited", SlotKind::Flag, "it takes any number of items"),
    Slot::new("name", SlotKind::Code, "the name that keeps it"),
    Slot::new("puts", SlotKind::Lines, "where items are put"),
    Slot::new("gets", SlotKind::Lines, "where items are taken"),
    Slot::new("joins", SlotKind::Lines, "where `join()` waits for all items to be done"),
    Slot::new("done", SlotKind::Lines, "where `task_done()` is called"),
    Slot::new("never-done", SlotKind::Lines, "`join()` without any `task_done()` in the file"),
    Slot::new("blocking", SlotKind::Lines, "where a queue for threads blocks in an `async def`"),
    Slot::new("not-awaited", SlotKind::Lines, "where `get()`, `put()` or `join()` lacks `await`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    let callee = call.child_in(Field::Function)?;
    let name = names.qualified(item, callee)?;
    let (module, class) = name.rsplit_once('.')?;
    let slot = match (module, class) {
        ("queue", "Queue" | "LifoQueue" | "PriorityQueue" | "SimpleQueue") => "threads",
        ("asyncio", "Queue" | "LifoQueue" | "PriorityQueue") => "tasks",
        ("multiprocessing", "Queue" | "JoinableQueue") => "processes",
        _ => return None,
    };
    let arguments = Arguments::of(call, subject.item_text());
    if arguments.spread {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code(slot, short(names, item, callee)?);
    facts.flag("of-processes", slot == "processes");
    match arguments.get(0, "maxsize") {
        Some(limit) if subject.text(limit) == "0" => facts.flag("unlimited", true),
        Some(limit) => facts.code("limit", short(names, item, limit)?),
        None => facts.flag("unlimited", true),
    };
    let Some(held) = Held::of(subject) else { return Some(facts) };
    facts.code("name", held.name.as_str());
    facts.set("puts", Value::Lines(held.calls(subject, &["put", "put_nowait"])));
    facts.set("gets", Value::Lines(held.calls(subject, &["get", "get_nowait"])));
    let joins = held.calls(subject, &["join"]);
    let done = held.calls(subject, &["task_done"]);
    let counts = slot != "processes" || class == "JoinableQueue";
    if counts && done.is_empty() && held.stays_here(subject) {
        facts.set("never-done", Value::Lines(joins));
    } else if counts {
        facts.set("joins", Value::Lines(joins)).set("done", Value::Lines(done));
    }
    let waits = held.uses.iter().filter(|used| {
        used.method(subject).is_some_and(|(name, call)| {
            let given = Arguments::of(call, names.item(used.item).text());
            let may_not_wait = given.keyword("block").is_some()
                || given.spread
                || name == "get" && !given.positional.is_empty()
                || name == "put" && given.positional.len() > 1;
            match name {
                "get" => !may_not_wait,
                "put" => !may_not_wait && facts.get("limit").is_some(),
                "join" => true,
                _ => false,
            }
        }) && Around::of(&used.path).coroutine().is_some()
    });
    if slot == "threads" {
        let lines = sorted(waits.map(|used| used.line(subject)));
        facts.set("blocking", Value::Lines(lines));
    } else if slot == "tasks" {
        let dropped = held.uses.iter().filter(|used| {
            let is_coroutine = used
                .method(subject)
                .is_some_and(|(name, _)| matches!(name, "get" | "put" | "join"));
            let above = used.path.iter().rev().nth(3);
            is_coroutine && above.is_some_and(|node| kind(*node) == Kind::ExpressionStatement)
        });
        let lines = sorted(dropped.map(|used| used.line(subject)));
        facts.set("not-awaited", Value::Lines(lines));
    }
    Some(facts)
}

#[cfg(test)]
mod tests;
