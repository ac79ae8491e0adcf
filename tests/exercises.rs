//! The exercises of the built-in packs: their goals tell right from wrong, and CPython agrees.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::{env, fs};

use pygloss_core::content::{Exercise, Level, PackFile};
use pygloss_core::{Library, practice};

/// The packs in `content/`, and how many faults their exercises have.
static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let mut library = Library::default();
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for pack in fs::read_dir(content).unwrap().map(|entry| entry.unwrap().path()) {
        if pack.is_dir() {
            let mut files = Vec::new();
            collect(&pack, "", &mut files);
            let files: Vec<_> =
                files.iter().map(|(path, bytes)| PackFile { path, bytes }).collect();
            assert_eq!(library.add_pack(&files), Ok(()));
            assert_eq!(practice::verify(&library), [], "{pack:?}");
        }
    }
    library
});

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.push((name, fs::read(entry.path()).unwrap()));
        }
    }
}

fn exercises() -> impl Iterator<Item = &'static Exercise> {
    LIBRARY.concepts().flat_map(|(_, concept)| &concept.exercises)
}

#[test]
fn every_topic_leads_from_a_worked_example_to_a_program_of_ones_own() {
    for (_, concept) in LIBRARY.concepts() {
        let levels: Vec<Level> = concept.exercises.iter().map(|it| it.level).collect();
        assert_eq!(levels, [Level::Worked, Level::Fill, Level::Write], "{}", concept.id);
    }
    let starts: Vec<_> = exercises().filter(|it| !it.start.starts_with("\"\"\"")).collect();
    assert!(starts.is_empty(), "the docstring says what to do: {starts:?}");
}

/// One right answer is an accident, and so is one wrong one that is refused.
#[test]
fn three_different_answers_are_right_and_three_are_wrong() {
    for exercise in exercises() {
        let mut known =
            BTreeSet::from([("right", exercise.solution.replace(char::is_whitespace, ""))]);
        for answer in &exercise.answers {
            let how = if answer.misses.is_empty() { "right" } else { "wrong" };
            let program = answer.program(&exercise.solution);
            known.insert((how, program.replace(char::is_whitespace, "")));
        }
        for how in ["right", "wrong"] {
            let count = known.iter().filter(|(other, _)| *other == how).count();
            assert!(count >= 3, "{}: {count} {how}", exercise.id);
        }
    }
}

/// Runs a program as a file, as a reader would; its output and what it complained of.
fn run(name: &str, text: &str) -> (String, String) {
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, text).unwrap();
    let output = Command::new(&python)
        .args(["-I", "-X", "utf8"])
        .arg(&file)
        .output()
        .unwrap_or_else(|error| panic!("{python} cannot be started: {error}"));
    let text = |bytes| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn right_answers_print_on_cpython_what_the_exercise_says() {
    let mut count = 0;
    for exercise in exercises() {
        let stdout = exercise.stdout.as_deref().expect("a program of the chapter prints something");
        let right = exercise.answers.iter().filter(|answer| answer.misses.is_empty());
        let texts = right.map(|answer| (answer.line, answer.program(&exercise.solution)));
        for (line, text) in texts.chain([(0, exercise.solution.clone())]) {
            let (out, errors) = run(&format!("{}.py", exercise.id), &text);
            assert_eq!(out, stdout, "{}:{line}\n{text}\n{errors}", exercise.id);
            assert_eq!(errors, "", "{}:{line}", exercise.id);
            count += 1;
        }
    }
    assert!(count >= 2 * exercises().count(), "only {count} programs ran");
}

#[test]
fn what_the_reader_gets_compiles() {
    for exercise in exercises() {
        let source = format!("compile({:?}, 'start', 'exec')", exercise.start);
        let (_, errors) = run("compiles.py", &source);
        assert_eq!(errors, "", "{}", exercise.id);
    }
}
