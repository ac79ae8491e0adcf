//! A workspace in memory.

use super::{Entry, Files, Source};
use crate::Document;

/// Files by path, written as `//- utils.py` with the lines of the file below.
#[derive(Debug)]
pub(crate) struct Workspace {
    files: Vec<(String, Document)>,
}

impl Workspace {
    /// Reads `fixture`. Returns also the path of the file with the cursor `$0`, and where that is.
    pub fn new(fixture: &str) -> (Self, String, usize) {
        let mut files = Vec::new();
        let mut cursor = None;
        for part in fixture.split("//- ").skip(1) {
            let (path, text) = part.split_once('\n').expect("a line with the path");
            let (path, mut text) = (path.trim().to_owned(), text.to_owned());
            if let Some(at) = text.find("$0") {
                text.replace_range(at..at + 2, "");
                cursor = Some((path.clone(), at));
            }
            files.push((path, Document::new(&text)));
        }
        let (path, offset) = cursor.expect("a file has the cursor `$0`");
        (Self { files }, path, offset)
    }
}

impl Workspace {
    /// These files, by path.
    pub fn of(files: &[(String, String)]) -> Self {
        let files = files.iter().map(|(path, text)| (path.clone(), Document::new(text)));
        Self { files: files.collect() }
    }

    /// Whether a line of the ignore files is just this name, as far as they count in `folder`.
    fn is_named(&self, folder: &str, name: &str, edited: Option<(&str, &str)>) -> bool {
        let mut folders = std::iter::successors(Some(folder), |it| super::parent(it));
        folders.any(|it| {
            let path = super::join(it, ".gitignore");
            let text = match edited {
                Some((edited, text)) if edited == path => Some(text.to_owned()),
                _ => self.text(&path),
            };
            let bare = |line: &str| line.trim().trim_matches('/').to_owned();
            text.is_some_and(|it| it.lines().map(bare).any(|line| line == name || line == "*"))
        })
    }
}

impl Files for Workspace {
    fn entry(&self, path: &str) -> Entry {
        let below = format!("{path}/");
        if path.is_empty() || self.files.iter().any(|(file, _)| file.starts_with(&below)) {
            return Entry::Folder;
        }
        match self.files.iter().find(|(file, _)| file == path) {
            Some((file, _)) if file.ends_with(".fifo.py") => Entry::Unknown,
            Some(_) => Entry::File,
            None => Entry::Nothing,
        }
    }

    fn source(&self, path: &str) -> Option<Source<'_>> {
        let (path, document) = self.files.iter().find(|(file, _)| file == path)?;
        Some(Source { path, document })
    }

    fn text(&self, path: &str) -> Option<String> {
        Some(self.source(path)?.document.text().to_string())
    }

    fn names(&self, path: &str) -> Option<Vec<String>> {
        let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
        let below = self.files.iter().filter_map(|(file, _)| file.strip_prefix(&folder));
        let mut names: Vec<String> =
            below.filter_map(|rest| rest.split('/').next()).map(str::to_owned).collect();
        names.sort_unstable();
        names.dedup();
        Some(names)
    }

    /// Understands plain names only; a repository has a `.git`.
    fn is_ignored(&self, path: &str, edited: Option<(&str, &str)>) -> Option<bool> {
        (self.entry(".git") == Entry::Folder).then_some(())?;
        let parts = std::iter::successors(Some(path), |it| super::parent(it));
        let named = parts.filter(|it| !it.is_empty()).any(|it| {
            let (folder, name) = it.rsplit_once('/').unwrap_or(("", it));
            self.is_named(folder, name, edited)
        });
        Some(named)
    }

    /// Somewhere below `$VIRTUAL_ENV`.
    fn has_environment_elsewhere(&self) -> bool {
        self.entry("$VIRTUAL_ENV") == Entry::Folder
    }
}
