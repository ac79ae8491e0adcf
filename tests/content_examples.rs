//! The examples on the pages of the built-in concepts run as they stand.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// Every `concept.md` of the packs in `content/`.
fn pages() -> Vec<PathBuf> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let folders = |path: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_dir()).collect()
    };
    let concepts = folders(&content).into_iter().flat_map(|pack| folders(&pack));
    concepts.map(|concept| concept.join("concept.md")).collect()
}

/// The fences marked `python`.
fn programs(page: &str) -> Vec<String> {
    let mut programs = Vec::new();
    let mut inside = false;
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == "python" => {
                inside = true;
                programs.push(String::new());
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(text) if inside => programs.last_mut().unwrap().push_str(&text),
            _ => {}
        }
    }
    programs
}

#[test]
fn every_python_example_runs() {
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut count = 0;
    for path in pages() {
        for program in programs(&fs::read_to_string(&path).unwrap()) {
            let output = Command::new(&python)
                .args(["-I", "-c", &program])
                .output()
                .unwrap_or_else(|error| panic!("{python} cannot be started: {error}"));
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{path:?}\n{program}\n{stderr}");
            count += 1;
        }
    }
    assert!(count >= 5, "only {count} examples found");
}
