//! The name behind `as`: what it is, and where it is used when the block is over.
//!
//! Source: Python Language Reference, Compound statements, The with statement.

use super::describe;
use super::items::{self, items};
use super::manager::{Manager, manager};
use super::slots::SLOTS;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Value};
use crate::names::Bound;
use crate::subject::Subject;
use crate::syntax::{Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "as-target",
    doc: "the name behind `as` in a `with` statement; `@target` is the `identifier`",
    slots: SLOTS,
    run,
};

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let with = subject.ancestors().take(6).find(|it| kind(*it) == Kind::WithStatement)?;
    let item = items(with)?.into_iter().find(|item| item.target == Some(node))?;
    let awaited = items::is_async(with);
    let mut facts = Facts::of(SLOTS);
    facts.code("target", subject.text(node)).code("text", one_line(subject, item.expression));
    facts.code("enter-name", if awaited { "__aenter__" } else { "__enter__" });
    let made = manager(subject, item.expression);
    match &made {
        Some(made) => describe::manager(subject, made, awaited, true, &mut facts),
        None => drop(facts.flag("open", true)),
    }
    let tells = ["is", "gives-itself", "gives", "gives-nothing", "yielded", "yields-nothing"];
    let is_told = tells.iter().any(|slot| facts.get(slot).is_some());
    facts.flag("untold", !is_told);
    let closes = match made.map(|made| made.manager) {
        Some(Manager::Known(row)) => is_told && row.get("closes").is_some(),
        _ => false,
    };
    facts.flag("closes", closes);
    after(subject, &mut facts);
    Some(facts)
}

/// Uses of the name behind the statement, if no other statement binds it.
fn after(subject: &Subject<'_>, facts: &mut Facts) -> Option<()> {
    let (names, item) = (subject.names(), subject.item());
    let with = subject.ancestors().find(|it| kind(*it) == Kind::WithStatement)?;
    let at = subject.node().byte_range().into();
    let binding = names.scopes(item)?.binding_at(at)?;
    let document = subject.document();
    let mut lines: Vec<usize> = names
        .uses(Bound { item, binding })?
        .iter()
        .filter(|found| {
            let is_behind = found.item > item
                || found.item == item && found.reference.at.start >= with.end_byte();
            is_behind && found.reference.scope == binding.from
        })
        .map(|found| {
            document.text().line_of(document.start_of(found.item) + found.reference.at.start)
        })
        .collect();
    lines.dedup();
    facts.set("used-after", Value::Lines(lines));
    Some(())
}

#[cfg(test)]
mod tests;
