//! A synchronous HTTP request in an `async def` stops the whole event loop.

use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule, imported};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::arguments, kind};

use super::code::{
    callee_name, is_made_by, method, needs_parentheses, own_function, runs_in_async,
    uses_other_loop,
};

pub static RULE: Rule = Rule {
    id: "blocking-http-in-async",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &[],
    fixes: &["to-thread"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "what is called"),
    Slot::new("function", SlotKind::Code, "the `async def` around it"),
];

const VERBS: &[&str] = &["delete", "get", "head", "options", "patch", "post", "put", "request"];

const SESSIONS: &[&str] = &["httpx.Client", "requests.Session", "requests.session"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let call = subject.node();
    let Some(callee) = Field::Function.of(call) else { return };
    if !requests(subject, call) || !runs_in_async(subject) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("call", subject.text(callee));
    if let Some(name) = own_function(subject).and_then(|function| Field::Name.of(function)) {
        facts.code("function", subject.text(name));
    }
    found.push(Found { at: callee.byte_range().into(), case: None, facts, related: Vec::new() });
}

/// True for a call that sends a request and waits for the answer.
pub(super) fn requests<'a>(subject: &Subject<'a>, call: Node<'a>) -> bool {
    let Some((object, name)) = method(call) else {
        return callee_name(subject, call).is_some_and(|name| is_request(&name));
    };
    if let Some(name) = callee_name(subject, call) {
        return is_request(&name);
    }
    if !VERBS.contains(&subject.text(name)) {
        return false;
    }
    is_made_by(subject, subject.item(), object, SESSIONS)
}

fn is_request(name: &str) -> bool {
    if matches!(name, "urllib.request.urlopen" | "urllib.request.urlretrieve") {
        return true;
    }
    let verb = name.strip_prefix("requests.").or_else(|| name.strip_prefix("httpx."));
    verb.is_some_and(|verb| VERBS.contains(&verb))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    to_thread(subject, found).into_iter().collect()
}

/// `await asyncio.to_thread(f, x)` in place of the subject, the call `f(x)`.
pub(super) fn to_thread(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let call = subject.node();
    let callee = Field::Function.of(call)?;
    let list = Field::Arguments.of(call)?;
    let in_with = subject
        .ancestors()
        .next()
        .is_some_and(|parent| matches!(kind(parent), Kind::AsPattern | Kind::WithItem));
    (kind(list) == Kind::Argument && !in_with && !uses_other_loop(subject)).then_some(())?;
    let import = imported(subject, call, "asyncio", "to_thread");
    let comma = if arguments(call).is_empty() { "" } else { ", " };
    let open = if needs_parentheses(subject) { "(" } else { "" };
    let close = if open.is_empty() { "" } else { ")" };
    let (start, end) = (subject.span(call), subject.span(list));
    let head = format!("{open}await {}({}{comma}", import.expression, subject.text(callee));
    let mut edits = vec![(crate::Span::new(start.start, end.start + 1), head)];
    if !close.is_empty() {
        edits.push((crate::Span::empty(start.end), close.to_owned()));
    }
    edits.extend(import.edit);
    let facts = found.facts.clone();
    Some(Plan { fix: "to-thread", safety: Safety::Review, facts, edits })
}
