//! Facts about classes, metaclasses and descriptors.

mod abstract_base;
mod attribute_hook;
mod attributes;
mod body_attribute;
mod class_attribute;
mod class_hooks;
mod creation;
mod descriptor;
mod enumeration;
mod init_method;
mod making;
mod metaclass;
mod metaclass_definition;
mod metaclass_hooks;
mod method;
mod mro;
mod namespace_check;
mod namespace_loop;
mod new_class;
mod new_method;
mod outside;
mod private_name;
mod slots;
mod super_call;
mod type_call;

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
    &class_attribute::PROVIDER,
    &slots::PROVIDER,
    &type_call::ONE,
    &type_call::THREE,
    &enumeration::CLASS,
    &enumeration::MEMBER,
    &private_name::PROVIDER,
    &descriptor::PROVIDER,
    &attribute_hook::PROVIDER,
    &attribute_hook::CLASS_GETITEM,
    &namespace_check::PROVIDER,
    &namespace_loop::PROVIDER,
    &abstract_base::PROVIDER,
    &new_class::CALL,
    &new_class::ENTRIES,
];
