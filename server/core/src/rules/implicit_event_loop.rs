//! `asyncio.get_event_loop()` where it gives a running loop or makes none any more.
//!
//! Source: Library Reference, asyncio, Event loop: `get_event_loop()` raises `RuntimeError` since
//! Python 3.14 if there is no current event loop, and `get_running_loop()` is preferred in coroutines.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::arguments, kind};
use crate::value::{self, Object};
use crate::walk;

use super::code::{
    callee_name, may_be_caught, mentions, method, own_function, plain_arguments, runs_in_async,
    uses_other_loop,
};

pub static RULE: Rule = Rule {
    id: "implicit-event-loop",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &["running"],
    fixes: &["get-running", "run"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("coroutine", SlotKind::Code, "what the loop runs"),
];

/// What else may give the thread a loop.
const SETTING: &[&str] = &[
    "set_event_loop",
    "set_event_loop_policy",
    "nest_asyncio",
    "uvloop",
    "WindowsSelectorEventLoopPolicy",
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.callee().as_deref() != Some("asyncio.get_event_loop")
        || !arguments(subject.node()).is_empty()
        || may_be_caught(subject, subject.path())
        || uses_other_loop(subject)
        || subject.settings().is_test
    {
        return;
    }
    let case = runs_in_async(subject).then_some("running");
    if case.is_none() && (may_have_loop(subject) || runner(subject).is_none()) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("call", one_line(subject, subject.node()));
    let at = subject.node().byte_range().into();
    found.push(Found { at, case, facts, related: Vec::new() });
}

/// True when something in the file sets a loop, which `get_event_loop()` then gives.
fn may_have_loop(subject: &Subject<'_>) -> bool {
    mentions(subject, SETTING) || subject.names().mentions_any(SETTING)
}

/// The call of `run_until_complete` or `run_forever` on the loop: chained, or on the variable that it
/// is assigned to in the same function.
fn runner<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    let is_runner = |call: Node<'a>, text: &str| {
        method(call).is_some_and(|(_, name)| {
            matches!(&text[name.byte_range()], "run_until_complete" | "run_forever")
        })
    };
    let mut above = subject.ancestors();
    let parent = above.next()?;
    if kind(parent) == Kind::Attribute {
        let call = above.next()?;
        return is_runner(call, subject.item_text()).then_some(call);
    }
    let calls = uses(subject)?;
    let names = subject.names();
    calls
        .into_iter()
        .filter_map(|(item, path)| Some((item, *path.get(path.len().checked_sub(3)?)?)))
        .find(|(item, call)| *item == subject.item() && is_runner(*call, names.item(*item).text()))
        .map(|(_, call)| call)
}

/// The uses of the variable that the call is assigned to, each with the path to it.
fn uses<'a>(subject: &Subject<'a>) -> Option<Vec<(usize, Vec<Node<'a>>)>> {
    let assignment = subject.ancestors().next()?;
    let is_value =
        kind(assignment) == Kind::Assignment && Field::Right.of(assignment) == Some(subject.node());
    let left = Field::Left.of(assignment).filter(|left| kind(*left) == Kind::Identifier)?;
    is_value.then_some(())?;
    let names = subject.names();
    let at = Span::from(left.byte_range());
    let scopes = names.scopes(subject.item())?;
    let binding = scopes.binding_at(at)?;
    let bound = crate::names::Bound { item: subject.item(), binding };
    let mut found = Vec::new();
    for used in names.uses(bound)? {
        let root = names.item(used.item).tree()?.root_node();
        let at = used.reference.at;
        found.push((used.item, walk::path_to(root, at.start, at.end)?));
    }
    Some(found)
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    let plan = if found.case.is_some() { running(subject, found) } else { run(subject, found) };
    plan.into_iter().collect()
}

/// The same loop, asked for by the name that says so.
fn running(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    own_function(subject)?;
    let callee = Field::Function.of(subject.node())?;
    let name = Field::Attribute.of(callee).filter(|_| kind(callee) == Kind::Attribute)?;
    let edits = vec![(subject.span(name), "get_running_loop".to_owned())];
    Some(Plan { fix: "get-running", safety: Safety::Safe, facts: found.facts.clone(), edits })
}

/// `asyncio.run(…)` in place of `asyncio.get_event_loop().run_until_complete(…)`.
fn run(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let call = runner(subject)?;
    let (object, name) = method(call)?;
    (subject.text(name) == "run_until_complete" && object == subject.node()).then_some(())?;
    let (positional, keywords) = plain_arguments(call)?;
    let ([coroutine], []) = (&positional[..], &keywords[..]) else { return None };
    let value = value::of(subject.names(), subject.item(), *coroutine)?;
    matches!(value.object, Object::Coroutine(_)).then_some(())?;
    let callee = Field::Function.of(subject.node())?;
    let module = Field::Object.of(callee).filter(|_| kind(callee) == Kind::Attribute)?;
    callee_name(subject, subject.node())?;
    let head = Span::new(subject.span(call).start, subject.span(name).end);
    let mut facts = found.facts.clone();
    facts.code("coroutine", one_line(subject, *coroutine));
    let edits = vec![(head, format!("{}.run", subject.text(module)))];
    Some(Plan { fix: "run", safety: Safety::Review, facts, edits })
}

pub static INVERSE: Inverse = Inverse { rule: &RULE, kinds: &[Kind::Call], edits: with_own_loop };

/// `asyncio.get_event_loop().run_until_complete(…)` for `asyncio.run(…)`.
fn with_own_loop(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let callee = Field::Function.of(subject.node())?;
    let module = Field::Object.of(callee).filter(|_| kind(callee) == Kind::Attribute)?;
    (subject.callee()? == "asyncio.run").then_some(())?;
    let text = format!("{}.get_event_loop().run_until_complete", subject.text(module));
    Some(vec![(subject.span(callee), text)])
}
