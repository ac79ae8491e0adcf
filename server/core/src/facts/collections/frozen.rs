//! The builtin `frozendict`.
//!
//! Sources: PEP 814; What's New in Python 3.15.

use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "frozen-dict",
    doc: "The builtin `frozendict`; `@target` is the `identifier`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("made", SlotKind::Code, "the call that makes one"),
    Slot::new("type", SlotKind::Code, "the name, where it is not called"),
    Slot::new("too-old", SlotKind::Code, "the oldest Python of the project, if that lacks it"),
    Slot::new("unhashable", SlotKind::Codes, "values in the call that cannot be hashed"),
];

/// The minor release that has it.
const SINCE: u8 = 15;

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (name, names) = (subject.node(), subject.names());
    (names.qualified(subject.item(), name)? == "builtins.frozendict").then_some(())?;
    let call = subject
        .ancestors()
        .next()
        .filter(|it| kind(*it) == Kind::Call && Field::Function.of(*it) == Some(name));
    let mut facts = Facts::of(SLOTS);
    match call {
        Some(call) => {
            facts.code("made", one_line(subject, call));
            facts.codes("unhashable", unhashable(subject, call));
        }
        None => drop(facts.code("type", subject.text(name))),
    }
    let settings = subject.settings();
    if settings.is_target_known() && settings.target.minor < SINCE {
        facts.code("too-old", settings.target.to_string());
    }
    Some(facts)
}

/// The values that are displays of what can change.
fn unhashable(subject: &Subject<'_>, call: Node<'_>) -> Vec<String> {
    let mut values = Vec::new();
    for given in arguments(call) {
        match kind(given) {
            Kind::KeywordArgument => values.extend(Field::Value.of(given)),
            Kind::Dictionary => {
                let pairs = statements(given).into_iter().filter(|it| kind(*it) == Kind::Pair);
                values.extend(pairs.filter_map(|pair| Field::Value.of(pair)));
            }
            _ => {}
        }
    }
    let can_change = |node: &Node<'_>| {
        matches!(
            kind(*node),
            Kind::List
                | Kind::Dictionary
                | Kind::Set
                | Kind::ListComprehension
                | Kind::DictionaryComprehension
                | Kind::SetComprehension
        )
    };
    values.iter().filter(|it| can_change(it)).map(|it| one_line(subject, *it)).collect()
}

#[cfg(test)]
mod tests;
