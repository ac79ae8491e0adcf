//! A context manager of a generator function that is made and dropped.
//!
//! Source: Library Reference, contextlib, `contextmanager()`.

use super::generator::only_yield;
use super::manager::{Manager, manager};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "not-entered",
    doc: "a statement that only calls a function under `contextlib.contextmanager`; `@target` is \
          the `expression_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("with", SlotKind::Code, "`with f(…):` or `async with f(…):`"),
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("line", SlotKind::Line, "its line"),
    Slot::new("yield-line", SlotKind::Line, "the line of its only `yield`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node().named_child(0).filter(|it| kind(*it) == Kind::Call)?;
    if subject.node().named_child_count() != 1 {
        return None;
    }
    let Manager::Generator(found) = manager(subject, call)?.manager else { return None };
    let mut facts = Facts::of(SLOTS);
    let text = one_line(subject, call);
    let word = if found.awaited { "async with" } else { "with" };
    facts.code("with", format!("{word} {text}:")).code("call", text);
    let source = found.names.item(found.item).text();
    let name = found.function.child_in(Field::Name)?;
    facts.code("function", &source[name.byte_range()]);
    facts.line("line", found.names.line(found.item, found.function));
    if let Some(only) = only_yield(found.function) {
        facts.line("yield-line", found.names.line(found.item, only));
    }
    Some(facts)
}

#[cfg(test)]
mod tests;
