//! Lines, indentation and clauses of what a conversion writes.

use crate::facts::source_text::one_line;
use crate::rules::edit::unit;
pub(super) use crate::rules::edit::{ends_line, indent_at};
use crate::subject::Subject;
use crate::syntax::{Kind, Node, function::statements, kind};

/// PEP 8 has 79, most formatters 88.
const MAX_COLUMNS: usize = 88;

/// The indentation of a statement that has its lines for itself.
pub(super) fn indent_of(subject: &Subject<'_>, statement: Node<'_>) -> Option<String> {
    let span = subject.span(statement);
    let indent = indent_at(subject.document(), span.start)?;
    ends_line(subject.document(), span.end).then_some(indent)
}

/// One step of indentation: that of the nearest body, else four columns.
pub(super) fn step(subject: &Subject<'_>) -> String {
    let around = subject.path().iter().rev();
    around.copied().find_map(|node| unit(subject, node)).unwrap_or_else(|| "    ".to_owned())
}

/// The only statement of a suite.
pub(super) fn only(suite: Node<'_>) -> Option<Node<'_>> {
    match statements(suite)[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// An expression where a comprehension takes only a disjunction (Language Reference, Displays for
/// lists, sets and dictionaries).
pub(super) fn as_disjunction(subject: &Subject<'_>, node: Node<'_>) -> String {
    let text = one_line(subject, node);
    match kind(node) {
        Kind::ConditionalExpression
        | Kind::Lambda
        | Kind::ExpressionList
        | Kind::NamedExpression => format!("({text})"),
        _ => text,
    }
}

/// The opposite of a condition.
pub(super) fn negated(subject: &Subject<'_>, condition: Node<'_>) -> String {
    let text = one_line(subject, condition);
    match kind(condition) {
        Kind::Identifier
        | Kind::Call
        | Kind::Attribute
        | Kind::Subscript
        | Kind::ParenthesizedExpression
        | Kind::ComparisonOperator => format!("not {text}"),
        _ => format!("not ({text})"),
    }
}

/// A display with these clauses behind `head`, on one line if it is not too long, else on one for
/// each clause.
pub(super) fn display(
    brackets: (&str, &str),
    clauses: &[String],
    (head, indent, step): (usize, &str, &str),
    line_break: &str,
) -> String {
    let (open, close) = brackets;
    let short = format!("{open}{}{close}", clauses.join(" "));
    if head + short.chars().count() <= MAX_COLUMNS {
        return short;
    }
    let lines = clauses.join(&format!("{line_break}{indent}{step}"));
    format!("{open}{line_break}{indent}{step}{lines}{line_break}{indent}{close}")
}
