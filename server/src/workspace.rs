//! The workspace's folders.

use std::path::{Path, PathBuf};

use tower_lsp::lsp_types::Url;

use crate::documents::file_of;
use crate::gate::uri;
use crate::imports::relative;
use crate::project::Wishes;

/// The folders that the client has open.
#[derive(Debug, Default)]
pub struct Workspace {
    folders: Vec<Folder>,
}

#[derive(Debug)]
struct Folder {
    /// In the client's spelling, without a final `/`.
    uri: String,
    /// Where it is, if it is on this machine.
    path: Option<PathBuf>,
    /// What the reader has configured for this folder alone.
    wishes: Option<Wishes>,
}

impl Workspace {
    /// Adds a folder.
    pub fn add(&mut self, folder: &Url) {
        self.remove(folder);
        let uri = key(folder);
        self.folders.push(Folder { uri, path: file_of(folder), wishes: None });
    }

    /// Forgets a folder.
    pub fn remove(&mut self, folder: &Url) {
        let uri = key(folder);
        self.folders.retain(|folder| folder.uri != uri);
    }

    /// The innermost folder around `document`, and the path of the document in it.
    pub fn place_of(&self, document: &Url) -> Option<(&Path, String)> {
        let (folder, path) = self.innermost(document)?;
        Some((folder.path.as_deref()?, path))
    }

    /// What the reader has configured for the innermost folder around `document`; nothing where that is
    /// what is configured for all.
    pub fn wishes_for(&self, document: &Url) -> Option<&Wishes> {
        self.innermost(document)?.0.wishes.as_ref()
    }

    /// What the reader has configured for folders alone.
    pub fn wishes(&self) -> impl Iterator<Item = &Wishes> {
        self.folders.iter().filter_map(|folder| folder.wishes.as_ref())
    }

    /// The folders, as the client spells them. Each may be configured on its own when there are several.
    pub fn uris(&self) -> impl ExactSizeIterator<Item = &str> {
        self.folders.iter().map(|folder| folder.uri.as_str())
    }

    /// Notes what the reader has configured for each folder, in the order of [`Workspace::uris`]; folders
    /// without an entry are configured as all.
    pub fn set_wishes(&mut self, mut wishes: impl Iterator<Item = Wishes>) {
        for folder in &mut self.folders {
            folder.wishes = wishes.next();
        }
    }

    fn innermost(&self, document: &Url) -> Option<(&Folder, String)> {
        let document = file_of(document)?;
        let around = |folder: &'_ Folder| relative(folder.path.as_deref()?, &document);
        let around = self.folders.iter().filter_map(|folder| Some((folder, around(folder)?)));
        around.min_by_key(|(_, path)| path.len())
    }

    /// The folders that a setting names: `~/` stands for the reader's home, and a relative path for what
    /// it is in each folder of the workspace.
    pub fn folders_named(&self, names: &[String]) -> Vec<PathBuf> {
        let home = std::env::home_dir();
        let mut found = Vec::new();
        for name in names {
            match (name.strip_prefix("~/"), &home) {
                (Some(below), Some(home)) => found.push(home.join(below)),
                _ if Path::new(name).is_absolute() => found.push(name.into()),
                _ => {
                    let folders = self.folders.iter().filter_map(|folder| folder.path.as_ref());
                    let below: Vec<_> = folders.map(|folder| folder.join(name)).collect();
                    let there = below.iter().filter(|folder| folder.is_dir()).cloned();
                    let before = found.len();
                    found.extend(there);
                    if found.len() == before {
                        found.extend(below.into_iter().next().or_else(|| Some(name.into())));
                    }
                }
            }
        }
        found
    }
}

fn key(folder: &Url) -> String {
    uri::spelling(folder).trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_folder_counts() {
        let root = tempfile::tempdir().unwrap();
        let inner = root.path().join("in ner");
        let url = |path: &Path| Url::from_file_path(path).unwrap();
        let mut workspace = Workspace::default();
        workspace.add(&url(root.path()));
        workspace.add(&url(&inner));
        let place = |workspace: &Workspace, path: &Path| {
            workspace.place_of(&url(path)).map(|(folder, path)| (folder.to_owned(), path))
        };
        let expected = (root.path().to_owned(), "a.py".to_owned());
        assert_eq!(place(&workspace, &root.path().join("a.py")), Some(expected));
        let expected = (inner.clone(), "b/a.py".to_owned());
        assert_eq!(place(&workspace, &inner.join("b/a.py")), Some(expected));
        assert_eq!(place(&workspace, Path::new("/elsewhere/a.py")), None);
        workspace.remove(&url(&inner));
        let expected = (root.path().to_owned(), "in ner/a.py".to_owned());
        assert_eq!(place(&workspace, &inner.join("a.py")), Some(expected));
    }

    #[test]
    fn a_named_folder_is_looked_for_in_each_folder() {
        let root = tempfile::tempdir().unwrap();
        let (one, two) = (root.path().join("one"), root.path().join("two"));
        std::fs::create_dir_all(two.join("course")).unwrap();
        let mut workspace = Workspace::default();
        for folder in [&one, &two] {
            workspace.add(&Url::from_file_path(folder).unwrap());
        }
        let absolute = root.path().join("packs").display().to_string();
        let named = |name: &str| workspace.folders_named(&[name.to_owned()]);
        assert_eq!(named("course"), [two.join("course")]);
        assert_eq!(named("none"), [one.join("none")], "to be told that it is missing");
        assert_eq!(named(&absolute), [root.path().join("packs")]);
        if let Some(home) = std::env::home_dir() {
            assert_eq!(named("~/packs"), [home.join("packs")]);
        }
        assert_eq!(Workspace::default().folders_named(&["course".into()]), [Path::new("course")]);
    }
}
