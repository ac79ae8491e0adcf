//! Code that tries again: a loop around a `try`, and the decorator of tenacity.
//!
//! Source: the documentation of tenacity (Basic Retry, Stopping, Waiting, Whether to retry).

use crate::facts::concurrency::{callee, exceptions};
use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

pub static LOOP: Provider = Provider {
    name: "retry-loop",
    doc: "A `for` over `range` or a `while` with a constant whose body is a `try` that leaves the \
          loop when it succeeds, and goes on after a failure; `@target` is the statement",
    slots: LOOP_SLOTS,
    run: retry_loop,
};

static LOOP_SLOTS: &[Slot] = &[
    Slot::new("tries", SlotKind::Code, "how many times it tries"),
    Slot::new("endless", SlotKind::Flag, "nothing limits how many times it tries"),
    Slot::new("gives-up", SlotKind::Lines, "the lines at which a failure leaves the loop"),
    Slot::new("caught", SlotKind::Codes, "the exceptions after which it tries again"),
    Slot::new("broad", SlotKind::Code, "the clause that tries again after any error"),
    Slot::new("pauses", SlotKind::Codes, "the calls that pause in between"),
    Slot::new("fixed", SlotKind::Flag, "they are written out as numbers"),
    Slot::new("no-pause", SlotKind::Flag, "there is no pause in between"),
    Slot::new(
        "quiet",
        SlotKind::Flag,
        "after the last failure the function ends without an exception",
    ),
];

pub static DECORATOR: Provider = Provider {
    name: "tenacity-retry",
    doc: "The decorator `tenacity.retry`; `@target` is the `decorator`",
    slots: DECORATOR_SLOTS,
    run: decorator,
};

static DECORATOR_SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function that is called again"),
    Slot::new("stop", SlotKind::Code, "when it gives up"),
    Slot::new("endless", SlotKind::Flag, "it never gives up"),
    Slot::new("wait", SlotKind::Code, "how it pauses"),
    Slot::new("no-pause", SlotKind::Flag, "it does not pause"),
    Slot::new("retry", SlotKind::Code, "after what it tries again"),
    Slot::new("broad", SlotKind::Flag, "it tries again after every `Exception`"),
    Slot::new("wrapped", SlotKind::Flag, "in the end it raises `RetryError`"),
];

fn retry_loop(subject: &Subject<'_>) -> Option<Facts> {
    let whole = subject.node();
    let body = statements(Field::Body.of(whole)?);
    let tried = *body.iter().find(|it| kind(**it) == Kind::TryStatement)?;
    let parts = statements(tried);
    // It succeeds at the end of the body or in its `else`, and leaves the loop then.
    let success = parts.iter().find(|it| kind(**it) == Kind::ElseClause);
    let success = success.map_or_else(|| Field::Body.of(tried), |it| Field::Body.of(*it))?;
    let leaves =
        |node: &Node<'_>| matches!(kind(*node), Kind::ReturnStatement | Kind::BreakStatement);
    let after = body.last().filter(|it| **it != tried);
    let is_left = statements(success).last().is_some_and(leaves) || after.is_some_and(leaves);
    let is_clause = |node: &Node<'_>| kind(*node) == Kind::ExceptClause;
    let clauses: Vec<_> = parts.iter().copied().filter(is_clause).collect();
    // What falls out of the `try` meets the statement behind it.
    let leaves_after = after.is_some_and(leaves);
    let again: Vec<_> =
        clauses.iter().copied().filter(|clause| goes_on(*clause, leaves_after)).collect();
    let has_finally = parts.iter().any(|it| kind(*it) == Kind::FinallyClause);
    (is_left && !again.is_empty() && !has_finally).then_some(())?;
    let mut facts = Facts::of(LOOP_SLOTS);
    let limit = match kind(whole) {
        Kind::ForStatement => {
            let range = Field::Right.of(whole)?;
            let callee = Field::Function.of(range).filter(|_| kind(range) == Kind::Call)?;
            let name = subject.names().qualified(subject.item(), callee)?;
            let given = arguments(range);
            match (&*name, &given[..]) {
                ("builtins.range", [count]) => Some(one_line(subject, *count)),
                ("builtins.range", [start, stop]) if subject.text(*start) == "1" => {
                    // Up to `n + 1`; otherwise the count is not what is written.
                    Some(one_line(subject, *stop).strip_suffix(" + 1")?.to_owned())
                }
                ("itertools.count", _) => None,
                _ => return None,
            }
        }
        _ => {
            let condition = whole.child_in(Field::Condition)?;
            matches!(subject.text(condition), "True" | "1").then_some(())?;
            None
        }
    };
    // Where a failure may leave the loop: in a clause, or beside the `try`.
    let beside = body.iter().filter(|it| **it != tried && !(leaves_after && Some(*it) == after));
    let mut ends = Vec::new();
    for part in clauses.iter().chain(beside) {
        ends.extend(exits(*part).into_iter().map(|node| subject.line(node)));
    }
    let may_raise = Field::Body
        .of(tried)
        .is_some_and(|body| exits(body).iter().any(|node| kind(*node) == Kind::RaiseStatement));
    facts.flag("endless", limit.is_none() && ends.is_empty() && !may_raise);
    match limit {
        Some(limit) => {
            facts.code("tries", limit);
            facts.flag("quiet", ends.is_empty() && !may_raise && is_last(subject, whole));
        }
        None if !ends.is_empty() => drop(facts.set("gives-up", Value::Lines(ends))),
        None => {}
    }
    let mut caught = Vec::new();
    for clause in &again {
        let named = exceptions(*clause);
        let is_broad = |node: &Node<'_>| {
            let name = subject.names().qualified(subject.item(), *node);
            name.is_some_and(|it| matches!(&*it, "builtins.Exception" | "builtins.BaseException"))
        };
        if named.is_empty() || named.iter().any(is_broad) {
            let head = named.first().map(|it| format!("except {}:", subject.text(*it)));
            facts.code("broad", head.unwrap_or_else(|| "except:".to_owned()));
        } else {
            caught.extend(named.iter().map(|it| subject.text(*it)));
        }
    }
    facts.codes("caught", caught);
    pauses(subject, whole, tried, &mut facts);
    Some(facts)
}

