//! With which Python a module of the standard library came, or went.
//!
//! Sources: What's New in Python 3.10 to 3.15; PEP 594.

use super::super::{Case, Computed, Find, Found, Generator, Role, candidates};
use crate::facts::{Facts, Slot, SlotKind, Value, provider};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax;

pub static SINCE: Generator = Generator {
    name: "module-since",
    doc: "which Python is the first whose standard library has an imported module",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::DottedName], since),
};

pub static REMOVED: Generator = Generator {
    name: "module-removed",
    doc: "which Python is the first whose standard library lacks an imported module again",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::DottedName], removed),
};

static SLOTS: &[Slot] = &[
    Slot::new("module", SlotKind::Code, "the module"),
    Slot::new("line", SlotKind::Line, "the line that imports it"),
];

static ROLES: &[Role] =
    &[Role::code("version", "that Python: `3.11`"), Role::code("other", "another one")];

static CASES: &[Case] =
    &[Case { name: "always", doc: "the table knows", right: "version", wrong: &["other"] }];

const VERSIONS: &[&str] = &["3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15"];
const SHOWN: usize = 4;

fn since(subject: &Subject<'_>) -> Option<Found> {
    ask(subject, "since")
}

fn removed(subject: &Subject<'_>) -> Option<Found> {
    ask(subject, "removed")
}

fn ask(subject: &Subject<'_>, column: &str) -> Option<Found> {
    let known = (provider("standard-module")?.run)(subject)?;
    let Some(Value::Code(version)) = known.get(column) else { return None };
    let Some(Value::Code(name)) = known.get("name") else { return None };
    let at = VERSIONS.iter().position(|other| other == version)?;
    // Neighbours, and not always as many before as behind.
    let before = name.len() % SHOWN;
    let start = at.saturating_sub(before).min(VERSIONS.len() - SHOWN);
    let others = (start..start + SHOWN).filter(|other| *other != at);
    let label = |at: usize| Some(VERSIONS[at].to_owned());
    let labels = std::iter::once(("version", label(at)));
    let labels = labels.chain(others.map(|other| ("other", label(other))));
    let options = candidates(labels, SHOWN, SHOWN)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("module", name).line("line", subject.line(subject.node()));
    let span = subject.span(subject.node());
    let computed = Computed { case: &CASES[0], options, snippet: None, facts };
    Some(Found { computed, subject: span, from: vec![span] })
}
