//! Facts about generators, iterators and comprehensions.

use super::Provider;

pub static PROVIDERS: &[&Provider] = &[];
