//! `range()`: which numbers it gives.
//!
//! Source: Library Reference, Built-in Types, Ranges.

use super::place::{Place, Role, brief};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "range-call",
    doc: "a call of `range`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("length", SlotKind::Number, "how many numbers, if more than one"),
    Slot::new("first", SlotKind::Code, "the first number"),
    Slot::new("last", SlotKind::Code, "the last number"),
    Slot::new("one", SlotKind::Code, "the only number"),
    Slot::new("empty", SlotKind::Flag, "there is none"),
    Slot::new("stop", SlotKind::Code, "the end, which is not reached, if the numbers are not told"),
    Slot::new("indexed", SlotKind::Code, "the sequence in `range(len(sequence))`"),
    Slot::new("target", SlotKind::Code, "the loop variable in that case"),
];

/// Larger numbers are not computed with.
const MAX_DIGITS: usize = 12;

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let callee = call.child_in(Field::Function)?;
    let name = subject.names().qualified(subject.item(), callee)?;
    (name == "builtins.range").then_some(())?;
    let text = subject.item_text();
    let arguments = Arguments::of(call, text);
    let is_plain = !arguments.spread && arguments.keywords.is_empty();
    (is_plain && (1..=3).contains(&arguments.positional.len())).then_some(())?;
    let mut facts = Facts::of(SLOTS);
    let code = brief(text, call);
    facts.code("call", if code.is_empty() { "range(…)" } else { &code });
    let numbers: Option<Vec<i64>> =
        arguments.positional.iter().map(|node| integer(subject.text(*node))).collect();
    let bounds = numbers.and_then(|numbers| match numbers[..] {
        [stop] => Some((0, stop, 1)),
        [start, stop] => Some((start, stop, 1)),
        [start, stop, step] if step != 0 => Some((start, stop, step)),
        _ => None,
    });
    match bounds {
        Some((start, stop, step)) => {
            let distance = if step > 0 { stop - start } else { start - stop };
            let length = if distance <= 0 { 0 } else { (distance - 1) / step.abs() + 1 };
            match usize::try_from(length).ok()? {
                0 => drop(facts.flag("empty", true)),
                1 => drop(facts.code("one", start.to_string())),
                count => {
                    facts.number("length", count).code("first", start.to_string());
                    facts.code("last", (start + step * (length - 1)).to_string());
                }
            }
        }
        None => {
            let stop = arguments.positional[usize::from(arguments.positional.len() > 1)];
            facts.code("stop", brief(text, stop));
        }
    }
    index_loop(subject, &arguments, &mut facts);
    Some(facts)
}

/// `for i in range(len(x))`.
fn index_loop(subject: &Subject<'_>, arguments: &Arguments<'_>, facts: &mut Facts) -> Option<()> {
    let [only] = arguments.positional[..] else { return None };
    let is_len = kind(only) == Kind::Call
        && subject.names().qualified(subject.item(), only.child_in(Field::Function)?)?
            == "builtins.len";
    let Role::For(statement) = Place::of(subject).role() else { return None };
    let target = Field::Left.of(statement)?;
    let inner = Arguments::of(only, subject.item_text());
    let [sequence] = inner.positional[..] else { return None };
    if is_len && kind(target) == Kind::Identifier && kind(sequence) == Kind::Identifier {
        facts.code("indexed", subject.text(sequence)).code("target", subject.text(target));
    }
    Some(())
}

/// A decimal literal, maybe with a sign.
fn integer(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|char| *char != '_').collect();
    let unsigned = digits.strip_prefix('-').unwrap_or(&digits);
    let is_decimal = !unsigned.is_empty()
        && unsigned.len() <= MAX_DIGITS
        && unsigned.chars().all(|char| char.is_ascii_digit());
    if is_decimal { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests;
