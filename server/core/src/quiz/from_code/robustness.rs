//! Questions about functions that are called more than once.

pub(super) mod default_object;
