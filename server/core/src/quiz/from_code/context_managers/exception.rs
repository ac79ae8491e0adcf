//! What becomes of an exception that leaves the block of a `with` on a class of the reader's.
//!
//! Source: Language Reference, With Statement Context Managers: a true value of `__exit__` drops the
//! exception.

use super::super::{Case, Computed, Find, Found, Generator, Role};
use crate::facts::around::is_decorated;
use crate::facts::context_managers::is_assigned;
use crate::facts::{Facts, Slot, SlotKind, Value, provider};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::{self, Field, kind};

pub static GENERATOR: Generator = Generator {
    name: "exit-exception",
    doc: "what becomes of an exception of the block, by an `__exit__` that drops every one or none",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::FunctionDefinition], run),
};

static SLOTS: &[Slot] = &[
    Slot::new("method", SlotKind::Code, "`C.__exit__`"),
    Slot::new("line", SlotKind::Line, "the line of its `def`"),
];

static ROLES: &[Role] = &[
    Role::words("dropped", "`__exit__` runs, and the exception is dropped"),
    Role::words("raised", "`__exit__` runs, and the exception goes on"),
    Role::words("not-called", "the exception goes on, and `__exit__` does not run"),
    Role::words("again", "`__exit__` runs, and the block starts again"),
];

static CASES: &[Case] = &[
    Case {
        name: "drops",
        doc: "it returns a true value on every way",
        right: "dropped",
        wrong: &["raised", "not-called", "again"],
    },
    Case {
        name: "passes",
        doc: "it returns a false value on every way, and has no `raise`",
        right: "raised",
        wrong: &["dropped", "not-called", "again"],
    },
];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let name = Field::Name.of(subject.node())?;
    let class = subject.ancestors().find(|node| kind(*node) == syntax::Kind::ClassDefinition)?;
    let is_kept = !is_decorated(class) && !is_assigned(subject.names(), "__exit__");
    if subject.text(name) != "__exit__" || !is_kept {
        return None;
    }
    let known = (provider("exit-method")?.run)(subject)?;
    let has = |slot: &str| known.get(slot).is_some();
    let unsure = ["cannot-be-called", "must-be-plain", "always-raises", "may-drop", "replaces"];
    if unsure.iter().any(|slot| has(slot)) || has("raises-again") {
        return None;
    }
    let case = match (has("swallows-all"), has("passes")) {
        (true, false) => &CASES[0],
        (false, true) => &CASES[1],
        _ => return None,
    };
    let Some(Value::Code(method)) = known.get("name") else { return None };
    let mut facts = Facts::of(SLOTS);
    facts.code("method", method).line("line", subject.line(subject.node()));
    let span = subject.span(name);
    let computed = Computed::in_words(case, ROLES, facts);
    Some(Found { computed, subject: span, from: vec![span] })
}
