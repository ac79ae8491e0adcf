//! How severities are written in settings and configuration files.

use pygloss_core::analysis::Severity;

/// What can be written.
pub const NAMES: &str = "\"error\", \"warning\", \"information\", \"hint\" or \"off\"";

/// A severity by its name, and nothing for `off`.
pub fn read(name: &str) -> Option<Option<Severity>> {
    Some(Some(match name {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        "information" | "info" => Severity::Information,
        "hint" => Severity::Hint,
        "off" => return Some(None),
        _ => return None,
    }))
}
