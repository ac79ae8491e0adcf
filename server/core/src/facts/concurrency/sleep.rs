//! `asyncio.sleep`.
//!
//! Source: Library Reference, Coroutines and Tasks, Sleeping: it always suspends the task, and with
//! 0 only lets other tasks run.

use super::code::{place, short};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::names::Names;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::arguments, kind};
use crate::value;

pub static PROVIDER: Provider = Provider {
    name: "async-sleep",
    doc: "a call of `asyncio.sleep`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("delay", SlotKind::Code, "how many seconds the task waits"),
    Slot::new("switch", SlotKind::Flag, "the delay is 0: other tasks get one turn"),
    Slot::new("dropped", SlotKind::Code, "the call, if it is a statement without `await`"),
    Slot::new("turns", SlotKind::Number, "how often the loop around it runs at most"),
    Slot::new("total", SlotKind::Code, "the seconds of all these turns"),
    Slot::new("counted", SlotKind::Line, "the line of that loop"),
    Slot::new("poll", SlotKind::Line, "the line of a `while` around it"),
];

/// More turns are not added up.
const MAX_TURNS: i64 = 10_000;

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    if subject.callee()? != "asyncio.sleep" {
        return None;
    }
    let arguments = Arguments::of(call, subject.item_text());
    let delay = arguments.get(0, "delay").filter(|_| !arguments.spread)?;
    let mut facts = Facts::of(SLOTS);
    let above = subject.ancestors().next()?;
    if kind(above) == Kind::ExpressionStatement {
        facts.code("dropped", short(names, item, call)?);
        return Some(facts);
    }
    let known = number(names, item, delay, None, 0);
    match known {
        Some(0.0) => facts.flag("switch", true),
        _ => facts.code("delay", short(names, item, delay)?),
    };
    if kind(above) != Kind::Await {
        return Some(facts);
    }
    let Some(repeated) = loop_around(subject.path()) else { return Some(facts) };
    let line = place(subject, item, repeated);
    if kind(repeated) == Kind::WhileStatement {
        facts.line("poll", line);
    } else if let Some((turns, total)) = in_all(names, item, repeated, delay)
        && total > 0.0
    {
        facts.number("turns", turns).code("total", written(total)).line("counted", line);
    }
    Some(facts)
}

/// The innermost loop whose body holds the end of the path, in the same function.
fn loop_around<'a>(path: &[Node<'a>]) -> Option<Node<'a>> {
    for pair in path.windows(2).rev() {
        let in_body = Field::Body.of(pair[0]) == Some(pair[1]);
        match kind(pair[0]) {
            Kind::ForStatement | Kind::WhileStatement if in_body => return Some(pair[0]),
            Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition => return None,
            _ => {}
        }
    }
    None
}

/// How often `for … in range(…)` turns, and the sum of the delays.
fn in_all(
    names: Names<'_>,
    item: usize,
    repeated: Node<'_>,
    delay: Node<'_>,
) -> Option<(usize, f64)> {
    let source = Field::Right.of(repeated).filter(|it| kind(*it) == Kind::Call)?;
    let callee = Field::Function.of(source)?;
    if names.qualified(item, callee)? != "builtins.range" {
        return None;
    }
    let whole = |node: Node<'_>| -> Option<i64> {
        let found = number(names, item, node, None, 0)?;
        (found.fract() == 0.0 && found.abs() <= MAX_TURNS as f64).then_some(found as i64)
    };
    let (start, end) = match arguments(source)[..] {
        [end] => (0, whole(end)?),
        [start, end] => (whole(start)?, whole(end)?),
        _ => return None,
    };
    let target = Field::Left.of(repeated)?;
    let text = names.item(item).text();
    let name = (kind(target) == Kind::Identifier).then(|| &text[target.byte_range()]);
    let mut total = 0.0;
    for turn in start..end {
        total += number(names, item, delay, name.map(|name| (name, turn as f64)), 0)?;
    }
    let turns = usize::try_from(end - start).ok()?;
    (total.is_finite() && i64::try_from(turns).ok()? <= MAX_TURNS).then_some((turns, total))
}

/// Expressions inside each other are followed this far.
const MAX_DEPTH: usize = 12;

/// The value of an expression of numbers and the loop's variable.
fn number(
    names: Names<'_>,
    item: usize,
    node: Node<'_>,
    turn: Option<(&str, f64)>,
    depth: usize,
) -> Option<f64> {
    let text = names.item(item).text();
    let inner = |node: Node<'_>| number(names, item, node, turn, depth + 1);
    match kind(node) {
        _ if depth > MAX_DEPTH => None,
        Kind::Integer | Kind::Float => text[node.byte_range()].replace('_', "").parse().ok(),
        Kind::ParenthesizedExpression => inner(node.named_child(0)?),
        Kind::BinaryOperator => {
            let (left, right) = (inner(Field::Left.of(node)?)?, inner(Field::Right.of(node)?)?);
            match Field::Operator.of(node)?.kind() {
                "+" => Some(left + right),
                "-" => Some(left - right),
                "*" => Some(left * right),
                "/" if right != 0.0 => Some(left / right),
                "**" => Some(left.powf(right)),
                _ => None,
            }
        }
        Kind::Identifier => match turn {
            Some((name, value)) if name == &text[node.byte_range()] => Some(value),
            _ => {
                let found = value::of(names, item, node)?;
                let is_number = matches!(kind(found.node), Kind::Integer | Kind::Float);
                (is_number && found.once)
                    .then(|| number(names, found.item, found.node, None, depth + 1))?
            }
        },
        Kind::Call => {
            let name = names.qualified(item, Field::Function.of(node)?)?;
            let [one, two] = arguments(node)[..] else { return None };
            match name.as_str() {
                "builtins.min" => Some(inner(one)?.min(inner(two)?)),
                "builtins.max" => Some(inner(one)?.max(inner(two)?)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// With three places at most.
fn written(total: f64) -> String {
    let text = format!("{total:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests;
