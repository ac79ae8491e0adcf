//! `dict.fromkeys(…)`.
//!
//! Source: Library Reference, Built-in Types, `dict.fromkeys`.

use super::fresh::{fresh, last_part};
use super::repeated_list::changed;
use super::uses::of_assigned;
use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;

pub static PROVIDER: Provider = Provider {
    name: "from-keys",
    doc: "a call of `dict.fromkeys`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("keys", SlotKind::Code, "the iterable that gives the keys"),
    Slot::new("shared", SlotKind::Code, "the value, if it is new and can change"),
    Slot::new("type", SlotKind::Code, "the type of that"),
    Slot::new("value", SlotKind::Code, "the value, if it is another"),
    Slot::new("plain", SlotKind::Code, "the call, if it gives no value"),
    Slot::new("name", SlotKind::Code, "the variable that is bound to the dict"),
    Slot::new("changed", SlotKind::Lines, "the lines that change a value through it"),
    Slot::new("instead", SlotKind::Code, "a comprehension that makes a new value for each key"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    if subject.callee()? != "builtins.dict.fromkeys" {
        return None;
    }
    let arguments = Arguments::of(node, subject.item_text());
    if arguments.spread || !arguments.keywords.is_empty() {
        return None;
    }
    let (keys, value) = match arguments.positional[..] {
        [keys] => (keys, None),
        [keys, value] => (keys, Some(value)),
        _ => return None,
    };
    let mut facts = Facts::of(SLOTS);
    let keys = one_line(subject, keys);
    facts.code("call", one_line(subject, node));
    match value {
        None => drop(facts.code("plain", one_line(subject, node))),
        Some(value) => {
            let text = one_line(subject, value);
            match fresh(subject, value) {
                Some(made) => {
                    facts.code("type", last_part(&made));
                    facts.code("instead", format!("{{key: {text} for key in {keys}}}"));
                    facts.code("shared", text);
                }
                None => drop(facts.code("value", text)),
            }
        }
    }
    facts.code("keys", keys);
    if let Some((name, uses)) = of_assigned(subject.names(), subject.item(), subject.path()) {
        facts.code("name", name);
        if facts.get("shared").is_some() {
            facts.set("changed", Value::Lines(changed(subject, &uses)));
        }
    }
    Some(facts)
}

#[cfg(test)]
mod tests;
