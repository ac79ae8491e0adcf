//! `raise StopIteration`: where it goes.
//!
//! Source: PEP 479; Library Reference, Built-in Exceptions.

use super::methods::raised;
use super::takes::generator_around;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "stop-iteration",
    doc: "`raise StopIteration` or `StopAsyncIteration` in a generator function, `__next__` or \
          `__anext__`; `@target` is the `raise_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("exception", SlotKind::Code, "the exception"),
    Slot::new("generator", SlotKind::Code, "the generator function that it leaves"),
    Slot::new("in-generator", SlotKind::Flag, "it leaves a generator function"),
    Slot::new("method", SlotKind::Code, "the method, `__next__` or `__anext__`, where it belongs"),
    Slot::new("class", SlotKind::Code, "the class of that method"),
    Slot::new("wrong", SlotKind::Code, "the method, if it should raise the other exception"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let path = subject.path();
    let name = raised(subject, subject.node())?;
    let exception = name.strip_prefix("builtins.")?;
    matches!(exception, "StopIteration" | "StopAsyncIteration").then_some(())?;
    let at = path.iter().rposition(|node| {
        matches!(kind(*node), Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition)
    })?;
    let function = path[at];
    // It may be caught right here.
    let is_caught = path[at..]
        .iter()
        .any(|node| matches!(kind(*node), Kind::TryStatement | Kind::WithStatement));
    (kind(function) == Kind::FunctionDefinition && !is_caught).then_some(())?;
    let written = subject.text(Field::Name.of(function)?);
    let mut facts = Facts::of(SLOTS);
    facts.code("exception", exception);
    if generator_around(&path[..path.len() - 1]).is_some() {
        let is_async = crate::syntax::function::is_async(function);
        // An asynchronous generator turns both into an error, a plain one only its own.
        (exception == "StopIteration" || is_async).then_some(())?;
        facts.code("generator", written).flag("in-generator", true);
        return Some(facts);
    }
    let class = path[..at]
        .iter()
        .rev()
        .find(|node| !matches!(kind(**node), Kind::Block | Kind::DecoratedDefinition))?;
    (kind(*class) == Kind::ClassDefinition).then_some(())?;
    facts.code("class", subject.text(Field::Name.of(*class)?));
    match (written, exception) {
        ("__next__", "StopIteration") | ("__anext__", "StopAsyncIteration") => {
            facts.code("method", written);
        }
        ("__next__", _) | ("__anext__", _) => drop(facts.code("wrong", written)),
        _ => return None,
    }
    Some(facts)
}

#[cfg(test)]
mod tests;
