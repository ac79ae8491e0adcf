//! Names from elsewhere, what fixes are, and which topics are wanted.

use pygloss_core::analysis::{self, Safety};
use pygloss_core::{Document, Span};

use super::*;

const FILE: &str = "topics = ['concurrency', 'python-interview-5/decorators']
blocking-calls = ['shop.db.query', 'shop.Client.fetch']
resources = ['shop.connect']
extend-immutable-calls = ['shop.Money']
extend-decorators = ['shop.traced']
[HEADfix-safety]
all = 'review'
dangling-task = 'safe'
";

/// What is found in the text, as if it stood in `file` of the folder.
fn found(folder: &Folder, file: &str, wishes: &Wishes, text: &str) -> String {
    let settings = folder.projects.settings(file, Some(&folder.path(file)), wishes);
    let library = crate::builtin::library();
    let all = analysis::findings(&library, &Document::new(text), &settings);
    all.iter().map(|it| it.rule).collect::<Vec<_>>().join(" ")
}

const BLOCKS: &str = "from shop.db import query\nasync def f():\n    query()\n";
const OPENS: &str =
    "from shop import connect\ndef f():\n    c = connect()\n    c.send(1)\n    c.close()\n";
const WRONG: &str =
    "from shop import traced\n@traced\nasync def f(): ...\nasync def g():\n    f()\n";

#[test]
fn they_are_read_from_either_file() {
    let tool = format!("[tool.pygloss]\n{}", FILE.replace("HEAD", "tool.pygloss."));
    let folder = Folder::with(&[
        ("a/pygloss.toml", &FILE.replace("HEAD", "")),
        ("b/pyproject.toml", &tool),
        ("c/pygloss.toml", ""),
    ]);
    let wishes = Wishes::default();
    for file in ["a/x.py", "b/x.py"] {
        assert_eq!(found(&folder, file, &wishes, BLOCKS), "blocking-io-in-async");
        assert_eq!(found(&folder, file, &wishes, OPENS), "", "a topic that is not wanted");
        assert_eq!(found(&folder, file, &wishes, WRONG), "coroutine-not-awaited");
        let selection = folder.settings(file).selection;
        let library = crate::builtin::library();
        let resolved = selection.resolve(&library);
        assert_eq!(resolved.safety("dangling-task", Safety::Review), Safety::Safe);
        assert_eq!(resolved.safety("loop-closure", Safety::Safe), Safety::Review);
    }
    for text in [BLOCKS, OPENS, WRONG] {
        assert_eq!(found(&folder, "c/x.py", &wishes, text), "");
    }
    assert_eq!(folder.problems(), [""; 0]);
}

#[test]
fn what_is_said_elsewhere_is_added_but_topics_and_safety_override() {
    let folder = Folder::with(&[("pygloss.toml", &FILE.replace("HEAD", ""))]);
    let mut wishes = Wishes { topics: Some(vec!["context-managers".into()]), ..Wishes::default() };
    assert_eq!(found(&folder, "x.py", &wishes, OPENS), "open-without-with");
    assert_eq!(found(&folder, "x.py", &wishes, BLOCKS), "");
    wishes.topics = None;
    wishes.vocabulary.add(pygloss_core::vocabulary::Word::Blocking, "shop.wait");
    let both = format!("from shop import wait\n{BLOCKS}    wait()\n");
    assert_eq!(found(&folder, "x.py", &wishes, &both), "blocking-io-in-async blocking-io-in-async");
    let only = Wishes { is_isolated: true, ..wishes.clone() };
    assert_eq!(found(&folder, "x.py", &only, &both), "blocking-io-in-async");
    wishes.layer.safety.push(("dangling-task".into(), Safety::Review));
    let file = folder.path("x.py");
    let selection = folder.projects.settings("x.py", Some(&file), &wishes).selection;
    let library = crate::builtin::library();
    assert_eq!(selection.resolve(&library).safety("dangling-task", Safety::Safe), Safety::Review);
}

