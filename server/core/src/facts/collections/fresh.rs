//! Expressions that make a new object that can change.

use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Object};
use crate::vocabulary::Word;

/// Types of `collections` whose objects can change.
const MUTABLE: &[&str] = &[
    "collections.Counter",
    "collections.OrderedDict",
    "collections.defaultdict",
    "collections.deque",
];

/// The dotted name of the type, if the expression itself makes a new object that can change: a
/// display, a comprehension, a call of the type, `[0] * n`. Nothing for a name of one.
pub(in crate::facts) fn fresh(subject: &Subject<'_>, node: Node<'_>) -> Option<String> {
    let node = crate::names::node_with(subject.path()[0], node.byte_range().into())?;
    if repeated(node).is_some() {
        return Some("builtins.list".to_owned());
    }
    let found = value::of(subject.names(), subject.item(), node)?;
    // One that is made elsewhere and named here is meant to be shared, perhaps.
    let made_here = found.item == subject.item() && found.node.byte_range() == node.byte_range();
    let name = match found.object {
        Object::Builtin(kind) if kind.is_mutable() => kind.qualified().to_owned(),
        Object::Called(name) if MUTABLE.contains(&name.as_str()) => {
            (!subject.settings().vocabulary.says(Word::Immutable, &name)).then_some(name)?
        }
        _ => return None,
    };
    made_here.then_some(name)
}

/// The list display and the other operand of `[…] * n` or `n * […]`.
pub(super) fn repeated(node: Node<'_>) -> Option<(Node<'_>, Node<'_>)> {
    let times = Field::Operator.of(node).is_some_and(|sign| sign.kind() == "*");
    if kind(node) != Kind::BinaryOperator || !times || node.is_broken() {
        return None;
    }
    let (left, right) = (Field::Left.of(node)?, Field::Right.of(node)?);
    match (kind(left), kind(right)) {
        (Kind::List, Kind::List) => None,
        (Kind::List, _) => Some((left, right)),
        (_, Kind::List) => Some((right, left)),
        _ => None,
    }
}

/// A dotted name without its module.
pub(in crate::facts) fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
