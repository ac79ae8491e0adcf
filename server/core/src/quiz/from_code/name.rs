//! `f.__name__` after decoration.
//!
//! Source: Python Data Model, "User-defined functions": `__name__` belongs to the function object;
//! `functools.update_wrapper` copies it (`functools.WRAPPER_ASSIGNMENTS`).

use super::{
    Case, Computed, DecoratedFunction, Find, Generator, How, Kind, Role, candidates, repr,
};
use crate::facts::{Facts, Slot, SlotKind};

pub static GENERATOR: Generator = Generator {
    name: "name-after-decoration",
    doc: "what `f.__name__` is for a function with one decorator that this file defines",
    kind: Kind::Choice,
    asked: &ASKED,
    told: &TOLD,
    roles: ROLES,
    cases: CASES,
    find: Find::Decorated(run),
};

pub(super) const ASKED: [Slot; 3] = [
    Slot::new("function", SlotKind::Code, "the function's name"),
    Slot::new("line", SlotKind::Line, "the line of its `def`"),
    Slot::new("decorator", SlotKind::Code, "the decorator: the expression after `@`"),
];

pub(super) const TOLD: [Slot; 6] = [
    ASKED[0],
    ASKED[1],
    ASKED[2],
    Slot::new("made-by", SlotKind::Code, "the function that makes the decorator"),
    Slot::new("wrapper", SlotKind::Code, "the function that is returned instead"),
    Slot::new("wrapper-line", SlotKind::Line, "the line of its `def`"),
];

static TOLD_HERE: &[Slot] = &TOLD;

static ROLES: &[Role] = &[
    Role::code("own", "the name of the function"),
    Role::code("wrapper", "the name of the function that is returned instead"),
    Role::code("inner", "the name of the function that takes the decorated one"),
    Role::code("decorator", "the name after `@`"),
    Role::code("type", "the name of the type, `'function'`"),
];

static CASES: &[Case] = &[
    Case {
        name: "replaced",
        doc: "a wrapper without `functools.wraps` is returned",
        right: "wrapper",
        wrong: &["own", "inner", "decorator", "type"],
    },
    Case {
        name: "wrapped",
        doc: "a wrapper with `functools.wraps` is returned",
        right: "own",
        wrong: &["wrapper", "inner", "decorator", "type"],
    },
];

/// The case of `how`, for lists of cases in the order of this file's.
pub(super) fn case(cases: &'static [Case], how: How) -> &'static Case {
    match how {
        How::Replaced => &cases[0],
        How::Wrapped => &cases[1],
    }
}

/// The values of [`TOLD`].
pub(super) fn facts(function: &DecoratedFunction, slots: &'static [Slot]) -> Option<Facts> {
    let outcome = function.outcome.as_ref()?;
    let mut facts = Facts::of(slots);
    facts.code("function", &function.name).line("line", function.line);
    facts.code("decorator", &function.decorators[0].text).code("made-by", &outcome.decorator);
    facts.code("wrapper", &outcome.wrapper.name).line("wrapper-line", outcome.wrapper.line);
    Some(facts)
}

fn run(function: &DecoratedFunction) -> Option<Computed> {
    let outcome = function.outcome.as_ref()?;
    let labels = [
        ("own", repr(&function.name)),
        ("wrapper", repr(&outcome.wrapper.name)),
        ("inner", outcome.inner.as_deref().and_then(repr)),
        ("decorator", repr(&outcome.decorator)),
        ("type", repr("function")),
    ];
    let case = case(CASES, outcome.how);
    Some(Computed {
        case,
        options: candidates(labels, 2, 3)?,
        snippet: None,
        facts: facts(function, TOLD_HERE)?,
    })
}
