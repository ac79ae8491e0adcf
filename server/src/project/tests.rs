use std::fs;
use std::path::PathBuf;

use pygloss_core::analysis::{Foreign, Severity};
use pygloss_core::selection::Verdict;

use super::*;

mod target;
mod words;

struct Folder {
    root: tempfile::TempDir,
    projects: Projects,
}

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self { root, projects: Projects::default() }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.root.path().join(file)
    }

    fn settings(&self, file: &str) -> Settings {
        self.projects.settings(file, Some(&self.path(file)), &Wishes::default())
    }

    fn verdict(&self, file: &str, rule: &str) -> Verdict {
        self.settings(file).selection.resolve(&crate::builtin::library()).of(rule)
    }

    fn minor(&self, file: &str) -> u8 {
        self.settings(file).target.minor
    }

    /// `file:line: message` for each problem, with paths below the folder.
    fn problems(&self) -> Vec<String> {
        let problems = self.projects.problems(&crate::builtin::library());
        let below = |mut problem: Problem| {
            problem.file = problem.file.strip_prefix(self.root.path()).unwrap().to_owned();
            problem.to_string()
        };
        problems.into_iter().map(below).collect()
    }
}

#[test]
fn every_key_is_read_from_either_file() {
    let keys = "select = ['decorators', 'collections']
ignore = ['ruff:B023']
target-version = 'py312'
[HEADseverity]
list-as-queue = 'hint'
decorators = 'off'
[HEADper-file-ignores]
'tests/*' = ['collections']
";
    let own = ("pygloss.toml", &*keys.replace("HEAD", ""));
    let tool = keys.replace("HEAD", "tool.pygloss.");
    let shared = ("pyproject.toml", &*format!("[tool.pygloss]\n{tool}"));
    for file in [own, shared] {
        let folder = Folder::with(&[file]);
        assert_eq!(folder.verdict("a.py", "loop-closure"), Verdict::Off);
        assert_eq!(folder.verdict("a.py", "decorator-missing-wraps"), Verdict::Off);
        assert_eq!(folder.verdict("a.py", "list-as-queue"), Verdict::Weighs(Severity::Hint));
        assert_eq!(folder.verdict("a.py", "dict-grouping"), Verdict::On);
        assert_eq!(folder.verdict("a.py", "sql-insert-loop"), Verdict::Off);
        assert_eq!(folder.verdict("tests/deep/a.py", "dict-grouping"), Verdict::Off);
        assert_eq!(folder.minor("a.py"), 12);
        assert_eq!(folder.problems(), [""; 0]);
    }
}

#[test]
fn the_nearest_file_counts_and_pygloss_toml_comes_first() {
    let folder = Folder::with(&[
        ("pyproject.toml", "[tool.pygloss]\nignore = ['loop-closure']\n"),
        ("a/pyproject.toml", "[project]\nname = 'a'\n[tool.ruff]\n"),
        ("b/pyproject.toml", "[tool.pygloss]\n"),
        ("c/pygloss.toml", "ignore = ['list-as-queue']\n"),
        ("c/pyproject.toml", "[tool.pygloss]\nignore = ['dict-grouping']\n"),
    ]);
    let off = |file: &str| {
        let rules = ["loop-closure", "list-as-queue", "dict-grouping"];
        rules
            .into_iter()
            .filter(|rule| folder.verdict(file, rule) == Verdict::Off)
            .collect::<Vec<_>>()
    };
    let expected: Vec<&str> = vec!["loop-closure"];
    assert_eq!(off("x.py"), expected);
    assert_eq!(off("a/deep/x.py"), expected, "a file that says nothing about pygloss is passed by");
    assert_eq!(off("b/x.py"), [""; 0], "an empty table is a word, too");
    assert_eq!(off("c/x.py"), ["list-as-queue"]);
}

#[test]
fn nothing_is_found_in_what_is_excluded() {
    let file = "select = ['loop-closure']\nexclude = ['gen', 'old/*.py', '*_pb2.py']\n";
    let folder = Folder::with(&[("in/pygloss.toml", file)]);
    let off = |path: &str| folder.verdict(path, "loop-closure") == Verdict::Off;
    for path in ["gen/x.py", "gen/deep/x.py", "a/gen/x.py", "old/x.py", "a/x_pb2.py"] {
        assert!(off(&format!("in/{path}")), "{path}");
    }
    for path in ["x.py", "generated/x.py", "older/x.py", "gen.py"] {
        assert!(!off(&format!("in/{path}")), "{path}");
    }
    let broken = Folder::with(&[("pygloss.toml", "exclude = ['a[', 3, '!b']\n")]);
    assert_eq!(broken.verdict("x.py", "loop-closure"), Verdict::On);
    let problems = broken.problems();
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(
        problems.iter().all(|it| it.starts_with("pygloss.toml:1: `exclude`: ")),
        "{problems:?}"
    );
}

