//! `for` statements: what they call, and on what.
//!
//! Source: Language Reference, The for statement.

use super::iteration;
use super::place::{Place, brief};
use super::takes::{break_of, used_up_before};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::is_async, kind};
use crate::value::{self, Object};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "for-loop",
    doc: "a `for` statement that is no `async for`; `@target` is the `for_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &{
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = iteration::SLOTS;
    [
        a,
        b,
        c,
        d,
        e,
        f,
        g,
        h,
        i,
        j,
        k,
        l,
        m,
        n,
        Slot::new("target", SlotKind::Code, "what each turn binds"),
        Slot::new("source", SlotKind::Code, "what the loop runs over"),
        Slot::new("needs-async", SlotKind::Code, "the same, if it is an asynchronous generator"),
        Slot::new("used-up", SlotKind::Line, "where the iterator was read to its end before"),
        Slot::new("loop", SlotKind::Block, "the calls that it makes"),
        Slot::new("else", SlotKind::Line, "the line of its `else`, if there is a `break`"),
        Slot::new("break", SlotKind::Line, "the line of the first `break`, if there is an `else`"),
        Slot::new("else-always", SlotKind::Line, "the line of its `else`, if there is no `break`"),
        Slot::new(
            "left",
            SlotKind::Line,
            "the line of a `break` that leaves a generator unfinished",
        ),
    ]
};

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let (target, source) = (Field::Left.of(node)?, Field::Right.of(node)?);
    if is_async(node) {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let (names, item) = (subject.names(), subject.item());
    let made = value::of(names, item, source).map(|made| made.object);
    let elsewhere = || value::elsewhere(names, item, source).map(|made| made.object);
    let is_async = |made| matches!(made, Some(Object::AsyncGenerator(_)));
    if is_async(made) || is_async(elsewhere()) {
        facts.code("needs-async", brief(subject.item_text(), source));
        return Some(facts);
    }
    let known = iteration::describe(subject, source, &mut facts);
    let text = subject.item_text();
    let written = |node: Node<'_>| Some(brief(text, node)).filter(|code| !code.is_empty());
    let code = written(source).unwrap_or_else(|| "…".to_owned());
    facts.code("target", written(target).unwrap_or_else(|| "…".to_owned()));
    facts.code("source", code);
    let place = Place::at(subject.names(), subject.item(), source)?;
    let used_up = used_up_before(subject, &place);
    if let Some(earlier) = &used_up {
        facts.line("used-up", earlier.line(subject));
    }
    let leaves = break_of(node);
    let otherwise = node.child_in(Field::Alternative);
    match (otherwise, leaves) {
        (Some(otherwise), Some(leaves)) => {
            facts.line("else", subject.line(otherwise)).line("break", subject.line(leaves));
        }
        (Some(otherwise), None) => drop(facts.line("else-always", subject.line(otherwise))),
        (None, leaves) => {
            if let Some(block) = calls(subject, target, source, false) {
                facts.set("loop", Value::Block(block));
            }
            let is_generator = facts.get("generator").is_some() && kind(source) == Kind::Call;
            if let Some(leaves) = leaves.filter(|_| is_generator) {
                facts.line("left", subject.line(leaves));
            }
        }
    }
    // Without any of these the card would only repeat the statement.
    let tells = known || used_up.is_some() || facts.get("loop").is_some() || otherwise.is_some();
    tells.then_some(facts)
}

/// Longer lines are not written out.
const MAX_COLUMNS: usize = 64;

/// `iter`, `next` and `StopIteration` for this loop, or their asynchronous kin.
pub(super) fn calls(
    subject: &Subject<'_>,
    target: Node<'_>,
    source: Node<'_>,
    is_async: bool,
) -> Option<String> {
    let mut mentions = Vec::new();
    walk::until(subject.node(), |node| {
        if kind(node) == Kind::Identifier {
            mentions.push(subject.text(node));
        }
        false
    });
    let name = ["iterator", "it", "items"].into_iter().find(|name| !mentions.contains(name))?;
    let (target, source) = (one_line(subject, target), one_line(subject, source));
    if target.chars().count() + source.chars().count() > MAX_COLUMNS || source.contains('\n') {
        return None;
    }
    let source = if is_tuple(&source) { format!("({source})") } else { source };
    let (iter, next, stop) = if is_async {
        ("aiter", "await anext", "StopAsyncIteration")
    } else {
        ("iter", "next", "StopIteration")
    };
    Some(format!(
        "{name} = {iter}({source})\nwhile True:\n    try:\n        {target} = {next}({name})\n    \
         except {stop}:\n        break\n    ..."
    ))
}

/// True for `a, b` without parentheses, as far as a comma outside brackets tells.
fn is_tuple(source: &str) -> bool {
    let mut depth = 0usize;
    source.chars().any(|char| {
        match char {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        char == ',' && depth == 0
    })
}

#[cfg(test)]
mod tests;
