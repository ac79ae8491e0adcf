//! The files of a workspace folder, for imports that a card follows.
//!
//! Architecture invariant: a file is looked at when a card asks about it and not before, and nothing
//! outside the folder is read, not even through a link, but the ignore files of git that count for it.
//! What the client has open comes before what is on the disk.

mod cache;
mod ignored;

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use elsa::FrozenMap;
use pygloss_core::Document;
use pygloss_core::modules::{Entry, Files, Site, Source};
use pygloss_core::text::Text;

pub use cache::Cache;

use crate::documents::Documents;

/// Most names in a folder that is looked through.
const MAX_NAMES: usize = 20_000;

/// A folder as it is while one question is answered: each file is looked at once.
pub struct Folder<'w> {
    root: PathBuf,
    /// The folder without links in its path.
    real: OnceCell<Option<PathBuf>>,
    /// What is open, by path; nothing for what is open twice or not analysed.
    open: HashMap<PathBuf, Option<&'w Document>>,
    /// The texts of what is open, of any kind; nothing for what is open twice.
    texts: HashMap<PathBuf, Option<&'w Text>>,
    cache: &'w Cache,
    entries: RefCell<HashMap<String, Entry>>,
    sources: FrozenMap<String, Box<Held<'w>>>,
}

/// A file that was asked for.
struct Held<'w> {
    path: String,
    content: Option<Content<'w>>,
}

enum Content<'w> {
    Open(&'w Document),
    Read(Rc<Document>),
}

impl<'w> Folder<'w> {
    /// The folder `root` with what is open in it.
    pub fn new(root: PathBuf, documents: &'w Documents, cache: &'w Cache) -> Self {
        let mut open = HashMap::new();
        let mut texts = HashMap::new();
        for (uri, document) in documents {
            if let Some(path) = crate::documents::file_of(uri) {
                let known = open.contains_key(&path);
                texts.insert(path.clone(), Some(document.text()).filter(|_| !known));
                open.insert(path, document.document().filter(|_| !known));
            }
        }
        Self {
            root,
            real: OnceCell::new(),
            open,
            texts,
            cache,
            entries: RefCell::default(),
            sources: FrozenMap::new(),
        }
    }

    fn look(&self, path: &str) -> Entry {
        let path = self.root.join(path);
        if self.open.contains_key(&path) {
            return Entry::File;
        }
        match fs::metadata(path) {
            Ok(about) if about.is_file() => Entry::File,
            Ok(about) if about.is_dir() => Entry::Folder,
            Ok(_) => Entry::Unknown,
            Err(error) => match error.kind() {
                ErrorKind::NotFound | ErrorKind::NotADirectory => Entry::Nothing,
                _ => Entry::Unknown,
            },
        }
    }

    /// Where a file really is, and its path in the folder.
    fn inside(&self, path: &Path) -> Option<(PathBuf, String)> {
        let real = self.real.get_or_init(|| fs::canonicalize(&self.root).ok()).as_ref()?;
        let path = fs::canonicalize(path).ok()?;
        let inside = relative(real, &path)?;
        Some((path, inside))
    }

    fn read(&self, path: &str) -> Option<Content<'w>> {
        let path = self.root.join(path);
        if let Some(open) = self.open.get(&path) {
            return open.map(Content::Open);
        }
        let (path, inside) = self.inside(&path)?;
        // A link must not lead to a place whose files take no part either.
        Site::new(self, &inside)?;
        if let Some(open) = self.open.get(&self.root.join(&inside)) {
            return open.map(Content::Open);
        }
        self.cache.read(&path).map(Content::Read)
    }
}

impl Files for Folder<'_> {
    fn entry(&self, path: &str) -> Entry {
        if let Some(entry) = self.entries.borrow().get(path) {
            return *entry;
        }
        let entry = self.look(path);
        self.entries.borrow_mut().insert(path.to_owned(), entry);
        entry
    }

    fn source(&self, path: &str) -> Option<Source<'_>> {
        let held = match self.sources.get(path) {
            Some(held) => held,
            None => {
                let held = Held { path: path.to_owned(), content: self.read(path) };
                self.sources.insert(path.to_owned(), Box::new(held))
            }
        };
        let document = match held.content.as_ref()? {
            Content::Open(document) => document,
            Content::Read(document) => &**document,
        };
        Some(Source { path: &held.path, document })
    }

    fn text(&self, path: &str) -> Option<String> {
        let path = self.root.join(path);
        if let Some(open) = self.texts.get(&path) {
            return open.map(ToString::to_string);
        }
        cache::text_of(&self.inside(&path)?.0)
    }

    fn names(&self, path: &str) -> Option<Vec<String>> {
        let folder = if path.is_empty() { self.root.clone() } else { self.root.join(path) };
        let folder = if path.is_empty() { folder } else { self.inside(&folder)?.0 };
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).ok()? {
            // A name that is no text is none that anything is asked about.
            names.extend(entry.ok()?.file_name().into_string().ok());
            (names.len() <= MAX_NAMES).then_some(())?;
        }
        Some(names)
    }

    fn is_ignored(&self, path: &str, edited: Option<(&str, &str)>) -> Option<bool> {
        let edited = edited.map(|(path, text)| (self.root.join(path), text));
        let text = |path: &Path| match &edited {
            Some((edited, text)) if edited == path => Some((*text).to_owned()),
            _ => match self.texts.get(path) {
                Some(open) => open.map(ToString::to_string),
                None => cache::text_of(path),
            },
        };
        ignored::is_ignored(&self.root.join(path), &text)
    }

    fn has_environment_elsewhere(&self) -> bool {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let around = self.root.ancestors().skip(1);
        ["VIRTUAL_ENV", "CONDA_PREFIX", "CI"].into_iter().any(is_set)
            || around.flat_map(|it| [it.join(".venv"), it.join("venv")]).any(|it| it.exists())
    }
}

impl fmt::Debug for Folder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Folder").field("root", &self.root).finish_non_exhaustive()
    }
}

/// The path of `path` in `folder`, with `/` between its names; nothing for what is not below it.
pub fn relative(folder: &Path, path: &Path) -> Option<String> {
    let mut names = Vec::new();
    for component in path.strip_prefix(folder).ok()?.components() {
        match component {
            Component::Normal(name) => names.push(name.to_str()?),
            _ => return None,
        }
    }
    (!names.is_empty()).then(|| names.join("/"))
}

#[cfg(test)]
mod tests;
