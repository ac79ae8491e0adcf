//! `try`/`finally` that does by hand what a `with` does.
//!
//! Source: PEP 343; Library Reference, contextlib, `closing()`.

use super::manager::{Manager, manager};
use crate::facts::source_text::{one_line, one_line_in};
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::ways::block;

pub static PROVIDER: Provider = Provider {
    name: "try-finally",
    doc: "a `try` whose only clause is a `finally` with one call of `close()` or the like; \
          `@target` is the `try_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("object", SlotKind::Code, "what is closed"),
    Slot::new("call", SlotKind::Code, "the call in the `finally`"),
    Slot::new("finally", SlotKind::Line, "its line"),
    Slot::new("made", SlotKind::Code, "the call that made the object"),
    Slot::new("with", SlotKind::Code, "the `with` that does the same"),
    Slot::new(
        "known",
        SlotKind::Flag,
        "the table knows the object: its `__exit__` makes that call",
    ),
    Slot::new("closing", SlotKind::Flag, "the `with` is one of `contextlib.closing`"),
    Slot::new(
        "from-line",
        SlotKind::Line,
        "the line of the statement before, which it replaces too",
    ),
    Slot::new(
        "gap",
        SlotKind::Lines,
        "statements between that and the `try`, which nothing guards",
    ),
];

/// What is known about such a `try` statement, the subject.
pub(crate) fn run(subject: &Subject<'_>) -> Option<Facts> {
    let tried = subject.node();
    let [body, last] = statements(tried)[..] else { return None };
    if kind(body) != Kind::Block || kind(last) != Kind::FinallyClause || tried.is_broken() {
        return None;
    }
    let [only] = statements(block(last)?)[..] else { return None };
    let call = only.named_child(0).filter(|it| kind(*it) == Kind::Call)?;
    let callee = call.child_in(Field::Function).filter(|it| kind(*it) == Kind::Attribute)?;
    if kind(only) != Kind::ExpressionStatement || !arguments(call).is_empty() {
        return None;
    }
    let object = callee.child_in(Field::Object)?;
    let method = subject.text(callee.child_in(Field::Attribute)?);
    if !is_path(object) || may_rebind(subject, body, object) {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let text = one_line(subject, object);
    facts.code("object", text.as_str()).code("call", one_line(subject, call));
    facts.line("finally", subject.line(only));
    let row = manager(subject, object).and_then(|made| match made.manager {
        Manager::Known(row) => Some((row, made.item, made.node)),
        _ => None,
    });
    let is_its = |row: &Facts| row.get("method") == Some(&Value::Code(method.to_owned()));
    match row.filter(|(row, ..)| is_its(row) && row.get("plain").is_some()) {
        Some((row, item, made)) => {
            let source = subject.document().items()[item].text();
            facts.flag("known", true).code("made", one_line_in(source, made));
            let acquires = row.get("acquire").is_some();
            before(subject, object, made, acquires, &mut facts);
            if acquires && facts.get("from-line").is_none() {
                return None;
            }
        }
        // `closing(x)` holds what `x` is at the `try`, the `finally` closes what it is at the end:
        // the same only for a name that nothing binds again, here or in a function that is called.
        None if method == "close" && keeps(subject, object) => {
            facts.flag("closing", true).code("with", format!("with contextlib.closing({text}):"));
        }
        None => return None,
    }
    Some(facts)
}

/// True for a name with one binding in the file.
fn keeps(subject: &Subject<'_>, object: Node<'_>) -> bool {
    kind(object) == Kind::Identifier && subject.names().binding(subject.item(), object).is_some()
}

/// True when the block may bind the name to something else.
fn may_rebind(subject: &Subject<'_>, body: Node<'_>, object: Node<'_>) -> bool {
    let text = subject.text(object);
    let mut found = false;
    walk::until(body, |node| {
        let target = match kind(node) {
            Kind::Assignment | Kind::AugmentedAssignment | Kind::ForStatement => {
                node.child_in(Field::Left)
            }
            Kind::NamedExpression => node.child_in(Field::Name),
            Kind::AsPatternTarget | Kind::DeleteStatement => Some(node),
            _ => None,
        };
        found |= target.is_some_and(|target| subject.text(target).contains(text));
        found
    });
    found
}

/// A name, or a dotted one.
fn is_path(mut node: Node<'_>) -> bool {
    while kind(node) == Kind::Attribute {
        match node.child_in(Field::Object) {
            Some(object) => node = object,
            None => return false,
        }
    }
    kind(node) == Kind::Identifier
}

/// The statement before the `try`: the one that makes the object, or acquires it.
fn before(
    subject: &Subject<'_>,
    object: Node<'_>,
    made: Node<'_>,
    acquires: bool,
    facts: &mut Facts,
) {
    let text = one_line(subject, object);
    facts.code("with", format!("with {text}:"));
    let Some(suite) = subject.ancestors().next() else { return };
    let all = statements(suite);
    let Some(at) = all.iter().position(|it| *it == subject.node()) else { return };
    let Some(previous) = at.checked_sub(1).and_then(|at| all.get(at)) else { return };
    if acquires {
        let Some(call) = previous.named_child(0).filter(|it| kind(*it) == Kind::Call) else {
            return;
        };
        if one_line(subject, call) == format!("{text}.acquire()") {
            facts.line("from-line", subject.line(*previous));
        }
        return;
    }
    let holds = |it: &Node<'_>| it.byte_range().contains(&made.start_byte());
    let Some(opened) = all[..at].iter().position(holds) else { return };
    let assigned = all[opened].named_child(0).filter(|it| kind(*it) == Kind::Assignment);
    let is_it = assigned.is_some_and(|it| {
        it.child_in(Field::Right) == Some(made)
            && it.child_in(Field::Left).is_some_and(|left| one_line(subject, left) == text)
    });
    if is_it && subject.item_text().get(made.byte_range()).is_some() {
        facts.code("with", format!("with {} as {text}:", one_line(subject, made)));
        facts.line("from-line", subject.line(all[opened]));
        let gap = all[opened + 1..at].iter().map(|it| subject.line(*it)).collect();
        facts.set("gap", Value::Lines(gap));
    }
}

#[cfg(test)]
mod tests;
