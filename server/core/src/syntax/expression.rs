//! Expressions and the statements that hold them: what is in parentheses, what a method is called on,
//! what evaluates without effect.

use crate::syntax::Node;

use super::function::statements;
use super::{Field, Kind, kind};
use crate::walk;

/// The expression that a statement is.
pub(crate) fn expression(statement: Node<'_>) -> Option<Node<'_>> {
    (kind(statement) == Kind::ExpressionStatement && statement.named_child_count() == 1)
        .then(|| statement.named_child(0))?
}

/// The next statement of the block.
pub(crate) fn next_statement(statement: Node<'_>) -> Option<Node<'_>> {
    let mut next = statement.next_named_sibling();
    while next.is_some_and(|node| node.is_extra()) {
        next = next?.next_named_sibling();
    }
    next
}

/// The object and the name of the method in `object.method(…)`.
pub(crate) fn method<'t>(call: Node<'t>) -> Option<(Node<'t>, Node<'t>)> {
    let callee = Field::Function.of(call).filter(|_| kind(call) == Kind::Call)?;
    let callee = Some(callee).filter(|callee| kind(*callee) == Kind::Attribute)?;
    Some((Field::Object.of(callee)?, Field::Attribute.of(callee)?))
}

/// An expression without the parentheses around it.
pub(crate) fn bare(mut node: Node<'_>) -> Node<'_> {
    while kind(node) == Kind::ParenthesizedExpression {
        match statements(node)[..] {
            [inner] => node = inner,
            _ => break,
        }
    }
    node
}

/// The text of a string literal without prefix and escapes.
pub(crate) fn plain_string<'a>(node: Node<'_>, text: &'a str) -> Option<&'a str> {
    let whole = text.get(node.byte_range()).filter(|_| kind(node) == Kind::String)?;
    let quote = whole.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let inner = whole.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains(['\\', '"', '\'', '\n'])).then_some(inner)
}

/// True when evaluating the expression calls, awaits and binds nothing.
pub(crate) fn is_quiet(expression: Node<'_>) -> bool {
    let mut quiet = true;
    walk::until(expression, |node| {
        quiet &= !matches!(
            kind(node),
            Kind::Call
                | Kind::Await
                | Kind::Yield
                | Kind::NamedExpression
                | Kind::FormatExpression
                | Kind::Interpolation
        ) && !node.is_error_node();
        !quiet
    });
    quiet
}

/// True for a literal that cannot change, an f-string included.
pub fn is_constant(node: Node<'_>) -> bool {
    matches!(
        kind(node),
        Kind::Integer | Kind::Float | Kind::String | Kind::None | Kind::True | Kind::False
    )
}
