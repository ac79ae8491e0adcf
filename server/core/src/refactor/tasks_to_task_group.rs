//! `asyncio.create_task` several times, and an `await` for each, to `asyncio.TaskGroup` (Python 3.11).

use super::text::{indent_of, step};
use super::{Answer, COMMENT, Conversion, Draft};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{imported, line_break};
use crate::rules::code::{callee_name, may_be_caught, runs_in_async, uses_other_loop};
use crate::subject::Subject;
use crate::syntax::function::{returned, statements};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};
use crate::{PythonVersion, Span};

pub static CONVERSION: Conversion = Conversion {
    id: "tasks-to-task-group",
    kinds: &[Kind::Call],
    calls: &["create_task"],
    slots: SLOTS,
    titles: &["groups"],
    reasons: &["caught", COMMENT, "names", "version"],
    convert,
};

static SLOTS: &[Slot] =
    &[Slot::new("target", SlotKind::Code, "the oldest Python that the code must run on")];

/// The name of the group.
const NAME: &str = "group";

/// The statements that make tasks, and those behind them that await each once.
struct Tasks<'a> {
    /// The name and the call of `name = asyncio.create_task(…)`.
    made: Vec<(Node<'a>, Node<'a>)>,
    /// The statement and the `await` in it.
    awaited: Vec<(Node<'a>, Node<'a>)>,
    /// From the first statement to the last.
    first: Node<'a>,
    last: Node<'a>,
}

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let tasks = tasks(subject)?;
    let mut facts = Facts::of(SLOTS);
    // A handler of one of these exceptions would have to become an `except*`.
    if may_be_caught(subject, subject.path()) {
        return Some(Answer::Refused("caught", facts));
    }
    let target = subject.settings().target;
    if target < PythonVersion::py3(11) {
        facts.code("target", target.to_string());
        return Some(Answer::Refused("version", facts));
    }
    if subject.names().scopes(subject.item())?.number(NAME).is_some() {
        return Some(Answer::Refused("names", facts));
    }
    let (indent, step) = (indent_of(subject, tasks.first)?, step(subject));
    let import = imported(subject, subject.node(), "asyncio", "TaskGroup");
    let mut lines = vec![format!("async with {}() as {NAME}:", import.expression)];
    for (name, call) in &tasks.made {
        let given = one_line(subject, Field::Arguments.of(*call)?);
        lines.push(format!("{step}{} = {NAME}.create_task{given}", subject.text(*name)));
    }
    for (statement, waiting) in &tasks.awaited {
        let head = subject.item_text().get(statement.start_byte()..waiting.start_byte())?;
        // A task of the group is done behind it, and its exception was raised.
        if !head.is_empty() {
            lines.push(format!("{head}{}.result()", one_line(subject, waiting.named_child(0)?)));
        }
    }
    let text = lines.join(&format!("{}{indent}", line_break(subject.document())));
    let span = Span::new(subject.span(tasks.first).start, subject.span(tasks.last).end);
    let edits = import.edit.into_iter().chain([(span, text)]).collect();
    Some(Answer::Draft(Draft { title: Some("groups"), ..Draft::new(facts, edits) }))
}

fn tasks<'a>(subject: &Subject<'a>) -> Option<Tasks<'a>> {
    is_maker(subject, subject.node()).then_some(())?;
    (runs_in_async(subject) && !uses_other_loop(subject)).then_some(())?;
    let around: Vec<_> = subject.ancestors().take(3).collect();
    let [assignment, own, suite] = around[..] else { return None };
    (kind(assignment) == Kind::Assignment).then_some(())?;
    let all = statements(suite);
    let at = all.iter().position(|it| *it == own)?;
    let mut begin = at;
    while begin > 0 && made(subject, all[begin - 1]).is_some() {
        begin -= 1;
    }
    let made: Vec<_> = all[begin..].iter().map_while(|it| made(subject, *it)).collect();
    let mut left: Vec<&str> = made.iter().map(|(name, _)| subject.text(*name)).collect();
    let count = left.len();
    let mut awaited = Vec::new();
    for statement in all.iter().skip(begin + count).take(count) {
        let waiting = waiting(*statement)?;
        let task = waiting.named_child(0).filter(|it| kind(*it) == Kind::Identifier)?;
        let place = left.iter().position(|name| *name == subject.text(task))?;
        left.swap_remove(place);
        awaited.push((*statement, waiting));
    }
    let (first, last) = (all[begin], awaited.last()?.0);
    (count > 1 && left.is_empty()).then_some(Tasks { made, awaited, first, last })
}

fn is_maker(subject: &Subject<'_>, call: Node<'_>) -> bool {
    callee_name(subject, call).as_deref() == Some("asyncio.create_task")
}

/// The name and the call of `name = asyncio.create_task(…)`.
fn made<'a>(subject: &Subject<'_>, statement: Node<'a>) -> Option<(Node<'a>, Node<'a>)> {
    let assignment = expression(statement).filter(|it| kind(*it) == Kind::Assignment)?;
    let name = Field::Left.of(assignment).filter(|it| kind(*it) == Kind::Identifier)?;
    let call = Field::Right.of(assignment).filter(|it| kind(*it) == Kind::Call)?;
    (Field::Type.of(assignment).is_none() && is_maker(subject, call)).then_some((name, call))
}

/// The `await` that a statement is, assigns or returns.
fn waiting(statement: Node<'_>) -> Option<Node<'_>> {
    let inner = match kind(statement) {
        Kind::ReturnStatement => returned(statement)?,
        _ => expression(statement)?,
    };
    let inner = match kind(inner) {
        Kind::Assignment => Field::Right.of(inner)?,
        _ => inner,
    };
    (kind(inner) == Kind::Await).then_some(inner)
}
