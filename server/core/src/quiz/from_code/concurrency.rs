//! Questions about coroutines.

pub(super) mod call;
pub(super) mod results;
pub(super) mod waiting;
