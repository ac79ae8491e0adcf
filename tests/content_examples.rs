//! The examples on the pages of the built-in concepts run as they stand, and those of refactorings and of
//! fixes print the same before and after.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

fn entries(path: &Path) -> Vec<PathBuf> {
    fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// The folders of the concepts of the packs in `content/`.
fn concepts() -> Vec<PathBuf> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let packs = entries(&content).into_iter().filter(|path| path.is_dir());
    packs.flat_map(|pack| entries(&pack)).filter(|path| path.is_dir()).collect()
}

/// The fences whose first words these are, each with all its words.
fn fences(page: &str, first: &str) -> Vec<(String, String)> {
    let mut fences: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if info.starts_with(first) =>
            {
                inside = true;
                fences.push((info.to_string(), String::new()));
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(text) if inside => fences.last_mut().unwrap().1.push_str(&text),
            _ => {}
        }
    }
    fences
}

fn run(program: &str) -> Output {
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    Command::new(&python)
        .args(["-I", "-c", program])
        .output()
        .unwrap_or_else(|error| panic!("{python} cannot be started: {error}"))
}

/// The pages of a kind, of all concepts.
fn pages(kind: &str) -> impl Iterator<Item = PathBuf> {
    let folders = concepts().into_iter().map(move |concept| concept.join(kind));
    folders.filter(|folder| folder.is_dir()).flat_map(|folder| entries(&folder))
}

/// The program without the lines that mark a place in it.
fn unmarked(program: &str) -> String {
    let is_mark = |line: &&str| {
        let rest = line.trim().strip_prefix('#').map(str::trim);
        rest.is_some_and(|rest| {
            rest.starts_with("<-") || !rest.is_empty() && rest.chars().all(|it| it == '^')
        })
    };
    program.split_inclusive('\n').filter(|line| !is_mark(line)).collect()
}

#[test]
fn refactorings_print_the_same_before_and_after() {
    let mut count = 0;
    for path in pages("refactorings") {
        let all = fences(&fs::read_to_string(&path).unwrap(), "py ");
        for pair in all.windows(2) {
            let [(before, old), (after, new)] = pair else { unreachable!() };
            if !before.starts_with("py before") || !old.contains("print(") {
                continue;
            }
            assert!(after.starts_with("py after"), "{path:?}");
            let (old, new) = (run(&unmarked(old)), run(new));
            for output in [&old, &new] {
                let stderr = String::from_utf8_lossy(&output.stderr);
                assert!(output.status.success(), "{path:?}\n{}{stderr}", pair[1].1);
            }
            let (old, new) = (String::from_utf8(old.stdout), String::from_utf8(new.stdout));
            assert!(old.as_ref().is_ok_and(|text| !text.is_empty()), "{path:?}: prints nothing");
            assert_eq!(old, new, "{path:?}\n{}", pair[1].1);
            count += 1;
        }
    }
    assert!(count >= 20, "only {count} examples print");
}

/// A fix keeps what the program prints, or the program failed before. What does not run without names from
/// elsewhere fails in the same way after it.
#[test]
fn fixes_print_the_same_before_and_after() {
    let (mut same, mut mended) = (0, 0);
    for path in pages("rules") {
        let all = fences(&fs::read_to_string(&path).unwrap(), "py ");
        for pair in all.windows(2) {
            let [(fires, old), (fixed, new)] = pair else { unreachable!() };
            let is_pair = fires.starts_with("py fires") && fixed.starts_with("py fixed");
            if !is_pair || !new.contains("print(") {
                continue;
            }
            let (old, new) = (run(&unmarked(old)), run(new));
            let last_line = |output: &Output| {
                let text = String::from_utf8_lossy(&output.stderr);
                text.lines().next_back().map(str::to_owned)
            };
            match (old.status.success(), new.status.success()) {
                (true, true) => {
                    assert_eq!(old.stdout, new.stdout, "{path:?}\n{}", pair[1].1);
                    same += 1;
                }
                (false, true) => mended += 1,
                (false, false) => {
                    assert_eq!(last_line(&old), last_line(&new), "{path:?}\n{}", pair[1].1);
                }
                (true, false) => panic!("{path:?}\n{}\n{:?}", pair[1].1, last_line(&new)),
            }
        }
    }
    assert!(same >= 20 && mended >= 2, "only {same} examples print, and {mended} are mended");
}

#[test]
fn every_python_example_runs() {
    let mut count = 0;
    for path in concepts().into_iter().map(|concept| concept.join("concept.md")) {
        let page = fs::read_to_string(&path).unwrap();
        let python = fences(&page, "python").into_iter().filter(|(info, _)| info == "python");
        for (_, program) in python {
            let output = run(&program);
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{path:?}\n{program}\n{stderr}");
            count += 1;
        }
    }
    assert!(count >= 5, "only {count} examples found");
}
