//! `functools.lru_cache` and `functools.cache`.
//!
//! Source: Library Reference, functools: the arguments of a call are the key of a dict that
//! belongs to the decorated function; `maxsize` is 128 by default, `None` means no limit.

use super::classes::Class;
use super::decoration::{Arguments, Decorated, Decoration};
use super::hashing::{has_no_hash, unhashable_annotation, unhashable_value};
use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{ParameterKind, is_async, is_generator, parameters};
use crate::syntax::{Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "lru-cache",
    doc: "`functools.lru_cache` or `functools.cache` above a function; `@target` is the \
          `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the function's name"),
    Slot::new("called", SlotKind::Code, "the same, if calls are remembered"),
    Slot::new("parameters", SlotKind::Codes, "the parameters whose arguments make the key"),
    Slot::new("no-parameters", SlotKind::Flag, "the function has no parameter"),
    Slot::new("limit", SlotKind::Code, "how many results are kept"),
    Slot::new("unlimited", SlotKind::Flag, "all results are kept"),
    Slot::new("nothing-kept", SlotKind::Flag, "`maxsize` is 0 or less"),
    Slot::new("default-limit", SlotKind::Flag, "`maxsize` is not given"),
    Slot::new("typed", SlotKind::Flag, "`typed=True`"),
    Slot::new("unhashable", SlotKind::Records(UNHASHABLE), "parameters that take what has no hash"),
    Slot::new("self", SlotKind::Code, "the first parameter of a method"),
    Slot::new("class", SlotKind::Code, "the class of the method"),
    Slot::new("unhashable-self", SlotKind::Flag, "instances of that class cannot be hashed"),
    Slot::new("coroutine", SlotKind::Flag, "the function is an `async def`"),
    Slot::new("generator", SlotKind::Flag, "the function is a generator function"),
    Slot::new("not-callable", SlotKind::Code, "the `@classmethod` below, which cannot be called"),
];

static UNHASHABLE: &[Slot] = &[
    Slot::new("parameter", SlotKind::Code, "the parameter as it is written"),
    Slot::new("type", SlotKind::Code, "the type that has no hash"),
];

/// Decorators that hand the instance on to the function below.
const HAND_SELF_ON: &[&str] =
    &["builtins.property", "abc.abstractmethod", "typing.final", "typing.override"];

/// Decorators that return the function they get.
const UNCHANGED: &[&str] = &["abc.abstractmethod", "typing.final", "typing.override"];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let at = decorated.find(&["functools.lru_cache", "functools.cache"])?;
    let function = decorated.function()?;
    let decoration = &decorated.all[at];
    let is_lru = decoration.is(&["functools.lru_cache"]);
    if !is_lru && decoration.call.is_some() {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let name = decorated.name(subject)?;
    facts.code("name", name);
    let (above, below) = (&decorated.all[..at], &decorated.all[at + 1..]);
    if let Some(method) = below.first().filter(|one| one.is(&["builtins.classmethod"])) {
        facts.code("not-callable", one_line(subject, method.expression));
        return Some(facts);
    }
    if is_lru {
        limit(subject, decoration, &mut facts);
    } else {
        facts.flag("unlimited", true);
    }
    if facts.get("nothing-kept").is_some() {
        return Some(facts);
    }
    facts.code("called", name);
    // What another decorator below makes of the function has its own parameters and results.
    if below.is_empty() {
        let all = parameters(function)?;
        facts.codes("parameters", all.iter().map(|one| subject.text(one.name)));
        facts.flag("no-parameters", all.is_empty());
        facts.records("unhashable", unhashable(subject, function));
        facts.flag("coroutine", is_async(function) && !is_generator(function));
        facts.flag("generator", is_generator(function));
    }
    if above.iter().all(|one| one.is(HAND_SELF_ON)) && below.iter().all(|one| one.is(UNCHANGED)) {
        set_self(subject, decorated.class(subject.names()), function, &mut facts);
    }
    Some(facts)
}

fn set_self(
    subject: &Subject<'_>,
    class: Option<Class<'_>>,
    function: Node<'_>,
    facts: &mut Facts,
) {
    let first = parameters(function).and_then(|all| all.first().copied());
    let Some((class, first)) = class.zip(first) else { return };
    if matches!(first.kind, ParameterKind::PositionalOnly | ParameterKind::PositionalOrKeyword) {
        facts.code("self", subject.text(first.name)).code("class", class.name());
        facts.flag("unhashable-self", has_no_hash(class));
    }
}

fn unhashable(subject: &Subject<'_>, function: Node<'_>) -> Vec<Facts> {
    let names = subject.names();
    let mut out = Vec::new();
    for parameter in parameters(function).unwrap_or_default() {
        let plain =
            !matches!(parameter.kind, ParameterKind::VarPositional | ParameterKind::VarKeyword);
        let annotation = parameter.annotation.filter(|_| plain);
        let found = annotation
            .and_then(|node| unhashable_annotation(names, subject.item(), node))
            .or_else(|| unhashable_value(names, subject.item(), parameter.default?));
        if let Some(found) = found {
            let mut record = Facts::of(UNHASHABLE);
            record.code("parameter", one_line(subject, parameter.node)).code("type", found);
            out.push(record);
        }
    }
    out
}

/// Reads `maxsize` and `typed`.
fn limit(subject: &Subject<'_>, decoration: &Decoration<'_>, facts: &mut Facts) {
    let Some(call) = decoration.call else {
        facts.code("limit", "128").flag("default-limit", true);
        return;
    };
    let arguments = Arguments::of(call, subject.item_text());
    if arguments.spread {
        return;
    }
    let typed = arguments.get(1, "typed").is_some_and(|value| kind(value) == Kind::True);
    facts.flag("typed", typed);
    match arguments.get(0, "maxsize") {
        None => {
            facts.code("limit", "128").flag("default-limit", true);
        }
        Some(value) if kind(value) == Kind::None => {
            facts.flag("unlimited", true);
        }
        Some(value) if is_none_or_less(subject.text(value)) => {
            facts.flag("nothing-kept", true);
        }
        Some(value) => {
            facts.code("limit", one_line(subject, value));
        }
    }
}

/// True for `0` and negative numbers.
fn is_none_or_less(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|number| number <= 0)
}

#[cfg(test)]
mod tests;
