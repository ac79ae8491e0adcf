//! `print` in an `except` clause of a module that has a logger.
//!
//! Source: Logging HOWTO, When to use logging; Library Reference, logging, `Logger.exception()`.

use crate::analysis::Safety;
use crate::facts::concurrency::is_guarded;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};
use crate::value;

use super::code::is_call_of;

pub static RULE: Rule = Rule {
    id: "print-in-except",
    kinds: &[Kind::ExceptClause],
    slots: SLOTS,
    cases: &[],
    fixes: &["log-it"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[Slot::new("logger", SlotKind::Code, "the logger of the module")];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    if is_for_people(subject) {
        return;
    }
    let Some(call) = only_prints(subject) else { return };
    let Some(logger) = logger(subject) else { return };
    let Some(callee) = Field::Function.of(call) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("logger", logger);
    found.push(Found { at: callee.byte_range().into(), case: None, facts, related: Vec::new() });
}

/// True in a program's main part, and for the key that breaks a program off: a person is there.
fn is_for_people(subject: &Subject<'_>) -> bool {
    let clause = statements(subject.node()).into_iter();
    let mut caught = clause.filter(|node| kind(*node) != Kind::Block);
    is_guarded(subject.path(), subject.item_text())
        || caught.any(|node| subject.text(node).contains("KeyboardInterrupt"))
}

/// The call of `print` without keywords that is all the clause does.
fn only_prints<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    let clause = statements(subject.node()).into_iter();
    let suite = clause.into_iter().find(|node| kind(*node) == Kind::Block)?;
    let [only] = statements(suite)[..] else { return None };
    let call = expression(only)?;
    let is_plain = arguments(call).iter().all(|one| {
        !matches!(kind(*one), Kind::KeywordArgument | Kind::ListSplat | Kind::DictionarySplat)
    });
    (is_plain && is_call_of(subject, call, &["builtins.print"])).then_some(call)
}

/// The module's only logger, bound before the clause.
fn logger<'a>(subject: &Subject<'a>) -> Option<&'a str> {
    let names = subject.names();
    for name in ["logger", "log", "LOGGER", "LOG", "_logger", "_log"] {
        let [bound] = names.module_bindings(name)[..] else { continue };
        let is_plain = bound.binding.kind == BindingKind::Assignment && !bound.binding.conditional;
        let Some(assignment) = names.node(bound).filter(|_| is_plain) else { continue };
        let Some(right) = Field::Right.of(assignment) else { continue };
        let made = value::of(names, bound.item, right);
        let is_logger = made.is_some_and(|made| made.made_by() == Some("logging.getLogger"));
        let is_hidden = names.is_hidden_at(subject.item(), subject.node().start_byte(), name);
        if is_logger && !is_hidden && bound.item < subject.item() {
            return Some(names.scopes(bound.item)?.name(bound.binding.name));
        }
    }
    None
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

/// The same text, with the traceback behind it.
fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let call = only_prints(subject)?;
    let logger = logger(subject)?;
    let [text] = arguments(call)[..] else { return None };
    matches!(kind(text), Kind::String | Kind::ConcatenatedString).then_some(())?;
    let callee = Field::Function.of(call)?;
    let edits = vec![(subject.span(callee), format!("{logger}.exception"))];
    Some(Plan { fix: "log-it", safety: Safety::Review, facts: found.facts.clone(), edits })
}
