//! The workspace's folders and what their `pyproject.toml` says.

use std::fs;
use std::path::{Path, PathBuf};

use pygloss_core::PythonVersion;
use tower_lsp::lsp_types::Url;

use crate::documents::file_of;
use crate::gate::uri;
use crate::imports::relative;

/// Longest `pyproject.toml` that is read, in bytes.
const MAX_PROJECT_FILE: u64 = 1 << 20;

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
    target: Option<PythonVersion>,
}

impl Workspace {
    /// Adds a folder and reads its `pyproject.toml`, if it is on this machine.
    pub fn add(&mut self, folder: &Url) {
        self.remove(folder);
        let uri = key(folder);
        let target = read_target(folder);
        self.folders.push(Folder { uri, path: file_of(folder), target });
    }

    /// Forgets a folder.
    pub fn remove(&mut self, folder: &Url) {
        let uri = key(folder);
        self.folders.retain(|folder| folder.uri != uri);
    }

    /// Reads every `pyproject.toml` again.
    pub fn reload(&mut self) {
        for folder in &mut self.folders {
            folder.target = Url::parse(&folder.uri).ok().as_ref().and_then(read_target);
        }
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

    /// The oldest Python that the innermost folder around `document` is for.
    pub fn target_of(&self, document: &Url) -> Option<PythonVersion> {
        let document = uri::spelling(document);
        self.folders
            .iter()
            .filter(|folder| {
                document.strip_prefix(&folder.uri).is_some_and(|rest| rest.starts_with('/'))
            })
            .max_by_key(|folder| folder.uri.len())?
            .target
    }
}

fn key(folder: &Url) -> String {
    uri::spelling(folder).trim_end_matches('/').to_owned()
}

fn read_target(folder: &Url) -> Option<PythonVersion> {
    project_target(&file_of(folder)?)
}

/// What `requires-python` in the `pyproject.toml` of `folder` says.
pub fn project_target(folder: &Path) -> Option<PythonVersion> {
    let path = folder.join("pyproject.toml");
    // Reading something else than a file might never end.
    let about = fs::metadata(&path).ok()?;
    if !about.is_file() || about.len() > MAX_PROJECT_FILE {
        return None;
    }
    let project: toml::Table = fs::read_to_string(&path).ok()?.parse().ok()?;
    lower_bound(project.get("project")?.get("requires-python")?.as_str()?)
}

/// The oldest minor release of Python 3 that a version specifier of PEP 440 lets in.
fn lower_bound(specifier: &str) -> Option<PythonVersion> {
    let bound = |clause: &str| {
        let clause = clause.trim();
        let version = [">=", "~=", "===", "==", ">"]
            .iter()
            .find_map(|operator| clause.strip_prefix(operator))?
            .trim();
        if version == "3" || version == "3.*" {
            return Some(PythonVersion::OLDEST);
        }
        let minor = version.strip_prefix("3.")?;
        let end = minor.find(|c: char| !c.is_ascii_digit()).unwrap_or(minor.len());
        Some(PythonVersion::py3(minor[..end].parse().ok()?))
    };
    let oldest = specifier.split(',').filter_map(bound).max()?;
    Some(oldest.max(PythonVersion::OLDEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lower_bound_of_requires_python() {
        let bound = |specifier| lower_bound(specifier).map(|version| version.minor);
        assert_eq!(bound(">=3.11"), Some(11));
        assert_eq!(bound(">= 3.10.4, <4"), Some(10));
        assert_eq!(bound("~=3.12"), Some(12));
        assert_eq!(bound("==3.13.*"), Some(13));
        assert_eq!(bound(">3.9,!=3.10.0,>=3.11"), Some(11));
        assert_eq!(bound(">=3.6"), Some(9));
        assert_eq!(bound(">=3"), Some(9));
        for none in ["", "<3.12", "!=3.9", "nonsense", ">=2.7", ">=3.x", ">=3.999"] {
            assert_eq!(bound(none), None, "{none:?}");
        }
    }

    #[test]
    fn the_innermost_folder_counts() {
        let root = tempfile::tempdir().unwrap();
        let inner = root.path().join("in ner");
        std::fs::create_dir(&inner).unwrap();
        let project = |version: &str| format!("[project]\nrequires-python = '>={version}'\n");
        std::fs::write(root.path().join("pyproject.toml"), project("3.10")).unwrap();
        std::fs::write(inner.join("pyproject.toml"), project("3.12")).unwrap();
        let url = |path: &Path| Url::from_file_path(path).unwrap();
        let mut workspace = Workspace::default();
        workspace.add(&url(root.path()));
        workspace.add(&url(&inner));
        let target = |workspace: &Workspace, path: &Path| {
            workspace.target_of(&url(path)).map(|version| version.minor)
        };
        assert_eq!(target(&workspace, &root.path().join("a.py")), Some(10));
        assert_eq!(target(&workspace, &inner.join("a.py")), Some(12));
        assert_eq!(target(&workspace, Path::new("/elsewhere/a.py")), None);
        std::fs::write(inner.join("pyproject.toml"), project("3.13")).unwrap();
        workspace.reload();
        assert_eq!(target(&workspace, &inner.join("a.py")), Some(13));
        workspace.remove(&url(&inner));
        assert_eq!(target(&workspace, &inner.join("a.py")), Some(10));
    }

    #[test]
    fn what_is_no_file_is_not_read() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(project_target(root.path()), None);
        std::fs::create_dir(root.path().join("pyproject.toml")).unwrap();
        assert_eq!(project_target(root.path()), None);
    }
}
