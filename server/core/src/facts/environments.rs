//! Facts about virtual environments.

use super::Provider;

pub static PROVIDERS: &[&Provider] = &[];
