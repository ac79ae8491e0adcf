//! `__enter__` and `__aenter__` in a class: what `as` receives.
//!
//! Source: Python Language Reference, Compound statements, The with statement: if `__enter__`
//! raises, `__exit__` is not called.

use super::describe::{line_in, raised};
use super::enter::{Entered, cannot_be_awaited, entered};
use super::method::{own, set_entries, takes};
use super::users::entries;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "enter-method",
    doc: "the method `__enter__` or `__aenter__` of a class; `@target` is the \
          `function_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "`C.__enter__`"),
    Slot::new("with", SlotKind::Code, "`with` or `async with`"),
    Slot::new("exit-name", SlotKind::Code, "`__exit__` or `__aexit__`"),
    Slot::new("entered", SlotKind::Lines, "`with` statements of the file that call the class"),
    Slot::new("gives-itself", SlotKind::Flag, "it returns `self`"),
    Slot::new("gives-nothing", SlotKind::Flag, "it returns `None`"),
    Slot::new("gives", SlotKind::Code, "the expression that it returns"),
    Slot::new("targets", SlotKind::Codes, "what stands behind `as` in those statements"),
    Slot::new("cannot-be-called", SlotKind::Code, "its parameters, if it needs more than one"),
    Slot::new("must-be-async", SlotKind::Flag, "what `__aenter__` returns cannot be awaited"),
    Slot::new("must-be-plain", SlotKind::Flag, "`__enter__` is an `async def`"),
    Slot::new("acquired", SlotKind::Code, "the attribute that a call is assigned to first"),
    Slot::new("acquired-line", SlotKind::Line, "its line"),
    Slot::new("risks", SlotKind::Lines, "later lines with calls, outside of any `try`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let own = own(subject, ["__enter__", "__aenter__"])?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", format!("{}.{}", own.class.name(), own.name));
    facts.code("with", if own.awaited { "async with" } else { "with" });
    facts.code("exit-name", if own.awaited { "__aexit__" } else { "__exit__" });
    set_entries(subject, &own, &mut facts);
    if !takes(own.function, 0) {
        let list = own.function.child_in(Field::Parameters)?;
        facts.code("cannot-be-called", one_line(subject, list));
        return Some(facts);
    }
    if is_generator(own.function) {
        return None;
    }
    let raised = raised(own.class, own.function, true);
    if is_async(own.function) != own.awaited {
        let is_unfit = !own.awaited || cannot_be_awaited(raised);
        facts.flag(if own.awaited { "must-be-async" } else { "must-be-plain" }, is_unfit);
        return is_unfit.then_some(facts);
    }
    match entered(raised, own.awaited)? {
        Entered::Itself => facts.flag("gives-itself", true),
        Entered::Nothing => facts.flag("gives-nothing", true),
        Entered::Value(value) => facts.code("gives", one_line(subject, value)),
    };
    let targets = entries(own.class, own.awaited).into_iter().filter_map(|entry| {
        let text = subject.document().items()[entry.item].text();
        let target = entry.entered.target?;
        Some(crate::facts::source_text::one_line_in(text, target))
    });
    let mut targets: Vec<String> = targets.collect();
    targets.dedup();
    facts.codes("targets", targets);
    risks(subject, raised.item, own.function, &mut facts);
    Some(facts)
}

/// A call whose result is kept, and calls behind it that may raise.
fn risks(subject: &Subject<'_>, item: usize, function: Node<'_>, facts: &mut Facts) {
    let Some(body) = function.child_in(Field::Body) else { return };
    let mut all = statements(body).into_iter();
    let acquired = all.find_map(|statement| {
        let assignment = statement.named_child(0).filter(|it| kind(*it) == Kind::Assignment)?;
        let left = assignment.child_in(Field::Left)?;
        let right = assignment.child_in(Field::Right)?;
        let call = if kind(right) == Kind::Await { right.named_child(0)? } else { right };
        (kind(left) == Kind::Attribute && kind(call) == Kind::Call).then_some(left)
    });
    let Some(acquired) = acquired else { return };
    let lines: Vec<_> = all
        .filter(|statement| kind(*statement) == Kind::ExpressionStatement && calls(*statement))
        .map(|statement| line_in(subject, item, statement))
        .collect();
    if !lines.is_empty() {
        facts.code("acquired", one_line(subject, acquired));
        facts.line("acquired-line", line_in(subject, item, acquired));
        facts.set("risks", Value::Lines(lines));
    }
}

fn calls(statement: Node<'_>) -> bool {
    let mut found = false;
    walk::until(statement, |node| {
        found |= matches!(kind(node), Kind::Call | Kind::Await);
        found || kind(node) == Kind::Lambda
    });
    found
}

#[cfg(test)]
mod tests;
