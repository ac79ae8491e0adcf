//! The quiz as clients see it.

pub mod wire;
