//! A generator ends itself with `raise StopIteration`, which has become a `RuntimeError`.

use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{arguments, is_async, is_generator, statements};
use crate::syntax::{Field, Kind, Node, kind};

use super::code::{callee_name, is_expected_to_fail, may_be_caught, own_function};

pub static RULE: Rule = Rule {
    id: "stopiteration-in-generator",
    kinds: &[Kind::RaiseStatement],
    slots: SLOTS,
    cases: &[],
    fixes: &["return-instead"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[Slot::new("function", SlotKind::Code, "the generator function")];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let statement = subject.node();
    if subject.settings().is_test || raised(subject, statement).is_none() {
        return;
    }
    let Some(function) = own_function(subject).filter(|function| is_generator(*function)) else {
        return;
    };
    if may_be_caught(subject, subject.path())
        || is_expected_to_fail(subject)
        || subject.ancestors().any(|node| kind(node) == Kind::FinallyClause)
    {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    if let Some(name) = Field::Name.of(function) {
        facts.code("function", subject.text(name));
    }
    let at = statement.byte_range().into();
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

/// What is raised, if it is `StopIteration`, and the arguments that it gets.
fn raised<'a>(subject: &Subject<'a>, statement: Node<'a>) -> Option<(Node<'a>, Vec<Node<'a>>)> {
    let value = *statements(statement).first()?;
    let (name, given) = match kind(value) {
        Kind::Call => (callee_name(subject, value)?.into_owned(), arguments(value)),
        _ => (subject.names().qualified(subject.item(), value)?, Vec::new()),
    };
    (name == "builtins.StopIteration").then_some((value, given))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let function = own_function(subject)?;
    let (_, given) = raised(subject, subject.node())?;
    let no_cause = statements(subject.node()).len() == 1;
    let text = match &given[..] {
        [] => "return".to_owned(),
        [value] if !is_async(function) && is_plain(*value) => {
            format!("return {}", subject.text(*value))
        }
        _ => return None,
    };
    no_cause.then_some(())?;
    let edits = vec![(subject.span(subject.node()), text)];
    let facts = found.facts.clone();
    Some(Plan { fix: "return-instead", safety: Safety::Safe, facts, edits })
}

fn is_plain(argument: Node<'_>) -> bool {
    !matches!(
        kind(argument),
        Kind::KeywordArgument | Kind::ListSplat | Kind::DictionarySplat | Kind::GeneratorExpression
    )
}
