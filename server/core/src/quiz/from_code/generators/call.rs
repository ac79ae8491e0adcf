//! What a call of a plain `def` with a `yield` somewhere in it gives.
//!
//! Source: Language Reference, Yield expressions: a `yield` in the body of a function makes it a
//! generator function; one in a function or lambda inside it does not.

use super::super::{Case, Computed, Find, Found, Generator, Role};
use crate::facts::around::is_decorated;
use crate::facts::{Facts, Slot, SlotKind};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator};
use crate::syntax::{self, Field, kind};
use crate::walk;

pub static GENERATOR: Generator = Generator {
    name: "generator-call",
    doc: "what a call gives of a plain `def` without decorators that has a `yield` in it or in a \
          function inside it",
    kind: Kind::Choice,
    asked: ASKED,
    told: TOLD,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::FunctionDefinition], run),
};

static ASKED: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function's name"),
    Slot::new("line", SlotKind::Line, "the line of its `def`"),
];

static TOLD: &[Slot] =
    &[ASKED[0], ASKED[1], Slot::new("yield-line", SlotKind::Line, "the line of the first `yield`")];

static ROLES: &[Role] = &[
    Role::words("object", "a generator; nothing of the body has run"),
    Role::words("first", "what the first `yield` hands out"),
    Role::words("list", "all that the `yield`s hand out"),
    Role::words("value", "what the body returns at its end"),
];

static CASES: &[Case] = &[
    Case {
        name: "own",
        doc: "a `yield` belongs to the function itself",
        right: "object",
        wrong: &["first", "list", "value"],
    },
    Case {
        name: "inner",
        doc: "every `yield` belongs to a function inside it",
        right: "value",
        wrong: &["object", "first", "list"],
    },
];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let function = subject.node();
    if is_async(function) || is_decorated(function) || function.is_broken() {
        return None;
    }
    let name = Field::Name.of(function)?;
    // Python calls these by itself, and asks for other things than a generator.
    let text = subject.text(name);
    if text.starts_with("__") && text.ends_with("__") {
        return None;
    }
    let mut first = None;
    walk::until(Field::Body.of(function)?, |node| {
        if kind(node) == syntax::Kind::Yield && first.is_none() {
            first = Some(node);
        }
        first.is_some()
    });
    let first = first?;
    let case = if is_generator(function) { &CASES[0] } else { &CASES[1] };
    let mut facts = Facts::of(TOLD);
    facts.code("function", text).line("line", subject.line(function));
    facts.line("yield-line", subject.line(first));
    Some(Found {
        computed: Computed::in_words(case, ROLES, facts),
        subject: subject.span(name),
        from: vec![subject.span(name), subject.span(first)],
    })
}
