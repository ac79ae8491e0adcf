//! `sum([f(x) for x in xs])` to `sum(f(x) for x in xs)`.

use super::comprehension::{binds_or_yields, is_async, rebracketed};
use super::{Answer, Conversion, Draft};
use crate::facts::generators::{Taker, taker};
use crate::facts::{Facts, Slot, SlotKind};
use crate::rules::code::is_quiet;
use crate::rules::single_pass_list::leaves_alone;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static CONVERSION: Conversion = Conversion {
    id: "list-to-generator",
    kinds: &[Kind::ListComprehension],
    calls: &[],
    slots: SLOTS,
    titles: &["call", "early", "loop"],
    reasons: &["asynchronous", "binds", "changes", "grows", "kept"],
    convert,
};

static SLOTS: &[Slot] = &[Slot::new("function", SlotKind::Code, "what takes the items")];

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let list = subject.node();
    let mut facts = Facts::of(SLOTS);
    if is_async(list) {
        return Some(Answer::Refused("asynchronous", facts));
    }
    if binds_or_yields(list) {
        return Some(Answer::Refused("binds", facts));
    }
    let Some(taker) = taker(subject) else { return Some(Answer::Refused("kept", facts)) };
    let called = |call: Node<'_>| Field::Function.of(call).map(|it| subject.text(it));
    let title = match taker {
        Taker::Loop(statement, _) if !leaves_alone(subject, statement, list) => {
            return Some(Answer::Refused("changes", facts));
        }
        Taker::Loop(..) => Some("loop"),
        Taker::Early(call) => {
            facts.code("function", call.and_then(called).unwrap_or("in"));
            Some("early")
        }
        // Nobody sees when items are made that no call makes.
        Taker::Call(_) | Taker::Unpacking if is_quiet(list) => None,
        Taker::Call(call) => {
            facts.code("function", called(call)?);
            Some("call")
        }
        Taker::Growing(call) => {
            facts.code("function", called(call)?);
            return Some(Answer::Refused("grows", facts));
        }
        Taker::Unpacking => None,
    };
    let edits = rebracketed(subject, (!is_alone(subject)).then_some(("(", ")")));
    Some(Answer::Draft(Draft { title, ..Draft::new(facts, edits) }))
}

/// True for the only argument of a call, which needs no parentheses of its own.
fn is_alone(subject: &Subject<'_>) -> bool {
    let around = subject.ancestors().next();
    around.is_some_and(|it| kind(it) == Kind::Argument && it.child_count() == 3)
}
