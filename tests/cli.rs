//! The command line, as its users see it: what is printed where, and the exit codes of Python's
//! linters.

use std::fs;
use std::path::Path;
use std::process::Command;

const TOUR: &str = include_str!("../content/python-interview-5/decorators/tour.py");

/// Standard output, standard error and the exit code.
fn pygloss(folder: &Path, arguments: &[&str]) -> (String, String, i32) {
    let program = env!("CARGO_BIN_EXE_pygloss");
    let done = Command::new(program).current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(done.stdout), text(done.stderr), done.status.code().unwrap())
}

#[test]
fn topics_are_listed_and_each_has_its_page() {
    let folder = tempfile::tempdir().unwrap();
    let (listed, errors, code) = pygloss(folder.path(), &["topics"]);
    assert_eq!((errors.as_str(), code), ("", 0));
    let topics: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next())
        .collect();
    assert_eq!(topics.first(), Some(&"decorators"), "{listed}");
    assert!(topics.len() >= 8, "{listed}");
    for topic in topics {
        let (page, errors, code) = pygloss(folder.path(), &["explain", topic]);
        assert_eq!((errors.as_str(), code), ("", 0), "{topic}");
        assert!(page.lines().count() > 60, "the whole page of {topic}: {page}");
    }
}

#[test]
fn a_place_is_explained_by_its_card() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tour.py"), TOUR).unwrap();
    let line = 1 + TOUR.lines().position(|line| line.starts_with("@rate_limit")).unwrap();
    let at = |column: usize| format!("tour.py:{line}:{column}");
    let (card, errors, code) = pygloss(folder.path(), &["explain", &at(2)]);
    assert_eq!((errors.as_str(), code), ("", 0));
    assert!(card.contains("api_call = rate_limit(max_calls_per_second=2)(api_call)"), "{card}");
    let (said, errors, code) = pygloss(folder.path(), &["explain", "tour.py:2:1"]);
    assert_eq!(
        (said.as_str(), errors.as_str(), code),
        ("Nothing to explain at tour.py:2:1.\n", "", 1)
    );
}

#[test]
fn a_card_follows_imports_within_the_project() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();
    fs::create_dir_all(folder.path().join("src/shop")).unwrap();
    let decorator = "def log(f):\n    def inner(): return f()\n    return inner\n";
    write("src/shop/__init__.py", "from .logs import log\n");
    write("src/shop/logs.py", decorator);
    write("src/shop/app.py", "from shop import log\n@log\ndef load(): ...\n");
    let app = ["explain", "src/shop/app.py:2:2"];
    let (card, _, _) = pygloss(folder.path(), &app);
    // Without a project the folder of the file is all there is.
    assert!(card.contains("not known"), "{card}");
    write("pyproject.toml", "");
    let (card, errors, code) = pygloss(folder.path(), &app);
    assert_eq!((errors.as_str(), code), ("", 0));
    let words = card.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("inner from line 2 of src/shop/logs.py"), "{card}");
}

#[test]
fn what_cannot_be_explained_is_an_error_that_helps() {
    let folder = tempfile::tempdir().unwrap();
    let hint = "`pygloss topics` lists the topics, `pygloss explain` the rules too\n";
    for (what, error) in [
        (
            "decorator",
            format!("error: nothing is called `decorator`; did you mean `decorators`?\n{hint}"),
        ),
        ("xyz", format!("error: nothing is called `xyz`\n{hint}")),
        ("none.py:1:1", "error: none.py: No such file or directory (os error 2)\n".to_owned()),
    ] {
        assert_eq!(pygloss(folder.path(), &["explain", what]), (String::new(), error, 2), "{what}");
    }
    fs::write(folder.path().join("a.py"), "x = 1\n").unwrap();
    let (_, error, code) = pygloss(folder.path(), &["explain", "a.py:9:1"]);
    assert_eq!((error.as_str(), code), ("error: a.py has no line 9 with a column 1\n", 2));
}
