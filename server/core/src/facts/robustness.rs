//! Facts about what makes code fail in ways that are hard to see.

pub(crate) mod database;
mod execute;
mod mutable_default;
mod raises;
mod request;

pub(crate) use mutable_default::{MutableDefault, read as mutable_default};
pub(crate) use request::REQUEST;
pub use request::{CLIENTS, REQUESTS};

use super::Provider;
use super::tables::Table;

pub static PROVIDERS: &[&Provider] =
    &[&mutable_default::PROVIDER, &execute::PROVIDER, &request::REQUEST, &request::CLIENT];

/// The table of the topic.
pub static RAISES: &Table = &raises::TABLE;
