//! Questions about containers.

pub(super) mod cost;
pub(super) mod missing_key;
