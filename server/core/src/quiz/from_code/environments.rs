//! Questions about interpreters and what they come with.

pub(super) mod interpreter;
pub(super) mod module;
