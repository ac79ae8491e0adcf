//! A metaclass that does nothing but keep a list of the classes.

use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::Kind;

use super::metaclass_move;
use super::metaclass_work::{Metaclass, Work};
use super::shared::name_span;

pub static RULE: Rule = Rule {
    id: "metaclass-for-registry",
    kinds: &[Kind::ClassDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["init-subclass"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("metaclass", SlotKind::Code, "the metaclass"),
    Slot::new("containers", SlotKind::Codes, "what the classes are kept in"),
    Slot::new("base", SlotKind::Code, "the class that is made by it, if there is one only"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some((meta, Work::Register(mut containers))) = Metaclass::read(subject) else { return };
    containers.dedup();
    let mut facts = Facts::of(SLOTS);
    facts.code("metaclass", meta.class.name());
    facts.codes("containers", containers.iter().map(String::as_str));
    if let [user] = &meta.users[..] {
        facts.code("base", user.name());
    }
    let at = name_span(subject.node());
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    metaclass_move::plan(subject, found).into_iter().collect()
}
