//! `pygloss check`: what it reads, what it says in which form, and what it mends.

use std::fs;

use serde_json::Value;

use crate::{pygloss, pygloss_reading};

/// Writes the files, each `(path, text)`, into a new folder.
pub fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// One finding of `loop-closure` in line 3, one of `mutable-default-argument` in line 4.
const TWO: &str = "fs = []
for i in range(3):
    fs.append(lambda: i)
def add(x, to=[]):
    to.append(x)
";

/// A wrapper that loses what `functools.wraps` keeps, and its function, with a safe fix.
const WRAPPER: &str = "def log(func):
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)
    return wrapper

@log
def g(): ...
";

/// [`WRAPPER`] after the fix.
const WRAPPED: &str = "import functools


def log(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)
    return wrapper

@log
def g(): ...
";

/// `path:line: rule` for each finding.
pub fn places(out: &str) -> Vec<String> {
    let place = |line: &str| {
        let mut parts = line.splitn(4, ':');
        let (path, line, _) = (parts.next()?, parts.next()?, parts.next()?);
        Some(format!("{path}:{line}: {}", parts.next()?.split_whitespace().next()?))
    };
    out.lines().filter_map(place).collect()
}

#[test]
fn check_follows_the_files_of_the_project_and_its_own_options() {
    let folder = project(&[
        ("pyproject.toml", "[tool.pygloss]\nignore = ['robustness']\nx = 1\n"),
        ("a.py", TWO),
        ("in/pygloss.toml", "[per-file-ignores]\n'b.py' = ['loop-closure']\n"),
        ("in/b.py", TWO),
    ]);
    let (out, errors, code) = pygloss(folder.path(), &["check"]);
    assert_eq!(places(&out), ["a.py:3: loop-closure", "in/b.py:4: mutable-default-argument"]);
    assert_eq!(errors, "warning: pyproject.toml:3: there is no key `x`\n");
    assert_eq!(code, 1);
    let found = |arguments: &[&str]| {
        let (out, _, code) = pygloss(folder.path(), &[&["check"], arguments].concat());
        (places(&out), code)
    };
    let all = ["a.py:3: loop-closure", "a.py:4: mutable-default-argument"];
    assert_eq!(found(&["a.py", "--select", "all"]), (all.map(str::to_owned).to_vec(), 1));
    assert_eq!(found(&["a.py", "--ignore", "decorators"]), (vec![], 0));
    let (out, error, code) = pygloss(folder.path(), &["check", "--ignore", "loop-closur"]);
    assert_eq!((out.as_str(), code), ("", 2));
    let expected =
        "error: there is no rule, topic or category `loop-closur`; did you mean `loop-closure`?\n";
    assert_eq!(error, expected);
}

/// Checks in `folder` and says what came out, without what went wrong.
fn out(folder: &tempfile::TempDir, arguments: &[&str]) -> (String, i32) {
    let (out, errors, code) = pygloss(folder.path(), &[&["check"], arguments].concat());
    assert_eq!(errors, "");
    (out, code)
}

#[test]
fn exit_codes_are_those_of_linters() {
    let folder = project(&[("good.py", "x = 1\n"), ("bad.py", TWO)]);
    assert_eq!(out(&folder, &["good.py"]), ("All checks passed!\n".into(), 0));
    assert_eq!(out(&folder, &["bad.py"]).1, 1);
    assert_eq!(out(&folder, &["bad.py", "--exit-zero"]).1, 0);
    for wrong in [
        &["check", "nowhere.py"][..],
        &["check", "nowhere.py", "--exit-zero"],
        &["check", "--select", "nonsense"],
        &["check", "--output-format", "morse"],
        &["check", "--statistics", "--output-format", "sarif"],
        &["check", "--fix", "--diff"],
        &["check", "-", "good.py"],
        &["check", "--stdin-filename", "good.py"],
    ] {
        let (said, errors, code) = pygloss(folder.path(), wrong);
        assert_eq!((said.as_str(), code), ("", 2), "{wrong:?}");
        assert!(errors.starts_with("error: "), "{wrong:?}: {errors}");
    }
}

#[test]
fn files_that_cannot_be_read_are_named_and_the_others_checked() {
    let folder =
        project(&[("a.py", TWO), ("long.py", &"x".repeat(70_000)), ("odd.py", "def (:\n")]);
    fs::write(folder.path().join("latin.py"), b"x = '\xe9'\n").unwrap();
    let (said, errors, code) = pygloss(folder.path(), &["check", ".", "gone.py"]);
    assert_eq!(places(&said), ["a.py:3: loop-closure", "a.py:4: mutable-default-argument"]);
    assert_eq!(code, 2);
    let expected = "error: gone.py: No such file or directory (os error 2)
error: latin.py: not UTF-8 from byte 5
error: long.py: too large, or with a line that is too long
warning: odd.py:1:1: not understood; what stands around it was not checked
";
    assert_eq!(errors, expected);
}

