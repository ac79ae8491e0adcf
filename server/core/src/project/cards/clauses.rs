//! The clauses of a version specifier, for cards.

use crate::facts::{Facts, Slot, SlotKind};
use crate::requirements::versions::{Clause, Sort};

/// The fields of a clause.
pub(super) static CLAUSE: &[Slot] = &[
    Slot::new("text", SlotKind::Code, "the clause: `>=2`"),
    Slot::new("both", SlotKind::Code, "what `~=` stands for: `>=2.1, ==2.*`"),
    Slot::new("series", SlotKind::Code, "the version behind `==`, without the `.*` at its end"),
    Slot::new("at-least", SlotKind::Code, "the version behind `>=`"),
    Slot::new("above", SlotKind::Code, "the version behind `>`"),
    Slot::new("at-most", SlotKind::Code, "the version behind `<=`"),
    Slot::new("below", SlotKind::Code, "the version behind `<`"),
    Slot::new("not", SlotKind::Code, "the version behind `!=`"),
];

/// Each clause but those that name the only version.
pub(super) fn records(clauses: &[Clause]) -> Vec<Facts> {
    let record = |clause: &Clause| {
        let mut facts = Facts::of(CLAUSE);
        let version = clause.version();
        facts.code("text", clause.text.as_str());
        match clause.sort() {
            Sort::Exact => return None,
            Sort::Compatible => facts.code("both", clause.spelled_out()?),
            Sort::Series => facts.code("series", version.trim_end_matches(".*")),
            Sort::AtLeast => facts.code("at-least", version),
            Sort::Above => facts.code("above", version),
            Sort::AtMost => facts.code("at-most", version),
            Sort::Below => facts.code("below", version),
            Sort::Not => facts.code("not", version),
        };
        Some(facts)
    };
    clauses.iter().filter_map(record).collect()
}
