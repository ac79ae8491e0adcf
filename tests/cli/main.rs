//! The command line, as its users see it: what is printed where, and the exit codes of Python's
//! linters.

mod check;
mod options;
mod practice;
mod progress;
mod project_files;
mod rules;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const TOUR: &str = include_str!("../../content/python-interview-5/decorators/tour.py");

/// Standard output, standard error and the exit code.
fn pygloss(folder: &Path, arguments: &[&str]) -> (String, String, i32) {
    pygloss_reading(folder, arguments, "")
}

/// The same with something on standard input.
fn pygloss_reading(folder: &Path, arguments: &[&str], input: &str) -> (String, String, i32) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_pygloss"));
    program.current_dir(folder).env("PYGLOSS_DATA_DIR", folder.join("data")).args(arguments);
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = program.spawn().unwrap();
    // A program that asks nothing may be gone by now.
    let _ = running.stdin.take().unwrap().write_all(input.as_bytes());
    let done = running.wait_with_output().unwrap();
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

#[test]
fn progress_moves_between_machines_and_is_erased_on_demand() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let answer = |id: &str, at: u32| {
        format!(
            r#"{{"id":"{id:0>32}","session":"s","at":{at},"card":"p/c/a","variant":"v","seed":1,"source":"pack","outcome":"right","grade":3,"confidence":"sure","hints":0,"ms":null}}"#
        ) + "\n"
    };
    let (one, two) = (answer("1", 5), answer("2", 900_000_000));
    let (_, error, code) = pygloss(here.path(), &["progress", "export"]);
    assert!(error.starts_with("error: nothing was answered yet"), "{error}");
    assert_eq!(code, 2);
    assert!(!here.path().join("data").exists());
    let import = |folder: &Path, text: &str| {
        let file = folder.join("in.jsonl");
        fs::write(&file, text).unwrap();
        pygloss(folder, &["progress", "import", "in.jsonl"])
    };
    let said = |text: &str| (text.to_owned(), String::new(), 0);
    assert_eq!(import(here.path(), &one), said("New answers: 1. Known before: 0.\n"));
    let (_, error, code) = import(here.path(), &format!("{two}{{}}\n"));
    assert!(error.starts_with("error: in.jsonl: line 2: missing field"), "{error}");
    assert_eq!(code, 2);
    assert_eq!(pygloss(here.path(), &["progress", "export"]), said(&one));
    assert_eq!(import(there.path(), &two), said("New answers: 1. Known before: 0.\n"));
    assert_eq!(import(there.path(), &one), said("New answers: 1. Known before: 0.\n"));
    assert_eq!(import(there.path(), &one), said("New answers: 0. Known before: 1.\n"));
    let done = pygloss(there.path(), &["progress", "export", "out.jsonl"]);
    assert_eq!(done, said("2 answers were written to out.jsonl.\n"));
    assert_eq!(fs::read_to_string(there.path().join("out.jsonl")).unwrap(), one + &two);
    let (asked, _, code) = pygloss(there.path(), &["progress", "erase"]);
    assert!(asked.starts_with("This erases 2 answers"), "{asked}");
    assert_eq!(code, 1);
    fs::create_dir(there.path().join("data/worksheets")).unwrap();
    let (erased, _, code) = pygloss(there.path(), &["progress", "erase", "--yes"]);
    assert!(erased.contains("\nWhat you wrote in worksheets stays in "), "{erased}");
    assert_eq!(code, 0);
    assert_eq!(pygloss(there.path(), &["progress", "export"]), said(""));
}

#[test]
fn packs_of_the_readers_own_are_used() {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("data/packs/mine");
    fs::create_dir_all(pack.join("c")).unwrap();
    let toml = "id = \"mine\"\ntitle = \"Mine\"\nlicence = \"MIT\"\nrequires-python = \">=3.9\"\n\
                concepts = [\"c\"]\n";
    fs::write(pack.join("pack.toml"), toml).unwrap();
    let page = "+++\ntitle = \"C\"\nunits = []\nlinks = []\n+++\nA lesson of ours.\n";
    fs::write(pack.join("c/concept.md"), page).unwrap();
    let (out, errors, code) = pygloss(folder.path(), &["explain", "c"]);
    assert!(out.contains("A lesson of ours."), "{out}");
    assert_eq!((errors.as_str(), code), ("", 0));
    let (out, _, _) = pygloss(folder.path(), &["doctor"]);
    assert!(out.contains("pack      mine: 1 concepts, 0 cards, 0 rules"), "{out}");
    fs::write(pack.join("c/concept.md"), "no front matter\n").unwrap();
    let (_, errors, _) = pygloss(folder.path(), &["topics"]);
    assert!(errors.starts_with("warning: the pack in "), "{errors}");
    assert!(errors.contains(" is not used: c/concept.md:1: "), "{errors}");
}
