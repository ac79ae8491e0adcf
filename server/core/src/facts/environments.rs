//! Facts about virtual environments, as far as Python files tell of them.

mod builder;
mod distribution;
mod import;
mod interpreter;
mod lazy;
mod module;
mod object;
mod optional;
mod path;
mod relative;
mod script;

use super::Provider;

pub use distribution::DISTRIBUTIONS;
pub(super) use interpreter::plain_string;
pub use module::MODULES;
pub use object::OBJECTS;

pub static PROVIDERS: &[&Provider] = &[
    &interpreter::PROVIDER,
    &path::PROVIDER,
    &path::SHEBANG,
    &object::PROVIDER,
    &module::PROVIDER,
    &module::HIDDEN,
    &relative::PROVIDER,
    &optional::PROVIDER,
    &builder::PROVIDER,
    &lazy::PROVIDER,
    &distribution::PROVIDER,
    &script::PROVIDER,
];
