//! `raise` in an `except` clause: which exception goes on, and what of the first one is kept.
//!
//! Source: Python Language Reference, Simple statements, The raise statement.

use super::generator::caught;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

pub static PROVIDER: Provider = Provider {
    name: "raise-in-except",
    doc: "a `raise` in an `except` clause of the same function; `@target` is the \
          `raise_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("raised", SlotKind::Code, "the expression behind `raise`"),
    Slot::new("caught", SlotKind::Code, "what the clause names"),
    Slot::new("name", SlotKind::Code, "the name that the clause binds"),
    Slot::new("line", SlotKind::Line, "the line of the clause"),
    Slot::new("bare", SlotKind::Flag, "`raise` alone"),
    Slot::new("again", SlotKind::Flag, "it raises what the clause has caught, by its name"),
    Slot::new("chained", SlotKind::Flag, "`raise X from e`, with the name that the clause binds"),
    Slot::new("hidden", SlotKind::Flag, "`raise X from None`"),
    Slot::new("implicit", SlotKind::Flag, "`raise X` without `from`"),
    Slot::new("from", SlotKind::Code, "`raise X from e`, to be written instead"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let raise = subject.node();
    let clause = subject
        .ancestors()
        .take_while(|it| !matches!(kind(*it), Kind::FunctionDefinition | Kind::ClassDefinition))
        .find(|it| {
            matches!(kind(*it), Kind::ExceptClause | Kind::FinallyClause | Kind::TryStatement)
        })?;
    if kind(clause) != Kind::ExceptClause || raise.is_broken() {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    facts.line("line", subject.line(clause));
    match caught(clause) {
        Some(what) => facts.code("caught", one_line(subject, what)),
        None => facts.code("caught", "BaseException"),
    };
    let name = bound(clause).map(|it| subject.text(it));
    if let Some(name) = name {
        facts.code("name", name);
    }
    let cause = raise.child_in(Field::Cause);
    let parts = statements(raise);
    let Some(raised) = parts.first().copied().filter(|it| Some(*it) != cause) else {
        facts.flag("bare", true);
        return Some(facts);
    };
    let text = one_line(subject, raised);
    facts.code("raised", text.as_str());
    let is_name = |node: Node<'_>| {
        kind(node) == Kind::Identifier
            && name == Some(subject.text(node))
            && is_kept(subject, clause, node)
    };
    match cause {
        None if is_name(raised) => facts.flag("again", true),
        None => {
            let kept = bound(clause).filter(|it| is_kept(subject, clause, *it));
            if let Some(name) = kept.map(|it| subject.text(it)) {
                facts.code("from", format!("raise {text} from {name}"));
            }
            facts.flag("implicit", true)
        }
        Some(cause) if kind(cause) == Kind::None => facts.flag("hidden", true),
        Some(cause) if is_name(cause) => facts.flag("chained", true),
        Some(_) => return None,
    };
    Some(facts)
}

/// The name that the clause binds.
fn bound(clause: Node<'_>) -> Option<Node<'_>> {
    let pattern = statements(clause).into_iter().find(|it| kind(*it) == Kind::AsPattern)?;
    let target = pattern.child_in(Field::Alias)?.named_child(0)?;
    (kind(target) == Kind::Identifier).then_some(target)
}

/// True when nothing in the clause binds the name again.
fn is_kept(subject: &Subject<'_>, clause: Node<'_>, node: Node<'_>) -> bool {
    let (names, item) = (subject.names(), subject.item());
    let Some(scopes) = names.scopes(item) else { return false };
    let Some(name) = scopes.number(subject.text(node)) else { return false };
    let inside = scopes
        .all_bindings()
        .iter()
        .filter(|binding| binding.name == name && clause.byte_range().contains(&binding.at.start));
    inside.count() == 1
}

#[cfg(test)]
mod tests;
