//! Facts about what makes code fail in ways that are hard to see.

pub(crate) mod database;
mod mutable_default;
mod raises;

pub(crate) use mutable_default::{MutableDefault, read as mutable_default};

use super::Provider;
use super::tables::Table;

pub static PROVIDERS: &[&Provider] = &[&mutable_default::PROVIDER];

/// The table of the topic.
pub static RAISES: &Table = &raises::TABLE;
