//! Whether control can reach the end of a suite.

use super::function::statements;
use super::{Kind, kind};
use crate::syntax::{Field, Node};
use crate::walk;

/// True when control cannot leave `suite` at its end: every way returns, raises, or leaves the
/// loop. Errs on the side of false.
pub fn never_ends(suite: Node<'_>) -> bool {
    never_ends_within(suite, 0)
}

/// [`never_ends`] for what stands behind one statement.
pub fn never_goes_on(statement: Node<'_>) -> bool {
    leaves(statement, 0)
}

/// Nested deeper than this, a suite counts as one that may end.
const MAX_SUITES: usize = 50;

fn never_ends_within(suite: Node<'_>, depth: usize) -> bool {
    depth < MAX_SUITES && statements(suite).iter().any(|statement| leaves(*statement, depth + 1))
}

fn leaves(statement: Node<'_>, depth: usize) -> bool {
    let ends = |node: Option<Node<'_>>| node.is_some_and(|node| never_ends_within(node, depth));
    let clauses = |wanted: &[Kind]| -> Vec<Node<'_>> {
        statements(statement).into_iter().filter(|node| wanted.contains(&kind(*node))).collect()
    };
    match kind(statement) {
        Kind::ReturnStatement
        | Kind::RaiseStatement
        | Kind::BreakStatement
        | Kind::ContinueStatement => true,
        Kind::IfStatement => {
            let others = clauses(&[Kind::ElifClause, Kind::ElseClause]);
            others.iter().any(|node| kind(*node) == Kind::ElseClause)
                && ends(Field::Consequence.of(statement))
                && others.iter().all(|clause| ends(block(*clause)))
        }
        // A context manager may swallow an exception, but not a `return`: still, a `raise` inside
        // may end there, so only a suite without one counts.
        Kind::WithStatement => {
            let body = Field::Body.of(statement);
            ends(body) && body.is_some_and(|body| !has(body, Kind::RaiseStatement))
        }
        Kind::TryStatement => {
            let finally = clauses(&[Kind::FinallyClause]);
            let handlers = clauses(&[Kind::ExceptClause]);
            let otherwise = clauses(&[Kind::ElseClause]);
            finally.iter().any(|clause| ends(block(*clause)))
                || ((ends(Field::Body.of(statement))
                    || otherwise.iter().any(|clause| ends(block(*clause))))
                    && handlers.iter().all(|clause| ends(block(*clause))))
        }
        Kind::WhileStatement => {
            let forever = statement
                .child_in(Field::Condition)
                .is_some_and(|condition| kind(condition) == Kind::True);
            forever
                && statement
                    .child_in(Field::Body)
                    .is_some_and(|body| !has(body, Kind::BreakStatement))
        }
        _ => false,
    }
}

fn block(clause: Node<'_>) -> Option<Node<'_>> {
    statements(clause).into_iter().find(|node| kind(*node) == Kind::Block)
}

fn has(node: Node<'_>, wanted: Kind) -> bool {
    let mut found = false;
    walk::until(node, |node| {
        found |= kind(node) == wanted;
        found || matches!(kind(node), Kind::FunctionDefinition | Kind::ClassDefinition)
    });
    found
}

#[cfg(test)]
mod tests {
    use crate::Document;
    use crate::syntax::Field;

    fn never_ends(body: &str) -> bool {
        let body: String = body.lines().map(|line| format!("    {line}\n")).collect();
        let document = Document::new(&format!("def f():\n{body}"));
        let root = document.items()[0].tree().unwrap().root_node();
        super::never_ends(root.child(0).unwrap().child_in(Field::Body).unwrap())
    }

    #[test]
    fn every_way_out_counts() {
        assert!(never_ends("return 1"));
        assert!(never_ends("raise E\n# why"));
        assert!(never_ends("if a:\n    return\nelif b:\n    raise E\nelse:\n    return"));
        assert!(never_ends("try:\n    return 1\nexcept E:\n    raise"));
        assert!(never_ends("while True:\n    if a:\n        return"));
        assert!(never_ends("with a:\n    return 1"));
    }

    #[test]
    fn a_way_to_the_end_is_seen() {
        assert!(!never_ends("if a:\n    return"));
        assert!(!never_ends("try:\n    return 1\nexcept E:\n    pass"));
        assert!(!never_ends("while True:\n    if a:\n        break"));
        assert!(!never_ends("for a in b:\n    return"));
        assert!(!never_ends("with a:\n    raise E"));
    }
}
