//! The order of two or three decorators.
//!
//! Source: Language Reference, Function definitions: decorator expressions are evaluated from the top
//! down when the function is defined, and applied in nested fashion, the lowest one first. What the
//! decorators are does not matter.

use super::{Case, Computed, DecoratedFunction, Find, Generator, Kind, Role};
use crate::facts::{Facts, Slot, SlotKind};

pub static GENERATOR: Generator = Generator {
    name: "stack-order",
    doc: "in which order the two or three decorators of a function are evaluated and applied",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::Decorated(run),
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function's name"),
    Slot::new("line", SlotKind::Line, "the line of its `def`"),
    Slot::new("downward", SlotKind::Codes, "the decorators from the top down"),
    Slot::new("upward", SlotKind::Codes, "the decorators from the bottom up"),
    Slot::new("top", SlotKind::Code, "the topmost decorator"),
    Slot::new("bottom", SlotKind::Code, "the decorator next to the `def`"),
];

static ROLES: &[Role] = &[
    Role::words("down-up", "evaluated from the top down, applied from the bottom up"),
    Role::words("down-down", "evaluated and applied from the top down"),
    Role::words("up-up", "evaluated and applied from the bottom up"),
    Role::words("up-down", "evaluated from the bottom up, applied from the top down"),
];

static CASES: &[Case] = &[Case {
    name: "always",
    doc: "the rule has no exception",
    right: "down-up",
    wrong: &["down-down", "up-up", "up-down"],
}];

/// Longest decorator that is named in a question, in characters.
const MAX_DECORATOR: usize = 24;

fn run(function: &DecoratedFunction) -> Option<Computed> {
    let texts: Vec<&str> = function.decorators.iter().map(|line| line.text.as_str()).collect();
    let differ = |(i, text): (usize, &&str)| !texts[..i].contains(text);
    let readable = texts.iter().all(|text| text.chars().count() <= MAX_DECORATOR);
    if !(2..=3).contains(&texts.len()) || !readable || !texts.iter().enumerate().all(differ) {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("function", &function.name).line("line", function.line);
    facts.code("top", texts[0]).code("bottom", texts[texts.len() - 1]);
    facts.codes("downward", texts.iter().copied());
    facts.codes("upward", texts.iter().rev().copied());
    Some(Computed::in_words(&CASES[0], ROLES, facts))
}
