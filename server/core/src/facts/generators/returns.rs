//! `return` in a generator function.
//!
//! Source: Language Reference, The return statement; PEP 380.

use super::consumers::Sites;
use super::place::{Role, brief};
use super::yields::plain_generator;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::Field;
use crate::syntax::function::{is_async, returned};

pub static PROVIDER: Provider = Provider {
    name: "generator-return",
    doc: "`return` in a generator function; `@target` is the `return_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the generator function"),
    Slot::new("value", SlotKind::Code, "what is returned"),
    Slot::new("bare", SlotKind::Flag, "nothing is returned"),
    Slot::new("invalid", SlotKind::Flag, "a value in an `async def`: `SyntaxError`"),
    Slot::new("readers", SlotKind::Lines, "lines with `yield from` on a call of the function"),
    Slot::new("loops", SlotKind::Lines, "lines of `for` over a call, which never see the value"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let function = plain_generator(subject)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("function", subject.text(Field::Name.of(function)?));
    let Some(value) = returned(subject.node()) else {
        facts.flag("bare", true);
        return Some(facts);
    };
    if is_async(function) {
        facts.flag("invalid", true);
        return Some(facts);
    }
    let code = brief(subject.item_text(), value);
    facts.code("value", if code.is_empty() { "…".to_owned() } else { code });
    let sites = Sites::of(subject, subject.item(), function);
    let lines = |wanted: fn(&Role<'_>) -> bool| {
        let calls = sites.calls().iter().filter(|call| wanted(&call.role()));
        Value::Lines(calls.map(|call| call.line(subject)).collect())
    };
    facts.set("readers", lines(|role| matches!(role, Role::YieldFrom)));
    facts.set("loops", lines(|role| matches!(role, Role::For(_))));
    Some(facts)
}
