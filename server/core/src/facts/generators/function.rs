//! A function with `yield`: what runs at the call, what at the first `next()`, and who consumes it.
//!
//! Source: Language Reference, Yield expressions and Asynchronous generator functions.

use super::consumers::{self, Sites};
use super::place::brief;
use crate::facts::around::is_decorated;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::function::{docstring, is_async, is_generator, own_nodes, returned, statements};
use crate::syntax::{Field, Kind, Node, flow::never_goes_on, kind};

pub static PROVIDER: Provider = Provider {
    name: "generator-function",
    doc: "a function with a `yield` of its own and without decorators; `@target` is the \
          `function_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the function"),
    Slot::new("sync", SlotKind::Code, "the function, if it is no `async def`"),
    Slot::new("async", SlotKind::Code, "the function, if it is an `async def`"),
    Slot::new("from", SlotKind::Line, "the line of the first statement of the body"),
    Slot::new("stop", SlotKind::Line, "the line of the `yield` that is surely met first"),
    Slot::new("value", SlotKind::Code, "what that `yield` hands out"),
    Slot::new("bare-stop", SlotKind::Line, "the same line, if what it hands out is not told"),
    Slot::new("open-stop", SlotKind::Lines, "all lines with `yield`, if the first one is not sure"),
    Slot::new("late-check", SlotKind::Line, "the line of a `raise` above every `yield`"),
    Slot::new("late-open", SlotKind::Line, "the line of a `with` around every `yield`"),
    Slot::new("count", SlotKind::Number, "how many `yield` there are, if more than one"),
    Slot::new("lines", SlotKind::Lines, "their lines, if more than one"),
    Slot::new("infinite", SlotKind::Line, "the line of the loop that never ends"),
    Slot::new("returns", SlotKind::Lines, "lines of `return` with a value"),
    Slot::new("consumers", SlotKind::Records(consumers::CONSUMERS), "what takes its items here"),
    Slot::new("held", SlotKind::Records(consumers::HELD), "names that hold a generator of it"),
    Slot::new("dropped", SlotKind::Lines, "lines whose call is a statement: nothing runs"),
    Slot::new("used-up", SlotKind::Records(consumers::USED_UP), "names that are read twice"),
    Slot::new("endless", SlotKind::Records(consumers::CONSUMERS), "what never returns from it"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let function = subject.node();
    if !is_generator(function) || is_decorated(function) || function.is_broken() {
        return None;
    }
    let name = subject.text(Field::Name.of(function)?);
    let body = Field::Body.of(function)?;
    let is_async = is_async(function);
    let mut facts = Facts::of(SLOTS);
    facts.code("name", name).code(if is_async { "async" } else { "sync" }, name);
    let doc = docstring(function, subject.item_text());
    let first = statements(body)
        .into_iter()
        .find(|statement| doc.is_none_or(|doc| statement.start_byte() != doc.start_byte()))?;
    facts.line("from", subject.line(first));
    let all = yields(function);
    let lines: Vec<usize> = all.iter().map(|node| subject.line(*node)).collect();
    match first_stop(body) {
        Some(stop) => {
            let value = handed_out(stop).map(|value| brief(subject.item_text(), value));
            match value.filter(|value| !value.is_empty()) {
                Some(value) => facts.line("stop", subject.line(stop)).code("value", value),
                None => facts.line("bare-stop", subject.line(stop)),
            };
        }
        None => {
            facts.set("open-stop", Value::Lines(lines.clone()));
        }
    }
    if all.len() > 1 {
        facts.number("count", all.len()).set("lines", Value::Lines(lines));
    }
    before_yield(subject, body, &mut facts);
    if let Some(line) = endless_loop(function) {
        facts.line("infinite", subject.line(line));
    }
    let mut returns = Vec::new();
    own_nodes(function, |node| {
        if kind(node) == Kind::ReturnStatement && returned(node).is_some() {
            returns.push(subject.line(node));
        }
    });
    if !is_async {
        facts.set("returns", Value::Lines(returns));
    }
    let sites = Sites::of(subject, subject.item(), function);
    facts.records("consumers", sites.consumers(subject, is_infinite(function)));
    facts.records("held", sites.held(subject));
    facts.records("used-up", sites.used_up(subject));
    facts.set("dropped", Value::Lines(sites.dropped(subject)));
    if is_infinite(function) {
        facts.records("endless", sites.endless(subject));
    }
    Some(facts)
}

/// The `yield` expressions of a function, in order of position.
pub(super) fn yields(function: Node<'_>) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    own_nodes(function, |node| {
        if kind(node) == Kind::Yield {
            found.push(node);
        }
    });
    found
}

/// True for `yield from`.
pub(super) fn is_delegation(node: Node<'_>) -> bool {
    node.child(1).is_some_and(|token| token.kind() == "from")
}

