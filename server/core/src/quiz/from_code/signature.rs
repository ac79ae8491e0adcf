//! `inspect.signature(f)` after decoration.
//!
//! Source: `inspect.signature` follows `__wrapped__`, which `functools.update_wrapper` sets.

use super::name::{ASKED, TOLD, case, facts};
use super::{Case, Computed, DecoratedFunction, Find, Generator, Kind, Role, candidates};
use crate::facts::Slot;

pub static GENERATOR: Generator = Generator {
    name: "signature-after-decoration",
    doc: "what `inspect.signature(f)` prints for a function with one decorator that this file defines",
    kind: Kind::Choice,
    asked: &ASKED,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::Decorated(run),
};

static SLOTS: &[Slot] = &TOLD;

static ROLES: &[Role] = &[
    Role::code("own", "the parameters of the function"),
    Role::code("wrapper", "the parameters of the function that is returned instead"),
    Role::code("decorator", "the parameters of the function after `@`"),
    Role::code("empty", "no parameters"),
];

static CASES: &[Case] = &[
    Case {
        name: "replaced",
        doc: "a wrapper without `functools.wraps` is returned",
        right: "wrapper",
        wrong: &["own", "decorator", "empty"],
    },
    Case {
        name: "wrapped",
        doc: "a wrapper with `functools.wraps` is returned",
        right: "own",
        wrong: &["wrapper", "decorator", "empty"],
    },
];

fn run(function: &DecoratedFunction) -> Option<Computed> {
    let outcome = function.outcome.as_ref()?;
    let labels = [
        ("own", function.signature.clone()),
        ("wrapper", outcome.wrapper.signature.clone()),
        ("decorator", outcome.decorator_signature.clone()),
        ("empty", Some("()".to_owned())),
    ];
    let case = case(CASES, outcome.how);
    Some(Computed {
        case,
        options: candidates(labels, 2, 3)?,
        snippet: None,
        facts: facts(function, SLOTS)?,
    })
}
