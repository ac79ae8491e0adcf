//! `requires-python`, as far as it says which Python is the oldest.

use pygloss_core::PythonVersion;

/// The oldest minor release of Python 3 that a version specifier of PEP 440 lets in.
pub(super) fn lower_bound(specifier: &str) -> Option<PythonVersion> {
    let bound = |clause: &str| {
        let clause = clause.trim();
        let version = [">=", "~=", "===", "==", ">"]
            .iter()
            .find_map(|operator| clause.strip_prefix(operator))?
            .trim();
        if version == "3" || version == "3.*" {
            return Some(PythonVersion::OLDEST);
        }
        let minor = version.strip_prefix("3.")?;
        let end = minor.find(|c: char| !c.is_ascii_digit()).unwrap_or(minor.len());
        Some(PythonVersion::py3(minor[..end].parse().ok()?))
    };
    let oldest = specifier.split(',').filter_map(bound).max()?;
    Some(oldest.max(PythonVersion::OLDEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lower_bound_of_requires_python() {
        let bound = |specifier| lower_bound(specifier).map(|version| version.minor);
        assert_eq!(bound(">=3.11"), Some(11));
        assert_eq!(bound(">= 3.10.4, <4"), Some(10));
        assert_eq!(bound("~=3.12"), Some(12));
        assert_eq!(bound("==3.13.*"), Some(13));
        assert_eq!(bound(">3.9,!=3.10.0,>=3.11"), Some(11));
        assert_eq!(bound(">=3.6"), Some(9));
        assert_eq!(bound(">=3"), Some(9));
        for none in ["", "<3.12", "!=3.9", "nonsense", ">=2.7", ">=3.x", ">=3.999"] {
            assert_eq!(bound(none), None, "{none:?}");
        }
    }
}
