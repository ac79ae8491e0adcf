//! A call that blocks the thread of the event loop.
//!
//! Source: Library Reference, asyncio, Developing with asyncio, Running Blocking Code. Which
//! functions block is content.

use super::code::{Around, callee, has_other_loops, line_of, name_of, place, run_with, short};
use crate::facts::decoration::Arguments;
use crate::facts::tables::Table;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::names::Names;
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Definition, Object};

pub static PROVIDER: Provider = Provider {
    name: "blocking-call",
    doc: "a call in an `async def` of a function that blocks, by the table `blocking-call`, or of \
          a function of the file that makes such a call; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call, if it blocks itself"),
    Slot::new("helper", SlotKind::Code, "the function of the file that is called, if that blocks"),
    Slot::new("helper-line", SlotKind::Line, "its line"),
    Slot::new("inner", SlotKind::Code, "the blocking call in it"),
    Slot::new("inner-line", SlotKind::Line, "the line of that"),
    Slot::new("function", SlotKind::Code, "the `async def`"),
    Slot::new("replacement", SlotKind::Code, "an expression that does the same and does not block"),
    Slot::new("instead", SlotKind::Text, "what to use instead, from the table"),
    Slot::new("has-async", SlotKind::Flag, "an asynchronous function takes the same arguments"),
    Slot::new("in-loop", SlotKind::Line, "the line of a loop around the call"),
];

/// What a call that blocks can be replaced by.
pub static TABLE: Table = Table {
    name: "blocking-call",
    doc: "Functions and methods that block their thread until something outside the program has \
          happened. A method is written `module.Class.method`.",
    columns: &[
        Slot::new(
            "async",
            SlotKind::Code,
            "the asynchronous function that takes the same arguments",
        ),
        Slot::new("thread", SlotKind::Flag, "`asyncio.to_thread` can run the call as it stands"),
        Slot::new("instead", SlotKind::Text, "what to use instead, in a sentence"),
        Slot::new(
            "bare",
            SlotKind::Flag,
            "it blocks only without positional arguments and without `block`, `blocking`",
        ),
    ],
};

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    let (item, call) = (subject.item(), subject.node());
    let function = Around::of(subject.path()).coroutine()?;
    let mut facts = Facts::of(SLOTS);
    if let Some(row) = blocks(subject, item, call) {
        facts.code("call", short(names, item, call)?);
        facts.take("instead", row, "instead").flag("has-async", row.get("async").is_some());
        if let Some(text) = replacement(names, item, call, row) {
            facts.code("replacement", text);
        }
    } else {
        let helper = helper(names, item, call)?;
        let (inner, _) = blocking_in(subject, helper)?;
        facts.code("helper", name_of(names, helper)).line("helper-line", line_of(subject, helper));
        facts.code("inner", short(names, helper.item, inner)?);
        facts.line("inner-line", place(subject, helper.item, inner));
        if let Some(text) = in_thread(names, item, call) {
            facts.code("replacement", text);
        }
    }
    if has_other_loops(names) {
        facts.code("replacement", "");
    }
    facts.code("function", subject.text(function.child_in(Field::Name)?));
    let around = subject.ancestors().take_while(|node| *node != function);
    let mut loops =
        around.filter(|node| matches!(kind(*node), Kind::ForStatement | Kind::WhileStatement));
    if let Some(around) = loops.next() {
        facts.line("in-loop", subject.line(around));
    }
    Some(facts)
}

/// The row of the table, if the call blocks.
pub(crate) fn blocks<'a>(subject: &Subject<'a>, item: usize, call: Node<'a>) -> Option<&'a Facts> {
    let names = subject.names();
    let name = callee(names, item, call)?;
    let row = subject.row(&TABLE, &name)?;
    if row.get("bare").is_some() {
        let arguments = Arguments::of(call, names.item(item).text());
        let is_bare = arguments.positional.is_empty()
            && !arguments.spread
            && arguments.keyword("block").is_none()
            && arguments.keyword("blocking").is_none();
        is_bare.then_some(())?;
    }
    Some(row)
}

/// The first call in the body of a plain function of the file that blocks.
pub(crate) fn blocking_in<'a>(
    subject: &Subject<'a>,
    function: Definition<'a>,
) -> Option<(Node<'a>, &'a Facts)> {
    blocking_calls(subject, function).into_iter().next()
}

/// The calls that run with the body of a function of the file and block, in order.
pub(super) fn blocking_calls<'a>(
    subject: &Subject<'a>,
    function: Definition<'a>,
) -> Vec<(Node<'a>, &'a Facts)> {
    let mut found = Vec::new();
    let Some(body) = function.node.child_in(Field::Body) else { return found };
    let mut calls = Vec::new();
    run_with(body, |node| {
        if kind(node) == Kind::Call {
            calls.push(node);
        }
    });
    for call in calls {
        if let Some(row) = blocks(subject, function.item, call) {
            found.push((call, row));
        }
    }
    found
}

/// The plain function of the file that is called.
pub(crate) fn helper<'a>(names: Names<'a>, item: usize, call: Node<'a>) -> Option<Definition<'a>> {
    match value::of(names, item, call)?.object {
        Object::Returned(function) if kind(function.node) == Kind::FunctionDefinition => {
            (!is_async(function.node) && !is_generator(function.node)).then_some(function)
        }
        _ => None,
    }
}

fn replacement(names: Names<'_>, item: usize, call: Node<'_>, row: &Facts) -> Option<String> {
    if let Some(Value::Code(function)) = row.get("async") {
        let arguments = short(names, item, call.child_in(Field::Arguments)?)?;
        return Some(format!("await {function}{arguments}"));
    }
    row.get("thread")?;
    in_thread(names, item, call)
}

/// The call, made by `asyncio.to_thread`.
fn in_thread(names: Names<'_>, item: usize, call: Node<'_>) -> Option<String> {
    let function = short(names, item, call.child_in(Field::Function)?)?;
    let list = call.child_in(Field::Arguments)?;
    if kind(list) != Kind::Argument {
        return None;
    }
    let arguments = short(names, item, list)?;
    let inner = arguments.strip_prefix('(')?.strip_suffix(')')?.trim();
    let comma = if inner.is_empty() { "" } else { ", " };
    Some(format!("await asyncio.to_thread({function}{comma}{inner})"))
}

#[cfg(test)]
mod tests;