#[test]
fn what_git_ignores_is_not_searched_but_taken_when_named() {
    let folder = project(&[("a.py", TWO), ("built/b.py", TWO), (".gitignore", "built/\n")]);
    assert_eq!(places(&out(&folder, &[]).0).len(), 2);
    assert_eq!(places(&out(&folder, &["built/b.py"]).0).len(), 2);
}

#[test]
fn findings_come_with_their_code() {
    let folder = project(&[("a.py", WRAPPER)]);
    let (said, code) = out(&folder, &["--output-format", "full"]);
    let expected = "\
warning[decorator-missing-wraps]: `wrapper` takes the place of `g` but not its `__name__`, docstring and signature
 --> a.py:2:9
  |
2 |     def wrapper(*args, **kwargs):
  |         ^^^^^^^
...
6 | @log
  | ---- `g` is decorated here
  |
  = help: Add `@functools.wraps(func)`, which copies the metadata of `func` to `wrapper` [*]

Found 1 finding.
[*] 1 fixable with `--fix`.
";
    assert_eq!((said.as_str(), code), (expected, 1));
}

#[test]
fn programs_read_findings_as_json() {
    let folder = project(&[("a.py", &format!("é = '😀'\n{WRAPPER}"))]);
    let (said, code) = out(&folder, &["--output-format", "json"]);
    assert_eq!(code, 1);
    let all: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 1);
    let finding = &all[0];
    assert_eq!(finding["filename"], "a.py");
    assert_eq!(finding["code"], "decorator-missing-wraps");
    assert_eq!(finding["severity"], "warning");
    assert_eq!(finding["location"], serde_json::json!({ "row": 3, "column": 9 }));
    assert_eq!(finding["end_location"], serde_json::json!({ "row": 3, "column": 16 }));
    assert_eq!(finding["related"][0]["location"]["row"], 7);
    assert_eq!(finding["fixes"][0]["applicability"], "safe");
    let edits = finding["fixes"][0]["edits"].as_array().unwrap();
    assert!(
        edits.iter().any(|edit| edit["content"].as_str().unwrap().contains("import functools"))
    );
    assert!(finding["url"].as_str().unwrap().starts_with("https://"));
    assert_eq!(out(&project(&[("a.py", "")]), &["--output-format", "json"]), ("[]\n".into(), 0));
}

#[test]
fn pull_requests_are_annotated() {
    let folder = project(&[("a, b.py", TWO)]);
    let (said, _) = out(&folder, &["--output-format", "github"]);
    let first = said.lines().next().unwrap();
    let start = "::warning title=pygloss (loop-closure),file=a%2C b.py,line=3,col=23,endLine=3,\
                 endColumn=24::a%2C b.py:3:23: loop-closure `lambda` looks";
    assert!(first.starts_with(start), "{first}");
    assert_eq!(said.lines().count(), 2, "nothing but commands: {said}");
}

#[test]
fn code_scanning_reads_sarif() {
    let folder = project(&[("a b/é.py", TWO), ("a b/w.py", WRAPPER)]);
    let (said, code) = out(&folder, &["--output-format", "sarif"]);
    assert_eq!(code, 1);
    let log: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!((rules.len(), results.len()), (3, 3));
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    let uris: Vec<_> = results
        .iter()
        .map(|it| {
            it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap()
        })
        .collect();
    assert_eq!(uris, ["a%20b/w.py", "a%20b/%C3%A9.py", "a%20b/%C3%A9.py"]);
    let region = &results[1]["locations"][0]["physicalLocation"]["region"];
    let expected =
        serde_json::json!({ "startLine": 3, "startColumn": 23, "endLine": 3, "endColumn": 24 });
    assert_eq!(region, &expected);
    let fix = &results[0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(fix["artifactLocation"]["uri"], "a%20b/w.py");
    assert_eq!(fix["replacements"].as_array().unwrap().len(), 2);
    let outside = fs::canonicalize(folder.path()).unwrap().join("a b/w.py");
    let (said, _) = out(&folder, &["--output-format", "sarif", &outside.to_string_lossy()]);
    assert!(said.contains("\"uri\": \"file:///"), "{said}");
}

#[test]
fn sarif_has_no_null_for_a_rule_without_a_link() {
    let folder = project(&[("a.py", "x = 1  # pygloss: ignore[loop-closure]\n")]);
    let (said, _) = out(&folder, &["--output-format", "sarif"]);
    assert!(said.contains("unused-ignore") && !said.contains("null"), "{said}");
}

#[test]
fn statistics_count_findings_by_rule() {
    let folder = project(&[("a.py", TWO), ("b.py", TWO), ("c.py", WRAPPER)]);
    let (said, code) = out(&folder, &["--statistics"]);
    let expected = "\
2  loop-closure              [ ] Function in a loop that sees the last value only
2  mutable-default-argument  [ ] Mutable default argument
1  decorator-missing-wraps   [*] Decorator without functools.wraps
Found 5 findings.
[*] 1 fixable with `--fix`.
4 with a fix to look over in the editor.
";
    assert_eq!((said.as_str(), code), (expected, 1));
    let (said, _) = out(&folder, &["--statistics", "--output-format", "json"]);
    let rows: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        (&rows[2]["code"], &rows[2]["fixable"]),
        (&"decorator-missing-wraps".into(), &1.into())
    );
}

