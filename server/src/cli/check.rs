//! `pygloss check`.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{self, Path, PathBuf};

use ignore::WalkBuilder;
use pygloss_core::{Library, analysis};

use super::{fail, source};
use crate::project::{Projects, Wishes, unknown_selector};

/// What was seen so far.
#[derive(Default)]
struct Tally {
    findings: usize,
    fixable: usize,
    failed: bool,
}

impl Tally {
    fn fail(&mut self, error: &dyn std::fmt::Display) {
        fail(error);
        self.failed = true;
    }
}

/// Checks `paths` and prints each finding on a line: place, rule, `[*]` for one that can be fixed in
/// an editor, message.
///
/// # Errors
/// When `out` cannot be written to.
pub fn run(out: &mut impl Write, paths: &[PathBuf], wishes: &Wishes) -> io::Result<i32> {
    let library = crate::builtin::library();
    let named = wishes.layer.select.iter().flatten().chain(&wishes.layer.ignore);
    for name in named {
        if !library.knows_selector(name) {
            return Ok(fail(&unknown_selector(&library, name)));
        }
    }
    let projects = Projects::default();
    let mut tally = Tally::default();
    for file in files(paths, &mut tally) {
        check(out, &library, &file, (&projects, wishes), &mut tally)?;
        source::report_problems(&projects, &library);
    }
    match tally.findings {
        0 if tally.failed => {}
        0 => writeln!(out, "All checks passed!")?,
        1 => writeln!(out, "Found 1 finding.")?,
        many => writeln!(out, "Found {many} findings.")?,
    }
    if tally.fixable > 0 {
        writeln!(out, "[*] {} with a quick fix in the editor.", tally.fixable)?;
    }
    Ok(if tally.failed { 2 } else { i32::from(tally.findings > 0) })
}

/// The Python files at and below `paths`, in order. What is hidden or ignored by git is not searched
/// for, but taken when it is named.
fn files(paths: &[PathBuf], tally: &mut Tally) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        match path.metadata() {
            Ok(about) if about.is_dir() => {}
            Ok(_) => {
                files.push(path.clone());
                continue;
            }
            Err(error) => {
                tally.fail(&format!("{}: {error}", path.display()));
                continue;
            }
        }
        let walk = WalkBuilder::new(path).require_git(false).sort_by_file_path(Ord::cmp).build();
        for entry in walk {
            match entry {
                Ok(entry) if is_python(entry.path()) && entry.path().is_file() => {
                    let path = entry.path();
                    files.push(path.strip_prefix(".").unwrap_or(path).to_owned());
                }
                Ok(_) => {}
                Err(error) => tally.fail(&error),
            }
        }
    }
    let mut seen = HashSet::new();
    files.retain(|path| seen.insert(path::absolute(path).unwrap_or_else(|_| path.clone())));
    files
}

fn is_python(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["py", "pyi", "pyw"].iter().any(|e| extension == *e))
}

fn check(
    out: &mut impl Write,
    library: &Library,
    path: &Path,
    (projects, wishes): (&Projects, &Wishes),
    tally: &mut Tally,
) -> io::Result<()> {
    let document = match source::open(path) {
        Ok(document) => document,
        Err(error) => {
            tally.fail(&format!("{}: {error}", path.display()));
            return Ok(());
        }
    };
    let settings = source::settings(projects, path, wishes);
    for finding in analysis::findings(library, &document, &settings) {
        let (line, column) = source::place(document.text(), finding.span.start);
        let mark = if finding.fixable { "[*] " } else { "" };
        let (path, rule, message) = (path.display(), &finding.rule, &finding.message);
        writeln!(out, "{path}:{line}:{column}: {rule} {mark}{message}")?;
        tally.findings += 1;
        tally.fixable += usize::from(finding.fixable);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A folder with these empty files.
    fn folder(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        root
    }

    fn check(paths: &[PathBuf]) -> (i32, String) {
        let mut out = Vec::new();
        let code = run(&mut out, paths, &Wishes::default()).unwrap();
        (code, String::from_utf8(out).unwrap())
    }

    #[test]
    fn folders_are_searched_for_python_files() {
        let root = folder(&["b.py", "a.pyi", "c.txt", ".venv/x.py", "built/y.py", "sub/z.pyw"]);
        fs::write(root.path().join(".gitignore"), "built\n").unwrap();
        let found = |paths: &[&str]| {
            let paths: Vec<_> = paths.iter().map(|path| root.path().join(path)).collect();
            let mut tally = Tally::default();
            let files = files(&paths, &mut tally);
            let below = |path: &PathBuf| {
                path.strip_prefix(root.path()).unwrap().to_string_lossy().replace('\\', "/")
            };
            (files.iter().map(below).collect::<Vec<_>>().join(" "), tally.failed)
        };
        assert_eq!(found(&[""]), ("a.pyi b.py sub/z.pyw".into(), false));
        assert_eq!(found(&["built/y.py", "c.txt"]), ("built/y.py c.txt".into(), false));
        assert_eq!(found(&["sub/z.pyw", "sub"]), ("sub/z.pyw".into(), false));
        assert_eq!(found(&["nowhere", "sub"]), ("sub/z.pyw".into(), true));
    }

    #[test]
    fn the_exit_code_tells_errors_from_findings() {
        let root = folder(&["a.py"]);
        let path = |name: &str| root.path().join(name);
        assert_eq!(check(&[path("a.py")]), (0, "All checks passed!\n".into()));
        assert_eq!(check(&[path("a.py"), path("b.py")]), (2, String::new()));
        fs::write(path("latin.py"), b"x = '\xe9'").unwrap();
        assert_eq!(check(&[path("latin.py")]).0, 2);
    }
}
