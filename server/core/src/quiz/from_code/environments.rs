//! Questions about interpreters, what they come with, and what projects ask for.

pub(super) mod extra;
pub(super) mod installed;
pub(super) mod interpreter;
pub(super) mod line;
pub(super) mod marker;
pub(super) mod module;
pub(super) mod option;
pub(super) mod pin;
pub(super) mod python;
pub(super) mod version;
