//! `time.sleep` in an `async def` stops the whole event loop.

use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Place, Plan, Rule, imported};
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, own_nodes};
use crate::syntax::{Field, Kind, Node};

use super::code::{
    as_statement, function_called, is_call_of, own_function, plain_arguments, runs_in_async,
    uses_other_loop,
};

pub static RULE: Rule = Rule {
    id: "blocking-sleep-in-async",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &["through-helper"],
    fixes: &["await-sleep"],
    related: &["sleep"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("function", SlotKind::Code, "the `async def` around it"),
    Slot::new("helper", SlotKind::Code, "the plain function that sleeps"),
    Slot::new("sleep", SlotKind::Code, "the coroutine function that takes its place"),
];

const SLEEP: &[&str] = &["time.sleep"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let call = subject.node();
    let Some(callee) = Field::Function.of(call) else { return };
    let mut related = Vec::new();
    let mut facts = Facts::of(SLOTS);
    let case = if is_call_of(subject, call, SLEEP) {
        None
    } else {
        let helper = runs_in_async(subject).then(|| sleeping_helper(subject, callee)).flatten();
        let Some(place) = helper else { return };
        related.push(place);
        facts.code("helper", subject.text(callee));
        Some("through-helper")
    };
    if !runs_in_async(subject) {
        return;
    }
    facts.code("call", crate::facts::source_text::one_line(subject, call));
    if let Some(name) = own_function(subject).and_then(|function| Field::Name.of(function)) {
        facts.code("function", subject.text(name));
    }
    found.push(Found { at: callee.byte_range().into(), case, facts, related });
}

/// Where a plain function of the file sleeps in its own body.
fn sleeping_helper(subject: &Subject<'_>, callee: Node<'_>) -> Option<Place> {
    let (item, function) = function_called(subject, subject.item(), callee)?;
    if is_async(function) || is_generator(function) {
        return None;
    }
    let names = subject.names();
    let mut place = None;
    own_nodes(function, |node| {
        let callee = Field::Function.of(node).filter(|_| place.is_none());
        let Some(callee) = callee else { return };
        if names.qualified(item, callee).as_deref() == Some(SLEEP[0]) {
            place = Some(callee.byte_range());
        }
    });
    let item = subject.document().items()[item].id();
    place.map(|at| Place { item, at: at.into(), role: "sleep" })
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let call = subject.node();
    let callee = Field::Function.of(call)?;
    as_statement(subject)?;
    let (positional, keywords) = plain_arguments(call)?;
    let usable = found.case.is_none()
        && positional.len() == 1
        && keywords.is_empty()
        && !uses_other_loop(subject);
    usable.then_some(())?;
    let import = imported(subject, call, "asyncio", "sleep");
    let mut facts = found.facts.clone();
    facts.code("sleep", import.expression.clone());
    let mut edits = vec![(subject.span(callee), format!("await {}", import.expression))];
    edits.extend(import.edit);
    Some(Plan { fix: "await-sleep", safety: Safety::Review, facts, edits })
}
