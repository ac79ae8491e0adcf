//! A counter that is set back when a window of time is over: a limit for a rate.
//!
//! Source: the counting itself; Library Reference, time, for the clocks.

use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, Tree, function::statements, kind};
use crate::{value, walk};

pub static PROVIDER: Provider = Provider {
    name: "rate-window",
    doc: "An `if` that sets a counter of its function back once a clock shows that a time is over, \
          where the function counts up and compares the counter with a limit; `@target` is the \
          `if_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("limit", SlotKind::Code, "how many may pass in a window"),
    Slot::new("window", SlotKind::Code, "how many seconds a window lasts"),
    Slot::new("counter", SlotKind::Code, "the counter"),
    Slot::new("start", SlotKind::Code, "what holds the time at which the window began"),
    Slot::new("check", SlotKind::Line, "where the counter is compared"),
    Slot::new("unlocked", SlotKind::Flag, "no `with` stands in the function, so no lock either"),
];

/// Clocks that count in seconds.
const CLOCKS: &[&str] = &["time.monotonic", "time.perf_counter", "time.time"];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let condition = subject.node().child_in(Field::Condition)?;
    let (difference, sign, window) = comparison(condition)?;
    (matches!(sign, ">" | ">=") && kind(difference) == Kind::BinaryOperator).then_some(())?;
    (Field::Operator.of(difference)?.kind() == "-").then_some(())?;
    let (now, start) = (Field::Left.of(difference)?, Field::Right.of(difference)?);
    is_clock(subject, now).then_some(())?;
    let start = subject.text(start);
    // The body starts the window anew, and the counter.
    let consequence = subject.node().child_in(Field::Consequence)?;
    let mut counter = None;
    let mut is_restarted = false;
    for (left, right) in assignments(consequence) {
        if subject.text(left) == start {
            is_restarted = subject.text(right) == subject.text(now) || is_clock(subject, right);
        } else if subject.text(right) == "0" {
            counter = Some(subject.text(left));
        }
    }
    let counter = counter.filter(|_| is_restarted)?;
    let function = subject.ancestors().find(|it| kind(*it) == Kind::FunctionDefinition)?;
    let mut counted = Vec::new();
    let mut checks = Vec::new();
    let mut has_with = false;
    walk::until(function, |node| {
        match kind(node) {
            Kind::AugmentedAssignment if is_count(subject, node, counter) => counted.push(node),
            Kind::ComparisonOperator => {
                let compared = comparison(node).filter(|(left, ..)| subject.text(*left) == counter);
                checks.extend(compared.map(|(_, sign, limit)| (node, sign, limit)));
            }
            Kind::WithStatement => has_with = true,
            _ => {}
        }
        false
    });
    let ([count], [(check, sign, limit)]) = (&counted[..], &checks[..]) else { return None };
    // Only then is the limit the number that it is compared with.
    let is_before = check.start_byte() < count.start_byte();
    let fits = match *sign {
        ">=" | "<" | "==" => is_before,
        ">" | "<=" => !is_before,
        _ => false,
    };
    fits.then_some(())?;
    let mut facts = Facts::of(SLOTS);
    facts.code("limit", one_line(subject, *limit)).code("window", one_line(subject, window));
    facts.code("counter", counter).code("start", start);
    facts.line("check", subject.line(*check)).flag("unlocked", !has_with);
    Some(facts)
}

/// The operands and the sign of a comparison of two.
fn comparison<'t>(node: Node<'t>) -> Option<(Node<'t>, &'t str, Node<'t>)> {
    let [left, right] = statements(node)[..] else { return None };
    let sign = node.children_in(Field::Operators).next()?.kind();
    (kind(node) == Kind::ComparisonOperator).then_some((left, sign, right))
}

/// The assignments of one value to one name or attribute in a block.
fn assignments<'t>(block: Node<'t>) -> Vec<(Node<'t>, Node<'t>)> {
    let plain = statements(block).into_iter().filter_map(|it| it.named_child(0));
    let plain = plain.filter(|it| kind(*it) == Kind::Assignment);
    plain.filter_map(|it| Some((Field::Left.of(it)?, Field::Right.of(it)?))).collect()
}

/// `counter += 1`.
fn is_count(subject: &Subject<'_>, node: Node<'_>, counter: &str) -> bool {
    let text = |field: Field| field.of(node).map(|it| subject.text(it));
    let is_sum = Field::Operator.of(node).is_some_and(|it| it.kind() == "+=");
    is_sum && text(Field::Left) == Some(counter) && text(Field::Right) == Some("1")
}

/// Whether an expression of the same item is a time that a clock gave.
fn is_clock(subject: &Subject<'_>, node: Node<'_>) -> bool {
    let names = subject.names();
    // The same node, with the lifetime of the file.
    let root = names.item(subject.item()).tree().map(Tree::root_node);
    let path = root.and_then(|root| walk::path_to(root, node.start_byte(), node.end_byte()));
    let node = path.and_then(|path| path.into_iter().rev().find(|it| it.id() == node.id()));
    let value = node.and_then(|node| value::of(names, subject.item(), node));
    value.is_some_and(|value| value.made_by().is_some_and(|it| CLOCKS.contains(&it)))
}

#[cfg(test)]
mod tests;
