//! A duration that is measured with the wall clock.
//!
//! Source: Library Reference, time: the value of `time()` may go back when the clock is set, and
//! `perf_counter()` cannot go backward.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule, imported};
use crate::names::Bound;
use crate::scope::{MODULE, ScopeKind};
use crate::subject::Subject;
use crate::syntax::function::{arguments, own_nodes};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::code::{callee_name, is_call_of};
use super::edit::at_hand;

pub static RULE: Rule = Rule {
    id: "wall-clock-interval",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &[],
    fixes: &["use-perf-counter"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("start", SlotKind::Code, "the variable that holds the start"),
    Slot::new("difference", SlotKind::Code, "the difference"),
];

/// Where the clock is read for one duration.
struct Interval<'a> {
    name: &'a str,
    difference: Node<'a>,
    /// The calls of `time.time`, all in the subject's item.
    calls: Vec<Node<'a>>,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(interval) = interval(subject) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("start", interval.name);
    facts.code("difference", one_line(subject, interval.difference));
    let at = subject.node().byte_range().into();
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

/// The duration that the subject starts: it is assigned to a variable of a function, and all that the
/// function does with that is to subtract it from a later reading.
fn interval<'a>(subject: &Subject<'a>) -> Option<Interval<'a>> {
    let call = subject.node();
    is_clock(subject, call).then_some(())?;
    let (name, uses) = variable(subject, call)?;
    let mut calls = vec![call];
    let mut difference = None;
    for path in &uses {
        let [.., parent, used] = path[..] else { return None };
        let is_minus = kind(parent) == Kind::BinaryOperator
            && Field::Operator.of(parent)?.kind() == "-"
            && Field::Right.of(parent) == Some(used);
        let later = Field::Left.of(parent).filter(|_| is_minus)?;
        calls.extend(reading(subject, later)?);
        difference.get_or_insert(parent);
    }
    calls.dedup();
    Some(Interval { name, difference: difference?, calls })
}

fn is_clock(subject: &Subject<'_>, call: Node<'_>) -> bool {
    callee_name(subject, call).as_deref() == Some("time.time") && arguments(call).is_empty()
}

/// The name of the local variable that the call is assigned to, alone and nowhere else, and the paths
/// to its uses.
fn variable<'a>(subject: &Subject<'a>, call: Node<'a>) -> Option<(&'a str, Vec<Vec<Node<'a>>>)> {
    let names = subject.names();
    let root = names.item(subject.item()).tree()?.root_node();
    let path = walk::path_to(root, call.start_byte(), call.end_byte())?;
    let at = path.iter().rposition(|node| *node == call)?;
    let assignment = *path.get(at.checked_sub(1)?)?;
    let left = Field::Left.of(assignment).filter(|_| kind(assignment) == Kind::Assignment)?;
    (kind(left) == Kind::Identifier && Field::Right.of(assignment) == Some(call)).then_some(())?;
    let span = Span::from(left.byte_range());
    let scopes = names.scopes(subject.item())?;
    let binding = scopes.binding_at(span)?;
    let is_local = binding.scope != MODULE
        && scopes.scopes()[binding.scope].kind == ScopeKind::Function
        && binding.from == binding.scope;
    is_local.then_some(())?;
    let mut paths = Vec::new();
    for used in names.uses(Bound { item: subject.item(), binding })? {
        let at = used.reference.at;
        (used.item == subject.item()).then_some(())?;
        paths.push(walk::path_to(root, at.start, at.end)?);
    }
    (!paths.is_empty()).then_some((subject.text(left), paths))
}

/// The calls of the clock behind the later reading: itself, or a variable that is only subtracted
/// from.
fn reading<'a>(subject: &Subject<'a>, later: Node<'a>) -> Option<Vec<Node<'a>>> {
    if is_clock(subject, later) {
        return Some(vec![later]);
    }
    let names = subject.names();
    let bound = names.binding(subject.item(), later).filter(|_| kind(later) == Kind::Identifier)?;
    let assignment = names.node(bound).filter(|_| bound.item == subject.item())?;
    let call = Field::Right.of(assignment).filter(|call| is_clock(subject, *call))?;
    let (_, uses) = variable(subject, call)?;
    let is_difference = |path: &Vec<Node<'a>>| {
        let [.., parent, _] = path[..] else { return false };
        kind(parent) == Kind::BinaryOperator
            && Field::Operator.of(parent).is_some_and(|sign| sign.kind() == "-")
            && Field::Left.of(parent).and_then(|left| names.binding(subject.item(), left)).is_some()
            && Field::Right.of(parent).is_some_and(|right| is_start(subject, right))
    };
    uses.iter().all(is_difference).then_some(vec![call])
}

/// True for a variable that holds a reading of the clock.
fn is_start(subject: &Subject<'_>, node: Node<'_>) -> bool {
    let names = subject.names();
    let bound = names.binding(subject.item(), node).filter(|_| kind(node) == Kind::Identifier);
    let assignment = bound.filter(|it| it.item == subject.item()).and_then(|it| names.node(it));
    let value = assignment.and_then(|assignment| Field::Right.of(assignment));
    value.is_some_and(|value| is_clock(subject, value))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let interval = interval(subject)?;
    let import = imported(subject, subject.node(), "time", "perf_counter");
    let mut edits = Vec::new();
    for call in interval.calls {
        edits.push((subject.span(Field::Function.of(call)?), import.expression.clone()));
    }
    edits.extend(import.edit);
    let facts = found.facts.clone();
    Some(Plan { fix: "use-perf-counter", safety: Safety::Review, facts, edits })
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::FunctionDefinition], edits: with_wall_clock };

/// `time.time` in place of every reading of the other clock.
fn with_wall_clock(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let mut calls = Vec::new();
    own_nodes(subject.node(), |node| {
        if is_call_of(subject, node, &["time.perf_counter"]) {
            calls.extend(Field::Function.of(node));
        }
    });
    let clock = at_hand(subject, "time", "time").filter(|_| calls.len() > 1)?;
    Some(calls.into_iter().map(|callee| (subject.span(callee), clock.clone())).collect())
}
