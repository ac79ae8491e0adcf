//! `list(itertools.count())`: what reads an iterator to its end is given one that has none.
//!
//! Source: Library Reference, itertools, Infinite iterators.

use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Rule};
use crate::subject::Subject;
use crate::syntax::function::{arguments, own_nodes, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Object};

use super::code::{bare, contains, is_expected_to_fail, is_quiet};
use super::generator_reused::TAKES_ALL;

pub static RULE: Rule = Rule {
    id: "infinite-consumption",
    kinds: &[
        Kind::Call,
        Kind::ListComprehension,
        Kind::SetComprehension,
        Kind::DictionaryComprehension,
    ],
    slots: SLOTS,
    cases: &["comprehension"],
    fixes: &[],
    related: &[],
    check,
    fix: |_, _| Vec::new(),
};

static SLOTS: &[Slot] = &[
    Slot::new("source", SlotKind::Code, "what never ends"),
    Slot::new("consumer", SlotKind::Code, "what reads it to its end"),
];

/// Iterators around others are followed this far.
const MAX_DEPTH: usize = 10;

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let node = subject.node();
    let (source, consumer) = if kind(node) == Kind::Call {
        let Some(name) = subject.callee() else { return };
        let all = arguments(node);
        let Some(first) = all.first().copied().filter(|_| TAKES_ALL.contains(&&*name)) else {
            return;
        };
        let is_one = all.iter().skip(1).all(|other| kind(*other) == Kind::KeywordArgument);
        let is_keyword = matches!(kind(first), Kind::KeywordArgument | Kind::ListSplat);
        let Some(callee) = Field::Function.of(node).filter(|_| is_one && !is_keyword) else {
            return;
        };
        if !is_endless(subject, first, 0) {
            return;
        }
        (first, one_line(subject, callee))
    } else {
        // What waits may be cancelled.
        if contains(node, &[Kind::Await, Kind::Yield]) {
            return;
        }
        let Some(source) = endless_clause(subject, node, 0) else { return };
        (source, String::new())
    };
    if is_expected_to_fail(subject) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("source", one_line(subject, source));
    if kind(node) == Kind::Call {
        facts.code("consumer", consumer);
    }
    let case = (kind(node) != Kind::Call).then_some("comprehension");
    found.push(Found { at: source.byte_range().into(), case, facts, related: Vec::new() });
}

/// True for an iterator that never ends by itself.
fn is_endless<'a>(subject: &Subject<'a>, node: Node<'a>, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    let node = bare(node);
    if kind(node) == Kind::GeneratorExpression {
        return !contains(node, &[Kind::Await, Kind::Yield])
            && endless_clause(subject, node, depth).is_some();
    }
    let Some(value) = value::of(subject.names(), subject.item(), node) else { return false };
    match &value.object {
        Object::Generator(function) => {
            kind(function.node) == Kind::FunctionDefinition && yields_for_ever(function.node)
        }
        Object::Called(name) => {
            let Some(call) = value.call() else { return false };
            let text = subject.names().item(value.item).text();
            // What a name holds may be partly read, which changes nothing; but its parts belong to
            // the place where it is made.
            let is_here = value.item == subject.item();
            endless_call(subject, name, call, Arguments::of(call, text), is_here, depth)
        }
        _ => false,
    }
}

fn endless_call<'a>(
    subject: &Subject<'a>,
    name: &str,
    call: Node<'a>,
    given: Arguments<'a>,
    is_here: bool,
    depth: usize,
) -> bool {
    let inner = |node: &Node<'a>| is_here && is_endless(subject, *node, depth + 1);
    if given.spread {
        return false;
    }
    match name {
        "itertools.count" => true,
        "itertools.cycle" => given.positional.len() == 1,
        "itertools.repeat" => given.positional.len() == 1 && given.keywords.is_empty(),
        "builtins.enumerate" | "itertools.accumulate" | "itertools.pairwise" => {
            given.positional.first().is_some_and(inner)
        }
        "builtins.zip" => !given.positional.is_empty() && given.positional.iter().all(inner),
        "itertools.chain" => given.positional.iter().any(inner),
        // A function that raises `StopIteration` ends them.
        "builtins.map" | "builtins.filter" | "itertools.filterfalse" => {
            let mut all = given.positional.iter();
            let function = all.next();
            let is_plain = function.is_some_and(|function| is_plain(subject, *function));
            is_plain && arguments(call).len() > 1 && all.all(inner)
        }
        _ => false,
    }
}

/// True for a function that calls nothing, and for the types that make a value of another.
fn is_plain(subject: &Subject<'_>, function: Node<'_>) -> bool {
    match kind(function) {
        Kind::None => true,
        Kind::Lambda => Field::Body.of(function).is_some_and(is_quiet),
        Kind::Identifier => {
            let name = subject.names().qualified(subject.item(), function);
            name.is_some_and(|name| {
                matches!(
                    &*name,
                    "builtins.str" | "builtins.float" | "builtins.bool" | "builtins.abs"
                )
            })
        }
        _ => false,
    }
}

/// What a clause of a comprehension iterates over for ever; its element calls nothing that may end
/// it by an exception on purpose.
fn endless_clause<'a>(subject: &Subject<'a>, node: Node<'a>, depth: usize) -> Option<Node<'a>> {
    let parts = statements(node);
    let element = *parts.first()?;
    is_quiet(element).then_some(())?;
    let clauses = parts.into_iter().filter(|part| kind(*part) == Kind::ForInClause);
    let mut sources = clauses.filter_map(|clause| Field::Right.of(clause));
    sources.find(|source| is_endless(subject, *source, depth + 1))
}

/// True for a generator function whose last statement is `while True` with a `yield` in it, and in
/// which nothing leaves: no `return`, `break` or `raise`, and no call but of builtins that only
/// compute.
fn yields_for_ever(function: Node<'_>) -> bool {
    let Some(body) = Field::Body.of(function) else { return false };
    let Some(last) = statements(body).last().copied() else { return false };
    let is_for_ever = kind(last) == Kind::WhileStatement
        && Field::Condition.of(last).is_some_and(|it| kind(it) == Kind::True)
        && contains(last, &[Kind::Yield]);
    let mut leaves = false;
    own_nodes(function, |node| {
        leaves |= matches!(
            kind(node),
            Kind::ReturnStatement
                | Kind::BreakStatement
                | Kind::RaiseStatement
                | Kind::Call
                | Kind::Await
                | Kind::TryStatement
                | Kind::AssertStatement
        );
    });
    is_for_ever && !leaves
}
