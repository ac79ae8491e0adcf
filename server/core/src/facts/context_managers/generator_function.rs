//! A generator function under `contextlib.contextmanager`, at its name: what it does to the blocks
//! of this file.
//!
//! Source: Library Reference, contextlib, `contextmanager()`.

use super::describe::{self, line_in};
use super::manager::generator;
use super::slots::SLOTS;
use super::users::entries_of;
use crate::facts::{Facts, Provider, Value};
use crate::subject::Subject;

pub static PROVIDER: Provider = Provider {
    name: "context-generator",
    doc: "a generator function whose only decorator is `contextlib.contextmanager` or \
          `asynccontextmanager`; `@target` is the `function_definition`",
    slots: SLOTS,
    run,
};

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let found = generator(subject.names(), subject.item(), subject.node())?;
    let mut facts = Facts::of(SLOTS);
    describe::generator(found, found.awaited, true, &mut facts);
    facts.get("generator")?;
    facts.code("with", if found.awaited { "async with" } else { "with" });
    let entered = entries_of(subject.names(), found.item, found.function, found.awaited);
    let mut lines: Vec<_> =
        entered.iter().map(|entry| line_in(subject, entry.item, entry.with)).collect();
    lines.sort_unstable();
    lines.dedup();
    facts.set("entered", Value::Lines(lines));
    Some(facts)
}

#[cfg(test)]
mod tests;
