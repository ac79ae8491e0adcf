//! Nobody keeps the task that `create_task` returns, so it may be collected before it is done.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

use super::code::{as_statement, callee_name, is_made_by, method, runs_in_async};
use super::shared::{break_of, indentation};

pub static RULE: Rule = Rule {
    id: "dangling-task",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &[],
    fixes: &["keep-it", "await-it"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "what makes the task: `asyncio.create_task`"),
    Slot::new("set", SlotKind::Code, "the set that keeps the task"),
];

const MAKERS: &[&str] = &["asyncio.create_task", "asyncio.ensure_future"];

const LOOPS: &[&str] =
    &["asyncio.get_event_loop", "asyncio.get_running_loop", "asyncio.new_event_loop"];

/// The name of the set that the fix adds.
const KEEPER: &str = "background_tasks";

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let call = subject.node();
    let Some(callee) = Field::Function.of(call) else { return };
    if subject.settings().is_test
        || !makes_task(subject, call)
        || (as_statement(subject).is_none() && !to_underscore(subject))
    {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("call", subject.text(callee));
    found.push(Found { at: callee.byte_range().into(), case: None, facts, related: Vec::new() });
}

fn makes_task<'a>(subject: &Subject<'a>, call: Node<'a>) -> bool {
    if let Some(name) = callee_name(subject, call) {
        return MAKERS.contains(&&*name);
    }
    let Some((object, name)) = method(call) else { return false };
    if subject.text(name) != "create_task" {
        return false;
    }
    is_made_by(subject, subject.item(), object, LOOPS)
}

/// True for `_ = create_task(…)` in a function that binds `_` again or ends without reading it.
fn to_underscore(subject: &Subject<'_>) -> bool {
    let Some(parent) = subject.ancestors().next() else { return false };
    let left = Field::Left.of(parent).filter(|_| kind(parent) == Kind::Assignment);
    left.is_some_and(|left| kind(left) == Kind::Identifier && subject.text(left) == "_")
        && Field::Right.of(parent) == Some(subject.node())
        && subject
            .ancestors()
            .any(|node| matches!(kind(node), Kind::ForStatement | Kind::WhileStatement))
        && runs_in_async(subject)
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    keep(subject, found).into_iter().chain(await_it(subject, found)).collect()
}

fn keep(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let statement = as_statement(subject)?;
    let indent = indentation(subject, statement)?;
    let names = subject.names();
    let is_free = |name: &str| {
        !names.is_hidden_at(subject.item(), statement.start_byte(), name)
            && names.module_bindings(name).is_empty()
            && names.scopes(subject.item()).is_some_and(|scopes| scopes.number(name).is_none())
    };
    (is_free(KEEPER) && is_free("task")).then_some(())?;
    // The set is made in front of the definition that uses it.
    let document = subject.document();
    let root = subject.path().get(1).filter(|_| subject.path().len() > 3)?;
    matches!(
        kind(*root),
        Kind::FunctionDefinition | Kind::ClassDefinition | Kind::DecoratedDefinition
    )
    .then_some(())?;
    let at = document.start_of(subject.item()) + root.start_byte();
    let lines = break_of(subject);
    let call = subject.text(subject.node());
    let mut facts = found.facts.clone();
    facts.code("set", KEEPER);
    let edits = vec![
        (Span::empty(at), format!("{KEEPER} = set(){lines}{lines}{lines}")),
        (
            subject.span(statement),
            format!(
                "task = {call}{lines}{indent}{KEEPER}.add(task){lines}\
                 {indent}task.add_done_callback({KEEPER}.discard)"
            ),
        ),
    ];
    Some(Plan { fix: "keep-it", safety: Safety::Review, facts, edits })
}

fn await_it(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let statement = as_statement(subject).filter(|_| runs_in_async(subject))?;
    let edits = vec![(Span::empty(subject.span(statement).start), "await ".to_owned())];
    let facts = found.facts.clone();
    Some(Plan { fix: "await-it", safety: Safety::Review, facts, edits })
}
