//! What the GIL means on the oldest Python that the code runs on.
//!
//! Source: PEP 703 and PEP 779: a build without a GIL exists since 3.13 and is supported since 3.14;
//! the default build has one.

use crate::facts::{Facts, Slot, SlotKind};
use crate::subject::Subject;
use crate::version::PythonVersion;

/// What the GIL means for threads here: slots of every provider about threads.
pub(super) const OLD_GIL: Slot = Slot::new(
    "gil-only",
    SlotKind::Code,
    "the oldest Python that the code runs on, if it is older than 3.13: no build without a GIL",
);
pub(super) const NEW_GIL: Slot = Slot::new(
    "gil-default",
    SlotKind::Code,
    "the same, if it is 3.13 or later: the default build has a GIL",
);
pub(super) const FREE_BUILD: Slot = Slot::new(
    "free-build",
    SlotKind::Code,
    "the free-threaded build of that version: `python3.14t`",
);
pub(super) const EXPERIMENTAL: Slot =
    Slot::new("experimental", SlotKind::Flag, "in that version free threading is experimental");

/// Sets these slots.
pub(super) fn set_gil(subject: &Subject<'_>, facts: &mut Facts) {
    let target = subject.settings().target;
    if target < PythonVersion::py3(13) {
        facts.code("gil-only", target.to_string());
    } else {
        facts.code("gil-default", target.to_string());
        facts.code("free-build", format!("python{target}t"));
        facts.flag("experimental", target == PythonVersion::py3(13));
    }
}
