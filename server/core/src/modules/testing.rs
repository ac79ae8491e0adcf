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
}
