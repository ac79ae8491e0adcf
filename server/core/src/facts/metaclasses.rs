//! Facts about classes, metaclasses and descriptors.

mod attributes;
mod class_hooks;
mod creation;
mod init_method;
mod making;
mod metaclass;
mod metaclass_definition;
mod metaclass_hooks;
mod method;
mod mro;
mod new_method;
mod super_call;

use super::Provider;

pub use mro::CLASSES;
pub(super) use mro::Orders;

pub static PROVIDERS: &[&Provider] = &[
    &creation::PROVIDER,
    &class_hooks::KEYWORD,
    &class_hooks::INIT_SUBCLASS,
    &super_call::PROVIDER,
    &init_method::PROVIDER,
    &new_method::CLASS,
    &metaclass_definition::PROVIDER,
    &new_method::META,
    &metaclass_hooks::INIT,
    &metaclass_hooks::CALL,
    &metaclass_hooks::PREPARE,
];
