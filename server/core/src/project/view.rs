//! A file of a project, read.

use std::cell::OnceCell;
use std::rc::Rc;

use super::imports::{Imports, imports};
use super::{FileKind, Place, ProjectFile};
use crate::content::Library;
use crate::requirements::list::{self, Entry, What};
use crate::requirements::manifest::{self, Group, Manifest};
use crate::requirements::normalised;
use crate::requirements::specifier::{self, Specifier};
use crate::requirements::versions::{self, Clause};
use crate::{Settings, Span};

/// A file with all that cards and rules ask about it.
pub struct View<'a> {
    pub(crate) kind: FileKind,
    pub(crate) text: String,
    pub(crate) settings: &'a Settings,
    pub(crate) library: &'a Library,
    pub(crate) place: Option<Place<'a>>,
    /// The lines of a list.
    pub(crate) entries: Vec<Entry>,
    /// What a `pyproject.toml` says; nothing while it is broken.
    pub(crate) manifest: Option<Manifest>,
    /// Found out once, also for the file with another text.
    imports: Rc<OnceCell<Option<Imports>>>,
}

/// A requirement of the file.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The specifier, in bytes of the file.
    pub at: Span,
    /// True if `at` holds the specifier as it is, so that parts of it can be pointed at.
    pub is_plain: bool,
    /// The specifier itself.
    pub text: String,
    pub parts: Specifier,
    /// The table of a `pyproject.toml`.
    pub group: Option<Group>,
    /// How many hashes there are for it.
    pub hashes: usize,
}

impl<'a> View<'a> {
    /// Reads a file.
    pub(crate) fn new(
        library: &'a Library,
        file: &ProjectFile,
        settings: &'a Settings,
        place: Option<Place<'a>>,
    ) -> Self {
        Self::of(library, file.kind(), file.text().to_string(), settings, place)
    }

    fn of(
        library: &'a Library,
        kind: FileKind,
        text: String,
        settings: &'a Settings,
        place: Option<Place<'a>>,
    ) -> Self {
        let (mut entries, mut manifest) = (Vec::new(), None);
        match kind {
            FileKind::Requirements | FileKind::Constraints => entries = list::read(&text),
            FileKind::PyProject => manifest = manifest::read(&text),
            FileKind::GitIgnore => {}
        }
        let imports = Rc::default();
        Self { kind, text, settings, library, place, entries, manifest, imports }
    }

    /// The same file with another text.
    pub(crate) fn with_text(&self, text: String) -> Self {
        let other = Self::of(self.library, self.kind, text, self.settings, self.place);
        Self { imports: Rc::clone(&self.imports), ..other }
    }

    /// What the Python files of the project import, see [`imports`](super::imports::imports).
    pub(crate) fn imports(&self) -> Option<&Imports> {
        self.imports.get_or_init(|| imports(self.place?)).as_ref()
    }

    /// The requirements in the order of the file.
    pub(crate) fn requirements(&self) -> Vec<Asked> {
        let lines = self.entries.iter().filter_map(|entry| match entry.what {
            What::Requirement(at) => {
                let text = self.text[at.range()].to_owned();
                let parts = specifier::read(&text)?;
                let hashes = entry.hashes.len();
                Some(Asked { at, is_plain: true, text, parts, group: None, hashes })
            }
            _ => None,
        });
        let items = self.manifest.iter().flat_map(|manifest| &manifest.items);
        let items = items.filter_map(|item| {
            let parts = specifier::read(&item.text)?;
            let (text, group) = (item.text.clone(), Some(item.group.clone()));
            Some(Asked { at: item.at, is_plain: item.is_plain, text, parts, group, hashes: 0 })
        });
        let mut found: Vec<Asked> = lines.chain(items).collect();
        found.sort_by_key(|asked| asked.at);
        found
    }

    /// The name of the file.
    pub(crate) fn name(&self) -> Option<&'a str> {
        self.place?.path.rsplit('/').next()
    }
}

impl Asked {
    /// The distribution as it is written.
    pub fn name(&self) -> &str {
        &self.text[self.parts.name.range()]
    }

    /// The distribution's name in the one form that all spellings share.
    pub fn key(&self) -> String {
        normalised(self.name())
    }

    /// The conditions on its version; nothing when they cannot be read.
    pub fn clauses(&self) -> Option<Vec<Clause>> {
        versions::read(&self.text[self.parts.versions.range()])
    }

    /// Where its name stands in the file.
    pub fn name_at(&self) -> Span {
        if self.is_plain { self.parts.name.shifted(self.at.start) } else { self.at }
    }
}
