//! A `with` statement with several items.
//!
//! Source: Python Language Reference, Compound statements, The with statement: more than one item
//! is processed as if the statements were nested.

use super::items::{self, Item};
use super::manager::manager;
use super::{describe, slots};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Kind, function::statements, kind};

pub static PROVIDER: Provider = Provider {
    name: "with-several",
    doc: "a `with` statement with several items; `@target` is the `with_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("entered", SlotKind::Codes, "the expressions in the order in which they are entered"),
    Slot::new("left", SlotKind::Codes, "the same in the order in which they are left"),
    Slot::new("first", SlotKind::Code, "the first expression"),
    Slot::new("second", SlotKind::Code, "the second"),
    Slot::new("enter-name", SlotKind::Code, "`__enter__` or `__aenter__`"),
    Slot::new("exit-name", SlotKind::Code, "`__exit__` or `__aexit__`"),
    Slot::new("items", SlotKind::Records(ITEM), "the items whose manager is known"),
    Slot::new("nested", SlotKind::Block, "the statement with one item on each line"),
    Slot::new("parentheses", SlotKind::Flag, "there are parentheses around the items"),
];

static ITEM: &[Slot] = &[
    Slot::new("text", SlotKind::Code, "the expression"),
    Slot::new("end", SlotKind::Text, "what happens at the end, from the table"),
    Slot::new("exit", SlotKind::Code, "`C.__exit__`, with the class of the file that has it"),
    Slot::new("exit-line", SlotKind::Line, "its line"),
    Slot::new("generator", SlotKind::Code, "the generator function of the file it comes from"),
    Slot::new("yield-line", SlotKind::Line, "the line of its only `yield`"),
    Slot::new("drops", SlotKind::Text, "which exceptions are dropped, from the table"),
    Slot::new("dropped", SlotKind::Codes, "the exceptions that are dropped"),
    Slot::new("drops-all", SlotKind::Flag, "it drops every exception"),
    Slot::new("may-drop", SlotKind::Flag, "it drops some exceptions"),
    Slot::new("missing", SlotKind::Codes, "methods that no class has: `with` fails"),
];

/// More items than this are not shown one inside the other.
const MAX_NESTED: usize = 4;

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let with = subject.node();
    let all = items::items(with).filter(|all| all.len() > 1)?;
    let awaited = items::is_async(with);
    let texts: Vec<String> = all.iter().map(|item| one_line(subject, item.expression)).collect();
    let mut facts = Facts::of(SLOTS);
    facts.codes("entered", texts.clone()).codes("left", texts.iter().rev().cloned());
    facts.code("first", texts[0].as_str()).code("second", texts[1].as_str());
    facts.code("exit-name", if awaited { "__aexit__" } else { "__exit__" });
    facts.code("enter-name", if awaited { "__aenter__" } else { "__enter__" });
    facts.records("items", all.iter().filter_map(|item| record(subject, item, awaited)).collect());
    if all.len() <= MAX_NESTED {
        facts.set("nested", Value::Block(nested(subject, &all, awaited)));
    }
    let clause = statements(with).into_iter().find(|node| kind(*node) == Kind::WithClause)?;
    facts.flag("parentheses", clause.child(0).is_some_and(|token| token.kind() == "("));
    Some(facts)
}

fn record(subject: &Subject<'_>, item: &Item<'_>, awaited: bool) -> Option<Facts> {
    let made = manager(subject, item.expression)?;
    let mut known = Facts::of(slots::SLOTS);
    describe::manager(subject, &made, awaited, false, &mut known);
    let mut record = Facts::of(ITEM);
    record.code("text", one_line(subject, item.expression));
    for slot in
        ["end", "exit", "exit-line", "generator", "yield-line", "drops", "dropped", "missing"]
    {
        record.take(slot, &known, slot);
    }
    record.flag("drops-all", known.get("swallows-all").is_some());
    record.flag("may-drop", known.get("may-drop").is_some() || known.get("catches").is_some());
    Some(record)
}

fn nested(subject: &Subject<'_>, all: &[Item<'_>], awaited: bool) -> String {
    let word = if awaited { "async with" } else { "with" };
    let mut out = String::new();
    for (depth, item) in all.iter().enumerate() {
        let target = item.target.map(|target| format!(" as {}", one_line(subject, target)));
        let text = one_line(subject, item.expression);
        out.push_str(&format!(
            "{}{word} {text}{}:\n",
            "    ".repeat(depth),
            target.unwrap_or_default()
        ));
    }
    out.push_str(&format!("{}...", "    ".repeat(all.len())));
    out
}

#[cfg(test)]
mod tests;
