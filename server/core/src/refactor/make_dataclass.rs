//! A class whose `__init__` keeps its arguments to a dataclass, whatever other methods it has.

use super::{Answer, COMMENT, Conversion, Draft};
use crate::facts::{Facts, Slot, SlotKind};
use crate::rules::class_to_dataclass::{edits, kept};
use crate::subject::Subject;
use crate::syntax::function::{Parameter, is_async, statements};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};

pub static CONVERSION: Conversion = Conversion {
    id: "make-dataclass",
    kinds: &[Kind::ClassDefinition],
    calls: &[],
    slots: SLOTS,
    titles: &["both", "equality", "form", "plain"],
    reasons: &[COMMENT, "decorated", "default", "fields", "method", "shared"],
    convert,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("method", SlotKind::Code, "a method that a dataclass calls, or that hinders it"),
];

/// Methods with which a dataclass is made or works otherwise (Library Reference, dataclasses).
const IN_THE_WAY: &[&str] = &[
    "__delattr__",
    "__getattr__",
    "__getattribute__",
    "__init_subclass__",
    "__match_args__",
    "__new__",
    "__post_init__",
    "__setattr__",
    "__slots__",
];

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let class = subject.node();
    let is_plain = Field::TypeParameters.of(class).is_none()
        && Field::Superclasses.of(class).map(statements).unwrap_or_default().is_empty();
    let name = Field::Name.of(class).filter(|_| is_plain)?;
    let members = statements(Field::Body.of(class)?);
    let is_known = |node: &Node<'_>| {
        matches!(
            kind(*node),
            Kind::FunctionDefinition
                | Kind::DecoratedDefinition
                | Kind::ClassDefinition
                | Kind::ExpressionStatement
        )
    };
    members.iter().all(is_known).then_some(())?;
    let named = |node: &Node<'_>, wanted: &str| {
        kind(*node) == Kind::FunctionDefinition
            && Field::Name.of(*node).is_some_and(|name| subject.text(name) == wanted)
    };
    let mut all = members.iter().filter(|node| named(node, "__init__"));
    let init = *all.next().filter(|init| all.next().is_none() && !is_async(**init))?;
    let fields = kept(subject, init)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("class", subject.text(name));
    let around = subject.ancestors().next()?;
    if kind(around) == Kind::DecoratedDefinition {
        return Some(Answer::Refused("decorated", facts));
    }
    let names: Vec<&str> = members.iter().filter_map(|node| bound(subject, *node)).collect();
    if let Some(hinders) = names.iter().find(|name| IN_THE_WAY.contains(name)) {
        facts.code("method", *hinders);
        return Some(Answer::Refused("method", facts));
    }
    let is_field = |name: &&str| fields.iter().any(|field| subject.text(field.name) == *name);
    if members.iter().any(|node| is_annotated(*node)) || names.iter().any(is_field) {
        return Some(Answer::Refused("fields", facts));
    }
    let is_shared = |field: &Parameter<'_>| {
        field.default.is_some_and(|it| matches!(kind(it), Kind::List | Kind::Dictionary))
    };
    if fields.iter().any(is_shared) {
        return Some(Answer::Refused("shared", facts));
    }
    let Some(edits) = edits(subject, &fields, (init, init)) else {
        return Some(Answer::Refused("default", facts));
    };
    let title = match (names.contains(&"__eq__"), names.contains(&"__repr__")) {
        (true, true) => "plain",
        (true, false) => "form",
        (false, true) => "equality",
        (false, false) => "both",
    };
    Some(Answer::Draft(Draft { title: Some(title), ..Draft::new(facts, edits) }))
}

/// The name that a statement of the class binds.
fn bound<'a>(subject: &Subject<'a>, node: Node<'_>) -> Option<&'a str> {
    let name = match kind(node) {
        Kind::DecoratedDefinition => return bound(subject, Field::Definition.of(node)?),
        Kind::ExpressionStatement => Field::Left.of(expression(node)?)?,
        _ => Field::Name.of(node)?,
    };
    Some(subject.text(name))
}

/// True for `x: int`, which would be a field.
fn is_annotated(node: Node<'_>) -> bool {
    expression(node).is_some_and(|it| kind(it) == Kind::Assignment && Field::Type.of(it).is_some())
}
