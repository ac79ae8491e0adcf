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

/// The name of a severity.
pub fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
        Severity::Hint => "hint",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        use Severity::{Error, Hint, Information, Warning};
        for severity in [Error, Warning, Information, Hint] {
            assert_eq!(read(name(severity)), Some(Some(severity)));
            assert!(NAMES.contains(name(severity)));
        }
        assert_eq!((read("off"), read("Error"), read("")), (Some(None), None, None));
    }
}
