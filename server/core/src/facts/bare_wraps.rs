//! `@functools.wraps` without a call: the wrapper is taken for the wrapped function.
//!
//! Source: `functools.wraps` returns `partial(update_wrapper, wrapped=wrapped, …)`.

use super::around::{decorator_with, name_of, names_of, wrapped_by};
use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{decorators, statements};
use crate::syntax::{Field, Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "bare-wraps",
    doc: "`functools.wraps` as a decorator without a call; `@target` is the `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("decorator", SlotKind::Code, "the expression after `@`"),
    Slot::new("function", SlotKind::Code, "the function below it"),
    Slot::new("only", SlotKind::Flag, "the function has no other decorator"),
    Slot::new("meant", SlotKind::Code, "the decorator with the function that this one wraps"),
    Slot::new(
        "decorated",
        SlotKind::Codes,
        "the functions of the file whose names are bound to the result",
    ),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    let name = *statements(subject.node()).first()?;
    if names.qualified(subject.item(), name).as_deref() != Some("functools.wraps") {
        return None;
    }
    let decorated = subject.ancestors().next()?;
    let function = decorated.child_in(Field::Definition)?;
    if kind(function) != Kind::FunctionDefinition {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let written = one_line(subject, name);
    facts.code("decorator", &written).code("function", name_of(subject, function));
    let only = decorators(decorated).len() == 1;
    facts.flag("only", only);
    if let Some(decorator) = decorator_with(subject, function)
        && decorator.wrapper.id() == function.id()
    {
        facts.code("meant", format!("@{written}({})", decorator.func));
        if only {
            facts.codes("decorated", names_of(names, &wrapped_by(names, &decorator)));
        }
    }
    Some(facts)
}

#[cfg(test)]
mod tests;
