//! Which files are checked, and their texts.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};
use pygloss_core::project::FileKind;

use super::super::{fail, source};
use crate::project::whole_path;

/// Folders with the work of others.
const INSTALLED: &[&str] = &["node_modules", "site-packages", "__pypackages__"];

/// What is checked: a file, or what comes on standard input under the name of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path that is shown.
    pub path: PathBuf,
    /// The text, where it does not stand in the file.
    pub given: Option<Vec<u8>>,
}

impl Input {
    /// What comes on standard input.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn stdin(name: Option<&Path>) -> io::Result<Self> {
        let mut given = Vec::new();
        io::stdin().lock().read_to_end(&mut given)?;
        Ok(Self { path: name.unwrap_or(Path::new("-")).to_owned(), given: Some(given) })
    }

    /// Its bytes and its text.
    ///
    /// # Errors
    /// When it cannot be read, is not UTF-8, or is over the limits of analysis.
    pub fn read(&self) -> io::Result<String> {
        match &self.given {
            Some(bytes) => source::text_of(bytes.clone()),
            None => source::read(&self.path),
        }
    }
}

/// The Python files and the other files of projects at and below `paths`, in order, and whether some
/// could not be looked for. What is hidden, installed, in a virtual environment or, if `respects_git`,
/// ignored by git is not searched for, but taken when it is named.
pub fn files(paths: &[PathBuf], respects_git: bool) -> (Vec<Input>, bool) {
    let mut files = Vec::new();
    let mut failed = false;
    let mut missing = |error: &dyn std::fmt::Display| {
        fail(error);
        failed = true;
    };
    for path in paths {
        match path.metadata() {
            Ok(about) if about.is_dir() => {}
            Ok(_) => {
                files.push(path.clone());
                continue;
            }
            Err(error) => {
                missing(&format!("{}: {error}", path.display()));
                continue;
            }
        }
        // What is installed there is checked by those who wrote it.
        let is_own = |entry: &DirEntry| {
            let name = entry.file_name().to_string_lossy();
            let is_installed = INSTALLED.contains(&&*name) && entry.path().is_dir();
            entry.depth() == 0 || !is_installed && !entry.path().join("pyvenv.cfg").exists()
        };
        let mut walk = WalkBuilder::new(path);
        walk.git_ignore(respects_git).git_exclude(respects_git).git_global(respects_git);
        walk.ignore(respects_git)
            .parents(respects_git)
            .require_git(false)
            .sort_by_file_path(Ord::cmp)
            .filter_entry(is_own);
        let walk = walk.build();
        for entry in walk {
            match entry {
                Ok(entry) if entry.path().is_dir() => {
                    // Hidden, but no secret.
                    let ignore = entry.path().join(".gitignore");
                    files.extend(ignore.is_file().then(|| shown(&ignore)));
                }
                Ok(entry) if is_analysed(entry.path()) && entry.path().is_file() => {
                    files.push(shown(entry.path()));
                }
                Ok(_) => {}
                Err(error) => missing(&error),
            }
        }
    }
    let mut seen = HashSet::new();
    files.retain(|path| seen.insert(whole_path(path)));
    (files.into_iter().map(|path| Input { path, given: None }).collect(), failed)
}

fn shown(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_owned()
}

fn is_analysed(path: &Path) -> bool {
    is_python(path) || FileKind::of(&path.to_string_lossy()).is_some()
}

fn is_python(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["py", "pyi", "pyw"].iter().any(|e| extension == *e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn folders_are_searched_for_python_and_files_of_projects() {
        let root = tempfile::tempdir().unwrap();
        for file in ["b.py", "a.pyi", "c.txt", ".venv/x.py", "built/y.py", "sub/z.pyw"] {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        fs::write(root.path().join(".gitignore"), "built\n").unwrap();
        let found = |paths: &[&str]| {
            let paths: Vec<_> = paths.iter().map(|path| root.path().join(path)).collect();
            let (files, failed) = files(&paths, true);
            let below = |input: &Input| {
                let path = input.path.strip_prefix(root.path()).unwrap();
                path.to_string_lossy().replace('\\', "/")
            };
            (files.iter().map(below).collect::<Vec<_>>().join(" "), failed)
        };
        assert_eq!(found(&[""]), (".gitignore a.pyi b.py sub/z.pyw".into(), false));
        for file in ["pyproject.toml", "sub/requirements.txt", "sub/.gitignore", ".venv/.gitignore"]
        {
            fs::write(root.path().join(file), "").unwrap();
        }
        fs::create_dir_all(root.path().join("env")).unwrap();
        for file in ["env/pyvenv.cfg", "env/x.py"] {
            fs::write(root.path().join(file), "").unwrap();
        }
        let all =
            ".gitignore a.pyi b.py pyproject.toml sub/.gitignore sub/requirements.txt sub/z.pyw";
        assert_eq!(found(&[""]), (all.into(), false));
        assert_eq!(found(&["built/y.py", "c.txt"]), ("built/y.py c.txt".into(), false));
        let all = "sub/z.pyw sub/.gitignore sub/requirements.txt";
        assert_eq!(found(&["sub/z.pyw", "sub", "sub/../sub"]), (all.into(), false));
        let all = "sub/.gitignore sub/requirements.txt sub/z.pyw";
        assert_eq!(found(&["nowhere", "sub"]), (all.into(), true));
    }
}
