//! A function under `@contextmanager` that does not yield exactly once.
//!
//! Source: Library Reference, contextlib, `contextmanager()`: the generator must yield exactly one
//! value; `_GeneratorContextManager` raises `RuntimeError` otherwise.

use crate::analysis::Safety;
use crate::facts::decoration::Decorated;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Place, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{is_async, own_nodes, returned, returns, statements};
use crate::syntax::{Field, Kind, Node, flow::never_ends, kind};
use crate::walk;

use super::code::contains;
use super::shared::{break_of, indentation, name_span};

pub static RULE: Rule = Rule {
    id: "contextmanager-yield-count",
    kinds: &[Kind::DecoratedDefinition],
    slots: SLOTS,
    cases: &["none", "kind", "handler", "loop", "early"],
    fixes: &["yield-first"],
    related: &["first"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("decorator", SlotKind::Code, "`contextmanager` or `asynccontextmanager`"),
    Slot::new("with", SlotKind::Code, "`with` or `async with`"),
    Slot::new("wanted", SlotKind::Code, "`def` or `async def`, whichever the decorator needs"),
];

/// The function, and whether it is for `async with`.
struct Manager<'a> {
    function: Node<'a>,
    awaited: bool,
    decorator: &'a str,
    yields: Vec<Node<'a>>,
}

/// A mistake: where, which one, and the `yield` that comes before.
struct Fault<'a> {
    at: Node<'a>,
    case: Option<&'static str>,
    first: Option<Node<'a>>,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(manager) = manager(subject) else { return };
    let item = subject.document().items()[subject.item()].id();
    for fault in faults(&manager) {
        let mut facts = Facts::of(SLOTS);
        if let Some(name) = Field::Name.of(manager.function) {
            facts.code("function", subject.text(name));
        }
        facts.code("decorator", manager.decorator);
        facts.code("with", if manager.awaited { "async with" } else { "with" });
        facts.code("wanted", if manager.awaited { "async def" } else { "def" });
        let place = |first: Node<'_>| Place { item, at: first.byte_range().into(), role: "first" };
        let at = if fault.at == manager.function {
            name_span(manager.function)
        } else {
            fault.at.byte_range().into()
        };
        let related = fault.first.map(place).into_iter().collect();
        found.push(Found { at, case: fault.case, facts, related });
    }
}

fn manager<'a>(subject: &Subject<'a>) -> Option<Manager<'a>> {
    if subject.settings().is_test {
        return None;
    }
    let decorated = Decorated::read(subject.names(), subject.item(), subject.node())?;
    let function = decorated.function()?;
    let last = decorated.all.last()?;
    let awaited = match last.name.as_deref() {
        Some("contextlib.contextmanager") => false,
        Some("contextlib.asynccontextmanager") => true,
        _ => return None,
    };
    let mut yields = Vec::new();
    own_nodes(function, |node| {
        if kind(node) == Kind::Yield {
            yields.push(node);
        }
    });
    last.call.is_none().then_some(())?;
    Some(Manager { function, awaited, decorator: subject.text(last.expression), yields })
}

fn faults<'a>(manager: &Manager<'a>) -> Vec<Fault<'a>> {
    let function = manager.function;
    let whole = |case| vec![Fault { at: function, case: Some(case), first: None }];
    let Some(first) = manager.yields.first().copied() else {
        return if gives_nothing(function) { whole("none") } else { Vec::new() };
    };
    if is_async(function) != manager.awaited {
        return whole("kind");
    }
    let is_from = |one: &Node<'_>| one.child(1).is_some_and(|token| token.kind() == "from");
    if manager.yields.iter().any(is_from) {
        return Vec::new();
    }
    let mut faults = early(manager, first);
    faults.extend(second(manager));
    faults
}

/// True when a call gives `None`, and not just because the body only stands for one.
fn gives_nothing(function: Node<'_>) -> bool {
    let is_none =
        |statement: Node<'_>| returned(statement).is_none_or(|value| kind(value) == Kind::None);
    let body = Field::Body.of(function);
    let does_something =
        body.map(statements).unwrap_or_default().iter().any(|statement| match kind(*statement) {
            Kind::PassStatement | Kind::RaiseStatement => false,
            Kind::ExpressionStatement => statement
                .named_child(0)
                .is_some_and(|it| !matches!(kind(it), Kind::Ellipsis | Kind::String)),
            _ => true,
        });
    let all = returns(function);
    let ends = !all.is_empty() || body.is_some_and(|body| !never_ends(body));
    does_something && ends && all.into_iter().all(is_none)
}

/// `return` before the first `yield`.
fn early<'a>(manager: &Manager<'a>, first: Node<'a>) -> Vec<Fault<'a>> {
    let in_loop = path(manager, first).iter().any(|node| is_loop(*node));
    let all = returns(manager.function).into_iter().filter(|statement| {
        !in_loop
            && statement.end_byte() <= first.start_byte()
            && returned(*statement).is_none_or(|value| kind(value) == Kind::None)
    });
    all.map(|at| Fault { at, case: Some("early"), first: None }).collect()
}

