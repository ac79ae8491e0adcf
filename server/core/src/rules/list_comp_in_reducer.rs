//! A list is built only for `sum`, `any` or the like to walk over it once.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

use super::code::{callee_name, contains, is_quiet, only_looks, plain_arguments};

pub static RULE: Rule = Rule {
    id: "list-comp-in-reducer",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &["short-circuit"],
    fixes: &["drop-brackets", "drop-brackets-lazily"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[Slot::new("function", SlotKind::Code, "what is called")];

/// What walks over its argument once and keeps nothing of it. Not `sorted`, `tuple` and
/// `str.join`, which make a list of it anyway.
const REDUCERS: &[&str] = &[
    "builtins.max",
    "builtins.min",
    "builtins.sum",
    "collections.Counter",
    "math.fsum",
    "math.prod",
];

/// What stops at the first value that decides.
pub(super) const SHORT_CIRCUIT: &[&str] = &["builtins.all", "builtins.any"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let call = subject.node();
    let Some(callee) = callee_name(subject, call) else { return };
    let stops = SHORT_CIRCUIT.contains(&&*callee);
    if !stops && !REDUCERS.contains(&&*callee) {
        return;
    }
    let Some(list) = comprehension(call) else { return };
    // Who calls something for each value may want all the calls.
    if stops && !only_looks(subject, list) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    if let Some(callee) = Field::Function.of(call) {
        facts.code("function", subject.text(callee));
    }
    let case = stops.then_some("short-circuit");
    found.push(Found { at: list.byte_range().into(), case, facts, related: Vec::new() });
}

/// The list comprehension that is the only positional argument, if a generator could stand in its
/// place: with `await` or `async for` it would be an asynchronous one.
fn comprehension(call: Node<'_>) -> Option<Node<'_>> {
    let (positional, _) = plain_arguments(call)?;
    let [list] = positional[..] else { return None };
    let is_async = statements(list).iter().any(|part| {
        kind(*part) == Kind::ForInClause
            && part.child(0).is_some_and(|token| token.kind() == "async")
    });
    let plain = kind(list) == Kind::ListComprehension
        && !is_async
        && !contains(list, &[Kind::Await, Kind::Yield]);
    plain.then_some(list)
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let call = subject.node();
    let list = comprehension(call)?;
    let arguments = Field::Arguments.of(call)?;
    // A generator expression needs no parentheses of its own if it is all there is.
    let alone = arguments.child_count() == 3;
    let (open, close) = if alone { ("", "") } else { ("(", ")") };
    let span = subject.span(list);
    let brackets = [Span::new(span.start, span.start + 1), Span::new(span.end - 1, span.end)];
    let edits = brackets.into_iter().zip([open, close]).map(|(bracket, new)| {
        // Nothing is left of a line that held the bracket alone.
        let whole = if new.is_empty() { line_of_its_own(subject, bracket) } else { None };
        (whole.unwrap_or(bracket), new.to_owned())
    });
    let edits = edits.collect();
    let lazily = found.case.is_some() || !is_quiet(list);
    let (fix, safety) = if lazily {
        ("drop-brackets-lazily", Safety::Review)
    } else {
        ("drop-brackets", Safety::Safe)
    };
    Some(Plan { fix, safety, facts: found.facts.clone(), edits })
}

/// The line, with its break, that holds just `span`.
fn line_of_its_own(subject: &Subject<'_>, span: Span) -> Option<Span> {
    let text = subject.document().text();
    let line = text.line_of(span.start);
    let content = text.line_content(line);
    (text.slice(content).trim().len() == span.len())
        .then(|| Span::new(content.start, text.line_start(line + 1)))
}
