//! What a call makes of an argument that is of another type than the annotation says.
//!
//! Sources: PEP 484, Non-goals; the documentation of pydantic, typeguard and beartype for their
//! decorators.

use super::super::{Case, Computed, Find, Found, Generator, Role};
use super::annotated;
use super::kept::PARAMETERS;
use crate::facts::around::is_decorated;
use crate::facts::decoration::Decorated;
use crate::facts::{Facts, Slot, SlotKind};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator};
use crate::syntax::{self, kind};

pub static GENERATOR: Generator = Generator {
    name: "annotation-check",
    doc: "what happens when a call passes a bare `object()` for a parameter that is annotated with \
          a builtin class",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::At(PARAMETERS, run),
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("line", SlotKind::Line, "the line of its `def`"),
    Slot::new("parameter", SlotKind::Code, "the parameter"),
    Slot::new("annotation", SlotKind::Code, "its annotation"),
];

static ROLES: &[Role] = &[
    Role::words("runs", "the body runs, with that object"),
    Role::words("error", "an exception is raised before the body runs"),
    Role::words("converted", "the body runs, with the object converted"),
    Role::words("empty", "the body runs, with an empty value of the type"),
];

static CASES: &[Case] = &[
    Case {
        name: "plain",
        doc: "the function has no decorator",
        right: "runs",
        wrong: &["error", "converted", "empty"],
    },
    Case {
        name: "checked",
        doc: "its only decorator compares arguments with annotations",
        right: "error",
        wrong: &["runs", "converted", "empty"],
    },
];

/// Decorators that raise for an argument of another type.
const CHECKERS: &[&str] = &["beartype.beartype", "pydantic.validate_call", "typeguard.typechecked"];

/// Where these are, classes and whole modules may be checked as well.
const LIBRARIES: &[&str] = &["beartype", "pydantic", "typeguard"];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let (known, class) = annotated(subject)?;
    let function = subject.ancestors().nth(1)?;
    let above = subject.ancestors().nth(2)?;
    // A call of the others runs nothing of the body, whatever it passes.
    let runs = !is_async(function) && !is_generator(function);
    (class != "object" && runs).then_some(())?;
    let case = if is_decorated(function) {
        let decorated = Decorated::read(subject.names(), subject.item(), above)?;
        let [only] = &decorated.all[..] else { return None };
        (only.is(CHECKERS) && only.call.is_none()).then_some(&CASES[1])?
    } else {
        let items = subject.document().items();
        let is_named = |name: &&str| items.iter().any(|item| item.text().contains(*name));
        (!LIBRARIES.iter().any(is_named)).then_some(&CASES[0])?
    };
    let classes = subject.ancestors().filter(|node| kind(*node) == syntax::Kind::ClassDefinition);
    (classes.into_iter().all(|node| !is_decorated(node))).then_some(())?;
    let mut facts = Facts::of(SLOTS);
    for slot in ["function", "parameter", "annotation"] {
        facts.take(slot, &known, slot);
    }
    facts.line("line", subject.line(function));
    let span = subject.span(subject.node());
    let computed = Computed::in_words(case, ROLES, facts);
    Some(Found { computed, subject: span, from: vec![span] })
}