/// A `yield` that may run after another one has.
fn second<'a>(manager: &Manager<'a>) -> Option<Fault<'a>> {
    for first in &manager.yields {
        let path = path(manager, *first);
        let mut behind = first.end_byte();
        for (at, pair) in path.windows(2).enumerate().rev() {
            let (around, inner) = (pair[0], pair[1]);
            // The clauses of a `match` do not follow one another.
            let is_suite = at == 0 || kind(path[at - 1]) != Kind::MatchStatement;
            if kind(around) == Kind::Block && is_suite {
                let next = statements(around).into_iter();
                let mut next = next.skip_while(|one| one.start_byte() < inner.end_byte());
                if let Some(at) = next_yield(manager, &mut next) {
                    return at.map(|at| Fault { at, case: None, first: Some(*first) });
                }
                behind = around.end_byte();
            }
            if is_loop(around) && Field::Body.of(around) == Some(inner) {
                let leaves = [Kind::BreakStatement, Kind::ReturnStatement, Kind::RaiseStatement];
                let is_left = contains(inner, &leaves)
                    || statements(around).iter().any(|it| kind(*it) == Kind::ElseClause);
                return (!is_left).then_some(Fault { at: *first, case: Some("loop"), first: None });
            }
            let is_tried =
                kind(around) == Kind::TryStatement && Field::Body.of(around) == Some(inner);
            if is_tried && let Some(at) = handler(manager, around, behind) {
                return Some(Fault { at, case: Some("handler"), first: Some(*first) });
            }
        }
    }
    None
}

/// The next `yield` in statements that run one after the other. `Some(None)` when one of them leaves
/// the function or the loop before, or may.
fn next_yield<'a>(
    manager: &Manager<'a>,
    next: &mut dyn Iterator<Item = Node<'a>>,
) -> Option<Option<Node<'a>>> {
    for statement in next {
        let inside =
            manager.yields.iter().find(|it| statement.byte_range().contains(&it.start_byte()));
        if let Some(at) = inside {
            return Some(runs_always(statement, *at).then_some(*at));
        }
        let leaves = [
            Kind::ReturnStatement,
            Kind::RaiseStatement,
            Kind::BreakStatement,
            Kind::ContinueStatement,
        ];
        if contains(statement, &leaves) {
            return Some(None);
        }
    }
    None
}

/// True when the `yield` runs whenever the statement does, exceptions apart.
fn runs_always(statement: Node<'_>, at: Node<'_>) -> bool {
    let path = walk::path_to(statement, at.start_byte(), at.end_byte()).unwrap_or_default();
    path.windows(2).all(|pair| match kind(pair[0]) {
        Kind::IfStatement
        | Kind::ForStatement
        | Kind::WhileStatement
        | Kind::MatchStatement
        | Kind::ConditionalExpression
        | Kind::BooleanOperator
        | Kind::ExceptClause => false,
        Kind::TryStatement => Field::Body.of(pair[0]) == Some(pair[1]),
        _ => true,
    })
}

/// The `yield` of an `except` of this `try`, in whose body another one has run.
fn handler<'a>(manager: &Manager<'a>, tried: Node<'a>, behind: usize) -> Option<Node<'a>> {
    let clauses = statements(tried).into_iter().filter(|it| kind(*it) == Kind::ExceptClause);
    let mut all = clauses.filter(|clause| clause.start_byte() >= behind);
    all.find_map(|clause| {
        let inside = |it: &&Node<'a>| clause.byte_range().contains(&it.start_byte());
        let at = manager.yields.iter().find(inside)?;
        runs_always(*statements(clause).last()?, *at).then_some(*at)
    })
}

fn is_loop(node: Node<'_>) -> bool {
    matches!(kind(node), Kind::ForStatement | Kind::WhileStatement)
}

/// From the body of the function to the `yield`.
fn path<'a>(manager: &Manager<'a>, at: Node<'a>) -> Vec<Node<'a>> {
    let body = Field::Body.of(manager.function);
    body.and_then(|body| walk::path_to(body, at.start_byte(), at.end_byte())).unwrap_or_default()
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

/// A `yield` on a line before the early `return`.
fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    (found.case == Some("early")).then_some(())?;
    let manager = manager(subject)?;
    let all = returns(manager.function).into_iter();
    let statement = all.into_iter().find(|it| found.at == it.byte_range().into())?;
    let indent = indentation(subject, statement)?;
    let place = crate::Span::empty(subject.span(statement).start);
    let edits = vec![(place, format!("yield{}{indent}", break_of(subject)))];
    let facts = found.facts.clone();
    Some(Plan { fix: "yield-first", safety: Safety::Review, facts, edits })
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::ReturnStatement], edits: without_yield };

/// An early `return` without the `yield` before it.
fn without_yield(subject: &Subject<'_>) -> Option<Vec<(crate::Span, String)>> {
    let before = subject.node().prev_named_sibling()?;
    let start = subject.span(before).start;
    let edit = (crate::Span::new(start, subject.span(subject.node()).start), String::new());
    (subject.text(before) == "yield").then(|| vec![edit])
}
