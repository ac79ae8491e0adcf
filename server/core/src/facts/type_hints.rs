//! Facts about annotations and type hints.

use super::Provider;

pub static PROVIDERS: &[&Provider] = &[];
