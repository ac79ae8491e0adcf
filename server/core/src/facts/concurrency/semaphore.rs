//! `asyncio.Semaphore` and `threading.Semaphore`.
//!
//! Source: Library Reference, asyncio, Synchronization Primitives, Semaphore; threading, Semaphore
//! objects.

use super::code::{Around, short};
use super::held::Held;
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "semaphore",
    doc: "a call of `Semaphore` or `BoundedSemaphore` of `asyncio` or `threading`; `@target` is \
          the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("limit", SlotKind::Code, "how many may hold it at a time"),
    Slot::new("closed", SlotKind::Flag, "it starts at zero"),
    Slot::new("one", SlotKind::Flag, "no number is given: one"),
    Slot::new("tasks", SlotKind::Flag, "it is for coroutines"),
    Slot::new("threads", SlotKind::Flag, "it is for threads"),
    Slot::new("name", SlotKind::Code, "the name that keeps it"),
    Slot::new("entered", SlotKind::Lines, "where a `with` holds it"),
    Slot::new("acquired", SlotKind::Lines, "where `acquire()` is called"),
    Slot::new("released", SlotKind::Lines, "where `release()` is called"),
    Slot::new("own", SlotKind::Code, "the function that makes it and alone uses it, in each call"),
    Slot::new("unbounded", SlotKind::Flag, "a `release()` too many raises the limit"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    let name = names.qualified(item, call.child_in(Field::Function)?)?;
    let (module, class) = name.rsplit_once('.')?;
    if !matches!(class, "Semaphore" | "BoundedSemaphore")
        || !matches!(module, "asyncio" | "threading")
    {
        return None;
    }
    let arguments = Arguments::of(call, subject.item_text());
    if arguments.spread {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    match arguments.get(0, "value") {
        // At zero nobody can take it: it counts signals, and `release` comes first.
        Some(value) if subject.text(value) == "0" => facts.flag("closed", true),
        Some(value) => facts.code("limit", short(names, item, value)?),
        None => facts.flag("one", true),
    };
    facts.flag("tasks", module == "asyncio").flag("threads", module == "threading");
    let Some(held) = Held::of(subject) else { return Some(facts) };
    facts.code("name", held.name.as_str());
    facts.set("entered", Value::Lines(held.entered(subject)));
    let acquired = held.calls(subject, &["acquire"]);
    facts.flag("unbounded", class == "Semaphore" && !acquired.is_empty());
    facts.set("acquired", Value::Lines(acquired));
    facts.set("released", Value::Lines(held.calls(subject, &["release"])));
    if let Around::Function(function) = Around::of(subject.path()) {
        // It is made once per call of the function; shared only by what the call starts.
        let only_here = held.is_variable
            && !held.uses.is_empty()
            && held.uses.iter().all(|used| {
                Around::of(&used.path) == Around::Function(function) && used.is_entered()
            });
        let repeats = subject
            .ancestors()
            .any(|node| matches!(kind(node), Kind::ForStatement | Kind::WhileStatement));
        if only_here && !repeats {
            facts.code("own", subject.text(function.child_in(Field::Name)?));
        }
    }
    Some(facts)
}

#[cfg(test)]
mod tests;
