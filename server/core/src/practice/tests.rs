use super::*;
use crate::content::testing::add;

const EXERCISE: &str = r#"+++
title = "Sum"
level = "write"
units = []
links = []
hints = ["Add."]
keep = ["helper"]

[[goals]]
id = "sum"
message = "Call `sum`."
in = "total"
must = '''((call function: (identifier) @sum) @target (#resolves? @sum "builtins.sum"))'''

[[goals]]
id = "no-loop"
message = "Without a loop."
in = "total"
must-not = '''(for_statement) @target'''

[[goals]]
id = "default"
message = "Without a shared list."
finds-nothing = ["mutable-default-argument"]
+++
Told later.

```py start
def helper(x):
    return [x, "y"]

def total(numbers=[]):
    for number in numbers:
        numbers.append(number)
```
```py solution
def helper(x):
    return [x, "y"]

def total(numbers=()):
    return sum(numbers)
```
```py passes
def total(numbers=()):
    result = sum(numbers)
    return result
```
```py fails goal=sum
def total(numbers=()):
    return 0
```
"#;

fn library() -> Library {
    let mut library = Library::default();
    let pack = "id = \"p\"\ntitle = \"P\"\nlicence = \"MIT\"\nrequires-python = \">=3.9\"\nconcepts = [\"c\"]\n";
    let rule = include_str!(
        "../../../../content/python-interview-5/robustness/rules/mutable-default-argument.md"
    );
    let rule: String =
        rule.lines()
            .map(|line| {
                if line.starts_with("units") { "units = []\n".into() } else { format!("{line}\n") }
            })
            .collect();
    let files = [
        ("pack.toml", pack),
        ("c/concept.md", "+++\ntitle = \"C\"\nunits = []\nlinks = []\n+++\nText.\n"),
        ("c/rules/mutable-default-argument.md", &rule),
        ("c/exercises/sum.md", EXERCISE),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    add(&mut library, &files).unwrap();
    library
}

/// What is open in `source`: the goal, and the code under it.
fn open(source: &str) -> Vec<(String, String)> {
    let library = library();
    let exercise = &library.packs()[0].concepts[0].exercises[0];
    let document = Document::new(source);
    let found = open_goals(&library, exercise, &document);
    let shown = |open: &OpenGoal<'_>| source[open.span.start..open.span.end].to_owned();
    found.iter().map(|open| (open.id().to_owned(), shown(open))).collect()
}

fn ids(source: &str) -> Vec<String> {
    open(source).into_iter().map(|(id, _)| id).collect()
}

const HELPER: &str = "def helper(x):\n    return [x, 'y']\n\n";

#[test]
fn the_pack_is_well_made() {
    assert_eq!(verify(&library()), []);
}

#[test]
fn open_goals_stand_where_they_are_missed() {
    let source = format!(
        "{HELPER}def total(numbers=[]):\n    for n in numbers:\n        numbers.append(n)\n"
    );
    let expected = [("sum", "total"), ("no-loop", "for n in numbers:"), ("default", "[]")];
    assert_eq!(open(&source), expected.map(|(id, at)| (id.to_owned(), at.to_owned())));
    assert_eq!(open(&format!("{HELPER}def total(n):\n    return sum(n)\n")), []);
}

#[test]
fn nothing_is_there_in_an_emptied_file() {
    for source in ["", "# def total(n): return sum(n)\n", "pass\n", "\"\"\"return sum(n)\"\"\"\n"] {
        assert_eq!(ids(source), ["sum", "no-loop", "keep"], "{source}");
    }
}

#[test]
fn names_count_and_not_words() {
    let own = format!("{HELPER}def sum(n): ...\n\ndef total(n):\n    return sum(n)\n");
    assert_eq!(ids(&own), ["sum"]);
    let two = format!("{HELPER}def total(n):\n    return sum(n)\n\ndef total(n): ...\n");
    assert_eq!(ids(&two), ["sum", "no-loop"], "which of them is meant?");
    let elsewhere = format!("{HELPER}def total(n): ...\n\nprint(sum([]))\n");
    assert_eq!(ids(&elsewhere), ["sum"]);
}

#[test]
fn code_that_never_runs_counts_for_nothing() {
    for body in [
        "if False:\n        sum(n)",
        "if 0:\n        sum(n)",
        "return 1\n    sum(n)",
        "while True:\n        break\n        sum(n)",
        "if True:\n        pass\n    else:\n        sum(n)",
    ] {
        assert_eq!(ids(&format!("{HELPER}def total(n):\n    {body}\n")), ["sum"], "{body}");
    }
    for body in ["if n:\n        return sum(n)", "while 1:\n        return sum(n)"] {
        assert_eq!(ids(&format!("{HELPER}def total(n):\n    {body}\n")), [""; 0], "{body}");
    }
}

#[test]
fn comments_and_settings_hide_nothing() {
    let source = format!(
        "# pygloss: file-ignore[mutable-default-argument]\n# @generated\n{HELPER}\
         def total(n=[]):  # noqa: B006\n    n.append(1)\n    return sum(n)\n"
    );
    assert_eq!(ids(&source), ["default"]);
}

#[test]
fn what_is_to_stay_may_be_written_down_otherwise() {
    let total = "def total(n):\n    return sum(n)\n";
    let same = "def helper( x ):  # The first.\n    return [x, 'y',]\n";
    assert_eq!(ids(&format!("{same}\n{total}")), [""; 0]);
    assert_eq!(ids(&format!("@print\n{same}\n{total}")), [""; 0], "decorators are free");
    let other = same.replace("'y'", "'z'");
    assert_eq!(open(&format!("{other}\n{total}")), [("keep".into(), "helper".into())]);
    assert_eq!(ids(total), ["keep"]);
}

#[test]
fn broken_code_is_told_alone() {
    let source = format!("{HELPER}def total(n):\n    return sum(n\n");
    let found = open(&source);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "syntax");
    assert_eq!(ids(&format!("{HELPER}def total(n:\n    pass\n")), ["syntax"]);
}
