//! The workspace's folders.

use std::path::{Path, PathBuf};

use tower_lsp::lsp_types::Url;

use crate::documents::file_of;
use crate::gate::uri;
use crate::imports::relative;

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
}

impl Workspace {
    /// Adds a folder.
    pub fn add(&mut self, folder: &Url) {
        self.remove(folder);
        let uri = key(folder);
        self.folders.push(Folder { uri, path: file_of(folder) });
    }

    /// Forgets a folder.
    pub fn remove(&mut self, folder: &Url) {
        let uri = key(folder);
        self.folders.retain(|folder| folder.uri != uri);
    }

    /// The innermost folder around `document`, and the path of the document in it.
    pub fn place_of(&self, document: &Url) -> Option<(&Path, String)> {
        let document = file_of(document)?;
        self.folders
            .iter()
            .filter_map(|folder| {
                let folder = folder.path.as_deref()?;
                Some((folder, relative(folder, &document)?))
            })
            .min_by_key(|(_, path)| path.len())
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
}
