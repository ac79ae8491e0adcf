//! Which fixes are made without being looked at: those that keep what every program does.

use crate::analysis::{self, Settings};
use crate::content::testing::builtin;
use crate::{Document, PythonVersion};

/// Applies all safe fixes.
fn all_fixed(source: &str) -> String {
    let mut document = Document::new(source);
    let settings = Settings { target: PythonVersion::OLDEST, ..Settings::default() };
    for edit in analysis::fix_all(builtin(), &document, &settings).edits.iter().rev() {
        document.edit(edit.span, &edit.text);
    }
    document.text().to_string()
}

/// What `rule` finds is not mended unasked.
#[track_caller]
fn left_alone(rule: &str, source: &str) {
    let found = analysis::findings(builtin(), &Document::new(source), &Settings::default());
    assert!(found.iter().any(|finding| finding.rule == rule), "nothing to mend in\n{source}");
    assert_eq!(all_fixed(source), source);
}

#[test]
fn a_list_for_what_stops_early() {
    let source = |function: &str| {
        format!(
            "def f(lines):\n    found = [len(it) for it in lines]\n    return {function}(found)\n"
        )
    };
    left_alone("single-pass-list", &source("any"));
    left_alone("single-pass-list", &source("all"));
    let quiet = |open: &str, close: &str| {
        format!(
            "def f(lines):\n    found = {open}it.size for it in lines{close}\n    return max(found)\n"
        )
    };
    assert_eq!(all_fixed(&quiet("[", "]")), quiet("(", ")"));
    left_alone("single-pass-list", &quiet("[", "]").replace("max", "any"));
}

fn with_file(body: &[&str], rest: &str) -> String {
    let body: String = body.iter().map(|line| format!("    {line}\n")).collect();
    format!("def f(path, keep):\n    file = open(path)\n{body}    file.close()\n{rest}")
}

#[test]
fn a_file_that_only_this_block_has_seen() {
    for body in [
        &["text = file.read()", "print(text)"][..],
        &["for line in file:", "    if line: return line"],
        &["json.load(file)"],
        &["sum(len(line) for line in file)"],
        &["file.write('a')", "file.flush()", "if keep:", "    raise ValueError"],
    ] {
        let source = format!("import json\n{}", with_file(body, "    return 1\n"));
        let fixed = all_fixed(&source);
        let body: String = body.iter().map(|line| format!("        {line}\n")).collect();
        let wanted = format!(
            "import json\ndef f(path, keep):\n    with open(path) as file:\n{body}    return 1\n"
        );
        assert_eq!(fixed, wanted);
    }
}

#[test]
fn a_file_that_others_may_still_use() {
    for body in [
        // Whoever has it reads on after an exception.
        &["keep(file)", "print(1)"][..],
        &["keep.append(file.buffer)", "print(1)"],
        &["names = file.items()", "print(1)"],
        // Another `close()` may be what is tried.
        &["file.close()", "print(1)"],
        &["if keep:", "    file.close()"],
        // It is closed when the generator is, and not when it is left.
        &["yield file.read()"],
    ] {
        left_alone("open-without-with", &with_file(body, ""));
    }
    left_alone("open-without-with", "def f(p):\n    file = open(p)\n    return file.read()\n");
}

/// The titles of the fixes of `rule`.
fn titles(rule: &str, source: &str) -> Vec<String> {
    let document = Document::new(source);
    let whole = crate::Span::new(0, source.len());
    let all = analysis::fixes(builtin(), &document, &Settings::default(), whole);
    let own = all.into_iter().filter(|found| found.finding.rule == rule);
    own.flat_map(|found| found.fixes).map(|fix| fix.title).collect()
}

#[test]
fn what_reads_later_would_find_a_file_closed() {
    for body in [
        &["if keep:", "    return keep(file)", "print(file.read())"][..],
        &["yield file.items()", "print(1)"],
    ] {
        let source = with_file(body, "");
        left_alone("open-without-with", &source);
        assert_eq!(titles("open-without-with", &source), [""; 0], "{source}");
    }
    let handed_on = with_file(&["keep(file)", "print(1)"], "");
    let titles = titles("open-without-with", &handed_on);
    assert!(titles[0].contains("after an exception too"), "{titles:?}");
}

#[test]
fn a_thread_of_asyncio_under_another_framework() {
    let source = |head: &str| {
        format!("import requests\n{head}\nasync def f(url):\n    return requests.get(url)\n")
    };
    let offered = |head: &str| titles("blocking-http-in-async", &source(head)).len();
    assert_eq!(offered("def curiosity(): ..."), 1);
    for head in ["from anyio import run", "import curio", "mark = pytest.mark.trio"] {
        assert_eq!(offered(head), 0, "{head}");
    }
}

#[test]
fn a_deprecated_name_is_not_imported() {
    let source = "def f(a: List[int], b: Optional[int]): ...\n";
    let titles = titles("typing-name-unimported", source);
    assert_eq!(titles, ["Write `list`, which needs no import", "Import `Optional` from `typing`"]);
}
