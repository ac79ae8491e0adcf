//! `except:`, `except Exception:` and `except BaseException:`.
//!
//! Source: Library Reference, Built-in Exceptions, Exception hierarchy; Language Reference, The try
//! statement.

use super::generator::caught;
use super::truth::Raised;
use super::ways::{block, ways_out_of};
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::function::{is_async, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "broad-except",
    doc: "an `except` clause that names no exception, `Exception` or `BaseException`; `@target` is \
          the `except_clause`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("clause", SlotKind::Code, "`except:` or `except Exception:`"),
    Slot::new("all", SlotKind::Flag, "it catches `BaseException`"),
    Slot::new("errors", SlotKind::Flag, "it catches `Exception`"),
    Slot::new("from-line", SlotKind::Line, "the first line that it guards"),
    Slot::new("to-line", SlotKind::Line, "the last one"),
    Slot::new("only-line", SlotKind::Line, "the only line that it guards"),
    Slot::new("silent", SlotKind::Flag, "its body does nothing"),
    Slot::new("raises", SlotKind::Flag, "each way through it raises"),
    Slot::new("drops", SlotKind::Flag, "no way through it raises"),
    Slot::new("unused", SlotKind::Code, "the name behind `as`, if the body never uses it"),
    Slot::new("specific", SlotKind::Lines, "clauses above it that catch other exceptions"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let clause = subject.node();
    let tried = subject.ancestors().next().filter(|it| kind(*it) == Kind::TryStatement)?;
    // `except*` catches parts of a group.
    let is_group = clause.child(1).is_some_and(|token| token.kind() == "*");
    if is_group || clause.is_broken() {
        return None;
    }
    // In a coroutine it may catch cancellation, which has a card of its own.
    if crate::facts::concurrency::catches_cancellation(subject) {
        return None;
    }
    let names = subject.names();
    let mut facts = Facts::of(SLOTS);
    let function = subject.ancestors().find(|it| kind(*it) == Kind::FunctionDefinition);
    let in_coroutine = function.is_some_and(is_async);
    match caught(clause) {
        None => {
            facts.code("clause", "except:").flag("all", true);
        }
        Some(what) => {
            match names.qualified(subject.item(), what)?.as_str() {
                "builtins.Exception" => facts.flag("errors", true),
                "builtins.BaseException" => facts.flag("all", true),
                _ => return None,
            };
            facts.code("clause", format!("except {}:", subject.text(what)));
        }
    }
    let body = block(clause)?;
    // There it catches the cancellation too, which is another matter.
    let waits = |node| has(node, Kind::Await);
    if in_coroutine && facts.get("all").is_some() && tried.child_in(Field::Body).is_some_and(waits)
    {
        return None;
    }
    let guarded = statements(tried.child_in(Field::Body)?);
    let lines = (subject.line(*guarded.first()?), last_line(subject, *guarded.last()?));
    if lines.0 == lines.1 {
        facts.line("only-line", lines.0);
    } else {
        facts.line("from-line", lines.0).line("to-line", lines.1);
    }
    let above = statements(tried).into_iter().filter(|it| kind(*it) == Kind::ExceptClause);
    let above = above.take_while(|it| *it != clause).map(|it| subject.line(it)).collect();
    facts.set("specific", Value::Lines(above));
    let is_idle = |node: &Node<'_>| match kind(*node) {
        Kind::PassStatement | Kind::ContinueStatement => true,
        Kind::ExpressionStatement => {
            node.named_child(0).is_some_and(|it| kind(it) == Kind::Ellipsis)
        }
        _ => false,
    };
    facts.flag("silent", statements(body).iter().all(is_idle));
    let raised = Raised { names, item: subject.item(), function: clause, class: None };
    let ways = ways_out_of(raised, body);
    let has_raise = !ways.raises.is_empty();
    facts.flag("raises", has_raise && ways.only_raises());
    facts.flag("drops", !has_raise && !has(body, Kind::RaiseStatement));
    unused(subject, clause, body, &mut facts);
    Some(facts)
}

fn last_line(subject: &Subject<'_>, node: Node<'_>) -> usize {
    let end = subject.span(node).end.saturating_sub(1);
    subject.document().text().line_of(end)
}

fn has(body: Node<'_>, wanted: Kind) -> bool {
    let mut found = false;
    walk::until(body, |node| {
        found |= kind(node) == wanted;
        found
    });
    found
}

/// The name behind `as`, if nothing in the body has that spelling.
fn unused(subject: &Subject<'_>, clause: Node<'_>, body: Node<'_>, facts: &mut Facts) {
    let pattern = statements(clause).into_iter().find(|it| kind(*it) == Kind::AsPattern);
    let alias = pattern.and_then(|it| it.child_in(Field::Alias)?.named_child(0));
    let Some(alias) = alias.filter(|it| kind(*it) == Kind::Identifier) else { return };
    let mut used = false;
    walk::until(body, |node| {
        used |= kind(node) == Kind::Identifier && subject.text(node) == subject.text(alias);
        used
    });
    if !used {
        facts.code("unused", subject.text(alias));
    }
}

#[cfg(test)]
mod tests;
