//! Facts about what makes code fail in ways that are hard to see.

pub(crate) mod database;
mod execute;
mod hierarchy;
mod json_call;
mod mutable_default;
mod print_call;
mod raises;
mod rate_window;
mod request;
mod retry;
mod specific_except;

pub(crate) use mutable_default::{MutableDefault, read as mutable_default};
pub(crate) use request::REQUEST;
pub use request::{CLIENTS, REQUESTS};

use super::Provider;
use super::tables::Table;

pub static PROVIDERS: &[&Provider] = &[
    &mutable_default::PROVIDER,
    &execute::PROVIDER,
    &request::REQUEST,
    &request::CLIENT,
    &specific_except::PROVIDER,
    &json_call::PROVIDER,
    &print_call::PROVIDER,
    &retry::LOOP,
    &retry::DECORATOR,
    &rate_window::PROVIDER,
];

/// The table of the topic.
pub static RAISES: &Table = &raises::TABLE;
