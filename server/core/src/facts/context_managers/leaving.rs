//! `return`, `break` and `continue` that leave a `with` or a `try` with `finally`, or a `finally`.
//!
//! Source: Python Language Reference, Compound statements, The try statement and The with
//! statement; PEP 765.

use super::items::{is_async, items};
use super::leaves::leaves;
use super::ways::block;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::function::{returned, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "leaving",
    doc: "a `return`, `break` or `continue` that leaves a `with`, a `try` with `finally`, or a \
          `finally`; `@target` is the statement",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("jump", SlotKind::Code, "`return`, `break` or `continue`"),
    Slot::new("value", SlotKind::Code, "what is returned, if a call makes it"),
    Slot::new("in-finally", SlotKind::Line, "the line of the `finally` that it leaves"),
    Slot::new(
        "replaced",
        SlotKind::Lines,
        "`return` statements of the `try` whose values are lost",
    ),
    Slot::new("first", SlotKind::Records(STEP), "the first thing that runs before control leaves"),
    Slot::new("then", SlotKind::Records(STEP), "what runs behind it, from the inside out"),
];

static STEP: &[Slot] = &[
    Slot::new("exit", SlotKind::Code, "`__exit__` or `__aexit__`"),
    Slot::new("of", SlotKind::Code, "the expression behind `with`"),
    Slot::new("finally", SlotKind::Line, "the line of a `finally`"),
    Slot::new("line", SlotKind::Line, "the line of the `with`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let jump = subject.node();
    let mut facts = Facts::of(SLOTS);
    facts.code("jump", subject.text(jump.child(0)?));
    let mut steps = Vec::new();
    let mut inner = jump;
    for node in subject.ancestors() {
        match kind(node) {
            Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda => break,
            Kind::ForStatement | Kind::WhileStatement
                if kind(jump) != Kind::ReturnStatement
                    && node.child_in(Field::Body) == Some(inner) =>
            {
                break;
            }
            Kind::WithStatement => {
                for item in items(node)?.iter().rev() {
                    let mut step = Facts::of(STEP);
                    step.code("exit", if is_async(node) { "__aexit__" } else { "__exit__" });
                    step.code("of", one_line(subject, item.expression));
                    step.line("line", subject.line(node));
                    steps.push(step);
                }
            }
            Kind::TryStatement => {
                let mut clauses = statements(node).into_iter();
                let last = clauses.find(|it| kind(*it) == Kind::FinallyClause);
                match last {
                    Some(last) if last == inner => {
                        facts.line("in-finally", subject.line(last));
                        facts.set("replaced", Value::Lines(replaced(subject, node)));
                        // What lies further out sees no exception any more.
                        break;
                    }
                    Some(last) => {
                        let mut step = Facts::of(STEP);
                        step.line("finally", subject.line(last));
                        steps.push(step);
                    }
                    None => {}
                }
            }
            _ => {}
        }
        inner = node;
    }
    if steps.is_empty() && facts.get("in-finally").is_none() {
        return None;
    }
    if facts.get("in-finally").is_none() {
        let then = steps.split_off(1);
        if let Some(value) = returned(jump).filter(|value| does_something(*value)) {
            facts.code("value", one_line(subject, value));
        }
        facts.records("first", steps).records("then", then);
    }
    Some(facts)
}

/// True for a value that takes a call or the like to find.
fn does_something(value: Node<'_>) -> bool {
    let mut found = false;
    walk::until(value, |node| {
        found |= matches!(kind(node), Kind::Call | Kind::Await | Kind::Yield);
        found || kind(node) == Kind::Lambda
    });
    found
}

/// The lines of the `return` statements in the `try` and its clauses before `finally`.
fn replaced(subject: &Subject<'_>, tried: Node<'_>) -> Vec<usize> {
    let suites = tried.child_in(Field::Body).into_iter().chain(
        statements(tried)
            .into_iter()
            .filter(|clause| kind(*clause) != Kind::FinallyClause)
            .filter_map(block),
    );
    let mut lines: Vec<_> = suites
        .flat_map(leaves)
        .filter(|jump| kind(*jump) == Kind::ReturnStatement)
        .map(|jump| subject.line(jump))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

#[cfg(test)]
mod tests;
