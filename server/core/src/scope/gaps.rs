//! Where tree-sitter-python 0.25 reads code as something that it is not, as far as names go.

use tree_sitter::Node;

use crate::syntax::{Field, Kind, kind};

/// The name that a `type_alias_statement` binds and the list of its parameters.
///
/// Nothing for `type(self).x = 1` and `type[x] = 1`: these are assignments, which the grammar takes
/// for type aliases.
pub(super) fn type_alias(node: Node<'_>) -> Option<(Node<'_>, Option<Node<'_>>)> {
    let left = Field::Left.of(node)?.named_child(0)?;
    let (name, list) = match kind(left) {
        Kind::GenericType => (left.named_child(0)?, left.named_child(1)),
        _ => (left, None),
    };
    (kind(name) == Kind::Identifier).then_some((name, list))
}

/// `x = a.⏎y = 3` is read as `x = a.y = 3`: outside brackets the grammar swallows the line break
/// behind a dot. True when that happened between the dot and `name`, which so starts a statement.
pub(super) fn is_after_swallowed_break(text: &str, name: Node<'_>) -> bool {
    let Some(before) = text.get(..name.start_byte()) else { return false };
    if before.ends_with('.') {
        return false;
    }
    let Some(dot) = before.rfind('.') else { return false };
    // Lines may be joined by backslashes (Language Reference, Explicit line joining).
    let gap = before[dot + 1..].replace("\\\r\n", "").replace("\\\n", "").replace("\\\r", "");
    gap.contains(['\n', '\r'])
}

/// In `f"{a:=10}"` the grammar sees a walrus, which needs parentheses there (Language Reference,
/// f-strings): `=10` is the format. For such a node, the name and the expression in braces that may
/// follow it.
pub(super) fn not_a_walrus(expression: Node<'_>) -> Option<(Node<'_>, Option<Node<'_>>)> {
    if kind(expression) != Kind::NamedExpression {
        return None;
    }
    let name = Field::Name.of(expression)?;
    let braces = Field::Value.of(expression).filter(|node| kind(*node) == Kind::Set);
    Some((name, braces))
}

/// PEP 696 defaults are unknown to the grammar: in `[T = int]` and `[T, U = int]` one of `T =` and
/// `= int` is an error, and `int` looks like a parameter. True when `node` is such a default.
pub(super) fn is_type_default(text: &str, node: Node<'_>) -> bool {
    let before = text.get(..node.start_byte()).unwrap_or_default();
    before.trim_end().ends_with('=') || text[node.byte_range()].starts_with('=')
}

/// True when what stands in such a node stands in brackets.
pub(super) fn has_brackets(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::ParenthesizedExpression
            | Kind::Tuple
            | Kind::List
            | Kind::Set
            | Kind::Dictionary
            | Kind::TuplePattern
            | Kind::ListPattern
            | Kind::Argument
            | Kind::TypeParameter
    )
}
