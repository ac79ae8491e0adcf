//! Facts about threads, processes and coroutines.

use super::Provider;

pub static PROVIDERS: &[&Provider] = &[];
