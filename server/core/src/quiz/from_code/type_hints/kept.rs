//! What `__annotations__` holds for a parameter.
//!
//! Sources: Language Reference, Function definitions; PEP 563 and PEP 749: with the future import it is
//! a string, in every version.

use super::super::guards::leaves_metadata_alone;
use super::super::{Case, Computed, Find, Found, Generator, Role, candidates};
use super::annotated;
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax;

pub static GENERATOR: Generator = Generator {
    name: "annotation-kept",
    doc: "what `f.__annotations__['x']` is, for a parameter that is annotated with a builtin class",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::At(PARAMETERS, run),
};

pub(super) const PARAMETERS: &[syntax::Kind] =
    &[syntax::Kind::TypedParameter, syntax::Kind::TypedDefaultParameter];

static SLOTS: &[Slot] = &[
    Slot::new("stored", SlotKind::Code, "the expression: `f.__annotations__['x']`"),
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("line", SlotKind::Line, "the line of its `def`"),
    Slot::new("parameter", SlotKind::Code, "the parameter"),
    Slot::new("annotation", SlotKind::Code, "its annotation"),
];

static ROLES: &[Role] = &[
    Role::code("class", "the class"),
    Role::code("text", "the annotation as a string"),
    Role::code("nothing", "`None`"),
    Role::code("error", "`KeyError`"),
];

static CASES: &[Case] = &[
    Case {
        name: "evaluated",
        doc: "the file has no `from __future__ import annotations`",
        right: "class",
        wrong: &["text", "nothing", "error"],
    },
    Case { name: "text", doc: "it has one", right: "text", wrong: &["class", "nothing", "error"] },
];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let (known, class) = annotated(subject)?;
    let Some(Value::Code(_)) = known.get("stored") else { return None };
    leaves_metadata_alone(subject.document()).then_some(())?;
    let case = if known.get("text").is_some() { &CASES[1] } else { &CASES[0] };
    let labels = [
        ("class", format!("<class '{class}'>")),
        ("text", format!("'{class}'")),
        ("nothing", "None".to_owned()),
        ("error", "KeyError".to_owned()),
    ];
    let options = candidates(labels.map(|(role, text)| (role, Some(text))), 4, 4)?;
    let mut facts = Facts::of(SLOTS);
    for slot in ["stored", "function", "parameter", "annotation"] {
        facts.take(slot, &known, slot);
    }
    facts.line("line", subject.line(subject.ancestors().nth(1)?));
    let span = subject.span(subject.node());
    let computed = Computed { case, options, snippet: None, facts };
    Some(Found { computed, subject: span, from: vec![span] })
}
