//! `asyncio.wait_for` and `asyncio.timeout`.
//!
//! Source: Library Reference, asyncio, Coroutines and Tasks, Timeouts: `asyncio.TimeoutError` is
//! the builtin `TimeoutError` since 3.11.

use super::blocking_call::blocking_in;
use super::code::{Around, coroutine_of, line_of, name_of, never_waits, place, short};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::version::PythonVersion;

pub static PROVIDER: Provider = Provider {
    name: "time-limit",
    doc: "a call of `asyncio.wait_for` or `asyncio.timeout`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("limit", SlotKind::Code, "how many seconds"),
    Slot::new("no-limit", SlotKind::Flag, "the limit is `None`"),
    Slot::new("awaited", SlotKind::Code, "what `wait_for` waits for"),
    Slot::new("block", SlotKind::Flag, "the limit is for a block: `timeout`"),
    Slot::new("function", SlotKind::Code, "the `async def` whose coroutine it is"),
    Slot::new("function-line", SlotKind::Line, "its line"),
    Slot::new("blocks", SlotKind::Code, "a call in it that no limit can interrupt"),
    Slot::new("blocks-line", SlotKind::Line, "its line"),
    Slot::new("caught", SlotKind::Line, "the line of the `except` that takes the `TimeoutError`"),
    Slot::new("missed", SlotKind::Line, "an `except TimeoutError` that takes it from 3.11 on only"),
    Slot::new(
        "uncaught",
        SlotKind::Code,
        "the function, if no `try` and no other `with` stands around",
    ),
    Slot::new("too-old", SlotKind::Code, "the oldest Python of the code, if it has no `timeout`"),
    Slot::new("not-entered", SlotKind::Flag, "a `timeout` that is no item of an `async with`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    let callee = call.child_in(Field::Function)?;
    let name = names.qualified(item, callee)?;
    let is_block = match name.as_str() {
        "asyncio.wait_for" => false,
        "asyncio.timeout" => true,
        _ => return None,
    };
    let arguments = Arguments::of(call, subject.item_text());
    if arguments.spread {
        return None;
    }
    let limit = if is_block { arguments.get(0, "delay") } else { arguments.get(1, "timeout") }?;
    let mut facts = Facts::of(SLOTS);
    if kind(limit) == Kind::None {
        facts.flag("no-limit", true);
    } else {
        facts.code("limit", short(names, item, limit)?);
    }
    let target = subject.settings().target;
    let around = Around::of(subject.path());
    if is_block {
        facts.flag("block", kind(limit) != Kind::None);
        if target < PythonVersion::py3(11) {
            facts.code("too-old", target.to_string());
        }
    } else {
        let awaited = arguments.get(0, "fut")?;
        facts.code("awaited", short(names, item, awaited)?);
        if let Some(function) = coroutine_of(names, item, awaited) {
            if !never_waits(function.node) {
                facts.code("function", name_of(names, function));
                facts.line("function-line", line_of(subject, function));
            }
            if let Some((inner, _)) = blocking_in(subject, function) {
                facts.code("blocks", short(names, function.item, inner)?);
                facts.line("blocks-line", place(subject, function.item, inner));
            }
        }
    }
    let Some(function) = around.coroutine() else { return Some(facts) };
    if kind(limit) != Kind::None {
        handlers(subject, function, &mut facts);
    }
    Some(facts)
}

/// The `except` around it that takes the exception.
fn handlers<'a>(subject: &Subject<'a>, function: Node<'a>, facts: &mut Facts) -> Option<()> {
    let path = subject.path();
    let start = path.iter().position(|node| *node == function)?;
    let mut has_try = false;
    for pair in path[start..].windows(2).rev() {
        let in_body =
            kind(pair[0]) == Kind::TryStatement && Field::Body.of(pair[0]) == Some(pair[1]);
        if !in_body {
            continue;
        }
        has_try = true;
        for clause in statements(pair[0]) {
            if kind(clause) != Kind::ExceptClause {
                continue;
            }
            match takes(subject, clause) {
                Takes::Yes => {
                    facts.line("caught", subject.line(clause));
                    return Some(());
                }
                Takes::Later => {
                    facts.line("missed", subject.line(clause));
                }
                Takes::No => {}
                Takes::Unknown => return None,
            }
        }
    }
    // A context manager around it may take the exception, as `contextlib.suppress` does.
    let items: usize = path[start..]
        .iter()
        .filter(|node| kind(**node) == Kind::WithClause)
        .map(|clause| statements(*clause).len())
        .sum();
    let withs = path[start..].iter().filter(|node| kind(**node) == Kind::WithStatement).count();
    let own = usize::from(facts.get("block").is_some());
    if !has_try && withs == own && items <= own {
        let name = function.child_in(Field::Name)?;
        facts.code("uncaught", subject.text(name));
    }
    Some(())
}

enum Takes {
    Yes,
    /// From 3.11 on, and the code runs on older ones.
    Later,
    No,
    Unknown,
}

fn takes(subject: &Subject<'_>, clause: Node<'_>) -> Takes {
    let parts = exceptions(clause);
    if parts.is_empty() {
        return Takes::Yes;
    }
    let old = subject.settings().target < PythonVersion::py3(11);
    let mut found = Takes::No;
    for part in parts {
        let Some(name) = subject.names().qualified(subject.item(), part) else {
            return Takes::Unknown;
        };
        match name.as_str() {
            "asyncio.TimeoutError" | "builtins.Exception" | "builtins.BaseException" => {
                return Takes::Yes;
            }
            "builtins.TimeoutError" if old => found = Takes::Later,
            "builtins.TimeoutError" => return Takes::Yes,
            // Classes above the builtin `TimeoutError`.
            "builtins.OSError" | "builtins.IOError" | "builtins.EnvironmentError" if old => {
                found = Takes::Later;
            }
            "builtins.OSError" | "builtins.IOError" | "builtins.EnvironmentError" => {
                return Takes::Yes;
            }
            name if name.starts_with("builtins.") || name.starts_with("asyncio.") => {}
            _ => return Takes::Unknown,
        }
    }
    found
}

/// The classes that an `except` clause names; none for a bare one.
pub(crate) fn exceptions(clause: Node<'_>) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    for part in statements(clause) {
        let part = match kind(part) {
            Kind::Block => continue,
            Kind::AsPattern => match statements(part).first() {
                Some(first) => *first,
                None => continue,
            },
            _ => part,
        };
        match kind(part) {
            Kind::Tuple | Kind::ParenthesizedExpression => found.extend(statements(part)),
            _ => found.push(part),
        }
    }
    found
}

#[cfg(test)]
mod tests;
