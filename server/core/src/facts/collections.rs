//! Facts about the `collections` module and its choices.

use super::Provider;

pub static PROVIDERS: &[&Provider] = &[];
