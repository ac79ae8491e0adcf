//! `multiprocessing.shared_memory.SharedMemory`.
//!
//! Source: Library Reference, multiprocessing.shared_memory: each user calls `close()`, and one of
//! them, once, `unlink()`.

use super::code::short;
use super::held::Held;
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "shared-memory",
    doc: "a call of `multiprocessing.shared_memory.SharedMemory`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("created", SlotKind::Code, "the size, if a new block is made"),
    Slot::new("attached", SlotKind::Code, "the name of the block that it joins"),
    Slot::new("name", SlotKind::Code, "the name that keeps it"),
    Slot::new("closed", SlotKind::Lines, "where `close()` is called"),
    Slot::new("unlinked", SlotKind::Lines, "where `unlink()` is called"),
    Slot::new("never-closed", SlotKind::Code, "the name, if the file nowhere closes it"),
    Slot::new("never-unlinked", SlotKind::Code, "the name, if a new block is nowhere removed"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    if subject.callee()? != "multiprocessing.shared_memory.SharedMemory" {
        return None;
    }
    let arguments = Arguments::of(call, subject.item_text());
    if arguments.spread {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let is_new = match arguments.get(1, "create").map(kind) {
        Some(Kind::True) => true,
        None | Some(Kind::False) => false,
        Some(_) => return None,
    };
    match is_new {
        true => facts.code("created", short(names, item, arguments.get(2, "size")?)?),
        false => facts.code("attached", short(names, item, arguments.get(0, "name")?)?),
    };
    let Some(held) = Held::of(subject) else { return Some(facts) };
    facts.code("name", held.name.as_str());
    let closed = held.calls(subject, &["close"]);
    let unlinked = held.calls(subject, &["unlink"]);
    // `addCleanup(block.unlink)` is no call here.
    let names_it = |method: &str| {
        held.uses.iter().any(|used| used.attribute(subject).is_some_and(|it| it.0 == method))
    };
    if held.stays_here(subject) {
        if !names_it("close") {
            facts.code("never-closed", held.name.as_str());
        }
        if is_new && !names_it("unlink") {
            facts.code("never-unlinked", held.name.as_str());
        }
    }
    facts.set("closed", Value::Lines(closed)).set("unlinked", Value::Lines(unlinked));
    Some(facts)
}

#[cfg(test)]
mod tests;
