//! One item of a `with` statement: what it calls, what `as` receives, what becomes of an exception.
//!
//! Source: Python Language Reference, Compound statements, The with statement.

use super::items::{self, Item};
use super::leaves::{leaves, yields};
use super::manager::{Made, Manager, manager};
use super::{describe, slots::SLOTS};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "with-item",
    doc: "one item of a `with` statement; `@target` is the `with_item`, the part of it that stands \
          in its parentheses, or a `with_statement` with one item",
    slots: SLOTS,
    run,
};

/// What says that the statement fails before the block.
const FAILS: &[&str] =
    &["missing", "not-an-instance", "needs-async", "needs-plain", "not-awaited", "not-awaitable"];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (with, item, number) = item(subject)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("text", one_line(subject, item.expression));
    facts.flag("several", number.is_none());
    if let Some(target) = item.target {
        facts.code("target", one_line(subject, target));
    }
    let awaited = items::is_async(with);
    facts.code("with", if awaited { "async with" } else { "with" });
    facts.code("exit-name", if awaited { "__aexit__" } else { "__exit__" });
    facts.code("enter-name", if awaited { "__aenter__" } else { "__enter__" });
    let made = manager(subject, item.expression);
    match &made {
        Some(made) => {
            describe::manager(subject, made, awaited, item.target.is_some(), &mut facts);
            origin(subject, item, made, &mut facts);
        }
        None => {
            facts.flag("open", true);
        }
    }
    let fails = FAILS.iter().any(|slot| facts.get(slot).is_some());
    if number == Some(()) && !fails {
        facts.set(
            "steps",
            Value::Block(steps(subject, item, awaited, facts.get("passes").is_some())),
        );
    }
    if let Some(body) = with.child_in(Field::Body) {
        let lines = |nodes: Vec<Node<'_>>| {
            let mut lines: Vec<_> = nodes.into_iter().map(|node| subject.line(node)).collect();
            lines.dedup();
            Value::Lines(lines)
        };
        facts.set("leaves", lines(leaves(body))).set("yields", lines(yields(body)));
    }
    Some(facts)
}

/// The statement and the item, and whether it is the only one.
fn item<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, Item<'a>, Option<()>)> {
    let node = subject.node();
    if kind(node) == Kind::WithStatement {
        let [only] = items::items(node)?[..] else { return None };
        return Some((node, only, Some(())));
    }
    let with = subject.ancestors().take(4).find(|it| kind(*it) == Kind::WithStatement)?;
    let all = items::items(with)?;
    let item = all.iter().find(|item| item.node == node)?;
    Some((with, *item, (all.len() == 1).then_some(())))
}

/// Where the manager is made, if it is behind a name.
fn origin(subject: &Subject<'_>, item: Item<'_>, made: &Made<'_>, facts: &mut Facts) {
    let is_call = kind(made.node) == Kind::Call;
    let is_here =
        made.item == subject.item() && item.expression.byte_range() == made.node.byte_range();
    if !is_call || is_here || matches!(made.manager, Manager::Class(_)) {
        return;
    }
    let text = subject.document().items()[made.item].text();
    facts.code("made", crate::facts::source_text::one_line_in(text, made.node));
    let start = subject.document().start_of(made.item) + made.node.start_byte();
    facts.line("made-line", subject.document().text().line_of(start));
}

/// The statement in terms of calls.
fn steps(subject: &Subject<'_>, item: Item<'_>, awaited: bool, passes: bool) -> String {
    let text = one_line(subject, item.expression);
    let (name, mut out) = match kind(item.expression) {
        Kind::Identifier => (text.as_str(), String::new()),
        _ => ("manager", format!("manager = {text}\n")),
    };
    let (wait, mark) = if awaited { ("await ", "a") } else { ("", "") };
    let enter = format!("{wait}{name}.__{mark}enter__()\n");
    match item.target {
        Some(target) => out
            .push_str(&format!("value = {enter}try:\n    {} = value\n", one_line(subject, target))),
        None => out.push_str(&format!("{enter}try:\n")),
    }
    out.push_str(&format!(
        "    ...\nfinally:\n    {wait}{name}.__{mark}exit__(…){}",
        if passes { "" } else { "  # if true: no exception" }
    ));
    out
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_elsewhere;
#[cfg(test)]
mod tests_silent;
