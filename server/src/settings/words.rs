//! How names from elsewhere are written in settings and configuration files.

use pygloss_core::vocabulary::is_qualified;

/// What a list of them is of.
pub const WHAT: &str = "dotted names such as \"shop.db.connect\"";

/// Whether a name can be used.
///
/// # Errors
/// When it cannot; the text says why.
pub fn check(name: &str) -> Result<(), String> {
    if is_qualified(name) {
        Ok(())
    } else {
        Err(format!("`{name}` is no dotted name such as `shop.db.connect`"))
    }
}
