//! `time.time()` where a duration is measured.
//!
//! Source: Library Reference, time: `time()` can go backwards when the system clock is set;
//! `monotonic()` and `perf_counter()` cannot.

use super::code::{place, short};
use super::held::{Held, sorted};
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::names::Names;
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, Tree, kind};
use crate::value;
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "clock",
    doc: "a call of `time.time` of which a difference with another one is taken; `@target` is the \
          `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("difference", SlotKind::Code, "the difference that it stands in"),
    Slot::new("name", SlotKind::Code, "the name that keeps it, if that is subtracted elsewhere"),
    Slot::new("lines", SlotKind::Lines, "the lines of such differences"),
    Slot::new("compared", SlotKind::Code, "the comparison with such a difference"),
    Slot::new("deadline", SlotKind::Code, "the name of a deadline made from it"),
    Slot::new("checked", SlotKind::Lines, "where the deadline is compared with the clock"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    if subject.callee()? != "time.time" || !arguments(call).is_empty() {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let mut above = subject.ancestors().filter(|node| kind(*node) != Kind::ParenthesizedExpression);
    let parent = above.next()?;
    if let Some((left, right)) = difference(parent) {
        let other = if left == call { right } else { left };
        is_wall(names, item, other).then_some(())?;
        facts.code("difference", short(names, item, parent)?);
        let around = above.next().filter(|node| kind(*node) == Kind::ComparisonOperator);
        if let Some(compared) = around.and_then(|node| short(names, item, node)) {
            facts.code("compared", compared);
        }
        return Some(facts);
    }
    if kind(parent) == Kind::Assignment {
        let held = Held::of(subject).filter(|held| held.is_variable)?;
        let taken = held.uses.iter().filter(|used| {
            let [.., around, node] = used.path[..] else { return false };
            difference(around).is_some_and(|(left, right)| {
                let other = if left == node { right } else { left };
                is_wall(names, used.item, other)
            })
        });
        let lines = sorted(taken.map(|used| used.line(subject)));
        (!lines.is_empty()).then_some(())?;
        facts.code("name", held.name).set("lines", Value::Lines(lines));
        return Some(facts);
    }
    deadline(subject, parent, above.next()?, &mut facts)?;
    Some(facts)
}

/// `deadline = time.time() + 5`, compared with `time.time()`.
fn deadline<'a>(
    subject: &Subject<'a>,
    sum: Node<'a>,
    assignment: Node<'a>,
    facts: &mut Facts,
) -> Option<()> {
    let (names, item) = (subject.names(), subject.item());
    let is_sum = kind(sum) == Kind::BinaryOperator && Field::Operator.of(sum)?.kind() == "+";
    let target = Field::Left.of(assignment).filter(|_| kind(assignment) == Kind::Assignment)?;
    if !is_sum || kind(target) != Kind::Identifier || Field::Right.of(assignment) != Some(sum) {
        return None;
    }
    let at = crate::Span::from(target.byte_range());
    let binding = names.scopes(item)?.binding_at(at)?;
    let mut lines = Vec::new();
    for used in names.uses(crate::names::Bound { item, binding })? {
        let root = names.item(used.item).tree()?.root_node();
        let span = used.reference.at;
        let path = walk::path_to(root, span.start, span.end)?;
        let [.., around, node] = path[..] else { continue };
        let is_compared = kind(around) == Kind::ComparisonOperator
            && statements(around)
                .iter()
                .any(|other| *other != node && is_wall(names, used.item, *other));
        if is_compared {
            lines.push(place(subject, used.item, node));
        }
    }
    (!lines.is_empty()).then_some(())?;
    facts.code("deadline", subject.text(target)).set("checked", Value::Lines(lines));
    Some(())
}

/// The two sides of `a - b`.
fn difference<'a>(node: Node<'a>) -> Option<(Node<'a>, Node<'a>)> {
    let operator = Field::Operator.of(node).filter(|_| kind(node) == Kind::BinaryOperator)?;
    (operator.kind() == "-").then_some(())?;
    Some((Field::Left.of(node)?, Field::Right.of(node)?))
}

/// True for a time that `time.time()` gave.
fn is_wall<'a>(names: Names<'a>, item: usize, node: Node<'a>) -> bool {
    value::of(names, item, node).is_some_and(|found| found.made_by() == Some("time.time"))
        || is_state(names, item, node)
}

/// True for a variable or an attribute of `self` that the file sets in several places, to
/// `time.time()` in one at least, and else to a number or `None`.
fn is_state<'a>(names: Names<'a>, item: usize, node: Node<'a>) -> bool {
    let Some(root) = names.item(item).tree().map(Tree::root_node) else {
        return false;
    };
    let text = names.item(item).text();
    let targets: Vec<crate::Span> = match kind(node) {
        Kind::Identifier => match names.meaning(item, node) {
            crate::names::Meaning::Local(_, bound) => {
                bound.iter().map(|bound| bound.binding.at).collect()
            }
            _ => return false,
        },
        Kind::Attribute => {
            let Some(object) = Field::Object.of(node) else { return false };
            let Some(crate::names::Receiver::Instance(class)) = names.receiver(item, object) else {
                return false;
            };
            let Some(name) = Field::Attribute.of(node) else { return false };
            let Some(scopes) = names.scopes(item) else { return false };
            let inside = crate::Span::from(class.byte_range());
            scopes.stores_of(&text[name.byte_range()]).filter(|at| inside.contains(*at)).collect()
        }
        _ => return false,
    };
    let mut is_clock = false;
    for at in targets {
        let Some(path) = walk::path_to(root, at.start, at.end) else { return false };
        let statement = path.iter().rev().nth(1).filter(|node| kind(**node) == Kind::Assignment);
        let Some(right) = statement.and_then(|statement| Field::Right.of(*statement)) else {
            // `nonlocal` declares it.
            if path.iter().any(|node| kind(*node) == Kind::NonlocalStatement) {
                continue;
            }
            return false;
        };
        let is_call =
            value::of(names, item, right).is_some_and(|found| found.made_by() == Some("time.time"));
        is_clock |= is_call;
        if !is_call && !matches!(kind(right), Kind::Integer | Kind::Float | Kind::None) {
            return false;
        }
    }
    is_clock
}

#[cfg(test)]
mod tests;
