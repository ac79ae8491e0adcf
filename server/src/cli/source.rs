//! Python files for the command line, and places in them as people count: lines and characters from
//! 1.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use pygloss_core::analysis::Settings;
use pygloss_core::text::Text;
use pygloss_core::{Document, Library, Span};

use crate::analysed::{Analysed, Around, Asked};
use crate::documents::{Documents, is_analysable};
use crate::imports::{Cache, relative};
use crate::project::{Projects, Wishes, whole_path};

/// Reads and analyses a file.
///
/// # Errors
/// As [`read`].
pub fn open(path: &Path) -> io::Result<Document> {
    Ok(Document::new(&read(path)?))
}

/// A text, analysed as the name of its file demands; as Python for any other name.
pub fn analysed(path: &Path, text: &str) -> Analysed {
    let name = path.to_string_lossy();
    let other = Analysed::new(text, false, &name);
    other.unwrap_or_else(|| Analysed::Python(Box::new(Document::new(text))))
}

/// Where a file is among those of its project.
#[derive(Debug)]
pub struct Place {
    /// What the client of a server would have open.
    documents: Documents,
    cache: Cache,
    at: Option<(PathBuf, String)>,
}

impl Place {
    /// The place of a file.
    pub fn of(path: &Path) -> Self {
        Self { documents: Documents::default(), cache: Cache::default(), at: project(path) }
    }

    /// The file with this text, to be asked about.
    pub fn ask<'a>(&'a self, content: &'a Analysed, settings: &'a Settings) -> Asked<'a> {
        let around = self
            .at
            .clone()
            .map(|(root, path)| Around::new(root, path, &self.documents, &self.cache));
        Asked { content, settings, around }
    }
}

/// The text of a file.
///
/// # Errors
/// When it cannot be read, is not UTF-8, or is over the limits of analysis.
pub fn read(path: &Path) -> io::Result<String> {
    text_of(fs::read(path)?)
}

/// The text of a file with these bytes.
///
/// # Errors
/// When they are not UTF-8, or over the limits of analysis.
pub fn text_of(bytes: Vec<u8>) -> io::Result<String> {
    let text = String::from_utf8(bytes).map_err(|error| {
        invalid(format!("not UTF-8 from byte {}", error.utf8_error().valid_up_to()))
    })?;
    if !is_analysable(&text) {
        return Err(invalid("too large, or with a line that is too long".into()));
    }
    Ok(text)
}

fn invalid(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// What is known about a file besides its text.
pub fn settings(projects: &Projects, path: &Path, wishes: &Wishes) -> Settings {
    let path = whole_path(path);
    projects.settings(&path.to_string_lossy(), Some(&path), wishes)
}

/// Says on standard error what cannot be used in the configuration files that were read.
pub fn report_problems(projects: &Projects, library: &Library) {
    for mut problem in projects.problems(library) {
        let here = std::env::current_dir().ok();
        let below = here.and_then(|here| problem.file.strip_prefix(here).map(Path::to_owned).ok());
        problem.file = below.unwrap_or(problem.file);
        // Nobody reads it: nothing can be done about that.
        let _ = writeln!(io::stderr(), "warning: {problem}");
    }
}

/// The folder of the project that a file belongs to, and the path of the file in it. A project is
/// what a `pyproject.toml` or a repository stands for, else the folder of the file.
fn project(path: &Path) -> Option<(PathBuf, String)> {
    let path = fs::canonicalize(path).ok()?;
    let is_project =
        |folder: &&Path| ["pyproject.toml", ".git"].iter().any(|it| folder.join(it).exists());
    let folder = path.ancestors().skip(1).find(is_project).or(path.parent())?;
    Some((folder.to_owned(), relative(folder, &path)?))
}

/// Line and column of `offset`.
pub fn place(text: &Text, offset: usize) -> (usize, usize) {
    let line = text.line_of(offset);
    let before = text.slice(Span::new(text.line_start(line), text.floor_boundary(offset)));
    (line + 1, before.chars().count() + 1)
}

/// The byte at a line and column, or nothing when there is no such place.
pub fn offset(text: &Text, line: usize, column: usize) -> Option<usize> {
    let line = line.checked_sub(1).filter(|&line| line < text.line_count())?;
    let content = text.line_content(line);
    let characters = text.slice(content);
    let before = characters.chars().take(column.checked_sub(1)?);
    let bytes: usize = before.clone().map(char::len_utf8).sum();
    (before.count() == column - 1).then_some(content.start + bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_from_one() {
        let text = Text::new("é😀x\r\ny\n");
        assert_eq!(place(&text, 6), (1, 3));
        assert_eq!(place(&text, 9), (2, 1));
        assert_eq!(place(&text, 11), (3, 1));
        assert_eq!(offset(&text, 1, 3), Some(6));
        assert_eq!(offset(&text, 1, 4), Some(7));
        assert_eq!(offset(&text, 3, 1), Some(11));
        for nowhere in [(0, 1), (1, 0), (1, 5), (4, 1)] {
            assert_eq!(offset(&text, nowhere.0, nowhere.1), None, "{nowhere:?}");
        }
    }
}
