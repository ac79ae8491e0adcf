//! `multiprocessing.Value` and `multiprocessing.Array`.
//!
//! Source: Library Reference, multiprocessing, Shared ctypes Objects: `+=` is not atomic, and
//! `get_lock()` gives the lock that makes it so.

use super::code::{Around, short};
use super::held::{Held, Place, sorted};
use super::passed::places;
use crate::facts::context_managers::items;
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "shared-value",
    doc: "a call of `multiprocessing.Value` or `multiprocessing.Array`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("value", SlotKind::Code, "what is called, if it is one value"),
    Slot::new("array", SlotKind::Code, "the same, if it is an array"),
    Slot::new("type", SlotKind::Code, "its type code or type"),
    Slot::new("no-lock", SlotKind::Flag, "it was made with `lock=False`"),
    Slot::new("name", SlotKind::Code, "the name that keeps it"),
    Slot::new("unlocked", SlotKind::Lines, "`+=` and the like with no `with` around"),
    Slot::new("raw", SlotKind::Lines, "the same, if it has no lock of its own"),
    Slot::new("locked", SlotKind::Lines, "the same in a `with` on its `get_lock()`"),
    Slot::new("read", SlotKind::Code, "what such a statement changes: `counter.value`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    let slot = match &*subject.callee()? {
        "multiprocessing.Value" => "value",
        "multiprocessing.Array" => "array",
        _ => return None,
    };
    let arguments = Arguments::of(call, subject.item_text());
    if arguments.spread {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code(slot, short(names, item, Field::Function.of(call)?)?);
    if let Some(code) = arguments.get(0, "typecode_or_type") {
        facts.code("type", short(names, item, code)?);
    }
    let no_lock = arguments.keyword("lock").is_some_and(|lock| kind(lock) == Kind::False);
    facts.flag("no-lock", no_lock);
    let Some(held) = Held::of(subject) else { return Some(facts) };
    facts.code("name", held.name.as_str());
    let (mut unlocked, mut locked) = (Vec::new(), Vec::new());
    for place in places(subject, &held) {
        let Some(changed) = updated(subject, &place, slot == "value") else { continue };
        match guard(subject, &place) {
            Guard::Own => locked.push(place.line(subject)),
            Guard::None => {
                unlocked.push(place.line(subject));
                if facts.get("read").is_none() {
                    facts.code("read", short(names, place.item, changed).unwrap_or_default());
                }
            }
            Guard::Other => {}
        }
    }
    let slot = if no_lock { "raw" } else { "unlocked" };
    facts.set(slot, Value::Lines(sorted(unlocked.into_iter())));
    facts.set("locked", Value::Lines(sorted(locked.into_iter())));
    Some(facts)
}

/// `x.value` in `x.value += …` or `x.value = … x.value …`; `x[i]` likewise for an array.
fn updated<'a>(subject: &Subject<'a>, place: &Place<'a>, is_value: bool) -> Option<Node<'a>> {
    let [.., statement, part, node] = place.path[..] else { return None };
    let text = subject.names().item(place.item).text();
    let is_part = match kind(part) {
        Kind::Attribute => is_value && &text[Field::Attribute.of(part)?.byte_range()] == "value",
        Kind::Subscript => !is_value && Field::Value.of(part) == Some(node),
        _ => false,
    };
    let is_left = is_part && Field::Left.of(statement) == Some(part);
    let changes = match kind(statement) {
        Kind::AugmentedAssignment => is_left,
        Kind::Assignment => {
            let right = Field::Right.of(statement)?;
            is_left && text[right.byte_range()].contains(&text[part.byte_range()])
        }
        _ => false,
    };
    changes.then_some(part)
}

enum Guard {
    /// `with x.get_lock():`.
    Own,
    /// Another `with`, or `acquire()` somewhere in the function.
    Other,
    None,
}

fn guard(subject: &Subject<'_>, place: &Place<'_>) -> Guard {
    let text = subject.names().item(place.item).text();
    let own = format!("{}.get_lock()", &text[place.node().byte_range()]);
    let mut found = Guard::None;
    for node in place.path.iter().rev() {
        match kind(*node) {
            Kind::FunctionDefinition | Kind::Lambda => break,
            Kind::WithStatement => {
                let all = items(*node).unwrap_or_default();
                if all.iter().any(|item| text[item.expression.byte_range()] == own) {
                    return Guard::Own;
                }
                found = Guard::Other;
            }
            _ => {}
        }
    }
    if let Around::Function(function) = Around::of(&place.path)
        && text[function.byte_range()].contains("acquire")
    {
        return Guard::Other;
    }
    found
}

#[cfg(test)]
mod tests;
