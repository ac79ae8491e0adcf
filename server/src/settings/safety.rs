//! How the safety of fixes is written in settings and configuration files.

use pygloss_core::analysis::Safety;

/// What can be written.
pub const NAMES: &str = "\"safe\" or \"review\"";

/// A safety by its name.
pub fn read(name: &str) -> Option<Safety> {
    match name {
        "safe" => Some(Safety::Safe),
        "review" => Some(Safety::Review),
        _ => None,
    }
}
