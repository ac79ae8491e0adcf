//! A context manager used as a decorator.
//!
//! Source: Library Reference, contextlib, `ContextDecorator`, and What's New In Python 3.15.

use super::manager::{Manager, manager};
use crate::facts::decoration::Decorated;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator};
use crate::syntax::{Field, Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "context-decorator",
    doc: "a call of a function under `contextlib.contextmanager` as a decorator; `@target` is the \
          `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("function", SlotKind::Code, "the function below, next to it"),
    Slot::new("with", SlotKind::Code, "`with f(…):`"),
    Slot::new("generator", SlotKind::Flag, "the function is a generator function"),
    Slot::new("coroutine", SlotKind::Flag, "the function is an `async def` under a plain one"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let mut above = subject.ancestors();
    let decorator = above.next().filter(|it| kind(*it) == Kind::Decorator)?;
    let decorated = Decorated::read(subject.names(), subject.item(), above.next()?)?;
    let Manager::Generator(found) = manager(subject, call)?.manager else { return None };
    // What a decorator below makes of the function may be anything.
    let is_next = decorated.all.last().is_some_and(|last| last.node == decorator);
    let function = decorated.function().filter(|_| is_next)?;
    let is_fit = is_async(found.function) == found.awaited
        && (!found.awaited || is_async(function) && !is_generator(function));
    is_fit.then_some(())?;
    let mut facts = Facts::of(SLOTS);
    let text = one_line(subject, call);
    let word = if found.awaited { "async with" } else { "with" };
    facts.code("with", format!("{word} {text}:")).code("call", text);
    facts.code("function", subject.text(function.child_in(Field::Name)?));
    facts.flag("generator", is_generator(function));
    facts.flag("coroutine", is_async(function) && !is_generator(function) && !found.awaited);
    Some(facts)
}

#[cfg(test)]
mod tests;