#[test]
fn keys_that_extend_come_on_top() {
    let file = "ignore = ['decorators']
extend-select = ['loop-closure']
extend-ignore = ['list-as-queue']
exclude = ['gen']
extend-exclude = ['old']
[per-file-ignores]
'a.py' = ['loop-closure']
[extend-per-file-ignores]
'b.py' = ['loop-closure']
";
    let folder = Folder::with(&[("pygloss.toml", file)]);
    let off = |path: &str, rule: &str| folder.verdict(path, rule) == Verdict::Off;
    assert!(!off("x.py", "loop-closure") && off("x.py", "cached-method"));
    assert!(off("x.py", "list-as-queue") && !off("x.py", "dict-grouping"));
    for path in ["a.py", "b.py", "gen/x.py", "old/x.py"] {
        assert!(off(path, "loop-closure"), "{path}");
    }
    assert_eq!(folder.problems(), [""; 0]);
    // What is said elsewhere takes the place of one key, and leaves the one that extends it.
    let files = Files {
        folder: folder.path("").components().collect(),
        exclude: Some(vec!["new".parse().unwrap()]),
        per_file_ignores: Some(vec![("c.py".parse().unwrap(), vec!["loop-closure".into()])]),
        ..Files::default()
    };
    let wishes = Wishes { files, ..Wishes::default() };
    let library = crate::builtin::library();
    let is_off = |path: &str| {
        let file = folder.path(path);
        let settings = folder.projects.settings(path, Some(&file), &wishes);
        let off = settings.selection.resolve(&library).of("loop-closure") == Verdict::Off;
        (off, folder.projects.is_excluded(&file, &wishes))
    };
    for (path, expected) in [
        ("new/x.py", (true, true)),
        ("gen/x.py", (false, false)),
        ("old/x.py", (true, true)),
        ("a.py", (false, false)),
        ("b.py", (true, false)),
        ("c.py", (true, false)),
    ] {
        assert_eq!(is_off(path), expected, "{path}");
    }
    let isolated = Wishes { is_isolated: true, ..Wishes::default() };
    assert!(!folder.projects.is_excluded(&folder.path("gen/x.py"), &isolated));
}

#[test]
fn what_counts_as_a_test_and_what_others_comments_do_can_be_said() {
    let folder = Folder::with(&[
        ("pygloss.toml", "test-patterns = ['spec', '*_it.py']\nrespect-foreign-ignores = 'none'\n"),
        ("a/pygloss.toml", "respect-foreign-ignores = 'some'\n"),
    ]);
    let is_test = |path: &str| folder.settings(path).is_test;
    assert!(is_test("spec/x.py") && is_test("b/x_it.py"));
    assert!(!is_test("tests/test_x.py") && is_test("a/tests/x.py"));
    assert_eq!(folder.settings("x.py").foreign, Foreign::None);
    assert_eq!(folder.settings("a/x.py").foreign, Foreign::Aliases);
    let expected =
        "a/pygloss.toml:1: `respect-foreign-ignores` must be \"aliases\", \"all\" or \"none\"";
    assert_eq!(folder.problems(), [expected]);
}

#[test]
fn wrong_values_of_these_keys_are_named_with_their_lines() {
    let file = "extend-select = 'all'
extend-ignore = ['nothing-like-it']
extend-exclude = ['a[', '!b']
extend-per-file-ignores = 3
yield-to = 'flake8'
";
    let folder = Folder::with(&[("pygloss.toml", file)]);
    assert_eq!(folder.verdict("x.py", "loop-closure"), Verdict::On);
    let lines = [
        "1: `extend-select` must be a list of rules, topics and categories",
        "2: there is no rule, topic or category `nothing-like-it`",
        "3: `extend-exclude`: ",
        "3: `extend-exclude`: `!` is not possible here",
        "4: `extend-per-file-ignores` must be a table",
        "5: `yield-to` must be \"auto\", \"none\" or \"ruff\"",
    ];
    let problems = folder.problems();
    assert_eq!(problems.len(), lines.len(), "{problems:#?}");
    for (problem, line) in problems.iter().zip(lines) {
        assert!(problem.starts_with(&format!("pygloss.toml:{line}")), "{problem}\n{line}");
    }
}

#[test]
fn what_is_said_elsewhere_overrides_files() {
    let folder = Folder::with(&[("pygloss.toml", "ignore = ['loop-closure', 'list-as-queue']\n")]);
    let layer = Layer { select: Some(vec!["loop-closure".into()]), ..Layer::default() };
    let wishes = Wishes { layer, ..Wishes::default() };
    let file = folder.path("x.py");
    let settings = folder.projects.settings("x.py", Some(&file), &wishes);
    let library = crate::builtin::library();
    let resolved = settings.selection.resolve(&library);
    assert_eq!(resolved.of("loop-closure"), Verdict::On);
    assert_eq!(resolved.of("list-as-queue"), Verdict::Off);
    assert_eq!(resolved.of("dict-grouping"), Verdict::Off);
}

