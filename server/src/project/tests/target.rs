//! Which Python the code is for.

use super::*;

#[test]
fn the_target_is_what_is_said_nearest_and_clearest() {
    let project = |version: &str| format!("[project]\nrequires-python = '>={version}'\n");
    let folder = Folder::with(&[
        ("pyproject.toml", &project("3.10")),
        ("a/pyproject.toml", &project("3.12")),
        ("b/pygloss.toml", "target-version = '3.13'\n"),
        ("b/pyproject.toml", &project("3.11")),
        ("c/pyproject.toml", "[project]\nrequires-python = 'nonsense'\n"),
    ]);
    let minors = ["x.py", "a/b/x.py", "b/x.py", "c/x.py"].map(|file| folder.minor(file));
    assert_eq!(minors, [10, 12, 13, 10]);
    let wishes = Wishes { target: Some(PythonVersion::py3(14)), ..Wishes::default() };
    let file = folder.path("b/x.py");
    assert_eq!(folder.projects.settings("x.py", Some(&file), &wishes).target.minor, 14);
    assert!(folder.projects.settings("x.py", Some(&file), &Wishes::default()).is_target_known());
    let guessed = folder.projects.settings("x.py", None, &Wishes::default());
    assert_eq!((guessed.target.minor, guessed.is_target_known()), (9, false));
}

#[test]
fn what_others_are_told_counts_where_nothing_clearer_is_said() {
    let folder = Folder::with(&[
        ("a/.python-version", "3.13\n"),
        ("a/b/ruff.toml", "target-version = 'py311'\n"),
        ("a/c/pyproject.toml", "[tool.ruff]\ntarget-version = 'py310'\n"),
        ("a/c/d/pyproject.toml", "[project]\nrequires-python = '>=3.12'\n"),
        ("a/e/.ruff.toml", "target-version = 'py2\n"),
        ("f/ruff.toml", "target-version = 3\n"),
        ("a/g/pyproject.toml", "[tool.mypy]\npython_version = '3.10'\n"),
        ("a/b/h/pyproject.toml", "[tool.pyright]\npythonVersion = '3.12'\n"),
        (
            "f/h/pyproject.toml",
            "[tool.mypy]\npython_version = 3\n[tool.pyright]\npythonVersion = '3.12'\n",
        ),
    ]);
    let files = ["a/x.py", "a/b/x.py", "a/c/x.py", "a/c/d/x.py", "a/e/x.py", "f/x.py"];
    assert_eq!(files.map(|file| folder.minor(file)), [13, 11, 10, 12, 13, 9]);
    assert_eq!(["a/g/x.py", "a/b/h/x.py", "f/h/x.py"].map(|file| folder.minor(file)), [10, 11, 12]);
    assert!(!folder.settings("f/x.py").is_target_known());
    let sources = ["a/x.py", "a/b/x.py", "a/c/d/x.py", "a/g/x.py", "a/b/h/x.py"];
    let sources = sources.map(|file| folder.settings(file).target_source.unwrap());
    use TargetSource::{Checker, PythonVersionFile, RequiresPython, Ruff};
    assert_eq!(
        sources,
        [PythonVersionFile, Ruff, RequiresPython, Checker, Ruff],
        "the clearest word"
    );
    assert_eq!(folder.settings("f/h/x.py").target_source, Some(Checker));
    assert_eq!(folder.problems(), [""; 0], "their faults are for others to tell");
}

#[test]
fn an_environment_at_the_root_counts_where_nothing_else_is_said() {
    let folder = Folder::with(&[
        ("a/.venv/pyvenv.cfg", "home = x\nversion = 3.13.1\n"),
        ("a/venv/pyvenv.cfg", "version = 3.12.1\n"),
        ("a/pyproject.toml", "[project]\nname = 'a'\n"),
        ("a/deep/venv/pyvenv.cfg", "version = 3.10.1\n"),
        ("b/venv/pyvenv.cfg", "version_info = 3.12.1.final.0\n"),
        ("b/.venv/pyvenv.cfg", "home = x\n"),
        ("b/.python-version", "3.11\n"),
        ("c/other/pyvenv.cfg", "version = 3.12.1\n"),
        ("d/venv/pyvenv.cfg", "version = 3.12.1\n"),
    ]);
    let minors = ["a/x.py", "a/deep/x.py", "b/x.py", "c/x.py", "d/x.py"].map(|it| folder.minor(it));
    assert_eq!(minors, [13, 13, 11, 9, 12], "the project's top, else the folder of the file");
    assert!(folder.settings("d/x.py").is_target_known());
    let minor = |file: &str, root: Root| {
        let wishes = Wishes { root, ..Wishes::default() };
        folder.projects.settings(file, Some(&folder.path(file)), &wishes).target.minor
    };
    let at = |root: &str| Root::Folder(folder.path(root));
    assert_eq!(minor("a/deep/x.py", at("a/deep")), 10, "that of the workspace");
    assert_eq!(minor("a/deep/x.py", at("")), 9);
    assert_eq!(minor("d/x.py", Root::Nowhere), 9);
    assert_eq!(minor("d/x.py", at("nowhere")), 9);
    let isolated = Wishes { is_isolated: true, ..Wishes::default() };
    let file = folder.path("d/x.py");
    assert_eq!(folder.projects.settings("x.py", Some(&file), &isolated).target.minor, 9);
    assert_eq!(
        folder.projects.target_in(&folder.path("d")),
        Some((PythonVersion::py3(12), TargetSource::Environment))
    );
    fs::write(folder.path("d/venv/pyvenv.cfg"), "version = 3.14.0\n").unwrap();
    folder.projects.forget();
    assert_eq!(folder.minor("d/x.py"), 14);
}

#[cfg(unix)]
#[test]
fn an_environment_behind_a_link_out_of_the_workspace_is_not_read() {
    let folder = Folder::with(&[
        ("out/pyvenv.cfg", "version = 3.12.1\n"),
        ("in/env/pyvenv.cfg", "version = 3.13.1\n"),
        ("in/pyproject.toml", ""),
    ]);
    std::os::unix::fs::symlink(folder.path("out"), folder.path("in/.venv")).unwrap();
    assert_eq!(folder.minor("in/x.py"), 9);
    std::os::unix::fs::symlink(folder.path("in/env"), folder.path("in/venv")).unwrap();
    folder.projects.forget();
    assert_eq!(folder.minor("in/x.py"), 13, "one that stays in it is");
}
