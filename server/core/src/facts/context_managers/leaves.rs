//! What leaves a suite before its end, and where it pauses.

use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

/// The statements that leave the suite from inside: `return`, and `break` and `continue` of loops
/// around it.
pub(crate) fn leaves(suite: Node<'_>) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    // Each loop inside takes the `break` and `continue` in its body, but not in its `else`.
    let mut bodies: Vec<std::ops::Range<usize>> = Vec::new();
    walk::until(suite, |node| {
        match kind(node) {
            Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda => return true,
            Kind::ForStatement | Kind::WhileStatement => {
                bodies.extend(node.child_in(Field::Body).map(|body| body.byte_range()));
            }
            Kind::ReturnStatement => found.push(node),
            Kind::BreakStatement | Kind::ContinueStatement
                if !bodies.iter().any(|body| body.contains(&node.start_byte())) =>
            {
                found.push(node);
            }
            _ => {}
        }
        false
    });
    found
}

/// The places in the suite at which the function around it is suspended by `yield`.
pub(crate) fn yields(suite: Node<'_>) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    walk::until(suite, |node| {
        if kind(node) == Kind::Yield {
            found.push(node);
        }
        matches!(kind(node), Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda)
    });
    found
}
