//! Facts about virtual environments, as far as Python files tell of them.

mod interpreter;
mod object;
mod path;

use super::Provider;

pub(super) use interpreter::plain_string;
pub use object::OBJECTS;

pub static PROVIDERS: &[&Provider] =
    &[&interpreter::PROVIDER, &path::PROVIDER, &path::SHEBANG, &object::PROVIDER];
