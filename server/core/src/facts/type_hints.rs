//! Facts about annotations and type hints.

mod annotation;
mod fits;
mod owner;
mod parameter;
mod returns;
mod spelling;
mod usage;
mod variable;

use super::Provider;

pub use spelling::ALIASES;

pub static PROVIDERS: &[&Provider] =
    &[&parameter::PROVIDER, &returns::PROVIDER, &variable::PROVIDER];
