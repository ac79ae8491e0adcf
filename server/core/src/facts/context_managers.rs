//! Facts about context managers.

mod as_target;
mod broad_except;
mod connection_block;
mod context_decorator;
mod describe;
mod enter;
mod enter_method;
mod exit_method;
mod exit_stack;
mod generator;
mod generator_function;
mod half_protocol;
mod items;
mod leaves;
mod leaving;
mod lock_again;
mod logging_call;
mod manager;
mod method;
mod not_entered;
mod open_call;
mod raise_in_except;
mod slots;
mod swallow;
pub mod table;
mod temporary;
mod truth;
mod try_finally;
mod users;
mod ways;
mod with_item;
mod with_several;

pub(crate) use items::{is_async, items};
pub(crate) use manager::is_assigned;
pub(crate) use table::{CONTEXT_MANAGER, FILE_FUNCTION};

use super::Provider;

pub static PROVIDERS: &[&Provider] = &[
    &lock_again::PROVIDER,
    &connection_block::PROVIDER,
    &temporary::PROVIDER,
    &with_item::PROVIDER,
    &with_several::PROVIDER,
    &enter_method::PROVIDER,
    &exit_method::PROVIDER,
    &half_protocol::PROVIDER,
    &as_target::PROVIDER,
    &leaving::PROVIDER,
    &open_call::PROVIDER,
    &not_entered::PROVIDER,
    &try_finally::PROVIDER,
    &exit_stack::PROVIDER,
    &generator_function::PROVIDER,
    &context_decorator::PROVIDER,
    &broad_except::PROVIDER,
    &raise_in_except::PROVIDER,
    &logging_call::PROVIDER,
];

#[cfg(test)]
mod tests_imported;
