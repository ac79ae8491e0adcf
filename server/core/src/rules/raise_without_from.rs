//! A new exception in an `except` clause that binds the first one and does not name it as the cause.
//!
//! Source: Language Reference, The raise statement; PEP 3134.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::context_managers::RAISE_IN_EXCEPT;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

pub static RULE: Rule = Rule {
    id: "raise-without-from",
    kinds: &[Kind::RaiseStatement],
    slots: SLOTS,
    cases: &[],
    fixes: &["name-cause"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("raised", SlotKind::Code, "the new exception"),
    Slot::new("name", SlotKind::Code, "the name of the first one"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(read) = (RAISE_IN_EXCEPT.run)(subject) else { return };
    // This slot is there if the clause binds a name that still means the exception here.
    let is_it = read.get("implicit").is_some() && read.get("from").is_some();
    let Some(raised) = statements(subject.node()).first().copied() else { return };
    // `raise error` of a name may raise what was made, with its cause, elsewhere.
    if !is_it || kind(raised) != Kind::Call || skips(subject, raised) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.take("raised", &read, "raised").take("name", &read, "name");
    let at = subject.node().byte_range().into();
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

/// True for `SkipTest(…)`, of which nobody sees a traceback.
fn skips(subject: &Subject<'_>, raised: Node<'_>) -> bool {
    Field::Function.of(raised).is_some_and(|callee| subject.text(callee).ends_with("SkipTest"))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let Some(crate::facts::Value::Code(name)) = found.facts.get("name") else { return None };
    let raised = *statements(subject.node()).first()?;
    let edits = vec![(Span::empty(subject.span(raised).end), format!(" from {name}"))];
    Some(Plan { fix: "name-cause", safety: Safety::Review, facts: found.facts.clone(), edits })
}
