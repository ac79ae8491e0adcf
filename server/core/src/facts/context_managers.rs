//! Facts about context managers.

use super::Provider;

pub static PROVIDERS: &[&Provider] = &[];
