//! Whether a `__new__` surely makes an object by the `__new__` above it, and returns that.

use crate::names::Names;
use crate::scope::BindingKind;
use crate::syntax::function::{returned, returns, statements};
use crate::syntax::{Field, Kind, Node, flow, kind};
use crate::walk;

/// True when every call of the function `__new__` that returns has called another `__new__` once
/// on its straight way and returns the result.
pub(in crate::facts) fn makes_and_returns(
    names: Names<'_>,
    item: usize,
    function: Node<'_>,
) -> bool {
    let Some(body) = Field::Body.of(function) else { return false };
    let text = names.item(item).text();
    let all = statements(body);
    let Some(at) = all.iter().position(|statement| made_in(*statement, text)) else {
        return false;
    };
    let returns_early =
        all[..at].iter().any(|statement| contains(*statement, Kind::ReturnStatement));
    let is_made = |node: Node<'_>| match kind(node) {
        Kind::Call => is_making(node, text),
        Kind::Identifier => {
            let name = &text[node.byte_range()];
            let bindings = names.bindings_in(item, function, name);
            matches!(bindings[..], [one] if one.kind == BindingKind::Assignment && !one.conditional
                && crate::names::node_with(function, one.node)
                    .and_then(|assignment| Field::Right.of(assignment))
                    .is_some_and(|value| is_making(value, text)))
        }
        _ => false,
    };
    let returns = returns(function);
    !returns_early
        && flow::never_ends(body)
        && !returns.is_empty()
        && returns.into_iter().all(|statement| returned(statement).is_some_and(is_made))
}

/// True for a statement that makes the object whenever it runs: `return super().__new__(…)` or
/// `x = super().__new__(…)`.
fn made_in(statement: Node<'_>, text: &str) -> bool {
    let value = match kind(statement) {
        Kind::ReturnStatement => returned(statement),
        Kind::ExpressionStatement => statement
            .named_child(0)
            .filter(|node| kind(*node) == Kind::Assignment)
            .and_then(|node| Field::Right.of(node)),
        _ => None,
    };
    value.is_some_and(|value| is_making(value, text))
}

/// True for a call of an attribute `__new__`.
pub(in crate::facts) fn is_making(node: Node<'_>, text: &str) -> bool {
    kind(node) == Kind::Call
        && node
            .child_in(Field::Function)
            .filter(|callee| kind(*callee) == Kind::Attribute)
            .and_then(|callee| callee.child_in(Field::Attribute))
            .is_some_and(|attribute| &text[attribute.byte_range()] == "__new__")
}

fn contains(node: Node<'_>, wanted: Kind) -> bool {
    let mut found = false;
    walk::until(node, |node| {
        found |= kind(node) == wanted;
        found || matches!(kind(node), Kind::FunctionDefinition | Kind::ClassDefinition)
    });
    found
}
