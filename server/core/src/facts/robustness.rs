//! Facts about what makes code fail in ways that are hard to see.

mod mutable_default;

use super::Provider;

pub static PROVIDERS: &[&Provider] = &[&mutable_default::PROVIDER];
