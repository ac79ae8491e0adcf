//! `with … as name` gets `None` from an `__enter__` that returns nothing.
//!
//! Source: Language Reference, The with statement.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::context_managers::{Entered, Own, entered, entries, own, raised, takes};
use crate::facts::source_text::one_line_in;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Place, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{parameters, returns, statements};
use crate::syntax::{Field, Kind, Node, kind};

use super::shared::{break_of, indentation, name_span};

pub static RULE: Rule = Rule {
    id: "enter-returns-none",
    kinds: &[Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["return-self"],
    related: &["with"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class of the context manager"),
    Slot::new("method", SlotKind::Code, "`__enter__` or `__aenter__`"),
    Slot::new("target", SlotKind::Code, "what stands behind `as`"),
    Slot::new("itself", SlotKind::Code, "the first parameter: `self`"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(method) = method(subject) else { return };
    let entry = entries(method.class, method.awaited)
        .into_iter()
        .find_map(|entry| Some((entry.item, entry.entered.target?)));
    let Some((item, target)) = entry else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("class", method.class.name()).code("method", method.name);
    facts.code("target", one_line_in(subject.names().item(item).text(), target));
    let Some(itself) = itself(subject, method.function) else { return };
    facts.code("itself", itself);
    let id = subject.document().items()[item].id();
    let related = vec![Place { item: id, at: target.byte_range().into(), role: "with" }];
    found.push(Found { at: name_span(method.function), case: None, facts, related });
}

/// The subject, if it is an entering method that gives nothing.
fn method<'a>(subject: &Subject<'a>) -> Option<Own<'a>> {
    let name = subject.text(Field::Name.of(subject.node())?);
    if !matches!(name, "__enter__" | "__aenter__") {
        return None;
    }
    let method = own(subject, ["__enter__", "__aenter__"])?;
    let gives = entered(raised(method.class, method.function, true), method.awaited)?;
    let is_it = matches!(gives, Entered::Nothing)
        && takes(method.function, 0)
        && !is_stub(method.function)
        && Field::ReturnType.of(method.function).is_none_or(|it| !subject.text(it).contains("No"));
    is_it.then_some(method)
}

/// True for a body without code: a docstring, `...`, `pass`.
fn is_stub(function: Node<'_>) -> bool {
    let body = Field::Body.of(function).map(statements).unwrap_or_default();
    body.iter().all(|statement| match kind(*statement) {
        Kind::PassStatement => true,
        Kind::ExpressionStatement => statement
            .named_child(0)
            .is_some_and(|inner| matches!(kind(inner), Kind::Ellipsis | Kind::String)),
        _ => false,
    })
}

/// The name of the first parameter.
fn itself<'a>(subject: &Subject<'a>, function: Node<'_>) -> Option<&'a str> {
    Some(subject.text(parameters(function)?.first()?.name))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let function = subject.node();
    returns(function).is_empty().then_some(())?;
    let last = *statements(Field::Body.of(function)?).last()?;
    let indent = indentation(subject, last)?;
    let line = format!("{}{indent}return {}", break_of(subject), itself(subject, function)?);
    let edits = vec![(Span::empty(subject.span(last).end), line)];
    Some(Plan { fix: "return-self", safety: Safety::Review, facts: found.facts.clone(), edits })
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::FunctionDefinition], edits: without_return };

fn without_return(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let function = subject.node();
    let name = subject.text(Field::Name.of(function)?);
    let [.., before, last] = statements(Field::Body.of(function)?)[..] else { return None };
    let [only] = returns(function)[..] else { return None };
    let value = only.named_child(0).map(|value| subject.text(value));
    let is_it = matches!(name, "__enter__" | "__aenter__")
        && only == last
        && value.is_some_and(|value| itself(subject, function) == Some(value));
    let span = Span::new(subject.span(before).end, subject.span(last).end);
    is_it.then(|| vec![(span, String::new())])
}
