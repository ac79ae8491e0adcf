//! A comment of ours that silences nothing. It is no mistake in code: `lint` finds it when all else is
//! found.

use crate::facts::{Slot, SlotKind};
use crate::lint::Rule;

pub static RULE: Rule = Rule {
    id: "unused-ignore",
    kinds: &[],
    slots: SLOTS,
    cases: &["unknown", "misspelt"],
    fixes: &["remove-comment", "remove-name", "rename"],
    related: &[],
    check: |_, _| {},
    fix: |_, _| Vec::new(),
};

pub(crate) static SLOTS: &[Slot] = &[
    Slot::new("rule", SlotKind::Code, "the name in the brackets"),
    Slot::new("like", SlotKind::Code, "the name of a rule that is nearly that"),
];
