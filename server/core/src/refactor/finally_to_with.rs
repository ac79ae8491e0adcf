//! `try` and `finally: x.close()` to `with`.

use super::{Answer, COMMENT, Conversion, Draft};
use crate::facts::{Facts, Slot, SlotKind};
use crate::rules::close_in_finally::with_instead;
use crate::subject::Subject;
use crate::syntax::Kind;

pub static CONVERSION: Conversion = Conversion {
    id: "finally-to-with",
    kinds: &[Kind::TryStatement],
    calls: &[],
    slots: SLOTS,
    titles: &["with"],
    reasons: &[COMMENT],
    convert,
};

static SLOTS: &[Slot] = &[Slot::new("with", SlotKind::Code, "the head of the `with`")];

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let with = with_instead(subject)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("with", with.head.trim_end_matches(':'));
    Some(Answer::Draft(Draft { title: Some("with"), ..Draft::new(facts, with.edits) }))
}
