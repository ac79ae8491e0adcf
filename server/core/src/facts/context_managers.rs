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

pub(crate) use describe::raised;
pub(crate) use enter::{Entered, cannot_be_awaited, entered};
pub(crate) use generator::only_yield;
pub(crate) use items::{is_async, items};
pub(crate) use manager::{Manager, is_assigned, manager};
pub(crate) use method::{Own, own, takes};
pub(crate) use raise_in_except::PROVIDER as RAISE_IN_EXCEPT;
pub(crate) use table::{CONTEXT_MANAGER, FILE_FUNCTION};
pub(crate) use try_finally::run as by_hand;
pub(crate) use users::entries;
pub(crate) use ways::ways;

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
