//! What tree-sitter-python 0.25 reads as something that it is not, without an error. That a tree
//! has no error proves nothing; these predicates know where it matters.
//!
//! Known gaps that need no predicate:
//! - A lone `\r` is no line break to the grammar; the parser gets a copy with `\n` in its place.
//! - A comment before `\r\n` holds the `\r`.
//! - Python 2 statements (`print x`, `exec x`), empty suites and syntax of every version are taken.
//! - `lazy import a` (PEP 810) has an error beside an intact `import a`.
//! - Names are not normalised (Language Reference, Identifiers).

use std::sync::LazyLock;

use crate::syntax::Node;

use super::function::statements;
use super::{Field, Kind, kind, language};
use crate::items::logical_line_end;

/// True for `type(self).x = 1` and `type[x] = 1`: these are assignments, which the grammar takes
/// for type aliases.
pub fn is_false_type_alias(node: Node<'_>) -> bool {
    kind(node) == Kind::TypeAliasStatement && type_alias(node).is_none()
}

/// The name that a `type_alias_statement` binds and the list of its parameters; nothing for one
/// that is none.
pub fn type_alias(node: Node<'_>) -> Option<(Node<'_>, Option<Node<'_>>)> {
    let left = Field::Left.of(node)?.named_child(0)?;
    let (name, list) = match kind(left) {
        Kind::GenericType => (left.named_child(0)?, left.named_child(1)),
        _ => (left, None),
    };
    (kind(name) == Kind::Identifier).then_some((name, list))
}

/// True when the text of an item is a definition that starts in the first column. Then nothing on its
/// indented lines belongs to the module, whatever a tree with an error says.
pub fn starts_with_definition(text: &str) -> bool {
    let code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let first = text.lines().find(code).unwrap_or_default();
    let word = first.split(|c: char| !c.is_alphanumeric() && c != '_').next();
    let is_async = word == Some("async") && first[5..].trim_start().starts_with("def");
    first.starts_with('@') || is_async || matches!(word, Some("def" | "class"))
}

/// True when the line on which `node` starts is indented.
pub fn is_on_indented_line(node: Node<'_>, text: &str) -> bool {
    let before = text.as_bytes().get(..node.start_byte()).unwrap_or_default();
    let start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |at| at + 1);
    matches!(text.as_bytes().get(start), Some(b' ' | b'\t'))
}

/// True when `node` is a simple statement, a decorator or a compound statement whose head goes on
/// behind the end of its logical line. The grammar swallows a line break behind a dot, an operator
/// or a keyword, so that `x = a.⏎y = 3` becomes `x = a.y = 3`, and `x =⏎y = 3` becomes
/// `x = y = 3`: two lines of which the first is being typed.
pub fn is_torn(node: Node<'_>, text: &str) -> bool {
    let Some(end) = end_of_line(node) else { return false };
    let Some(source) = text.get(node.start_byte()..end) else { return false };
    let has_break = memchr::memchr2(b'\n', b'\r', source.as_bytes()).is_some();
    has_break && logical_line_end(source) < source.len()
}

/// The number of the token `:` in the grammar. To compare names takes much longer.
static COLON: LazyLock<u16> = LazyLock::new(|| language().id_for_node_kind(":", false));

/// The end of what must be on one logical line, for the nodes that have such a part.
fn end_of_line(node: Node<'_>) -> Option<usize> {
    match kind(node) {
        Kind::AssertStatement
        | Kind::Decorator
        | Kind::DeleteStatement
        | Kind::ExpressionStatement
        | Kind::FutureImportStatement
        | Kind::GlobalStatement
        | Kind::ImportFromStatement
        | Kind::ImportStatement
        | Kind::NonlocalStatement
        | Kind::RaiseStatement
        | Kind::ReturnStatement
        | Kind::TypeAliasStatement => Some(node.end_byte()),
        Kind::CaseClause
        | Kind::ClassDefinition
        | Kind::ElifClause
        | Kind::ElseClause
        | Kind::ExceptClause
        | Kind::FinallyClause
        | Kind::ForStatement
        | Kind::FunctionDefinition
        | Kind::IfStatement
        | Kind::MatchStatement
        | Kind::TryStatement
        | Kind::WhileStatement
        | Kind::WithStatement => {
            let colon = node.children().find(|child| child.kind_id() == *COLON)?;
            Some(colon.end_byte())
        }
        _ => None,
    }
}

/// The grammar swallows a line break behind a dot outside brackets. True when that happened between
/// the dot and `name`, which so starts a statement.
pub fn is_after_swallowed_break(text: &str, name: Node<'_>) -> bool {
    let Some(before) = text.get(..name.start_byte()) else { return false };
    if before.ends_with('.') {
        return false;
    }
    let Some(dot) = before.rfind('.') else { return false };
    // Lines may be joined by backslashes (Language Reference, Explicit line joining).
    let gap = before[dot + 1..].replace("\\\r\n", "").replace("\\\n", "").replace("\\\r", "");
    gap.contains(['\n', '\r'])
}

/// The target in `(x) += 1` and `(x): int`: to the grammar a tuple of one.
pub fn in_parentheses(mut target: Node<'_>) -> Node<'_> {
    while matches!(kind(target), Kind::TuplePattern | Kind::ParenthesizedExpression)
        && let [inner] = statements(target)[..]
    {
        target = inner;
    }
    target
}

/// In `f"{a:=10}"` the grammar sees a walrus, which needs parentheses there (Language Reference,
/// f-strings): `=10` is the format. For such a node, the name and the expression in braces that may
/// follow it.
pub fn not_a_walrus(expression: Node<'_>) -> Option<(Node<'_>, Option<Node<'_>>)> {
    if kind(expression) != Kind::NamedExpression {
        return None;
    }
    let name = Field::Name.of(expression)?;
    let braces = Field::Value.of(expression).filter(|node| kind(*node) == Kind::Set);
    Some((name, braces))
}

/// PEP 696 defaults are unknown to the grammar: in `[T = int]` and `[T, U = int]` one of `T =` and
/// `= int` is an error, and `int` looks like a parameter. True when `node` is such a default.
pub fn is_type_default(text: &str, node: Node<'_>) -> bool {
    let before = text.get(..node.start_byte()).unwrap_or_default();
    before.trim_end().ends_with('=') || text[node.byte_range()].starts_with('=')
}

/// True when what stands in such a node stands in brackets.
pub fn has_brackets(kind: Kind) -> bool {
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

#[cfg(test)]
mod tests;
