//! Facts about context managers.

mod describe;
mod enter;
mod enter_method;
mod exit_method;
mod generator;
mod half_protocol;
mod items;
mod leaves;
mod manager;
mod method;
mod slots;
mod swallow;
pub mod table;
mod truth;
mod users;
mod ways;
mod with_item;
mod with_several;

use super::Provider;

pub static PROVIDERS: &[&Provider] = &[
    &with_item::PROVIDER,
    &with_several::PROVIDER,
    &enter_method::PROVIDER,
    &exit_method::PROVIDER,
    &half_protocol::PROVIDER,
];
