//! `f.__doc__` after decoration.
//!
//! Source: Python Data Model, "User-defined functions"; `functools.update_wrapper` copies `__doc__`.

use super::name::{ASKED, TOLD, case, facts};
use super::{
    Case, Computed, DecoratedFunction, Docstring, Find, Generator, How, Kind, Role, candidates,
    repr,
};
use crate::facts::Slot;

pub static GENERATOR: Generator = Generator {
    name: "docstring-after-decoration",
    doc: "what `f.__doc__` is for a function with a docstring and one decorator that this file defines",
    kind: Kind::Choice,
    asked: &ASKED,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::Decorated(run),
};

static SLOTS: &[Slot] = &TOLD;

static ROLES: &[Role] = &[
    Role::code("own", "the docstring of the function"),
    Role::code("none", "`None`"),
    Role::code("wrapper", "the docstring of the function that is returned instead"),
    Role::code("empty", "the empty string"),
];

static CASES: &[Case] = &[
    Case {
        name: "replaced",
        doc: "a wrapper without docstring and without `functools.wraps` is returned",
        right: "none",
        wrong: &["own", "empty"],
    },
    Case {
        name: "wrapped",
        doc: "a wrapper with `functools.wraps` is returned",
        right: "own",
        wrong: &["none", "wrapper", "empty"],
    },
    Case {
        name: "replaced-with-docstring",
        doc: "a wrapper with a docstring of its own and without `functools.wraps` is returned",
        right: "wrapper",
        wrong: &["own", "none", "empty"],
    },
];

fn run(function: &DecoratedFunction) -> Option<Computed> {
    let outcome = function.outcome.as_ref()?;
    let Docstring::Line(own) = &function.docstring else { return None };
    let wrapper_doc = match &outcome.wrapper.docstring {
        Docstring::Line(text) => Some(repr(text)?),
        Docstring::Other => return None,
        Docstring::Missing => None,
    };
    let case = match (outcome.how, &wrapper_doc) {
        (How::Replaced, Some(_)) => &CASES[2],
        (how, _) => case(CASES, how),
    };
    let own = repr(own)?;
    let fixed = if wrapper_doc.is_some() { 3 } else { 2 };
    let labels = [
        ("own", Some(own)),
        ("none", Some("None".to_owned())),
        ("wrapper", wrapper_doc),
        ("empty", Some("''".to_owned())),
    ];
    Some(Computed {
        case,
        options: candidates(labels, fixed, 3)?,
        snippet: None,
        facts: facts(function, SLOTS)?,
    })
}
