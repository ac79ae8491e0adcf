//! `await`: what it waits for, what runs without interruption after it.
//!
//! Source: PEP 492; Language Reference, Expressions, Await expression: a coroutine that is awaited
//! runs in the task that awaits it; control goes to the event loop only where something waits.

use super::code::{
    Around, Coroutine, callee, has_other_loops, never_waits, place, short, statement, suspensions,
};
use crate::facts::tables::Table;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::value::{self, Object};
use crate::walk;

pub static PROVIDER: Provider =
    Provider { name: "await", doc: "an `await`; `@target` is the `await`", slots: SLOTS, run };

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the `async def` that it stands in"),
    Slot::new("plain-function", SlotKind::Code, "a function around it that is no `async def`"),
    Slot::new("in-lambda", SlotKind::Flag, "it stands in a lambda"),
    Slot::new("no-function", SlotKind::Flag, "it stands in no function"),
    Slot::new("runs", SlotKind::Code, "the `async def` of the file whose coroutine is awaited"),
    Slot::new("through", SlotKind::Code, "the same, if it never gives up control"),
    Slot::new("runs-line", SlotKind::Line, "the line of that `async def`"),
    Slot::new("runs-waits", SlotKind::Lines, "where it may give up control"),
    Slot::new("task", SlotKind::Code, "the call that made the awaited task"),
    Slot::new("task-line", SlotKind::Line, "its line"),
    Slot::new("known", SlotKind::Code, "an awaited call that the table `awaitable` has"),
    Slot::new("waits", SlotKind::Text, "what it waits for, from the table"),
    Slot::new("other", SlotKind::Code, "what is awaited, if nothing is known about it"),
    Slot::new("alone", SlotKind::Line, "the only line behind it that runs before control can go"),
    Slot::new("from", SlotKind::Line, "the first of several such lines"),
    Slot::new("to", SlotKind::Line, "the last of them"),
    Slot::new("next", SlotKind::Line, "the line behind them where control can go"),
    Slot::new("result", SlotKind::Code, "the name that gets the result"),
    Slot::new("next-await", SlotKind::Line, "the next line, which awaits a call without using it"),
    Slot::new("loop", SlotKind::Line, "the line of a `for` around it, which awaits in turns"),
];

/// What awaiting a call from elsewhere waits for.
pub static TABLE: Table = Table {
    name: "awaitable",
    doc: "Functions and methods whose result is awaited. A method is written `module.Class.method`.",
    columns: &[
        Slot::new("waits", SlotKind::Text, "what control does until it has a result"),
        Slot::new("network", SlotKind::Flag, "another machine has to answer"),
    ],
};

/// What makes a task of a coroutine.
const TASK_MAKERS: &[&str] =
    &["asyncio.create_task", "asyncio.ensure_future", "asyncio.TaskGroup.create_task"];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let operand = *statements(node).first()?;
    let mut facts = Facts::of(SLOTS);
    let function = match Around::of(subject.path()) {
        Around::Function(function) => function,
        Around::Lambda => {
            facts.flag("in-lambda", true);
            return Some(facts);
        }
        Around::Module | Around::Class => {
            facts.flag("no-function", true);
            return Some(facts);
        }
        Around::Generator => return None,
    };
    let name = subject.text(function.child_in(Field::Name)?);
    if !crate::syntax::function::is_async(function) {
        facts.code("plain-function", name);
        return Some(facts);
    }
    facts.code("function", name);
    awaited(subject, operand, &mut facts)?;
    behind(subject, node, &mut facts);
    let mut around = subject.ancestors().take_while(|around| *around != function);
    let is_loop = |node: &Node<'_>| {
        kind(*node) == Kind::ForStatement
            && !super::code::starts_async(*node)
            && Field::Body
                .of(*node)
                .is_some_and(|body| body.byte_range().contains(&operand.start_byte()))
    };
    if let Some(each) = around.find(is_loop) {
        facts.line("loop", subject.line(each));
    }
    Some(facts)
}

