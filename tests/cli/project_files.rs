//! `pygloss check` and `pygloss explain` about files that are not Python.

use std::fs;

use crate::check::{places, project};
use crate::pygloss;

const CONFIG: &str = "home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.12.4\n";
const RICH: &str = ".venv/lib/python3.12/site-packages/rich-13.7.1.dist-info/METADATA";

#[test]
fn files_of_a_project_are_checked_with_its_code() {
    let files = [
        ("pyproject.toml", "[project]\nname = \"app\"\ndependencies = [\"rich>=14\"]\n"),
        (".gitignore", "build/"),
        (".git/HEAD", "ref: refs/heads/main\n"),
        (".venv/pyvenv.cfg", CONFIG),
        (RICH, ""),
        ("app.py", "fs = []\nfor i in range(3):\n    fs.append(lambda: i)\n"),
        ("built/requirements.txt", "attrs\n"),
    ];
    let folder = project(&files);
    let (out, errors, code) = pygloss(folder.path(), &["check"]);
    assert_eq!((errors.as_str(), code), ("", 1));
    let all = [
        ".gitignore:1: venv-committed",
        "app.py:3: loop-closure",
        "built/requirements.txt:1: venv-missing",
        "pyproject.toml:3: venv-missing",
    ];
    assert_eq!(places(&out), all, "{out}");
    let (out, _, code) = pygloss(folder.path(), &["check", "--select", "venv-committed", "--fix"]);
    assert_eq!(code, 0, "{out}");
    let ignored = fs::read_to_string(folder.path().join(".gitignore")).unwrap();
    assert_eq!(ignored, "build/\n.venv/\n");
}

#[test]
fn a_line_of_a_list_is_explained() {
    let folder = project(&[("requirements.txt", "rich~=13.5\n")]);
    let (out, errors, code) = pygloss(folder.path(), &["explain", "requirements.txt:1:3"]);
    assert_eq!((errors.as_str(), code), ("", 0));
    assert!(out.contains("~=13.5 is short for >=13.5, ==13.*"), "{out}");
}

#[test]
fn configuration_counts_for_all_files() {
    let files = [
        ("pyproject.toml", "[tool.pygloss]\nignore = [\"venv-committed\"]\n"),
        (".gitignore", ""),
        (".git/HEAD", ""),
        (".venv/pyvenv.cfg", CONFIG),
    ];
    let folder = project(&files);
    let (out, errors, code) = pygloss(folder.path(), &["check"]);
    assert_eq!((out.as_str(), errors.as_str(), code), ("All checks passed!\n", "", 0));
}
