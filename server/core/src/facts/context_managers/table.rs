//! What is known about context managers from elsewhere.

use crate::facts::tables::Table;
use crate::facts::{Slot, SlotKind};

/// Objects whose calls return a context manager, or whose subclasses are some.
pub static CONTEXT_MANAGER: Table = Table {
    name: "context-manager",
    doc: "an object whose call returns a context manager, and whose subclasses are such",
    columns: &[
        Slot::new("is", SlotKind::Text, "what `as` binds, to be read behind `x is`"),
        Slot::new(
            "end",
            SlotKind::Text,
            "what happens at the end, to be read behind `however the block ends,`",
        ),
        Slot::new("passes", SlotKind::Flag, "an exception of the block always passes on"),
        Slot::new("drops", SlotKind::Text, "a sentence: which exceptions are dropped"),
        Slot::new(
            "drops-arguments",
            SlotKind::Flag,
            "the exceptions that are its arguments are dropped",
        ),
        Slot::new(
            "drops-first",
            SlotKind::Flag,
            "the exceptions of its first argument are dropped",
        ),
        Slot::new("note", SlotKind::Text, "a sentence about what often goes wrong"),
        Slot::new("since", SlotKind::Code, "the Python that first has it, as `3.11`"),
        Slot::new("plain", SlotKind::Flag, "it works behind `with`"),
        Slot::new("awaited", SlotKind::Flag, "it works behind `async with`"),
        Slot::new("closes", SlotKind::Flag, "what `as` binds is closed behind the block"),
        Slot::new("method", SlotKind::Code, "the method that the end of the block calls: `close`"),
        Slot::new(
            "release",
            SlotKind::Code,
            "the method that gives back what it holds of the operating system: `close`",
        ),
        Slot::new("acquire", SlotKind::Flag, "the begin of the block calls `acquire()`"),
    ],
};

/// Functions that are given an open file.
pub static FILE_FUNCTION: Table = Table {
    name: "file-function",
    doc: "A function that reads from or writes to an open file, one of its arguments, before it \
          returns, and neither keeps nor closes it.",
    columns: &[Slot::new("argument", SlotKind::Number, "the place of the file, from 0")],
};
