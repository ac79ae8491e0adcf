//! `except` clauses in a coroutine, and cancellation.
//!
//! Source: Library Reference, asyncio, Exceptions: `CancelledError` derives from `BaseException`
//! since 3.8; Coroutines and Tasks, Task Cancellation: it should be raised again after clean-up.

use super::code::{Around, run_with, suspensions};
use super::time_limit::exceptions;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "cancelled",
    doc: "an `except` in an `async def` that catches `asyncio.CancelledError`, around code that \
          may wait; `@target` is the `except_clause`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("swallows", SlotKind::Code, "the function, if the clause has no `raise`"),
    Slot::new("may-raise", SlotKind::Code, "the function, if it has one"),
    Slot::new("bare", SlotKind::Flag, "the clause names no exception"),
    Slot::new("base", SlotKind::Flag, "it names `BaseException`"),
    Slot::new("named", SlotKind::Flag, "it names `CancelledError`"),
    Slot::new("waits", SlotKind::Lines, "where in the `try` the exception can arrive"),
    Slot::new("raises", SlotKind::Lines, "where the clause raises"),
    Slot::new("in-loop", SlotKind::Line, "the line of a `while` around it, which goes on"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let clause = subject.node();
    let function = Around::of(subject.path()).coroutine()?;
    let whole = subject.ancestors().next().filter(|node| kind(*node) == Kind::TryStatement)?;
    // `except*` catches parts of a group.
    if clause.child(1).is_some_and(|token| token.kind() == "*") || clause.is_broken() {
        return None;
    }
    let classes = exceptions(clause);
    let names = subject.names();
    let is = |wanted: &[&str]| {
        classes.iter().any(|class| {
            let name = names.qualified(subject.item(), *class);
            name.is_some_and(|name| wanted.contains(&name.as_str()))
        })
    };
    let bare = classes.is_empty();
    let base = is(&["builtins.BaseException"]);
    let named = is(&["asyncio.CancelledError", "asyncio.exceptions.CancelledError"]);
    if !bare && !base && !named {
        return None;
    }
    // A clause above it may take the exception already.
    let before =
        crate::syntax::function::statements(whole).into_iter().take_while(|it| *it != clause);
    for earlier in before.filter(|it| kind(*it) == Kind::ExceptClause) {
        for class in exceptions(earlier) {
            match names.qualified(subject.item(), class).as_deref() {
                None | Some("asyncio.CancelledError" | "builtins.BaseException") => return None,
                Some(_) => {}
            }
        }
    }
    let body = Field::Body.of(whole)?;
    // A `yield` hands over to the one who iterates: it is there that cancelling arrives.
    let waits = suspensions(body).into_iter().filter(|node| kind(*node) != Kind::Yield);
    let waits = lines(subject, waits.collect());
    if waits.is_empty() {
        return None;
    }
    let mut raises = Vec::new();
    run_with(clause, |node| {
        if kind(node) == Kind::RaiseStatement {
            raises.push(node);
        }
    });
    let mut facts = Facts::of(SLOTS);
    let name = subject.text(function.child_in(Field::Name)?);
    facts.code(if raises.is_empty() { "swallows" } else { "may-raise" }, name);
    facts.flag("bare", bare).flag("base", base).flag("named", named && !base);
    facts.set("waits", Value::Lines(waits));
    let around = subject.ancestors().take_while(|node| *node != function);
    let mut loops = around.filter(|node| kind(*node) == Kind::WhileStatement);
    if let Some(around) = loops.next().filter(|_| raises.is_empty() && !leaves(clause)) {
        facts.line("in-loop", subject.line(around));
    }
    facts.set("raises", Value::Lines(lines(subject, raises)));
    Some(facts)
}

fn lines(subject: &Subject<'_>, nodes: Vec<Node<'_>>) -> Vec<usize> {
    super::held::sorted(nodes.into_iter().map(|node| subject.line(node)))
}

/// True when the clause may leave the loop or the function.
fn leaves(clause: Node<'_>) -> bool {
    let mut found = false;
    run_with(clause, |node| {
        found |= matches!(kind(node), Kind::ReturnStatement | Kind::BreakStatement);
    });
    found
}

#[cfg(test)]
mod tests;
