//! Questions about generators and iterators.

pub(super) mod call;
pub(super) mod second_reader;
