//! What git leaves out when everything is added: gitignore(5). No program is run; the index, which may
//! hold ignored files, is not read.

use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Whether the ignore files that count for the file at `path` leave it out. `text` gives the text of
/// an ignore file. Nothing outside of a repository, and in one whose own files are elsewhere.
pub fn is_ignored(path: &Path, text: &dyn Fn(&Path) -> Option<String>) -> Option<bool> {
    let repository = path.ancestors().skip(1).find(|it| it.join(".git").exists())?;
    if !repository.join(".git").is_dir() {
        return None;
    }
    let matcher = |folder: &Path, text: Option<String>| {
        let mut builder = GitignoreBuilder::new(folder);
        for line in text.iter().flat_map(|text| text.lines()) {
            // As for git, a line that is no pattern says nothing.
            let _ = builder.add_line(None, line);
        }
        builder.build().ok()
    };
    let exclude = matcher(repository, text(&repository.join(".git/info/exclude")));
    let (global, _) = Gitignore::global();
    let below: Vec<PathBuf> = {
        let parts = path.ancestors().take_while(|it| *it != repository);
        parts.map(Path::to_owned).collect()
    };
    // From the outside in: in a folder that is left out nothing can be let in again.
    for part in below.iter().rev() {
        let is_folder = part != path;
        let inside = part.ancestors().skip(1).take_while(|it| it.starts_with(repository));
        let own = inside.filter_map(|folder| matcher(folder, text(&folder.join(".gitignore"))));
        let relative = part.strip_prefix(repository).ok()?;
        let all = own.map(|it| it.matched(part, is_folder).map(|_| ()));
        let rest = exclude.iter().map(|it| it.matched(part, is_folder).map(|_| ()));
        let last = std::iter::once_with(|| global.matched(relative, is_folder).map(|_| ()));
        let decided = all.chain(rest).chain(last).find(|it| !it.is_none());
        if matches!(decided, Some(Match::Ignore(()))) {
            return Some(true);
        }
    }
    Some(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;
    use std::fs;

    /// Whether `.venv/pyvenv.cfg` in the folder `below` of a repository is ignored by these files.
    fn ignored(below: &str, files: &[(&str, &str)]) -> Option<bool> {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join(".git/info")).unwrap();
        let texts: HashMap<PathBuf, String> =
            files.iter().map(|(path, text)| (root.path().join(path), (*text).to_owned())).collect();
        let path = root.path().join(below).join(".venv/pyvenv.cfg");
        is_ignored(&path, &|path| texts.get(path).cloned())
    }

    #[test]
    fn patterns_as_git_reads_them() {
        assert_eq!(ignored("", &[]), Some(false));
        for pattern in [".venv", ".venv/", "/.venv/", "*.cfg", "**/.venv", ".venv/*"] {
            assert_eq!(ignored("", &[(".gitignore", pattern)]), Some(true), "{pattern}");
        }
        for pattern in ["venv", "#.venv", "a/.venv", "!.venv", ".venv\n!.venv"] {
            assert_eq!(ignored("", &[(".gitignore", pattern)]), Some(false), "{pattern}");
        }
    }

    #[test]
    fn the_inner_file_counts_and_a_folder_counts_first() {
        let files = [(".gitignore", ".venv/"), ("app/.gitignore", "!.venv/")];
        assert_eq!(ignored("app", &files), Some(false));
        let files = [(".gitignore", "app/"), ("app/.gitignore", "!.venv/")];
        assert_eq!(ignored("app", &files), Some(true));
        assert_eq!(ignored("app", &[("app/.gitignore", ".venv")]), Some(true));
        assert_eq!(ignored("app", &[("b/.gitignore", ".venv")]), Some(false));
    }

    #[test]
    fn an_environment_may_hide_itself_and_a_clone_its_own() {
        assert_eq!(ignored("", &[(".venv/.gitignore", "*\n")]), Some(true));
        assert_eq!(ignored("", &[(".git/info/exclude", ".venv\n")]), Some(true));
    }

    #[test]
    fn nothing_is_said_outside_of_repositories() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join(".venv/pyvenv.cfg");
        assert_eq!(is_ignored(&path, &|_| None), None);
        fs::write(root.path().join(".git"), "gitdir: elsewhere").unwrap();
        assert_eq!(is_ignored(&path, &|_| None), None);
    }
}
