//! Which Python the virtual environment of a workspace has.
//!
//! Source: PEP 405 and the module venv for `pyvenv.cfg`; virtualenv and uv write `version_info` in it.

use std::fs;
use std::path::{Path, PathBuf};

use pygloss_core::PythonVersion;

use super::here::quiet_text;
use super::python;

/// The file that makes a folder an environment.
pub const PYVENV: &str = "pyvenv.cfg";

/// Names of environments that count.
const NAMES: [&str; 2] = [".venv", "venv"];

/// The folder with the environment that a file is for.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Root {
    /// The nearest one above with a `pyproject.toml` or a repository, else that of the file.
    #[default]
    Project,
    /// This one.
    Folder(PathBuf),
    /// None.
    Nowhere,
}

impl Root {
    /// It, for a file of a project whose top is `top`.
    pub(super) fn of<'a>(&'a self, file: &'a Path, top: Option<&'a Path>) -> Option<&'a Path> {
        match self {
            Self::Project => top.or(file.parent()),
            Self::Folder(root) => Some(root),
            Self::Nowhere => None,
        }
    }
}

/// The Python of the environment at `root`. Nothing outside of it is read, not even through a link.
pub(super) fn version(root: &Path) -> Option<PythonVersion> {
    let real = fs::canonicalize(root).ok()?;
    NAMES.iter().find_map(|name| {
        let file = fs::canonicalize(root.join(name).join(PYVENV)).ok()?;
        let text = file.starts_with(&real).then(|| quiet_text(&file))?;
        python::of_environment(&text?)
    })
}
