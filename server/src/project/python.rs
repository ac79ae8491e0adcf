//! What `requires-python`, the settings of ruff and of type checkers, `.python-version` and `pyvenv.cfg` say
//! about the oldest Python.

use pygloss_core::PythonVersion;
use toml::de::{DeTable, DeValue};

/// `target-version` in a table for ruff: `"py311"`.
pub(super) fn of_ruff(table: &DeTable<'_>) -> Option<PythonVersion> {
    super::get(table, "target-version").and_then(DeValue::as_str)?.parse().ok()
}

/// `python_version` for mypy or `pythonVersion` for pyright, of the tables that `tool` gives by their
/// names.
pub(super) fn of_checker<'a, 'i: 'a>(
    tool: impl Fn(&'static str) -> Option<&'a DeValue<'i>>,
) -> Option<PythonVersion> {
    let keys = [("mypy", "python_version"), ("pyright", "pythonVersion")];
    let versions = keys.iter().filter_map(|&(name, key)| super::get(tool(name)?.as_table()?, key));
    versions.filter_map(DeValue::as_str).find_map(|version| version.parse().ok())
}

/// The version of the first line of a `.python-version` that has one: `3.12`, `3.12.1`.
pub(super) fn pinned(text: &str) -> Option<PythonVersion> {
    let line =
        text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))?;
    let minor = line.strip_prefix("3.")?.split('.').next()?;
    let is_number = !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit());
    let minor = minor.parse().ok().filter(|_| is_number)?;
    Some(PythonVersion::py3(minor).max(PythonVersion::OLDEST))
}

/// The version in a `pyvenv.cfg`: `version = 3.12.1`, `version_info = 3.12.1.final.0`.
pub(super) fn of_environment(text: &str) -> Option<PythonVersion> {
    text.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        let key = key.trim().to_ascii_lowercase();
        matches!(&*key, "version" | "version_info").then(|| pinned(value))?
    })
}

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
    fn the_version_that_is_pinned() {
        let minor = |text| pinned(text).map(|version| version.minor);
        assert_eq!(minor("3.12\n"), Some(12));
        assert_eq!(minor("# for the server\n\n3.11.4\n3.9\n"), Some(11));
        assert_eq!(minor("3.6.1"), Some(9));
        for none in ["", "pypy3.10-7.3", "3", "3.x", "3.999", "2.7.18", "my-env", "3.12-dev"] {
            assert_eq!(minor(none), None, "{none:?}");
        }
    }

    #[test]
    fn the_version_of_an_environment() {
        let minor = |text| of_environment(text).map(|version| version.minor);
        assert_eq!(minor("home = /usr/bin\nversion = 3.11.2\n"), Some(11));
        assert_eq!(minor("Version_Info=3.12.1.final.0\r\n"), Some(12));
        assert_eq!(minor("version = x\nversion_info = 3.13.0rc1\n"), Some(13));
        for none in ["", "version", "version =", "version = 2.7.18", "uv = 3.11", "# version 3.11"]
        {
            assert_eq!(minor(none), None, "{none:?}");
        }
    }

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