/// Whether a clause ends in another round. With `only_continue` it has to say so.
fn goes_on(clause: Node<'_>, only_continue: bool) -> bool {
    let block = statements(clause).into_iter().find(|it| kind(*it) == Kind::Block);
    let last = block.and_then(|block| statements(block).pop());
    last.is_some_and(|last| match kind(last) {
        Kind::RaiseStatement | Kind::ReturnStatement | Kind::BreakStatement => false,
        Kind::ContinueStatement => true,
        _ => !only_continue,
    })
}

/// The statements in `part` that leave the loop.
fn exits<'t>(part: Node<'t>) -> Vec<Node<'t>> {
    let mut found = Vec::new();
    walk::until(part, |node| {
        if matches!(kind(node), Kind::RaiseStatement | Kind::ReturnStatement | Kind::BreakStatement)
        {
            found.push(node);
        }
        false
    });
    found
}

/// Whether the loop is the last statement of its function, and has no `else`.
fn is_last(subject: &Subject<'_>, whole: Node<'_>) -> bool {
    let mut around = subject.ancestors();
    let block = around.next().filter(|it| kind(*it) == Kind::Block);
    let is_function = around.next().is_some_and(|it| kind(it) == Kind::FunctionDefinition);
    let is_last = block.is_some_and(|block| {
        statements(block).last() == Some(&whole) && !subject.text(block).contains("yield")
    });
    is_function && is_last && Field::Alternative.of(whole).is_none()
}

const SLEEPS: &[&str] = &["time.sleep", "asyncio.sleep", "trio.sleep", "anyio.sleep"];

/// The pauses in the loop. That there is none is said only if nothing but known functions is called
/// outside of what is tried.
fn pauses(subject: &Subject<'_>, whole: Node<'_>, tried: Node<'_>, facts: &mut Facts) {
    let (mut found, mut is_fixed, mut is_clear) = (Vec::new(), true, true);
    let mut calls = Vec::new();
    walk::until(whole, |node| {
        if kind(node) == Kind::Call {
            calls.push(node);
        }
        false
    });
    let inside = Field::Body.of(tried).map(|body| body.byte_range()).unwrap_or_default();
    let head = Field::Right.of(whole).map(|head| head.byte_range()).unwrap_or_default();
    for call in calls {
        let name = called(subject, call);
        if name.as_deref().is_some_and(|name| SLEEPS.contains(&name)) {
            found.push(one_line(subject, call));
            for given in arguments(call) {
                walk::until(given, |node| {
                    is_fixed &= kind(node) != Kind::Identifier;
                    false
                });
            }
        } else if !inside.contains(&call.start_byte()) && !head.contains(&call.start_byte()) {
            let is_known =
                |name: &str| name.starts_with("builtins.") || name.starts_with("logging.");
            is_clear &= name.as_deref().is_some_and(is_known);
        }
    }
    facts.flag("no-pause", found.is_empty() && is_clear);
    facts.flag("fixed", !found.is_empty() && is_fixed);
    facts.codes("pauses", found);
}

/// The dotted name of what is called, for a method with what made its object.
fn called(subject: &Subject<'_>, call: Node<'_>) -> Option<String> {
    let names = subject.names();
    // The same node, with the lifetime of the file.
    let root = names.item(subject.item()).tree()?.root_node();
    let path = walk::path_to(root, call.start_byte(), call.end_byte())?;
    let call = path.into_iter().rev().find(|node| node.id() == call.id())?;
    callee(names, subject.item(), call)
}

fn decorator(subject: &Subject<'_>) -> Option<Facts> {
    let expression = subject.node().named_child(0)?;
    let (name, call) = match kind(expression) {
        Kind::Call => (Field::Function.of(expression)?, Some(expression)),
        _ => (expression, None),
    };
    let qualified = subject.names().qualified(subject.item(), name)?;
    (qualified == "tenacity.retry").then_some(())?;
    let definition = Field::Definition.of(subject.ancestors().next()?)?;
    let mut facts = Facts::of(DECORATOR_SLOTS);
    facts.code("function", subject.text(Field::Name.of(definition)?));
    let given = call.map(|call| Arguments::of(call, subject.item_text()));
    if given.as_ref().is_some_and(|it| it.spread || !it.positional.is_empty()) {
        return None;
    }
    let keyword = |name: &str| given.as_ref().and_then(|it| it.keyword(name));
    for (name, slot, absent) in
        [("stop", "stop", "endless"), ("wait", "wait", "no-pause"), ("retry", "retry", "broad")]
    {
        match keyword(name) {
            Some(value) => drop(facts.code(slot, one_line(subject, value))),
            None => drop(facts.flag(absent, true)),
        }
    }
    let reraises = keyword("reraise").is_some_and(|value| kind(value) != Kind::False);
    let is_simple = keyword("retry_error_callback").is_none() && !reraises;
    facts.flag("wrapped", is_simple && keyword("stop").is_some());
    Some(facts)
}

#[cfg(test)]
mod tests;
