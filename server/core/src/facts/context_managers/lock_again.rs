//! `with` on a lock that the block around holds already.
//!
//! Source: Library Reference, threading, Lock Objects: `acquire()` blocks until the lock is
//! unlocked, whoever holds it.

use super::items;
use crate::facts::concurrency::held_already;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;

pub static PROVIDER: Provider = Provider {
    name: "lock-again",
    doc: "a `with` on a `Lock` inside a `with` on the same one; `@target` is the `with_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("lock", SlotKind::Code, "the lock"),
    Slot::new("outer", SlotKind::Line, "where it is taken first"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    for item in items(subject.node())? {
        let root = subject.path()[0];
        let span = item.expression.byte_range();
        let path = crate::walk::path_to(root, span.start, span.end)?;
        if let Some(outer) = held_already(subject, &path, item.expression) {
            let mut facts = Facts::of(SLOTS);
            facts.code("lock", one_line(subject, item.expression)).line("outer", outer);
            return Some(facts);
        }
    }
    None
}
