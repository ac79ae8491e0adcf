//! `x: int = input()`: an annotation that is taken for a conversion, and `bool(…)` of a text.
//!
//! Source: PEP 484, Non-goals; Library Reference, Built-in Functions, `input()`, and Truth value
//! testing.

use std::borrow::Cow;

use crate::Span;
use crate::analysis::Safety;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};

use super::code::callee_name;

pub static RULE: Rule = Rule {
    id: "annotation-not-conversion",
    kinds: &[Kind::Assignment, Kind::TypedDefaultParameter, Kind::Call],
    slots: SLOTS,
    cases: &["truth"],
    fixes: &["convert"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "what is annotated"),
    Slot::new("type", SlotKind::Code, "the annotation"),
    Slot::new("value", SlotKind::Code, "the text that is assigned"),
];

/// Types that text is often meant to be converted to.
const TYPES: &[&str] = &["builtins.int", "builtins.float", "builtins.bool", "builtins.complex"];

/// Calls that give a `str`, or `None`.
const TEXTS: &[&str] = &["builtins.input", "os.environ.get", "os.getenv"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let node = subject.node();
    let mut facts = Facts::of(SLOTS);
    if kind(node) == Kind::Call {
        if subject.callee().as_deref() != Some("builtins.bool") {
            return;
        }
        let [only] = arguments(node)[..] else { return };
        if !is_typed(subject, only) {
            return;
        }
        facts.code("value", one_line(subject, only));
        let at = node.byte_range().into();
        found.push(Found { at, case: Some("truth"), facts, related: Vec::new() });
        return;
    }
    let Some((name, annotation, value)) = annotated(subject) else { return };
    facts.code("name", one_line(subject, name)).code("type", one_line(subject, annotation));
    facts.code("value", one_line(subject, value));
    found.push(Found { at: value.byte_range().into(), case: None, facts, related: Vec::new() });
}

/// Name, annotation and value, if the value is text and the annotation says something else. In the
/// body of a class something may read the annotations and convert.
fn annotated<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, Node<'a>, Node<'a>)> {
    let node = subject.node();
    let annotation = Field::Type.of(node)?.named_child(0)?;
    let (name, value) = if kind(node) == Kind::Assignment {
        (Field::Left.of(node)?, Field::Right.of(node)?)
    } else {
        (Field::Name.of(node)?, Field::Value.of(node)?)
    };
    let kind_of = subject.names().qualified(subject.item(), annotation)?;
    let around = subject.ancestors().find(|node| {
        matches!(kind(*node), Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda)
    });
    let in_class = around.is_some_and(|around| kind(around) == Kind::ClassDefinition);
    // A framework calls a decorated function and converts what it passes.
    let is_decorated = kind(node) == Kind::TypedDefaultParameter
        && subject.ancestors().any(|node| kind(node) == Kind::DecoratedDefinition);
    (TYPES.contains(&&*kind_of) && !in_class && !is_decorated && is_text(subject, value))
        .then_some((name, annotation, value))
}

/// True for what surely is a `str`, or else `None`: `input()`, `os.environ["A"]`, `sys.argv[1]`.
fn is_text(subject: &Subject<'_>, value: Node<'_>) -> bool {
    let names = subject.names();
    match kind(value) {
        Kind::Call => {
            let is_known = callee_name(subject, value).is_some_and(|it| TEXTS.contains(&&*it));
            // A second argument may be of any type.
            let gives_default = arguments(value).len() > 1;
            is_known && !gives_default
        }
        Kind::Subscript => {
            let Some(object) = Field::Value.of(value) else { return false };
            let Some(index) = Field::Subscript.of(value) else { return false };
            match names.qualified(subject.item(), object).as_deref() {
                Some("os.environ") => true,
                Some("sys.argv") => kind(index) != Kind::Slice,
                _ => false,
            }
        }
        Kind::ParenthesizedExpression => {
            matches!(statements(value)[..], [inner] if is_text(subject, inner))
        }
        _ => false,
    }
}

/// True for text that someone types. A variable of the environment may mean yes by being there.
fn is_typed(subject: &Subject<'_>, value: Node<'_>) -> bool {
    let object = Field::Value.of(value).filter(|_| kind(value) == Kind::Subscript);
    let name = match object {
        Some(object) => subject.names().qualified(subject.item(), object),
        None => callee_name(subject, value).map(Cow::into_owned),
    };
    is_text(subject, value) && matches!(name.as_deref(), Some("builtins.input" | "sys.argv"))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (_, annotation, value) = annotated(subject)?;
    let name = subject.names().qualified(subject.item(), annotation)?;
    // Any text but the empty one is true.
    let may_be_none = kind(value) == Kind::Call
        && callee_name(subject, value).as_deref() != Some("builtins.input");
    (name != "builtins.bool" && !may_be_none).then_some(())?;
    let text = format!("{}({})", subject.text(annotation), subject.text(value));
    let edits = vec![(subject.span(value), text)];
    Some(Plan { fix: "convert", safety: Safety::Review, facts: found.facts.clone(), edits })
}

pub static INVERSE: Inverse = Inverse {
    rule: &RULE,
    kinds: &[Kind::Assignment, Kind::TypedDefaultParameter],
    edits: without_conversion,
};

/// `x: int = input()` for `x: int = int(input())`.
fn without_conversion(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let node = subject.node();
    let annotation = Field::Type.of(node)?;
    let value = Field::Right.of(node).or_else(|| Field::Value.of(node))?;
    let callee = Field::Function.of(value).filter(|_| kind(value) == Kind::Call)?;
    let [only] = arguments(value)[..] else { return None };
    let is_it = subject.text(callee) == subject.text(annotation) && is_text(subject, only);
    is_it.then(|| vec![(subject.span(value), subject.text(only).to_owned())])
}
