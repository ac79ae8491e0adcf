//! In which order `await asyncio.gather(…)` gives its results.
//!
//! Source: Library Reference, asyncio, Running Tasks Concurrently: the order of result values
//! corresponds to the order of awaitables.

use super::super::{Case, Computed, Find, Found, Generator, Role, is_brief};
use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::{self, kind};

pub static GENERATOR: Generator = Generator {
    name: "gather-results",
    doc: "in which order an awaited `asyncio.gather` of two or more arguments gives its results",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::Call], run),
};

static SLOTS: &[Slot] = &[
    Slot::new("line", SlotKind::Line, "the line of the call"),
    Slot::new("first", SlotKind::Code, "the first argument"),
    Slot::new("last", SlotKind::Code, "the last argument"),
];

static ROLES: &[Role] = &[
    Role::words("arguments", "in the order of the arguments"),
    Role::words("finished", "in the order in which they have finished"),
    Role::words("by-result", "sorted by the results"),
    Role::words("any", "in an order that may differ from run to run"),
];

static CASES: &[Case] = &[Case {
    name: "always",
    doc: "the rule has no exception",
    right: "arguments",
    wrong: &["finished", "by-result", "any"],
}];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let call = subject.node();
    let parent = subject.ancestors().next()?;
    if kind(parent) != syntax::Kind::Await || subject.callee()? != "asyncio.gather" {
        return None;
    }
    let arguments = Arguments::of(call, subject.item_text());
    let ([first, .., last], false) = (&arguments.positional[..], arguments.spread) else {
        return None;
    };
    let [first, last] = [one_line(subject, *first), one_line(subject, *last)];
    let is_clear = is_brief(&first) && is_brief(&last) && first != last;
    let mut facts = Facts::of(SLOTS);
    facts.line("line", subject.line(call)).code("first", first).code("last", last);
    let span = subject.span(call);
    let computed = Computed::in_words(&CASES[0], ROLES, facts);
    is_clear.then(|| Found { computed, subject: span, from: vec![span] })
}
