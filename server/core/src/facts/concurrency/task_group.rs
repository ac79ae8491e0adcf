//! `asyncio.TaskGroup`.
//!
//! Source: Library Reference, asyncio, Coroutines and Tasks, Task Groups; PEP 654.

use super::code::{coroutine_of, line_of, name_of, place, short};
use super::held::Held;
use super::time_limit::exceptions;
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, function::statements, kind};
use crate::version::PythonVersion;

pub static PROVIDER: Provider = Provider {
    name: "task-group",
    doc: "a call of `asyncio.TaskGroup`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("group", SlotKind::Code, "the name of the group"),
    Slot::new("end", SlotKind::Line, "the last line of the block"),
    Slot::new("tasks", SlotKind::Records(TASKS), "the tasks that are made in it"),
    Slot::new("missed", SlotKind::Records(MISSED), "exceptions that a plain `except` around names"),
    Slot::new("starred", SlotKind::Line, "the line of an `except*` around it"),
    Slot::new("too-old", SlotKind::Code, "the oldest Python of the code, if it has no groups"),
    Slot::new("plain-with", SlotKind::Flag, "it is entered by `with` instead of `async with`"),
];

static TASKS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the argument of `create_task`"),
    Slot::new("line", SlotKind::Line, "the line of the call"),
    Slot::new("function", SlotKind::Code, "the `async def` that it runs"),
    Slot::new("function-line", SlotKind::Line, "the line of that"),
];

static MISSED: &[Slot] = &[
    Slot::new("exception", SlotKind::Code, "the class"),
    Slot::new("line", SlotKind::Line, "the line of the `except`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    let callee = call.child_in(Field::Function)?;
    if names.qualified(item, callee).as_deref() != Some("asyncio.TaskGroup") {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let with = subject.ancestors().take(5).find(|node| kind(*node) == Kind::WithStatement)?;
    if !super::code::starts_async(with) {
        facts.flag("plain-with", true);
        return Some(facts);
    }
    let end = subject.span(with).end.saturating_sub(1);
    facts.line("end", subject.document().text().line_of(end));
    if subject.settings().target < PythonVersion::py3(11) {
        facts.code("too-old", subject.settings().target.to_string());
    }
    if let Some(held) = Held::of(subject) {
        facts.code("group", held.name.as_str());
        let mut tasks = Vec::new();
        for used in &held.uses {
            let Some(("create_task", made)) = used.method(subject) else { continue };
            let arguments = Arguments::of(made, names.item(used.item).text());
            let Some(first) = arguments.positional.first().copied() else { continue };
            let Some(text) = short(names, used.item, first) else { continue };
            let mut record = Facts::of(TASKS);
            record.code("call", text).line("line", place(subject, used.item, made));
            if let Some(function) = coroutine_of(names, used.item, first) {
                record.code("function", name_of(names, function));
                record.line("function-line", line_of(subject, function));
            }
            tasks.push(record);
        }
        facts.records("tasks", tasks);
    }
    handlers(subject, &mut facts);
    Some(facts)
}

/// The `except` clauses of the `try` whose body holds the `async with`.
fn handlers(subject: &Subject<'_>, facts: &mut Facts) {
    let around = subject.path().windows(2).rev().take_while(|pair| {
        !matches!(kind(pair[0]), Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition)
    });
    let Some(pair) = around.into_iter().find(|pair| {
        kind(pair[0]) == Kind::TryStatement && Field::Body.of(pair[0]) == Some(pair[1])
    }) else {
        return;
    };
    let mut missed = Vec::new();
    for clause in statements(pair[0]) {
        if kind(clause) != Kind::ExceptClause {
            continue;
        }
        if clause.children().any(|token| token.kind() == "*") {
            facts.line("starred", subject.line(clause));
            continue;
        }
        for class in exceptions(clause) {
            let name = subject.names().qualified(subject.item(), class);
            if name.as_deref().is_some_and(is_inside_group) {
                let mut record = Facts::of(MISSED);
                record.code("exception", subject.text(class)).line("line", subject.line(clause));
                missed.push(record);
            }
        }
    }
    facts.records("missed", missed);
}

/// True for builtin exceptions that come out of a group inside an `ExceptionGroup`.
fn is_inside_group(name: &str) -> bool {
    let Some(name) = name.strip_prefix("builtins.") else { return false };
    name.ends_with("Error") || matches!(name, "StopAsyncIteration" | "StopIteration")
}

#[cfg(test)]
mod tests;