/// What is awaited.
fn awaited<'a>(subject: &Subject<'a>, operand: Node<'a>, facts: &mut Facts) -> Option<()> {
    let (names, item) = (subject.names(), subject.item());
    if let Some(runs) = Coroutine::of(names, item, operand) {
        let function = runs.function.node;
        facts.line("runs-line", runs.line(function));
        if never_waits(function) {
            facts.code("through", runs.name());
        } else {
            facts.code("runs", runs.name());
            let body = function.child_in(Field::Body)?;
            let mut lines: Vec<_> =
                suspensions(body).into_iter().map(|node| runs.line(node)).collect();
            lines.dedup();
            facts.lines("runs-waits", lines);
        }
        return Some(());
    }
    if let Some(row) = callee(names, item, operand).and_then(|name| subject.row(&TABLE, &name)) {
        facts.code("known", short(names, item, operand)?).take("waits", row, "waits");
        return Some(());
    }
    if let Some((made_in, call)) = task(subject, operand) {
        facts.code("task", short(names, made_in, call)?);
        facts.line("task-line", place(subject, made_in, call));
        return Some(());
    }
    facts.code("other", short(names, item, operand)?);
    Some(())
}

/// The call that made a task which is bound to a name.
fn task<'a>(subject: &Subject<'a>, operand: Node<'a>) -> Option<(usize, Node<'a>)> {
    let names = subject.names();
    if let Some(value) = value::of(names, subject.item(), operand)
        && let Object::Called(name) = &value.object
        && TASK_MAKERS.contains(&name.as_str())
        && kind(operand) != Kind::Call
    {
        return Some((value.item, value.node));
    }
    // Methods of what is made elsewhere have no value.
    let bound = names.binding(subject.item(), operand)?;
    let assignment = names.node(bound)?;
    let is_plain =
        Field::Left.of(assignment)?.byte_range() == (bound.binding.at.start..bound.binding.at.end);
    let call = Field::Right.of(assignment).filter(|_| is_plain)?;
    let name = callee(names, bound.item, call)?;
    TASK_MAKERS.contains(&name.as_str()).then_some((bound.item, call))
}

/// What runs behind it before control can go to another task.
fn behind<'a>(subject: &Subject<'a>, node: Node<'a>, facts: &mut Facts) -> Option<()> {
    let (index, here) = statement(subject.path())?;
    let is_last = suspensions(here).last().is_some_and(|last| *last == node);
    if kind(here) != Kind::ExpressionStatement || !is_last {
        return None;
    }
    let block = subject.path()[index - 1];
    let mut rest = statements(block).into_iter().filter(|it| it.start_byte() >= here.end_byte());
    let mut free: Vec<Node<'_>> = Vec::new();
    let next = loop {
        let Some(one) = rest.next() else { break None };
        if let Some(first) = suspensions(one).first() {
            // The head of a loop may be reached again from behind its `await`.
            if matches!(kind(one), Kind::ExpressionStatement | Kind::ReturnStatement) {
                facts.line("next", subject.line(*first));
            }
            break Some(one);
        }
        free.push(one);
    };
    if let (Some(first), Some(last)) = (free.first(), free.last()) {
        let (from, to) = (subject.line(*first), last_line(subject, *last));
        if from == to {
            facts.line("alone", from);
        } else {
            facts.line("from", from).line("to", to);
        }
    }
    let result = assigned(here, node)?;
    let following = next.filter(|_| free.is_empty())?;
    facts.code("result", subject.text(result));
    let call = awaited_call(following)?;
    let text = subject.text(result);
    let mut uses_it = false;
    walk::until(following, |node| {
        uses_it |= kind(node) == Kind::Identifier && subject.text(node) == text;
        uses_it
    });
    if !uses_it && !has_other_loops(subject.names()) {
        facts.line("next-await", subject.line(call));
    }
    Some(())
}

fn last_line(subject: &Subject<'_>, node: Node<'_>) -> usize {
    let end = subject.span(node).end;
    subject.document().text().line_of(end.saturating_sub(1))
}

/// The name in `name = await …`.
fn assigned<'a>(statement: Node<'a>, awaits: Node<'_>) -> Option<Node<'a>> {
    let assignment = statement.named_child(0).filter(|it| kind(*it) == Kind::Assignment)?;
    let is_value = Field::Right.of(assignment) == Some(awaits);
    Field::Left.of(assignment).filter(|left| is_value && kind(*left) == Kind::Identifier)
}

/// The call in `name = await call(…)`.
fn awaited_call(statement: Node<'_>) -> Option<Node<'_>> {
    let assignment = statement.named_child(0).filter(|it| kind(*it) == Kind::Assignment)?;
    let awaits = Field::Right.of(assignment).filter(|it| kind(*it) == Kind::Await)?;
    let is_plain = Field::Left.of(assignment).is_some_and(|left| kind(left) == Kind::Identifier);
    statements(awaits).first().copied().filter(|it| kind(*it) == Kind::Call && is_plain)
}

#[cfg(test)]
mod tests;
