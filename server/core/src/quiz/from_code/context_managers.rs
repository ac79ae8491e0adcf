//! Questions about `with`.

pub(super) mod binding;
pub(super) mod exception;
pub(super) mod order;
