//! A loop counts with a plain dictionary.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::collections::counting::count;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule, imported_name};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};

use crate::facts::collections::by_hand::{empty_dictionary, span_in};

pub static RULE: Rule = Rule {
    id: "manual-count",
    kinds: &[Kind::IfStatement, Kind::Assignment],
    slots: SLOTS,
    cases: &[],
    fixes: &["use-counter"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("dictionary", SlotKind::Code, "the dictionary"),
    Slot::new("key", SlotKind::Code, "what is counted"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(count) = count(subject) else { return };
    if empty_dictionary(subject, count.dictionary).is_none() {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("dictionary", subject.text(count.dictionary)).code("key", subject.text(count.key));
    let at = match kind(subject.node()) {
        Kind::IfStatement => Field::Condition.of(subject.node()).unwrap_or(count.dictionary),
        _ => subject.node(),
    };
    found.push(Found { at: at.byte_range().into(), case: None, facts, related: Vec::new() });
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let count = count(subject)?;
    let (bound, value) = empty_dictionary(subject, count.dictionary)?;
    let import = imported_name(subject, subject.node(), "collections", "Counter")?;
    let edit = match count.kept {
        Some(kept) => {
            let span = Span::new(subject.span(count.from).start, subject.span(kept).start);
            (span, String::new())
        }
        None => {
            let text =
                format!("{}[{}] += 1", subject.text(count.dictionary), subject.text(count.key));
            (subject.span(count.from), text)
        }
    };
    let mut edits =
        vec![(span_in(subject, bound, value), format!("{}()", import.expression)), edit];
    edits.extend(import.edit);
    let facts = found.facts.clone();
    Some(Plan { fix: "use-counter", safety: Safety::Review, facts, edits })
}
