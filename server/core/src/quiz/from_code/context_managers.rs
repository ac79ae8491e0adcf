//! Questions about `with`.

pub(super) mod exception;
pub(super) mod order;
