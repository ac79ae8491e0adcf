//! Exercises in a terminal.

use std::fs;

use super::pygloss;

const FILE: &str =
    include_str!("../../content/python-interview-5/collections/exercises/most-frequent-words.md");
const NAME: &str = "most-frequent-words";

fn solution() -> &'static str {
    let (_, rest) = FILE.split_once("```py solution\n").unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn an_exercise_is_begun_worked_on_and_passed() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let (out, errors, code) = pygloss(home.path(), arguments);
        assert_eq!(errors, "", "{arguments:?}");
        (out, code)
    };
    let state = || {
        let (list, _) = run(&["practice", "collections"]);
        let line = list.lines().find(|line| line.contains(NAME)).unwrap();
        line.split_whitespace().nth(2).unwrap().to_owned()
    };
    let (all, code) = run(&["practice"]);
    assert_eq!(code, 0);
    assert!(all.starts_with("Decorators\n  two-at-signs "), "{all}");
    assert!(!home.path().join("data").exists(), "a look writes nothing");
    assert_eq!(state(), "The", "neither begun nor passed");

    let (begun, code) = run(&["practice", NAME]);
    assert_eq!(code, 0);
    let file = begun.lines().nth(1).unwrap();
    assert!(begun.contains(&format!("{file}:8:5: ")), "{begun}");
    assert!(begun.contains(" goals are open.\n"), "{begun}");
    assert_eq!(state(), "begun");
    let (checked, code) = run(&["practice", "--check", file]);
    assert_eq!(code, 1);
    assert!(begun.contains(&checked), "the same goals: {checked}");

    let work = solution().replace(".lower()", "");
    fs::write(file, &work).unwrap();
    let (checked, code) = run(&["practice", "--check", file]);
    assert_eq!(code, 1);
    assert!(checked.ends_with("count in lower case.\n1 goal is open.\n"), "{checked}");
    let (begun, _) = run(&["practice", NAME]);
    assert!(begun.contains("1 goal is open.\n"), "it goes on: {begun}");
    assert_eq!(fs::read_to_string(file).unwrap(), work);

    fs::write(file, solution()).unwrap();
    assert_eq!(run(&["practice", "--check", file]), ("All goals are reached.\n".into(), 0));
    assert_eq!(state(), "passed");
    let (stats, _) = run(&["stats"]);
    assert!(stats.contains("\n1 of 27 exercises passed.\n"), "{stats}");
    let (anew, _) = run(&["practice", NAME, "--reset"]);
    let kept = anew.strip_prefix("The file is now ").unwrap().split_once(".\n").unwrap().0;
    assert_eq!(fs::read_to_string(kept).unwrap(), solution());
}

#[test]
fn hints_add_up_and_the_solution_gives_up() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| pygloss(home.path(), arguments).0;
    assert_eq!(run(&["practice", NAME, "--hint"]).lines().count(), 1);
    let two = run(&["practice", NAME, "--hint"]);
    assert_eq!(two.lines().count(), 2, "{two}");
    assert!(two.contains("\nHint 2 of 3: "), "{two}");
    let shown = run(&["practice", NAME, "--solution"]);
    assert!(shown.contains("return Counter(text.lower().split()).most_common(count)"), "{shown}");
    assert!(run(&["practice", "collections"]).contains(" given up "));
    assert!(run(&["stats"]).contains("0 of 27 exercises passed, 1 given up.\n"));
}

#[test]
fn what_there_is_not_is_an_error() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("app.py"), "x = 1\n").unwrap();
    for (arguments, message) in [
        (&["practice", "colections"][..], "; did you mean `collections`?"),
        (&["practice", "retri", "--hint"], "; did you mean `retry`?"),
        (&["practice", "--check", "app.py"], "app.py is not the file of an exercise"),
    ] {
        let (out, errors, code) = pygloss(home.path(), arguments);
        assert_eq!((out.as_str(), code), ("", 2), "{arguments:?}");
        assert!(errors.contains(message), "{errors}");
    }
}
