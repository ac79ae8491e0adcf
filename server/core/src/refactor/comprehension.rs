//! What conversions of comprehensions share.

use crate::Span;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::walk;

/// True for a comprehension with an `async for`, or an `await` that is not in the first iterable,
/// which is evaluated outside.
pub(super) fn is_async(comprehension: Node<'_>) -> bool {
    let parts = statements(comprehension);
    let first = parts.iter().find(|part| kind(**part) == Kind::ForInClause);
    let source = first.and_then(|clause| Field::Right.of(*clause));
    let mut found = parts.iter().any(|part| is_async_clause(*part));
    walk::until(comprehension, |node| {
        found |= kind(node) == Kind::Await;
        found || Some(node) == source || kind(node) == Kind::Lambda
    });
    found
}

/// True for `async for`.
pub(super) fn is_async_clause(clause: Node<'_>) -> bool {
    kind(clause) == Kind::ForInClause && clause.child(0).is_some_and(|it| it.kind() == "async")
}

/// True when `:=` or a `yield` stands in the node.
pub(super) fn binds_or_yields(node: Node<'_>) -> bool {
    has(node, &[Kind::NamedExpression, Kind::Yield])
}

/// True when functions are made in the node, which see its variables later on.
pub(super) fn makes_functions(node: Node<'_>) -> bool {
    has(node, &[Kind::Lambda, Kind::GeneratorExpression])
}

/// True when a node of these kinds stands in `root`.
pub(super) fn has(root: Node<'_>, wanted: &[Kind]) -> bool {
    let mut found = false;
    walk::until(root, |node| {
        found |= wanted.contains(&kind(node));
        found
    });
    found
}

/// Other brackets around the comprehension that the subject is; `None` where they can be left out.
pub(super) fn rebracketed(
    subject: &Subject<'_>,
    brackets: Option<(&str, &str)>,
) -> Vec<(Span, String)> {
    let span = subject.span(subject.node());
    let is_bare = !subject.text(subject.node()).starts_with(['(', '[']);
    let (open, close) = brackets.unwrap_or_default();
    if is_bare {
        return vec![
            (Span::empty(span.start), open.to_owned()),
            (Span::empty(span.end), close.to_owned()),
        ];
    }
    vec![
        (Span::new(span.start, span.start + 1), open.to_owned()),
        (Span::new(span.end - 1, span.end), close.to_owned()),
    ]
}
