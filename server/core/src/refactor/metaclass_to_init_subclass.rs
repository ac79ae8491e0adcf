//! A metaclass that checks, completes or registers classes to `__init_subclass__` (PEP 487).

use super::{Answer, COMMENT, Conversion, Draft};
use crate::facts::{Facts, Slot, SlotKind};
use crate::rules::metaclass_move::edits;
use crate::rules::metaclass_work::Metaclass;
use crate::subject::Subject;
use crate::syntax::Kind;

pub static CONVERSION: Conversion = Conversion {
    id: "metaclass-to-init-subclass",
    kinds: &[Kind::ClassDefinition],
    calls: &[],
    slots: SLOTS,
    titles: &["moved"],
    reasons: &[COMMENT, "several", "stays", "used"],
    convert,
};

static SLOTS: &[Slot] = &[
    Slot::new("metaclass", SlotKind::Code, "the metaclass"),
    Slot::new("base", SlotKind::Code, "the class that is made by it, if there is one only"),
];

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let (meta, _) = Metaclass::read(subject)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("metaclass", meta.class.name());
    let [user] = &meta.users[..] else { return Some(Answer::Refused("several", facts)) };
    facts.code("base", user.name());
    if !meta.is_private {
        return Some(Answer::Refused("used", facts));
    }
    match edits(subject, &meta) {
        Some(edits) => {
            Some(Answer::Draft(Draft { title: Some("moved"), ..Draft::new(facts, edits) }))
        }
        None => Some(Answer::Refused("stays", facts)),
    }
}
