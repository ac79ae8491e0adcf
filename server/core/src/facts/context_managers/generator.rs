//! What a generator function under `contextlib.contextmanager` does around its `yield`.
//!
//! Source: Library Reference, contextlib, `contextmanager()`: an exception of the block is raised
//! at the `yield`; if the generator handles it and ends, it counts as handled.

use super::truth::Raised;
use super::ways::{block, ways_out_of};
use crate::syntax::function::{own_nodes, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

/// The `yield` of the function, and what stands around it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Around<'a> {
    /// What is yielded; nothing for a bare `yield`.
    pub value: Option<Node<'a>>,
    /// The innermost `finally` that runs whatever the block does.
    pub cleanup: Option<Node<'a>>,
    /// The statement behind a `yield` that nothing guards.
    pub unprotected: Option<Node<'a>>,
    /// Clauses that handle an exception of the block, and whether each way through them raises.
    pub handlers: Vec<Handler<'a>>,
    /// A `with` around the `yield`, which may drop the exception.
    pub with: Option<Node<'a>>,
    /// A `finally` around it that ends by `return`, which drops every exception.
    pub returns: Option<Node<'a>>,
}

/// An `except` clause around the `yield`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handler<'a> {
    /// The clause.
    pub clause: Node<'a>,
    /// Each way through it raises the same exception again.
    pub passes: bool,
    /// No way through it raises.
    pub drops: bool,
}

/// The only `yield` of the function; nothing when there are several, or it stands in a loop.
pub(crate) fn only_yield(function: Node<'_>) -> Option<Node<'_>> {
    let mut yields = Vec::new();
    own_nodes(function, |node| {
        if kind(node) == Kind::Yield {
            yields.push(node);
        }
    });
    let [only] = yields[..] else { return None };
    only.child(1).is_none_or(|token| token.kind() != "from").then_some(only)
}

/// What stands around the only `yield` of the function.
pub(crate) fn around<'a>(raised: Raised<'a>, only: Node<'a>) -> Option<Around<'a>> {
    let body = raised.function.child_in(Field::Body)?;
    let path = walk::path_to(body, only.start_byte(), only.end_byte())?;
    let value = statements(only).first().copied();
    let mut found = Around { value, ..Around::default() };
    let mut guarded = false;
    for pair in path.windows(2).rev() {
        match kind(pair[0]) {
            Kind::ForStatement | Kind::WhileStatement => return None,
            Kind::TryStatement => {
                guarded = true;
                let in_body = pair[0].child_in(Field::Body) == Some(pair[1]);
                let in_finally = kind(pair[1]) == Kind::FinallyClause;
                found.look_at(raised, pair[0], in_body, in_finally);
            }
            Kind::WithStatement => {
                guarded = true;
                found.with = found.with.or(Some(pair[0]));
            }
            _ => {}
        }
    }
    let top = path.get(1).copied().unwrap_or(only);
    let is_statement = kind(top) == Kind::ExpressionStatement;
    let next = statements(body).into_iter().find(|it| it.start_byte() >= top.end_byte());
    found.unprotected = next.filter(|_| !guarded && is_statement);
    Some(found)
}

impl<'a> Around<'a> {
    fn look_at(&mut self, raised: Raised<'a>, tried: Node<'a>, in_body: bool, in_finally: bool) {
        for clause in statements(tried) {
            match kind(clause) {
                Kind::FinallyClause if !in_finally => {
                    self.cleanup = self.cleanup.or(Some(clause));
                    let ways = block(clause).map(|suite| ways_out_of(raised, suite));
                    if ways.is_some_and(|ways| !ways.falls && !ways.returns.is_empty()) {
                        self.returns = Some(clause);
                    }
                }
                Kind::ExceptClause if in_body => {
                    let Some(suite) = block(clause) else { continue };
                    let ways = ways_out_of(raised, suite);
                    let goes_on = ways.falls || !ways.returns.is_empty();
                    let again = ways.raises.iter().all(|raise| raised.raises_again(*raise));
                    let drops = ways.raises.is_empty();
                    self.handlers.push(Handler { clause, passes: !goes_on && again, drops });
                }
                _ => {}
            }
        }
    }

    /// True when an exception of the block surely passes on, if nothing else raises.
    pub fn passes(&self) -> bool {
        self.with.is_none()
            && self.returns.is_none()
            && self.handlers.iter().all(|handler| handler.passes)
    }
}

/// What an `except` clause names; nothing for a bare one.
pub(crate) fn caught(clause: Node<'_>) -> Option<Node<'_>> {
    let value = statements(clause).into_iter().find(|node| kind(*node) != Kind::Block)?;
    if kind(value) == Kind::AsPattern { value.named_child(0) } else { Some(value) }
}
