//! `asyncio.run(…)` inside an `async def`, where a loop is running already.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

use super::code::{
    as_operand, callee_name, function_called, is_coroutine_function, is_expected_to_fail,
    may_be_caught, mentions, method, needs_parentheses, own_function, plain_arguments,
    runs_in_async, uses_other_loop,
};
use super::edit::at_hand;

pub static RULE: Rule = Rule {
    id: "asyncio-run-in-async",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &[],
    fixes: &["await-it"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "what is called: `asyncio.run`"),
    Slot::new("function", SlotKind::Code, "the `async def` around it"),
    Slot::new("coroutine", SlotKind::Code, "the coroutine that is to run"),
];

const LOOPS: &[&str] =
    &["asyncio.get_event_loop", "asyncio.get_running_loop", "asyncio.new_event_loop"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let call = subject.node();
    let Some(callee) = Field::Function.of(call) else { return };
    if !runs_a_loop(subject, call)
        || !runs_in_async(subject)
        || may_be_caught(subject, subject.path())
        || is_expected_to_fail(subject)
        || is_wanted_by_a_test(subject)
        || uses_other_loop(subject)
        || mentions(subject, &["nest_asyncio"])
    {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("call", subject.text(callee));
    if let Some(function) = own_function(subject).and_then(|node| Field::Name.of(node)) {
        facts.code("function", subject.text(function));
    }
    if let Some(coroutine) = coroutine(call) {
        facts.code("coroutine", crate::facts::source_text::one_line(subject, coroutine));
    }
    found.push(Found { at: callee.byte_range().into(), case: None, facts, related: Vec::new() });
}

/// True in a function of a test that waits for an exception somewhere, as when it calls what is defined in it.
fn is_wanted_by_a_test(subject: &Subject<'_>) -> bool {
    let test = subject.path().iter().find(|node| kind(**node) == Kind::FunctionDefinition);
    subject.settings().is_test
        && test.is_some_and(|test| {
            let text = subject.text(*test);
            ["assertRaises", "raises("].iter().any(|word| text.contains(word))
        })
}

fn runs_a_loop<'a>(subject: &Subject<'a>, call: Node<'a>) -> bool {
    if callee_name(subject, call).as_deref() == Some("asyncio.run") {
        return true;
    }
    let Some((object, name)) = method(call) else { return false };
    if !matches!(subject.text(name), "run_until_complete" | "run_forever") {
        return false;
    }
    // Made in this very function, so that no other thread runs it.
    let value = crate::value::of(subject.names(), subject.item(), object);
    let function = own_function(subject).map(|node| node.byte_range());
    value.zip(function).is_some_and(|(value, function)| {
        value.item == subject.item()
            && function.contains(&value.node.start_byte())
            && value.made_by().is_some_and(|name| LOOPS.contains(&name))
    })
}

/// The only argument.
fn coroutine(call: Node<'_>) -> Option<Node<'_>> {
    let (positional, keywords) = plain_arguments(call)?;
    match (&positional[..], &keywords[..]) {
        ([only], []) => Some(*only),
        _ => None,
    }
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let call = subject.node();
    let text = format!("await {}", as_operand(subject, coroutine(call)?));
    let text = if needs_parentheses(subject) { format!("({text})") } else { text };
    let edits = vec![(subject.span(call), text)];
    Some(Plan { fix: "await-it", safety: Safety::Safe, facts: found.facts.clone(), edits })
}

pub static INVERSE: Inverse = Inverse { rule: &RULE, kinds: &[Kind::Await], edits: with_run };

fn with_run(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let awaited = subject.node().named_child(0).filter(|it| kind(*it) == Kind::Call)?;
    let callee = Field::Function.of(awaited)?;
    let (_, function) = function_called(subject, subject.item(), callee)?;
    is_coroutine_function(function).then_some(())?;
    let run = at_hand(subject, "asyncio", "run")?;
    Some(vec![(subject.span(subject.node()), format!("{run}({})", subject.text(awaited)))])
}
