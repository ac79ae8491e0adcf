//! A dictionary that a loop fills key by key: what counting and grouping by hand have in common.

use crate::Span;
use crate::names::Bound;
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::expression::{bare, expression, is_quiet};
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};

/// `key in dictionary` or `key not in dictionary`.
pub(crate) struct Membership<'a> {
    pub key: Node<'a>,
    pub dictionary: Node<'a>,
    pub negated: bool,
}

/// Reads a condition.
pub(crate) fn membership<'a>(condition: Node<'a>) -> Option<Membership<'a>> {
    let condition = bare(condition);
    let [key, dictionary] = statements(condition)[..] else { return None };
    let operator = Field::Operators.of(condition)?.kind();
    let plain = kind(condition) == Kind::ComparisonOperator
        && matches!(operator, "in" | "not in")
        && kind(dictionary) == Kind::Identifier
        && is_quiet(key);
    plain.then_some(Membership { key, dictionary, negated: operator == "not in" })
}

/// The two suites of an `if` with an optional `else`, each with one statement.
pub(crate) fn branches<'a>(node: Node<'a>) -> Option<(Node<'a>, Option<Node<'a>>)> {
    let only = |suite: Node<'a>| match statements(suite)[..] {
        [only] => Some(only),
        _ => None,
    };
    let consequence = only(Field::Consequence.of(node)?)?;
    let mut others = statements(node)
        .into_iter()
        .filter(|clause| matches!(kind(*clause), Kind::ElifClause | Kind::ElseClause));
    let otherwise = match (others.next(), others.next()) {
        (None, _) => None,
        (Some(clause), None) if kind(clause) == Kind::ElseClause => {
            Some(only(Field::Body.of(clause)?)?)
        }
        _ => return None,
    };
    Some((consequence, otherwise))
}

/// True for `dictionary[key]` with the same words.
pub(crate) fn is_element(
    subject: &Subject<'_>,
    node: Node<'_>,
    dictionary: &str,
    key: &str,
) -> bool {
    let keys: Vec<_> = node.children_in(Field::Subscript).collect();
    kind(node) == Kind::Subscript
        && Field::Value.of(node).is_some_and(|value| subject.text(value) == dictionary)
        && matches!(keys[..], [only] if subject.text(only) == key)
}

/// `dictionary[key] = value` as a statement: the value.
pub(crate) fn stored<'a>(
    subject: &Subject<'a>,
    statement: Node<'a>,
    dictionary: &str,
    key: &str,
) -> Option<Node<'a>> {
    let assignment = expression(statement).filter(|node| kind(*node) == Kind::Assignment)?;
    let left = Field::Left.of(assignment)?;
    let plain = is_element(subject, left, dictionary, key) && Field::Type.of(assignment).is_none();
    Field::Right.of(assignment).filter(|_| plain)
}

/// Where an empty dictionary becomes the only value of the name, before the loop around the
/// subject: the binding and the value.
pub(crate) fn empty_dictionary<'a>(
    subject: &Subject<'a>,
    name: Node<'a>,
) -> Option<(Bound<'a>, Node<'a>)> {
    let names = subject.names();
    let bound = names.binding(subject.item(), name)?;
    let plain = bound.binding.kind == BindingKind::Assignment
        && bound.binding.from == bound.binding.scope
        && !bound.binding.conditional;
    let assignment = names.node(bound).filter(|_| plain)?;
    let alone =
        Field::Left.of(assignment).is_some_and(|it| bound.binding.at == it.byte_range().into());
    let value = Field::Right.of(assignment).filter(|_| alone)?;
    let is_empty = match kind(value) {
        Kind::Dictionary => statements(value).is_empty(),
        Kind::Call => {
            bound.item == subject.item()
                && called(subject, value).as_deref() == Some("builtins.dict")
                && arguments(value).is_empty()
        }
        _ => false,
    };
    let is_local = subject.names().scopes(subject.item())?.reference_at(name.start_byte())?.scope
        == bound.binding.scope;
    (is_empty && is_local && in_loop(subject, bound)).then_some((bound, value))
}

/// True when a loop stands around the subject in its function, and the binding before the loop.
fn in_loop(subject: &Subject<'_>, bound: Bound<'_>) -> bool {
    for node in subject.ancestors() {
        match kind(node) {
            Kind::ForStatement | Kind::WhileStatement => {
                let inside = bound.item == subject.item()
                    && node.byte_range().contains(&bound.binding.at.start);
                let before = bound.item < subject.item()
                    || bound.item == subject.item() && bound.binding.at.start < node.start_byte();
                return !inside && before;
            }
            Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition => return false,
            _ => {}
        }
    }
    false
}

/// The bytes of the file of a node in the item of `bound`.
pub(crate) fn span_in(subject: &Subject<'_>, bound: Bound<'_>, node: Node<'_>) -> Span {
    Span::from(node.byte_range()).shifted(subject.document().start_of(bound.item))
}

/// The dotted name of what a call in the subject's item calls.
pub(super) fn called(subject: &Subject<'_>, call: Node<'_>) -> Option<String> {
    let callee = Field::Function.of(call).filter(|_| kind(call) == Kind::Call)?;
    subject.names().qualified(subject.item(), callee)
}