#[test]
fn standard_input_goes_by_the_name_it_is_given() {
    let folder = project(&[("in/pygloss.toml", "[per-file-ignores]\n'b.py' = ['loop-closure']\n")]);
    let check = |arguments: &[&str], input: &str| {
        pygloss_reading(folder.path(), &[&["check", "-"], arguments].concat(), input)
    };
    let (said, errors, code) = check(&["--stdin-filename", "in/b.py"], TWO);
    assert_eq!(places(&said), ["in/b.py:4: mutable-default-argument"]);
    assert_eq!((errors.as_str(), code), ("", 1));
    assert_eq!(places(&check(&[], TWO).0), ["-:3: loop-closure", "-:4: mutable-default-argument"]);
    // The text that is fixed goes where the text came from; what is left, elsewhere.
    let both = format!("{WRAPPER}{TWO}");
    let (said, errors, code) = check(&["--fix"], &both);
    assert_eq!(said, format!("{WRAPPED}{TWO}"));
    assert!(errors.contains("Fixed 1 finding, 2 left.\n"), "{errors}");
    assert_eq!(code, 1);
    assert_eq!(check(&["--fix"], "x = 1"), ("x = 1".into(), "All checks passed!\n".into(), 0));
}

#[test]
fn fixes_are_written_until_none_is_left() {
    let bom = format!("\u{feff}{WRAPPER}");
    let crlf = WRAPPER.replace('\n', "\r\n");
    let folder =
        project(&[("a.py", WRAPPER), ("bom.py", &bom), ("crlf.py", &crlf), ("two.py", TWO)]);
    let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let (said, errors, code) = pygloss(folder.path(), &["check", "--diff"]);
    assert!(said.contains("--- a.py\n+++ a.py\n@@ -1,4 +1,8 @@\n+import functools\n"), "{said}");
    assert_eq!((errors.as_str(), code), ("Would fix 3 findings in 3 files.\n", 1));
    assert_eq!(text("a.py"), WRAPPER, "nothing is written");
    let (said, code) = out(&folder, &["--fix"]);
    assert_eq!(places(&said), ["two.py:3: loop-closure", "two.py:4: mutable-default-argument"]);
    assert!(said.contains("Fixed 3 findings, 2 left.\n"), "{said}");
    assert_eq!(code, 1);
    assert_eq!(text("a.py"), WRAPPED);
    assert_eq!(text("bom.py"), format!("\u{feff}{WRAPPED}"));
    assert_eq!(text("crlf.py"), WRAPPED.replace('\n', "\r\n"));
    assert_eq!(text("two.py"), TWO, "a fix that changes what the program does is not made");
    assert_eq!(out(&folder, &["--diff"]), (String::new(), 0));
    assert_eq!(out(&folder, &["--fix", "a.py"]), ("All checks passed!\n".into(), 0));
}

#[test]
fn comments_that_silence_nothing_are_found_and_removed() {
    let text = |lambda: &str, comment: &str| {
        format!("fs = []\nfor i in range(3):\n    fs.append({lambda}){comment}\n")
    };
    let comment = "  # pygloss: ignore[loop-closure]";
    let used = text("lambda: i", comment);
    let folder = project(&[("used.py", &used), ("unused.py", &text("lambda i=i: i", comment))]);
    let (said, code) = out(&folder, &[]);
    let expected = "unused.py:3:49: unused-ignore [*] nothing of `loop-closure` is found here that \
                    this comment could silence\n";
    assert!(said.starts_with(expected), "{said}");
    assert_eq!((places(&said).len(), code), (1, 1));
    assert_eq!(out(&folder, &["--fix"]), ("Fixed 1 finding, 0 left.\n".into(), 0));
    let left = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!((left("used.py"), left("unused.py")), (used, text("lambda i=i: i", "")));
}
