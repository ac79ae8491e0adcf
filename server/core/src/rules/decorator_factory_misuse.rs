//! `@repeat` for a factory that is to be called, `@log()` for a decorator that is not.

use crate::Span;
use crate::analysis::Safety;
use crate::decorator::{Applied, applied};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{arguments, decorators, own_nodes, parameters, statements};
use crate::syntax::{Field, Kind, Node, kind};

use super::code::is_expected_to_fail;

pub static RULE: Rule = Rule {
    id: "decorator-factory-misuse",
    kinds: &[Kind::Decorator],
    slots: SLOTS,
    cases: &["called"],
    fixes: &["call-it", "drop-call"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the decorated function"),
    Slot::new("decorator", SlotKind::Code, "the decorator or its factory"),
    Slot::new("parameter", SlotKind::Code, "the parameter that gets the function, or should"),
    Slot::new("inner", SlotKind::Code, "the decorator that the factory returns"),
    Slot::new("written", SlotKind::Code, "the expression after `@`"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if is_expected_to_fail(subject) {
        return;
    }
    let Some((function, applied, case)) = read(subject) else { return };
    let Some(expression) = statements(subject.node()).first().copied() else { return };
    let decorator = &applied.decorator;
    let mut facts = Facts::of(SLOTS);
    facts.code("written", one_line(subject, expression));
    facts.code("function", Field::Name.of(function).map_or("", |name| subject.text(name)));
    facts.code("decorator", decorator.name_of(decorator.outer()));
    match (decorator.factory.and_then(first), case) {
        (Some(name), None) => {
            facts.code("parameter", decorator.text(name));
            facts.code("inner", decorator.name_of(decorator.function));
        }
        _ => {
            facts.code("parameter", decorator.func);
        }
    }
    found.push(Found { at: expression.byte_range().into(), case, facts, related: Vec::new() });
}

/// The name of the first parameter.
fn first(function: Node<'_>) -> Option<Node<'_>> {
    Some(parameters(function)?.first()?.name)
}

/// The decorated function, what is applied, and the case.
fn read<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, Applied<'a>, Option<&'static str>)> {
    let decorated = subject.ancestors().next()?;
    let function = Field::Definition.of(decorated)?;
    (kind(function) == Kind::FunctionDefinition && !decorated.is_broken()).then_some(())?;
    let applied = applied(subject.names(), subject.item(), subject.node())?;
    if applied.fits() {
        return None;
    }
    let decorator = &applied.decorator;
    let case = match decorator.factory {
        Some(factory) => {
            let looks = looks_at(decorator, factory, first(factory)?);
            (!looks).then_some(None)?
        }
        None => {
            let call = statements(subject.node()).first().copied()?;
            let all = parameters(decorator.function)?;
            let needs_function = all.first().is_some_and(|one| {
                decorator.text(one.name) == decorator.func && !one.is_optional()
            });
            (arguments(call).is_empty() && needs_function).then_some(Some("called"))?
        }
    };
    Some((function, applied, case))
}

/// True when the factory itself does something with its first parameter: it may find out what it got.
fn looks_at(
    decorator: &crate::decorator::Decorator<'_>,
    factory: Node<'_>,
    parameter: Node<'_>,
) -> bool {
    let mut looks = false;
    own_nodes(factory, |node| {
        looks |=
            kind(node) == Kind::Identifier && decorator.text(node) == decorator.text(parameter);
    });
    looks
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (_, applied, case) = read(subject)?;
    let facts = found.facts.clone();
    let expression = *statements(subject.node()).first()?;
    let end = subject.span(expression).end;
    if case.is_some() {
        let callee = Field::Function.of(expression)?;
        let edits = vec![(Span::new(subject.span(callee).end, end), String::new())];
        let may_fail = subject.ancestors().any(|node| kind(node) == Kind::TryStatement);
        let safety = if may_fail { Safety::Review } else { Safety::Safe };
        return Some(Plan { fix: "drop-call", safety, facts, edits });
    }
    let factory = applied.decorator.factory?;
    parameters(factory)?.iter().all(|one| one.is_optional()).then_some(())?;
    let edits = vec![(Span::empty(end), "()".to_owned())];
    Some(Plan { fix: "call-it", safety: Safety::Review, facts, edits })
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::FunctionDefinition], edits: without_call };

fn without_call(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let decorated = subject.ancestors().next()?;
    let [only] = decorators(decorated)[..] else { return None };
    let call = statements(only).first().copied().filter(|it| kind(*it) == Kind::Call)?;
    let is_bare = arguments(call).is_empty();
    applied(subject.names(), subject.item(), only)?.decorator.factory.filter(|_| is_bare)?;
    let end = subject.span(Field::Function.of(call)?).end;
    Some(vec![(Span::new(end, subject.span(call).end), String::new())])
}
