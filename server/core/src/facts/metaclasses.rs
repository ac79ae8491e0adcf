//! Facts about classes, metaclasses and descriptors.

use super::Provider;

pub static PROVIDERS: &[&Provider] = &[];
