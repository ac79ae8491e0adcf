//! Python versions that facts and cards depend on.

use std::fmt;
use std::str::FromStr;

/// A minor release of Python 3, such as 3.9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PythonVersion {
    /// The number after `3.`.
    pub minor: u8,
}

impl PythonVersion {
    /// The oldest version that content speaks of, and the target when nothing else is known.
    pub const OLDEST: Self = Self { minor: 9 };

    /// The newest version that content speaks of.
    pub const NEWEST: Self = Self { minor: 15 };

    /// Python 3.`minor`.
    pub const fn py3(minor: u8) -> Self {
        Self { minor }
    }
}

impl Default for PythonVersion {
    fn default() -> Self {
        Self::OLDEST
    }
}

impl fmt::Display for PythonVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "3.{}", self.minor)
    }
}

impl FromStr for PythonVersion {
    type Err = String;

    /// Reads `3.11`, and `py311` as ruff and black spell it.
    fn from_str(text: &str) -> Result<Self, String> {
        text.strip_prefix("3.")
            .or_else(|| text.strip_prefix("py3"))
            .and_then(|minor| minor.parse().ok())
            .map(Self::py3)
            .ok_or_else(|| format!("`{text}` is not a Python 3 version such as `3.11`"))
    }
}
