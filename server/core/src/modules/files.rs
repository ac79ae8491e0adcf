//! The files of a workspace, as far as imports need them.

use std::fmt;

use crate::Document;

/// Looks at files of one folder, the workspace's. Paths are relative to it, with `/` between names;
/// the folder itself is the empty path. Answers do not change as long as the borrow lives.
pub trait Files: fmt::Debug {
    /// What there is at `path`.
    fn entry(&self, path: &str) -> Entry;

    /// The text of the Python file at `path`, as an editor shows it if it is open there. Nothing for
    /// what cannot or must not be read.
    fn source(&self, path: &str) -> Option<Source<'_>>;

    /// The text of the file at `path`, of any kind, as an editor shows it if it is open there.
    /// Nothing for what cannot or must not be read.
    fn text(&self, path: &str) -> Option<String>;

    /// The names of what is in the folder at `path`, in any order. Nothing where that cannot be told.
    fn names(&self, _path: &str) -> Option<Vec<String>> {
        None
    }

    /// Whether git leaves the file at `path` out when everything is added, by the ignore files that
    /// count for it. `edited` is an ignore file, and a text to be taken instead of its own. Nothing
    /// where that cannot be told, or for what is in no repository.
    fn is_ignored(&self, _path: &str, _edited: Option<(&str, &str)>) -> Option<bool> {
        None
    }

    /// Whether there may be an environment for this folder in another place: one that is active, or
    /// one around the folder. True where that cannot be told.
    fn has_environment_elsewhere(&self) -> bool {
        true
    }
}

/// What there is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Nothing.
    Nothing,
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// Something else, or it cannot be told.
    Unknown,
}

/// A file that was read.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The path that was asked for.
    pub path: &'a str,
    /// What it holds.
    pub document: &'a Document,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counts from 0.
    pub number: usize,
    /// The file, if it is not the one that the card is about: its path in the workspace.
    pub file: Option<String>,
}

impl From<usize> for Line {
    fn from(number: usize) -> Self {
        Self { number, file: None }
    }
}
