//! What the files in a folder and above it say.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pygloss_core::PythonVersion;
use pygloss_core::analysis::TargetSource;
use toml::de::DeTable;

use super::config::Config;
use super::ruff::Ruff;
use super::{FILE_NAMES, MAX_FILE, get, python, whole_path};

/// Most files that extend one another.
const MAX_EXTENDED: usize = 8;

/// Files of others that say which Python the code is for.
pub const OTHERS: [&str; 3] = ["ruff.toml", ".ruff.toml", ".python-version"];

/// What counts in a folder.
#[derive(Clone, Debug, Default)]
pub(super) struct Here {
    pub config: Option<Arc<Config>>,
    pub requires: Option<PythonVersion>,
    /// What ruff is told about the oldest Python.
    pub ruff: Option<PythonVersion>,
    /// What a type checker is told.
    pub checker: Option<PythonVersion>,
    /// What `.python-version` names.
    pub pinned: Option<PythonVersion>,
    /// What ruff is told about its rules.
    pub told: Option<Arc<Ruff>>,
    /// The top of the project: the nearest folder with a `pyproject.toml` or a repository.
    pub top: Option<PathBuf>,
}

impl Here {
    /// The oldest Python that the code is for, by the clearest word about it.
    pub fn target(&self) -> Option<(PythonVersion, TargetSource)> {
        let told = [
            (self.config.as_ref().and_then(|config| config.target), TargetSource::Configuration),
            (self.requires, TargetSource::RequiresPython),
            (self.ruff, TargetSource::Ruff),
            (self.checker, TargetSource::Checker),
            (self.pinned, TargetSource::PythonVersionFile),
        ];
        told.into_iter().find_map(|(version, source)| Some((version?, source)))
    }

    /// Lets the files of others say for which Python the code is, and what ruff does. What is wrong in
    /// them is for others to tell.
    pub fn read_others(&mut self, folder: &Path) {
        let [plain, hidden, version] = OTHERS;
        for name in [plain, hidden] {
            if let Some(text) = quiet_text(&folder.join(name))
                && let Ok(table) = DeTable::parse(&text)
            {
                self.read_ruff(folder, table.get_ref());
            }
        }
        let pinned = quiet_text(&folder.join(version));
        self.pinned = pinned.as_deref().and_then(python::pinned).or(self.pinned);
    }

    /// Takes over what a file in `folder` tells ruff.
    pub fn read_ruff(&mut self, folder: &Path, table: &DeTable<'_>) {
        self.ruff = python::of_ruff(table).or(self.ruff);
        let mut told = Ruff::read(folder, table);
        for _ in 0..MAX_EXTENDED {
            let Some(file) = told.extends().map(|file| whole_path(&file)) else { break };
            let text = quiet_text(&file).unwrap_or_default();
            let Ok(table) = DeTable::parse(&text) else { break };
            let is_project = file.ends_with(FILE_NAMES[1]);
            let tool = || get(get(table.get_ref(), "tool")?.as_table()?, "ruff")?.as_table();
            let ruff = if is_project { tool() } else { Some(table.get_ref()) };
            let folder = file.parent().unwrap_or(&file);
            told.extend(ruff.map(|table| Ruff::read(folder, table)).unwrap_or_default());
        }
        self.told = Some(Arc::new(told));
    }
}

/// The text of a file that others are to complain about.
pub(super) fn quiet_text(file: &Path) -> Option<String> {
    let about = fs::metadata(file).ok()?;
    (about.is_file() && about.len() <= MAX_FILE).then(|| fs::read_to_string(file).ok())?
}