#[test]
fn patterns_match_paths_below_the_folder_and_names() {
    let file = "[per-file-ignores]
'__init__.py' = ['loop-closure']
'src/{a,b}.py' = ['loop-closure']
'gen/' = ['loop-closure']
'./x?.py' = ['loop-closure']
'!*.py' = ['list-as-queue']
";
    let folder = Folder::with(&[("in/pygloss.toml", file)]);
    let off = |path: &str| folder.verdict(path, "loop-closure") == Verdict::Off;
    for path in ["__init__.py", "deep/__init__.py", "src/a.py", "src/b.py", "gen/x/y.py", "x1.py"] {
        assert!(off(&format!("in/{path}")), "{path}");
    }
    for path in ["init.py", "src/c.py", "other/src/a.py", "generated.py", "x.py", "a/gen.py"] {
        assert!(!off(&format!("in/{path}")), "{path}");
    }
    assert_eq!(folder.verdict("in/a.py", "list-as-queue"), Verdict::On);
    assert_eq!(folder.verdict("in/a.pyw", "list-as-queue"), Verdict::Off);
    assert_eq!(folder.problems(), [""; 0]);
}

#[test]
fn what_cannot_be_used_is_named_with_its_line_and_changes_nothing_else() {
    let file = "[project]
name = 'x'
[tool.pygloss]
selct = ['all']
select = 'all'
ignore = [
  'loop-closure',
  'loop-closur',
]
target-version = 'two'
severity = { all = 'loud', list-as-queue = 'hint', nothing = 'off' }
[tool.pygloss.per-file-ignores]
'a[' = ['all']
'b' = 3
'c' = ['decorator']
";
    let folder = Folder::with(&[("sub/pyproject.toml", file)]);
    assert_eq!(folder.verdict("sub/x.py", "loop-closure"), Verdict::Off);
    assert_eq!(folder.verdict("sub/x.py", "list-as-queue"), Verdict::Weighs(Severity::Hint));
    assert_eq!(folder.verdict("sub/x.py", "dict-grouping"), Verdict::On);
    let problems = folder.problems();
    let lines = [
        ("4: there is no key `selct`"),
        ("5: `select` must be a list of rules, topics and categories"),
        ("8: there is no rule, topic or category `loop-closur`; did you mean `loop-closure`?"),
        ("10: `target-version`: `two` is not a Python 3 version such as `3.11`"),
        ("11: `severity.all` must be \"error\", \"warning\""),
        ("11: there is no rule, topic or category `nothing`"),
        ("13: `per-file-ignores.\"a[\"`: "),
        ("14: `per-file-ignores.\"b\"` must be a list of rules, topics and categories"),
        ("15: there is no rule, topic or category `decorator`; did you mean `decorators`?"),
    ];
    assert_eq!(problems.len(), lines.len(), "{problems:#?}");
    for (problem, line) in problems.iter().zip(lines) {
        assert!(problem.starts_with(&format!("sub/pyproject.toml:{line}")), "{problem}\n{line}");
    }
    assert_eq!(folder.problems(), [""; 0], "each is said once");
}

#[test]
fn broken_files_say_nothing() {
    let folder = Folder::with(&[
        ("pygloss.toml", "ignore = ['loop-closure']\n"),
        ("a/pygloss.toml", "ignore = [\n\n'loop-closure'\n\nx\n"),
        ("b/pyproject.toml", "[tool.pygloss]\nignore = \n"),
        ("c/pyproject.toml", "[tool]\npygloss = 3\n"),
    ]);
    fs::create_dir_all(folder.path("d/pyproject.toml")).unwrap();
    fs::write(folder.path("bytes"), b"\xff").unwrap();
    fs::create_dir_all(folder.path("e")).unwrap();
    fs::rename(folder.path("bytes"), folder.path("e/pygloss.toml")).unwrap();
    let off = |file: &str| folder.verdict(file, "loop-closure") == Verdict::Off;
    let found = ["a/x.py", "b/x.py", "c/x.py", "d/x.py", "e/x.py"].map(off);
    assert_eq!(found, [false, true, false, true, true]);
    let problems = folder.problems();
    let start =
        ["a/pygloss.toml:5: ", "b/pyproject.toml:2: ", "c/pyproject.toml: ", "e/pygloss.toml: "];
    assert_eq!(problems.len(), start.len(), "{problems:#?}");
    for (problem, start) in problems.iter().zip(start) {
        assert!(problem.starts_with(start) && problem.len() > start.len(), "{problem}");
    }
}

#[test]
fn changed_files_are_read_again_when_told() {
    let folder = Folder::with(&[("pygloss.toml", "target-version = '3.11'\n")]);
    assert_eq!(folder.minor("x.py"), 11);
    fs::write(folder.path("pygloss.toml"), "target-version = '3.12'\n").unwrap();
    assert_eq!(folder.minor("x.py"), 11);
    folder.projects.forget();
    assert_eq!(folder.minor("x.py"), 12);
}

#[test]
fn paths_are_whole_without_dots() {
    let whole = whole_path(Path::new("a/../b/./c.py"));
    assert!(whole.is_absolute());
    assert!(whole.ends_with("b/c.py") && !whole.to_string_lossy().contains(".."), "{whole:?}");
}
