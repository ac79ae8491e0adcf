//! Questions about types at run time.

pub(super) mod instance_check;
