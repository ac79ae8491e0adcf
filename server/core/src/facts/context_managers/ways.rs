//! How a function can end: the values it returns, and whether it runs to its end or raises.
//!
//! Every way that the function has is among these; not every one of these need be possible.

use super::truth::{Raised, Truth};
use crate::syntax::function::{returned, statements};
use crate::syntax::{Field, Kind, Node, kind};

/// Suites within suites are followed this far.
const MAX_SUITES: usize = 50;

/// One `return`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way<'a> {
    /// The statement.
    pub statement: Node<'a>,
    /// Its expression, if it has one.
    pub value: Option<Node<'a>>,
    /// Whether the value is true.
    pub truth: Truth,
    /// The condition of the innermost `if` or `elif` that it depends on.
    pub when: Option<Node<'a>>,
}

/// All ways out of some statements.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ways<'a> {
    pub returns: Vec<Way<'a>>,
    /// Control may go on behind them.
    pub falls: bool,
    /// The `raise` statements on the way.
    pub raises: Vec<Node<'a>>,
    /// There is a `break` or `continue` of a loop around.
    jumps: bool,
}

impl<'a> Ways<'a> {
    fn on() -> Self {
        Self { falls: true, ..Self::default() }
    }

    /// True when control cannot go on in any way but by an exception.
    pub fn only_raises(&self) -> bool {
        !self.falls && !self.jumps && self.returns.is_empty()
    }

    /// One or the other.
    fn or(mut self, other: Self) -> Self {
        self.falls |= other.falls;
        self.take(other);
        self
    }

    fn take(&mut self, other: Self) {
        self.returns.extend(other.returns);
        self.raises.extend(other.raises);
        self.jumps |= other.jumps;
    }

    /// One, and then the other if control goes on.
    fn then(mut self, next: impl FnOnce() -> Self) -> Self {
        if self.falls {
            let next = next();
            self.falls = next.falls;
            self.take(next);
        }
        self
    }
}

/// The ways out of the function's body.
pub(crate) fn ways<'a>(raised: Raised<'a>) -> Option<Ways<'a>> {
    let body = raised.function.child_in(Field::Body)?;
    Some(Walk { raised }.suite(body, None, 0))
}

/// The ways out of a suite of the function.
pub(crate) fn ways_out_of<'a>(raised: Raised<'a>, suite: Node<'a>) -> Ways<'a> {
    Walk { raised }.suite(suite, None, 0)
}

struct Walk<'a> {
    raised: Raised<'a>,
}

impl<'a> Walk<'a> {
    fn suite(&self, suite: Node<'a>, when: Option<Node<'a>>, depth: usize) -> Ways<'a> {
        let mut ways = Ways::on();
        if depth > MAX_SUITES {
            return ways;
        }
        for statement in statements(suite) {
            ways = ways.then(|| self.statement(statement, when, depth + 1));
        }
        ways
    }

    fn part(&self, node: Option<Node<'a>>, when: Option<Node<'a>>, depth: usize) -> Ways<'a> {
        node.map_or_else(Ways::on, |node| self.suite(node, when, depth))
    }

    fn statement(&self, node: Node<'a>, when: Option<Node<'a>>, depth: usize) -> Ways<'a> {
        let part = |field| node.child_in(field);
        match kind(node) {
            Kind::ReturnStatement => {
                let value = returned(node);
                let truth = value.map_or(Truth::False, |value| self.raised.truth(value));
                let way = Way { statement: node, value, truth, when };
                Ways { returns: vec![way], ..Ways::default() }
            }
            Kind::RaiseStatement => Ways { raises: vec![node], ..Ways::default() },
            Kind::BreakStatement | Kind::ContinueStatement => {
                Ways { jumps: true, ..Ways::default() }
            }
            Kind::IfStatement => self.branches(node, when, depth),
            Kind::WhileStatement => {
                let truth =
                    part(Field::Condition).map_or(Truth::Unknown, |it| self.raised.truth(it));
                let mut body = self.part(part(Field::Body), when, depth);
                if truth == Truth::True {
                    body.falls = body.jumps;
                    body.jumps = false;
                    return body;
                }
                body.jumps = false;
                let otherwise = self.clause(node, Kind::ElseClause, when, depth);
                if truth == Truth::False { otherwise } else { body.or(otherwise).or(Ways::on()) }
            }
            Kind::ForStatement => {
                let mut body = self.part(part(Field::Body), when, depth);
                body.jumps = false;
                body.or(self.clause(node, Kind::ElseClause, when, depth)).or(Ways::on())
            }
            Kind::WithStatement => {
                let mut body = self.part(part(Field::Body), when, depth);
                body.falls |= !body.raises.is_empty();
                body
            }
            Kind::TryStatement => self.guarded(node, when, depth),
            Kind::MatchStatement => part(Field::Body).map_or_else(Ways::on, |body| {
                let cases = statements(body).into_iter();
                cases.fold(Ways::on(), |ways, case| {
                    ways.or(self.part(case.child_in(Field::Consequence), when, depth))
                })
            }),
            _ => Ways::on(),
        }
    }

    fn branches(&self, node: Node<'a>, when: Option<Node<'a>>, depth: usize) -> Ways<'a> {
        let mut found = Ways::default();
        let mut branches = vec![node];
        branches
            .extend(statements(node).into_iter().filter(|child| kind(*child) == Kind::ElifClause));
        for branch in branches {
            let condition = branch.child_in(Field::Condition);
            let truth = condition.map_or(Truth::Unknown, |it| self.raised.truth(it));
            let body = branch.child_in(Field::Consequence);
            match truth {
                Truth::False => {}
                Truth::True => return found.or(self.part(body, when, depth)),
                Truth::Unknown => found = found.or(self.part(body, condition, depth)),
            }
        }
        found.or(self.clause(node, Kind::ElseClause, when, depth))
    }

    fn guarded(&self, node: Node<'a>, when: Option<Node<'a>>, depth: usize) -> Ways<'a> {
        let body = self
            .part(node.child_in(Field::Body), when, depth)
            .then(|| self.clause(node, Kind::ElseClause, when, depth));
        let handlers = statements(node).into_iter();
        let handlers = handlers.filter(|clause| kind(*clause) == Kind::ExceptClause);
        let mut found =
            handlers.fold(body, |ways, clause| ways.or(self.part(block(clause), when, depth)));
        let last = self.clause(node, Kind::FinallyClause, when, depth);
        if !last.falls {
            return last;
        }
        found.take(last);
        found
    }

    /// The suite of the first clause of this kind.
    fn clause(
        &self,
        node: Node<'a>,
        wanted: Kind,
        when: Option<Node<'a>>,
        depth: usize,
    ) -> Ways<'a> {
        let clause = statements(node).into_iter().find(|clause| kind(*clause) == wanted);
        self.part(clause.and_then(block), when, depth)
    }
}

/// The suite of a clause of `try`, `for` or `if`.
pub(crate) fn block(clause: Node<'_>) -> Option<Node<'_>> {
    statements(clause).into_iter().find(|node| kind(*node) == Kind::Block)
}
