//! The items of a `with` statement as Python reads them.

use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::walk;

/// `expression` or `expression as target`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'a> {
    /// The `with_item`, or the part of it that stands in its parentheses.
    pub node: Node<'a>,
    /// What is entered.
    pub expression: Node<'a>,
    /// What is bound.
    pub target: Option<Node<'a>>,
}

/// The items, in order. Nothing where the grammar reads something else than Python does.
pub(crate) fn items(with: Node<'_>) -> Option<Vec<Item<'_>>> {
    let clause = statements(with).into_iter().find(|node| kind(*node) == Kind::WithClause)?;
    let nodes = statements(clause);
    if let [only] = nodes[..] {
        let value = only.child_in(Field::Value)?;
        let parts = statements(value);
        let is_list = match kind(value) {
            // `(a as b,)` and `(a,)` are one item with a comma behind it.
            Kind::Tuple => !parts.is_empty(),
            Kind::ParenthesizedExpression => parts.iter().any(|it| kind(*it) == Kind::AsPattern),
            _ => false,
        };
        if is_list {
            return parts.into_iter().map(|part| item(part, part)).collect();
        }
    }
    nodes.into_iter().map(|node| item(node, node.child_in(Field::Value)?)).collect()
}

fn item<'a>(node: Node<'a>, value: Node<'a>) -> Option<Item<'a>> {
    let (expression, target) = match kind(value) {
        Kind::AsPattern => {
            let target = value.child_in(Field::Alias)?.named_child(0)?;
            (value.named_child(0)?, Some(target))
        }
        _ => (value, None),
    };
    // `a if b else c as d` and the like are torn by the grammar.
    let mut torn = false;
    walk::until(expression, |node| {
        torn |= kind(node) == Kind::AsPattern;
        torn
    });
    (!torn && kind(expression) != Kind::ListSplat).then_some(Item { node, expression, target })
}

/// True for `async with`.
pub(crate) fn is_async(with: Node<'_>) -> bool {
    with.child(0).is_some_and(|token| token.kind() == "async")
}
