//! `for x in (f(y) for y in ys):` to `for x in [f(y) for y in ys]:`.

use super::comprehension::{binds_or_yields, is_async, rebracketed};
use super::{Answer, Conversion, Draft};
use crate::facts::generators::{Taker, taker};
use crate::facts::{Facts, Slot};
use crate::rules::code::{callee_name, is_quiet};
use crate::rules::single_pass_list::leaves_alone;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static CONVERSION: Conversion = Conversion {
    id: "generator-to-list",
    kinds: &[Kind::GeneratorExpression],
    calls: &[],
    slots: SLOTS,
    titles: &["at-once"],
    reasons: &["binds", "changes", "early", "kept"],
    convert,
};

static SLOTS: &[Slot] = &[];

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let generator = subject.node();
    let facts = Facts::of(SLOTS);
    if is_async(generator) {
        return None;
    }
    if binds_or_yields(generator) {
        return Some(Answer::Refused("binds", facts));
    }
    let title = match taker(subject) {
        // It makes the list already.
        Some(Taker::Call(call)) if callee_name(subject, call)? == "builtins.list" => return None,
        Some(Taker::Call(_) | Taker::Unpacking) if is_quiet(generator) => None,
        Some(Taker::Call(_) | Taker::Growing(_) | Taker::Unpacking) => Some("at-once"),
        Some(Taker::Loop(statement, true)) if !may_leave(statement) => {
            if !leaves_alone(subject, statement, generator) {
                return Some(Answer::Refused("changes", facts));
            }
            Some("at-once")
        }
        Some(Taker::Loop(..) | Taker::Early(_)) => return Some(Answer::Refused("early", facts)),
        None => return Some(Answer::Refused("kept", facts)),
    };
    let edits = rebracketed(subject, Some(("[", "]")));
    // In `f(x for x in y)` the parentheses are those of the call.
    let is_call = subject
        .ancestors()
        .next()
        .is_some_and(|it| kind(it) == Kind::Call && Field::Arguments.of(it) == Some(generator));
    let edits = if is_call {
        edits.into_iter().zip(["([", "])"]).map(|((span, _), text)| (span, text.into())).collect()
    } else {
        edits
    };
    Some(Answer::Draft(Draft { title, ..Draft::new(facts, edits) }))
}

/// True when the body may leave the loop other than by its end.
fn may_leave(statement: Node<'_>) -> bool {
    super::comprehension::has(
        statement,
        &[Kind::ReturnStatement, Kind::RaiseStatement, Kind::Yield, Kind::Await],
    )
}
