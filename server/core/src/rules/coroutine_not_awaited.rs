//! A call of a coroutine function stands alone: the coroutine is dropped before it starts.

use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Place, Plan, Rule, imported};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::own_nodes, kind};

use super::code::{
    as_statement, callee_name, function_called, is_coroutine_function, is_expected_to_fail,
    runs_in_async, uses_other_loop,
};

pub static RULE: Rule = Rule {
    id: "coroutine-not-awaited",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &["library"],
    fixes: &["await-it", "run-it"],
    related: &["definition"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("function", SlotKind::Code, "the coroutine function"),
];

/// Coroutine functions of `asyncio`. `gather`, `create_task` and the like start what they get.
const COROUTINES: &[&str] = &[
    "asyncio.create_subprocess_exec",
    "asyncio.create_subprocess_shell",
    "asyncio.open_connection",
    "asyncio.sleep",
    "asyncio.start_server",
    "asyncio.to_thread",
    "asyncio.wait",
    "asyncio.wait_for",
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let call = subject.node();
    let Some(callee) = Field::Function.of(call) else { return };
    // Neither a coroutine function nor `asyncio` can be meant where the word stands nowhere.
    if as_statement(subject).is_none()
        || !subject.names().mentions_any(&["async"])
        || is_expected_to_fail(subject)
    {
        return;
    }
    let facts = || {
        let mut facts = Facts::of(SLOTS);
        facts
            .code("call", crate::facts::source_text::one_line(subject, call))
            .code("function", subject.text(callee));
        facts
    };
    let at = call.byte_range().into();
    if callee_name(subject, call).is_some_and(|name| COROUTINES.contains(&&*name)) {
        let case = Some("library");
        found.push(Found { at, case, facts: facts(), related: Vec::new() });
        return;
    }
    let Some((item, function)) = function_called(subject, subject.item(), callee) else { return };
    if !is_coroutine_function(function) {
        return;
    }
    let Some(name) = Field::Name.of(function) else { return };
    let item = subject.document().items()[item].id();
    let place = Place { item, at: name.byte_range().into(), role: "definition" };
    found.push(Found { at, case: None, facts: facts(), related: vec![place] });
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let call = subject.node();
    let facts = found.facts.clone();
    let (fix, safety) = ("await-it", Safety::Review);
    if runs_in_async(subject) {
        let edits = vec![(crate::Span::empty(subject.span(call).start), "await ".to_owned())];
        return Some(Plan { fix, safety, facts, edits });
    }
    (is_at_module_level(subject) && !uses_other_loop(subject)).then_some(())?;
    let import = imported(subject, call, "asyncio", "run");
    let mut edits =
        vec![(subject.span(call), format!("{}({})", import.expression, subject.text(call)))];
    edits.extend(import.edit);
    Some(Plan { fix: "run-it", safety, facts, edits })
}

fn is_at_module_level(subject: &Subject<'_>) -> bool {
    !subject.ancestors().any(|node: Node<'_>| {
        matches!(kind(node), Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda)
    })
}

/// Takes the `await` away from a statement.
pub static INVERSE: Inverse = Inverse { rule: &RULE, kinds: &[Kind::Await], edits: without_await };

fn without_await(subject: &Subject<'_>) -> Option<Vec<(crate::Span, String)>> {
    let is_statement = kind(subject.ancestors().next()?) == Kind::ExpressionStatement;
    let value = subject.node().named_child(0).filter(|_| is_statement)?;
    // A block of a `with` that awaits nothing is pointless where that bounds the time.
    let with = subject.ancestors().find(|it| kind(*it) == Kind::WithStatement);
    let awaits = |with: &Node<'_>| {
        let mut found = 0;
        own_nodes(*with, |node| found += usize::from(kind(node) == Kind::Await));
        found
    };
    with.is_none_or(|with| awaits(&with) > 1).then_some(())?;
    let start = subject.span(subject.node()).start;
    Some(vec![(crate::Span::new(start, subject.span(value).start), String::new())])
}
