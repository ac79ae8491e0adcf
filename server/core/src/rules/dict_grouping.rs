//! A loop groups values in a plain dictionary, and makes each group by hand.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::collections::grouping::grouping;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule, imported_name};
use crate::subject::Subject;
use crate::syntax::{Field, Kind};

use super::typing_name_unimported::is_builtin_at;
use crate::facts::collections::by_hand::{empty_dictionary, span_in};

pub static RULE: Rule = Rule {
    id: "dict-grouping",
    kinds: &[Kind::IfStatement],
    slots: SLOTS,
    cases: &[],
    fixes: &["use-defaultdict"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("dictionary", SlotKind::Code, "the dictionary"),
    Slot::new("key", SlotKind::Code, "the key of the group"),
    Slot::new("factory", SlotKind::Code, "what makes an empty group: `list` or `set`"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(grouping) = grouping(subject) else { return };
    if empty_dictionary(subject, grouping.dictionary).is_none() {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts
        .code("dictionary", subject.text(grouping.dictionary))
        .code("key", subject.text(grouping.key))
        .code("factory", grouping.factory);
    let at = Field::Condition.of(subject.node()).unwrap_or(subject.node());
    found.push(Found { at: at.byte_range().into(), case: None, facts, related: Vec::new() });
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let grouping = grouping(subject)?;
    let (bound, value) = empty_dictionary(subject, grouping.dictionary)?;
    is_builtin_at(subject, subject.node(), grouping.factory).then_some(())?;
    let import = imported_name(subject, subject.node(), "collections", "defaultdict")?;
    let new = format!("{}({})", import.expression, grouping.factory);
    let (start, puts) = (subject.span(subject.node()), subject.span(grouping.puts));
    let edit = if grouping.behind {
        (Span::new(start.start, puts.start), String::new())
    } else {
        (start, subject.text(grouping.puts).to_owned())
    };
    let mut edits = vec![(span_in(subject, bound, value), new), edit];
    edits.extend(import.edit);
    let facts = found.facts.clone();
    Some(Plan { fix: "use-defaultdict", safety: Safety::Review, facts, edits })
}
