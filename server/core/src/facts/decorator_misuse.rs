//! A decorator line that does not use a decorator as it is meant.

use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::decorator::{Applied, Gives, applied};
use crate::subject::Subject;
use crate::syntax::function::{arguments, parameters, statements};
use crate::syntax::{Field, Kind, Node, expression::is_constant, kind};

pub static BARE: Provider = Provider {
    name: "factory-used-bare",
    doc: "a decorator factory of the workspace above a function without a call; `@target` is the `decorator`",
    slots: BARE_SLOTS,
    run: bare,
};

pub static CALLED: Provider = Provider {
    name: "plain-decorator-called",
    doc: "a plain decorator of the workspace above a function with a call; `@target` is the `decorator`",
    slots: CALLED_SLOTS,
    run: called,
};

static BARE_SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the decorated function"),
    Slot::new("factory", SlotKind::Code, "the factory"),
    Slot::new("defined", SlotKind::Line, "its line"),
    Slot::new(
        "parameter",
        SlotKind::Code,
        "the factory's first parameter, which gets the function",
    ),
    Slot::new("inner", SlotKind::Code, "the decorator that the factory returns"),
    Slot::new("func", SlotKind::Code, "the inner decorator's parameter"),
    Slot::new("meant", SlotKind::Code, "how the line would call the factory"),
];

static CALLED_SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the decorated function"),
    Slot::new("decorator", SlotKind::Code, "the decorator"),
    Slot::new("defined", SlotKind::Line, "its line"),
    Slot::new("func", SlotKind::Code, "the parameter that should get the function"),
    Slot::new(
        "wrapper",
        SlotKind::Code,
        "the wrapper that the call returns, if it gets one argument",
    ),
    Slot::new(
        "empty",
        SlotKind::Flag,
        "the call has no arguments, so it raises `TypeError` at once",
    ),
];

/// The decorated function, and what the line applies.
fn read<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, Applied<'a>)> {
    let decorated = subject.ancestors().next()?;
    let function = decorated.child_in(Field::Definition)?;
    (kind(function) == Kind::FunctionDefinition && !decorated.is_broken()).then_some(())?;
    let applied = applied(subject.names(), subject.item(), subject.node())?;
    (!applied.fits()).then_some((function, applied))
}

fn bare(subject: &Subject<'_>) -> Option<Facts> {
    let (function, applied) = read(subject)?;
    let decorator = &applied.decorator;
    let factory = decorator.factory?;
    let all = parameters(factory)?;
    let first = all.first()?;
    let mut facts = Facts::of(BARE_SLOTS);
    facts.code("name", subject.text(function.child_in(Field::Name)?));
    facts.code("factory", decorator.name_of(factory));
    facts.line("defined", decorator.line(decorator.outer()));
    facts.code("parameter", decorator.text(first.name));
    facts.code("inner", decorator.name_of(decorator.function));
    facts.code("func", decorator.func);
    let required = all.iter().filter(|it| !it.is_optional());
    let required: Vec<&str> = required.map(|it| decorator.text(it.name)).collect();
    let written = one_line(subject, *statements(subject.node()).first()?);
    facts.code("meant", format!("@{written}({})", required.join(", ")));
    Some(facts)
}

fn called(subject: &Subject<'_>) -> Option<Facts> {
    let (function, applied) = read(subject)?;
    let decorator = &applied.decorator;
    if decorator.factory.is_some() {
        return None;
    }
    let call = subject.node().named_child(0)?;
    let given = arguments(call);
    // With a function it is a factory all the same: `@variant_of(other)`.
    given.iter().all(|it| is_constant(*it)).then_some(())?;
    let given = given.len();
    let mut facts = Facts::of(CALLED_SLOTS);
    facts.code("name", subject.text(function.child_in(Field::Name)?));
    facts.code("decorator", decorator.name_of(decorator.function));
    facts.line("defined", decorator.line(decorator.outer())).code("func", decorator.func);
    let required = parameters(decorator.function)?.iter().filter(|it| !it.is_optional()).count();
    facts.flag("empty", given == 0 && required > 0);
    if given == 1 && decorator.gives == Gives::Wrapper {
        facts.code("wrapper", decorator.name_of(decorator.wrapper));
    }
    Some(facts)
}
