//! Names of the standard library's typing modules that are deprecated or gone.
//!
//! Source: Library Reference, typing, Deprecation Timeline of Major Features; the pages of pending
//! removals.

use crate::facts::decoration::qualified;
use crate::facts::source_text::one_line;
use crate::facts::tables::Table;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "outdated-name",
    doc: "a name with a row in the table `outdated-name`; `@target` is the `identifier` or \
          `attribute`",
    slots: SLOTS,
    run,
};

/// What became of names.
pub static OUTDATED: Table = Table {
    name: "outdated-name",
    doc: "A name of the standard library that is deprecated or gone. Read by `outdated-name`",
    columns: &[
        Slot::new("since", SlotKind::Code, "the Python that deprecated it: `3.11`"),
        Slot::new("gone", SlotKind::Code, "the Python that lacks it"),
        Slot::new("planned", SlotKind::Code, "the Python that is to lack it"),
        Slot::new("instead", SlotKind::Text, "what to write, to be read behind `write`"),
        Slot::new("why", SlotKind::Text, "a sentence"),
    ],
};

static SLOTS: &[Slot] = &[
    Slot::new("gone-name", SlotKind::Code, "the name as it is written, if a Python lacks it"),
    Slot::new("planned-name", SlotKind::Code, "the same, if one is to lack it"),
    Slot::new("kept-name", SlotKind::Code, "the same, if it is deprecated only"),
    Slot::new("since", SlotKind::Code, "the Python that deprecated it"),
    Slot::new("gone", SlotKind::Code, "the Python that lacks it"),
    Slot::new("planned", SlotKind::Code, "the Python that is to lack it"),
    Slot::new("instead", SlotKind::Text, "what to write instead"),
    Slot::new("why", SlotKind::Text, "a sentence"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let above = subject.ancestors().next()?;
    // `typing` in `typing.Text`, and the name of a keyword argument.
    if kind(node) == Kind::Identifier
        && matches!(kind(above), Kind::Attribute | Kind::KeywordArgument)
    {
        return None;
    }
    let name = qualified(subject.names(), subject.item(), node)?;
    let row = subject.row(&OUTDATED, &name)?;
    let mut facts = Facts::of(SLOTS);
    for column in ["since", "gone", "planned", "instead", "why"] {
        facts.take(column, row, column);
    }
    let slot = match (row.get("gone"), row.get("planned")) {
        (Some(_), _) => "gone-name",
        (None, Some(_)) => "planned-name",
        (None, None) => "kept-name",
    };
    facts.code(slot, one_line(subject, node));
    Some(facts)
}

#[cfg(test)]
mod tests;
