//! `__exit__` always gives a true value, so the `with` statement drops every exception.

use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{docstring, is_generator, own_nodes, parameters, returned, returns};
use crate::syntax::{Field, Kind, Node, flow::never_ends, kind};

use super::code::bare;

pub static RULE: Rule = Rule {
    id: "exit-swallows-exceptions",
    kinds: &[Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["return-false"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class of the context manager"),
    Slot::new("method", SlotKind::Code, "`__exit__` or `__aexit__`"),
    Slot::new("value", SlotKind::Code, "what it returns"),
];

/// Words in the name or the docstring that say that exceptions are meant to stop here.
const WANTED: &[&str] = &[
    "absorb", "assert", "catch", "discard", "expect", "ignor", "no_", "quiet", "raises", "retry",
    "safe", "silen", "skip", "suppress", "swallow", "tolerat", "trap",
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let function = subject.node();
    let Some(name) = Field::Name.of(function) else { return };
    let method = subject.text(name);
    if !matches!(method, "__exit__" | "__aexit__") || subject.settings().is_test {
        return;
    }
    let Some(class) = class_around(subject) else { return };
    let Some(body) = Field::Body.of(function) else { return };
    let all = returns(function);
    let values: Vec<_> = all.iter().filter_map(|statement| returned(*statement)).collect();
    let Some(first) = values.first() else { return };
    if values.len() != all.len()
        || !values.iter().all(|value| is_true(subject, *value))
        || !never_ends(body)
        || is_generator(function)
        || looks_at_exception(subject, function)
        || is_wanted(subject, class, function)
    {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("method", method).code("value", subject.text(*first));
    if let Some(name) = Field::Name.of(class) {
        facts.code("class", subject.text(name));
    }
    let at = first.byte_range().into();
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

/// The class in whose body the method stands.
fn class_around<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    let mut around = subject.ancestors();
    let mut node = around.next()?;
    if kind(node) == Kind::DecoratedDefinition {
        return None;
    }
    if kind(node) == Kind::Block {
        node = around.next()?;
    }
    (kind(node) == Kind::ClassDefinition).then_some(node)
}

/// True for a value that is always true.
fn is_true(subject: &Subject<'_>, value: Node<'_>) -> bool {
    let value = bare(value);
    match kind(value) {
        Kind::True => true,
        Kind::Integer => subject.text(value).parse::<u64>().is_ok_and(|number| number > 0),
        Kind::Identifier => {
            subject.text(value) == "self" && {
                let names = subject.names();
                names.receiver(subject.item(), value).is_some() && has_no_truth(subject)
            }
        }
        _ => false,
    }
}

/// True when the class defines neither `__bool__` nor `__len__` and inherits nothing unknown.
fn has_no_truth(subject: &Subject<'_>) -> bool {
    let Some(class) = class_around(subject) else { return false };
    let names = subject.names();
    let defines = |name| !names.bindings_in(subject.item(), class, name).is_empty();
    Field::Superclasses.of(class).is_none() && !defines("__bool__") && !defines("__len__")
}

/// True when the method reads what it is told about the exception, or raises something.
fn looks_at_exception(subject: &Subject<'_>, function: Node<'_>) -> bool {
    let Some(all) = parameters(function) else { return true };
    let told: Vec<&str> =
        all.iter().skip(1).map(|parameter| subject.text(parameter.name)).collect();
    let mut looks = false;
    own_nodes(function, |node| match kind(node) {
        Kind::Identifier => looks |= told.contains(&subject.text(node)),
        Kind::RaiseStatement | Kind::AssertStatement => looks = true,
        Kind::Attribute => looks |= subject.text(node).ends_with("exc_info"),
        _ => {}
    });
    looks
}

fn is_wanted(subject: &Subject<'_>, class: Node<'_>, function: Node<'_>) -> bool {
    let text = subject.item_text();
    let mut words = Field::Name.of(class).map_or("", |name| subject.text(name)).to_lowercase();
    for definition in [class, function] {
        if let Some(doc) = docstring(definition, text) {
            words.push_str(&subject.text(doc).to_lowercase());
        }
    }
    WANTED.iter().any(|word| words.contains(word))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    let edits = returns(subject.node())
        .into_iter()
        .filter_map(returned)
        .map(|value| (subject.span(value), "False".to_owned()))
        .collect();
    let facts = found.facts.clone();
    vec![Plan { fix: "return-false", safety: Safety::Review, facts, edits }]
}

/// Has `__exit__` return `True` instead of `False`.
pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::FunctionDefinition], edits: with_true };

fn with_true(subject: &Subject<'_>) -> Option<Vec<(crate::Span, String)>> {
    let all = returns(subject.node());
    let [value] = all.into_iter().filter_map(returned).collect::<Vec<_>>()[..] else { return None };
    (kind(value) == Kind::False).then(|| vec![(subject.span(value), "True".to_owned())])
}