#[test]
fn what_cannot_be_used_of_them_is_named_with_its_line() {
    let file = "topics = ['concurrency', 'decorator', 'core']
blocking-calls = ['shop.db.query', 'query', 'a b.c', 'x.y()']
resources = 'shop.connect'
extend-immutable-calls = [3]
extend-decorators = { a = 1 }
[fix-safety]
all = 'safe'
decorators = 'safe'
loop-closure = 'unsafe'
loop-closur = 'review'
nothing-like-it = 'safe'
B023 = 'safe'
core = 'review'
";
    let folder = Folder::with(&[("pygloss.toml", file)]);
    let wishes = Wishes::default();
    assert_eq!(
        found(&folder, "x.py", &wishes, BLOCKS),
        "blocking-io-in-async",
        "what is right holds"
    );
    let said = "is no rule; fixes are safe only by the name of their rule";
    let lines = [
        "1: there is no topic `decorator`; did you mean `decorators`?".to_owned(),
        "1: there is no topic `core`".to_owned(),
        "2: `blocking-calls`: `query` is no dotted name such as `shop.db.connect`".to_owned(),
        "2: `blocking-calls`: `a b.c` is no".to_owned(),
        "2: `blocking-calls`: `x.y()` is no".to_owned(),
        "3: `resources` must be a list of dotted names such as \"shop.db.connect\"".to_owned(),
        "4: `extend-immutable-calls` must be a list of dotted names".to_owned(),
        "5: `extend-decorators` must be a list of dotted names".to_owned(),
        format!("7: `all` {said}"),
        format!("8: `decorators` {said}"),
        "9: `fix-safety.loop-closure` must be \"safe\" or \"review\"".to_owned(),
        "10: there is no rule, topic or category `loop-closur`; did you mean `loop-closure`?"
            .to_owned(),
        "11: there is no rule, topic or category `nothing-like-it`".to_owned(),
    ];
    let problems = folder.problems();
    assert_eq!(problems.len(), lines.len(), "{problems:#?}");
    for line in &lines {
        let whole = format!("pygloss.toml:{line}");
        assert!(problems.iter().any(|it| it.starts_with(&whole)), "{line}\n{problems:#?}");
    }
    let wrong = Folder::with(&[("pygloss.toml", "topics = 'all'\nfix-safety = 'safe'\n")]);
    wrong.settings("x.py");
    let expected = ["1: `topics` must be a list of topics", "2: `fix-safety` must be a table"];
    assert_eq!(wrong.problems(), expected.map(|it| format!("pygloss.toml:{it}")));
    assert_eq!(wrong.settings("x.py").selection.topics, None);
}

#[test]
fn many_and_long_names_are_only_names() {
    let name = format!("a.{}", "b".repeat(100_000));
    let many: Vec<String> = (0..10_000).map(|number| format!("'shop.f{number}'")).collect();
    let file = format!("blocking-calls = ['{name}', {}]\n", many.join(", "));
    let folder = Folder::with(&[("pygloss.toml", &file)]);
    let text = "from shop import f9999\nasync def f():\n    f9999()\n";
    assert_eq!(found(&folder, "x.py", &Wishes::default(), text), "blocking-io-in-async");
    assert_eq!(folder.problems(), [""; 0]);
}

#[test]
fn a_fix_that_is_said_to_be_safe_is_made_with_the_others_and_one_that_is_not_is_not() {
    let text = "fs = []\nfor i in range(3):\n    fs.append(lambda: i)\n\
                def log(func):\n    def wrapper(*args, **kwargs):\n        \
                return func(*args, **kwargs)\n    return wrapper\n@log\ndef g(): ...\n";
    let file = "[fix-safety]\nloop-closure = 'safe'\ndecorator-missing-wraps = 'review'\n";
    let folder = Folder::with(&[("a/pygloss.toml", file), ("b/pygloss.toml", "")]);
    let library = crate::builtin::library();
    let document = Document::new(text);
    let fixed = |file: &str| {
        let settings = folder.settings(file);
        assert!(analysis::is_fixable(&library, &document, &settings));
        let all = analysis::fixes(&library, &document, &settings, Span::new(0, text.len()));
        assert!(all.iter().all(|it| !it.fixes.is_empty()), "both are offered all the same");
        analysis::fix_all(&library, &document, &settings).rules
    };
    assert_eq!(fixed("a/x.py"), ["loop-closure"]);
    assert_eq!(fixed("b/x.py"), ["decorator-missing-wraps"]);
}
