//! What a call of an `async def` gives without `await`.
//!
//! Source: Language Reference, Coroutine function definition, and Asynchronous generator functions.

use super::super::{Case, Computed, Find, Found, Generator, Role};
use crate::facts::around::is_decorated;
use crate::facts::{Facts, Slot, SlotKind};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator};
use crate::syntax::{self, Field};

pub static GENERATOR: Generator = Generator {
    name: "coroutine-call",
    doc: "what a call without `await` gives of an `async def` without decorators",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::FunctionDefinition], run),
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function's name"),
    Slot::new("line", SlotKind::Line, "the line of its `def`"),
];

static ROLES: &[Role] = &[
    Role::words("coroutine", "a coroutine; nothing of the body has run"),
    Role::words("iterator", "an asynchronous generator; nothing of the body has run"),
    Role::words("task", "a task that the event loop runs"),
    Role::words("value", "what the body returns"),
];

static CASES: &[Case] = &[
    Case {
        name: "plain",
        doc: "it has no `yield` of its own",
        right: "coroutine",
        wrong: &["iterator", "task", "value"],
    },
    Case {
        name: "generator",
        doc: "it has a `yield` of its own",
        right: "iterator",
        wrong: &["coroutine", "task", "value"],
    },
];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let function = subject.node();
    if !is_async(function) || is_decorated(function) || function.is_broken() {
        return None;
    }
    let name = Field::Name.of(function)?;
    let case = if is_generator(function) { &CASES[1] } else { &CASES[0] };
    let mut facts = Facts::of(SLOTS);
    facts.code("function", subject.text(name)).line("line", subject.line(function));
    let span = subject.span(name);
    let computed = Computed::in_words(case, ROLES, facts);
    Some(Found { computed, subject: span, from: vec![span] })
}
