//! Files of a project that are not Python: lists of requirements, `pyproject.toml`, `.gitignore`.
//!
//! They have cards and findings of their own, which come in the same form as those about code. What
//! is said about such a file may rest on the files around it, so it holds for the moment in which it
//! was asked for.

mod cards;
mod environment;
mod fixes;
mod imports;
mod lint;
mod rules;
mod silence;
mod view;

use crate::Span;
use crate::modules::{Files, is_foreign, parent};
use crate::text::Text;

pub use cards::hover;
pub(crate) use cards::{OPTIONS, PROVIDERS, is_of_project};
pub(crate) use environment::Environment;
pub use fixes::{fix_all, fixes};
pub use lint::findings;
pub(crate) use rules::WORDS;
pub use silence::silencing as silence;
pub(crate) use view::{Asked, View};

/// What a file of a project is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// What pip is to install: `requirements.txt`, `dev-requirements.txt`, `requirements/test.in`.
    Requirements,
    /// Which versions pip may take: `constraints.txt`.
    Constraints,
    /// `pyproject.toml`
    PyProject,
    /// `.gitignore`
    GitIgnore,
}

impl FileKind {
    /// What the file at `path` is for, by its name. Names are separated by `/` or `\`.
    pub fn of(path: &str) -> Option<Self> {
        let mut names = path.rsplit(['/', '\\']);
        let name = names.next()?;
        let is_list = name.ends_with(".txt") || name.ends_with(".in");
        match name {
            "pyproject.toml" => Some(Self::PyProject),
            ".gitignore" => Some(Self::GitIgnore),
            _ if is_list && name.contains("constraints") => Some(Self::Constraints),
            _ if is_list && name.contains("requirements") => Some(Self::Requirements),
            _ if is_list && names.next() == Some("requirements") => Some(Self::Requirements),
            _ => None,
        }
    }
}

/// The text of a file of a project.
#[derive(Clone, Debug)]
pub struct ProjectFile {
    kind: FileKind,
    text: Text,
}

impl ProjectFile {
    /// A file of this kind.
    pub fn new(kind: FileKind, text: &str) -> Self {
        Self { kind, text: Text::new(text) }
    }

    /// What it is for.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// The text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Puts `new` in place of `span`.
    pub fn edit(&mut self, span: Span, new: &str) {
        self.text.replace(span, new);
    }
}

/// Where a file of a project is among the files of a workspace.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub(crate) files: &'a dyn Files,
    /// Path of the file, relative to the folder of `files`.
    pub(crate) path: &'a str,
}

impl<'a> Place<'a> {
    /// The place of the file at `path`, relative to the folder of `files`, `/` between names. Nothing
    /// for files in hidden folders and among installed packages.
    pub fn new(files: &'a dyn Files, path: &'a str) -> Option<Self> {
        let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
        (!is_foreign(folders)).then_some(Self { files, path })
    }

    /// The folder of the file.
    pub(crate) fn folder(&self) -> &'a str {
        parent(self.path).unwrap_or_default()
    }

    /// The folders around the file, from the inside out to the workspace's.
    pub(crate) fn folders(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        std::iter::successors(parent(self.path), |folder| parent(folder))
    }
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_undeclared;