/// The expression of a `yield` that is no `yield from`.
pub(super) fn handed_out(node: Node<'_>) -> Option<Node<'_>> {
    (!is_delegation(node)).then(|| statements(node).first().copied()).flatten()
}

/// Suites inside each other are followed this far.
const MAX_SUITES: usize = 20;

/// The `yield` at which the body surely stops first, unless an exception is raised that ends it.
fn first_stop(body: Node<'_>) -> Option<Node<'_>> {
    let mut suite = body;
    for _ in 0..MAX_SUITES {
        let mut entered = None;
        for statement in statements(suite) {
            if !has(statement, &[Kind::Yield]) {
                let jumps = [Kind::ReturnStatement, Kind::BreakStatement, Kind::ContinueStatement];
                // What is raised in a `try` or a `with` may be caught there.
                let may_be_caught = suite != body && has(statement, &[Kind::RaiseStatement]);
                if has(statement, &jumps) || may_be_caught || never_goes_on(statement) {
                    return None;
                }
                continue;
            }
            match kind(statement) {
                Kind::ExpressionStatement => return plain_yield(statement),
                Kind::WhileStatement if is_forever(statement) => {}
                Kind::TryStatement | Kind::WithStatement => {}
                _ => return None,
            }
            entered = Field::Body.of(statement);
            let is_in_body = entered.is_some_and(|body| has(body, &[Kind::Yield]));
            // With the head of the statement holding a `yield`, that one would come first.
            let count = |node: Node<'_>| count(node, Kind::Yield);
            let others = count(statement) - entered.map_or(0, count);
            if !is_in_body || (others > 0 && kind(statement) != Kind::TryStatement) {
                return None;
            }
            break;
        }
        suite = entered?;
    }
    None
}

/// `yield x`, or `a = yield x`.
fn plain_yield(statement: Node<'_>) -> Option<Node<'_>> {
    let expression = *statements(statement).first()?;
    let value = match kind(expression) {
        Kind::Assignment => Field::Right.of(expression)?,
        _ => expression,
    };
    let is_simple = kind(value) == Kind::Yield && !is_delegation(value);
    (is_simple && count(statement, Kind::Yield) == 1).then_some(value)
}

/// What stands in the body above every `yield`.
fn before_yield(subject: &Subject<'_>, body: Node<'_>, facts: &mut Facts) {
    let all = statements(body);
    let split = all.iter().position(|statement| has(*statement, &[Kind::Yield]));
    let Some(split) = split else { return };
    let mut raise = None;
    for statement in &all[..split] {
        crate::walk::until(*statement, |node| {
            if kind(node) == Kind::RaiseStatement && raise.is_none() {
                raise = Some(node);
            }
            is_definition(node)
        });
    }
    if let Some(raise) = raise {
        facts.line("late-check", subject.line(raise));
    }
    let only = all.iter().filter(|statement| has(**statement, &[Kind::Yield])).count() == 1;
    if only && kind(all[split]) == Kind::WithStatement {
        facts.line("late-open", subject.line(all[split]));
    }
}

/// True when a generator of this function, or of this generator expression, never ends by itself.
pub(super) fn is_infinite(definition: Node<'_>) -> bool {
    kind(definition) == Kind::FunctionDefinition && endless_loop(definition).is_some()
}

/// The loop in the body of a generator function that nothing but an exception ends.
fn endless_loop(function: Node<'_>) -> Option<Node<'_>> {
    let body = Field::Body.of(function)?;
    let mut found = None;
    for statement in statements(body) {
        if has(statement, &[Kind::ReturnStatement]) {
            return None;
        }
        if is_forever(statement) && super::takes::break_of(statement).is_none() {
            found = found.or(Some(statement).filter(|it| has(*it, &[Kind::Yield])));
            break;
        }
    }
    // A `raise` may be how it ends.
    found.filter(|node| !has(*node, &[Kind::RaiseStatement]))
}

/// `while True:`.
fn is_forever(statement: Node<'_>) -> bool {
    kind(statement) == Kind::WhileStatement
        && statement.child_in(Field::Condition).is_some_and(|it| kind(it) == Kind::True)
}

fn count(node: Node<'_>, wanted: Kind) -> usize {
    let mut count = 0;
    crate::walk::until(node, |node| {
        count += usize::from(kind(node) == wanted);
        is_definition(node)
    });
    count
}

/// True when one of these runs as part of `node`.
pub(super) fn has(node: Node<'_>, wanted: &[Kind]) -> bool {
    let mut found = false;
    crate::walk::until(node, |node| {
        found |= wanted.contains(&kind(node));
        found || is_definition(node)
    });
    found
}

fn is_definition(node: Node<'_>) -> bool {
    matches!(kind(node), Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda)
}

#[cfg(test)]
mod tests;
