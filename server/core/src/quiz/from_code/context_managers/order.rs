//! What happens in which order in a `with` of two items.
//!
//! Source: Language Reference, The with statement: several items are processed as if the statements
//! were nested. What the managers are does not matter.

use super::super::{Case, Computed, Find, Found, Generator, Role, is_brief};
use crate::facts::context_managers::{is_async, items};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax;

pub static GENERATOR: Generator = Generator {
    name: "exit-order",
    doc: "in which order a `with` of two items enters and leaves them",
    kind: Kind::Order,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::WithStatement], run),
};

static SLOTS: &[Slot] = &[
    Slot::new("first", SlotKind::Code, "the first expression"),
    Slot::new("second", SlotKind::Code, "the second"),
    Slot::new("line", SlotKind::Line, "the line of the `with`"),
    Slot::new("enter", SlotKind::Code, "`__enter__` or `__aenter__`"),
    Slot::new("exit", SlotKind::Code, "`__exit__` or `__aexit__`"),
];

static ROLES: &[Role] = &[
    Role::words("enter-first", "the first item is entered"),
    Role::words("enter-second", "the second item is entered"),
    Role::words("body", "the block runs"),
    Role::words("exit-second", "the second item is left"),
    Role::words("exit-first", "the first item is left"),
];

static CASES: &[Case] = &[Case {
    name: "always",
    doc: "the rule has no exception",
    right: "enter-first",
    wrong: &["enter-second", "body", "exit-second", "exit-first"],
}];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let with = subject.node();
    let all = items(with)?;
    let [first, second] = &all[..] else { return None };
    let texts = [one_line(subject, first.expression), one_line(subject, second.expression)];
    let is_clear = texts.iter().all(|text| is_brief(text)) && texts[0] != texts[1];
    let awaited = is_async(with);
    let mut facts = Facts::of(SLOTS);
    facts.code("first", &texts[0]).code("second", &texts[1]).line("line", subject.line(with));
    facts.code("enter", if awaited { "__aenter__" } else { "__enter__" });
    facts.code("exit", if awaited { "__aexit__" } else { "__exit__" });
    let from = vec![subject.span(first.node), subject.span(second.node)];
    is_clear.then(|| Found {
        computed: Computed::in_words(&CASES[0], ROLES, facts),
        subject: crate::Span::new(from[0].start, from[1].end),
        from,
    })
}
