//! The body of a response is used, and nothing asks whether the request went well.
//!
//! Source: the documentation of requests and httpx, `Response.raise_for_status()`.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::robustness::REQUEST;
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::expression::{expression, method};
use crate::syntax::{Field, Kind, function::arguments, kind};

use super::shared::{break_of, indentation};

pub static RULE: Rule = Rule {
    id: "http-status-unchecked",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &[],
    fixes: &["raise-for-status"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "what is called: `requests.get`"),
    Slot::new("unchecked", SlotKind::Lines, "where the body of the response is used"),
    Slot::new("name", SlotKind::Code, "the variable that holds the response"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let around = subject.ancestors().next().map(kind);
    if !matches!(around, Some(Kind::Attribute | Kind::Assignment)) {
        return;
    }
    let Some(read) = (REQUEST.run)(subject) else { return };
    if !matches!(read.get("unchecked"), Some(Value::Lines(lines)) if !lines.is_empty()) {
        return;
    }
    let Some(callee) = Field::Function.of(subject.node()) else { return };
    let mut facts = Facts::of(SLOTS);
    for slot in ["call", "unchecked", "name"] {
        facts.take(slot, &read, slot);
    }
    found.push(Found { at: callee.byte_range().into(), case: None, facts, related: Vec::new() });
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

/// `raise_for_status()` on the line behind the assignment.
fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let Some(Value::Code(name)) = found.facts.get("name") else { return None };
    let statement = subject.ancestors().find(|node| kind(*node) == Kind::ExpressionStatement)?;
    let assignment = statement.named_child(0)?;
    let is_assigned = kind(assignment) == Kind::Assignment
        && Field::Left.of(assignment).is_some_and(|left| subject.text(left) == name);
    let indent = indentation(subject, statement).filter(|_| is_assigned)?;
    let line = format!("{}{indent}{name}.raise_for_status()", break_of(subject));
    let edits = vec![(Span::empty(subject.span(statement).end), line)];
    let facts = found.facts.clone();
    Some(Plan { fix: "raise-for-status", safety: Safety::Review, facts, edits })
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::ExpressionStatement], edits: without_check };

fn without_check(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let call = expression(subject.node())?;
    let (_, name) = method(call)?;
    let before = subject.node().prev_named_sibling()?;
    let is_it = subject.text(name) == "raise_for_status"
        && arguments(call).is_empty()
        && kind(before) == Kind::ExpressionStatement;
    let span = Span::new(subject.span(before).end, subject.span(subject.node()).end);
    is_it.then(|| vec![(span, String::new())])
}
