//! Facts about context managers.

mod describe;
mod enter;
mod generator;
mod items;
mod leaves;
mod manager;
mod slots;
mod swallow;
pub mod table;
mod truth;
mod ways;
mod with_item;
mod with_several;

use super::Provider;

pub static PROVIDERS: &[&Provider] = &[&with_item::PROVIDER, &with_several::PROVIDER];
