//! What calls raise when something is wrong outside the program.

use crate::facts::tables::Table;
use crate::facts::{Slot, SlotKind};

/// Exceptions that code has to reckon with.
pub static TABLE: Table = Table {
    name: "raises",
    doc: "Functions and methods, by the exceptions that a call raises when its input or the world \
          is not as hoped. A method is written `module.Class.method`, or with the function that \
          made the object: `builtins.open.read`. Read by the fix of `swallowed-exception`.",
    columns: &[Slot::new("errors", SlotKind::Codes, "dotted names; builtins without a module")],
};
