//! What `pygloss check` is told about rules and files, in the way of other linters.

use std::fs;

use crate::check::{places, project};
use crate::pygloss;

/// A finding of `loop-closure` in line 3 (B023), one of `mutable-default-argument` in line 4 (B006).
const TWO: &str = "fs = []
for i in range(3):
    fs.append(lambda: i)
def add(x, to=[]):
    to.append(x)
";

/// `path rule` for each finding, and the exit code.
fn found(folder: &tempfile::TempDir, arguments: &[&str]) -> (Vec<String>, i32) {
    let (out, errors, code) = pygloss(folder.path(), &[&["check"], arguments].concat());
    assert_eq!(errors, "");
    let short = |line: String| {
        let (path, rest) = line.split_once(':').unwrap();
        format!("{path} {}", rest.split_once(' ').unwrap().1)
    };
    (places(&out).into_iter().map(short).collect(), code)
}

#[test]
fn rules_are_added_to_those_that_are_on() {
    let folder = project(&[
        ("pygloss.toml", "select = ['collections']\nextend-select = ['robustness']\n"),
        ("a.py", TWO),
    ]);
    assert_eq!(found(&folder, &[]).0, ["a.py mutable-default-argument"]);
    let both = ["a.py loop-closure", "a.py mutable-default-argument"];
    assert_eq!(found(&folder, &["--extend-select", "loop-closure"]).0, both);
    let (out, errors, code) = pygloss(folder.path(), &["check", "--extend-select", "B023,none"]);
    let expected = "error: there is no rule, topic or category `none`\n";
    assert_eq!((out.as_str(), errors.as_str(), code), ("", expected, 2));
    let names = ["--select", "B023", "--extend-select", "W0102"];
    assert_eq!(found(&folder, &names).0, both, "names of other linters will do");
    assert_eq!(found(&folder, &["--extend-ignore", "B006"]), (vec![], 0));
}

#[test]
fn files_are_left_out() {
    let folder = project(&[
        ("pygloss.toml", "exclude = ['old']\nextend-exclude = ['gen']\n"),
        ("a.py", TWO),
        ("b/b.py", TWO),
        ("gen/c.py", TWO),
        ("node_modules/x/e.py", TWO),
    ]);
    // It would be an error to read it.
    fs::create_dir(folder.path().join("old")).unwrap();
    fs::write(folder.path().join("old/d.py"), b"x = '\xe9'\n").unwrap();
    let files = |arguments: &[&str]| {
        let (found, _) = found(&folder, &[&["--select", "B023"], arguments].concat());
        found
            .iter()
            .map(|it| it.split(' ').next().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(files(&[]), "a.py b/b.py");
    assert_eq!(files(&["--extend-exclude", "b,x.py"]), "a.py");
    assert_eq!(files(&["--exclude", "a.py,old"]), "b/b.py", "`extend-exclude` still counts");
    assert_eq!(files(&["gen/c.py", "a.py"]), "a.py", "though it is named");
    assert_eq!(files(&["--isolated", "gen"]), "gen/c.py");
    let (out, errors, code) = pygloss(folder.path(), &["check", "old"]);
    assert_eq!((out.as_str(), code), ("All checks passed!\n", 0));
    assert_eq!(errors, "warning: there are no files to check\n");
    let (_, errors, code) = pygloss(folder.path(), &["check", "--exclude", "!a"]);
    assert!(errors.contains("`!` is not possible here"), "{errors}");
    assert_eq!(code, 2);
}

#[test]
fn rules_are_left_out_in_some_files() {
    let folder = project(&[
        ("pygloss.toml", "[per-file-ignores]\n'a.py' = ['B023']\n"),
        ("a.py", TWO),
        ("b/b.py", TWO),
    ]);
    let (a, b) = (
        ["a.py mutable-default-argument"],
        ["b/b.py loop-closure", "b/b.py mutable-default-argument"],
    );
    assert_eq!(found(&folder, &[]).0, [&a[..], &b].concat());
    assert_eq!(
        found(&folder, &["--extend-per-file-ignores", "b/*:decorators,b.py:robustness"]).0,
        a
    );
    let only = found(&folder, &["--per-file-ignores", "b.py:ruff:B023,b.py:B006"]);
    assert_eq!(only.0, ["a.py loop-closure", "a.py mutable-default-argument"]);
    for wrong in ["b.py", "b.py:", ":all", "b.py:no-such-rule", "[:all"] {
        let (out, errors, code) = pygloss(folder.path(), &["check", "--per-file-ignores", wrong]);
        assert_eq!((out.as_str(), code), ("", 2), "{wrong}");
        assert!(errors.starts_with("error: "), "{errors}");
    }
}

#[test]
fn what_git_ignores_is_searched_when_asked_for() {
    let folder = project(&[("a.py", TWO), ("built/b.py", TWO), (".gitignore", "built/\n")]);
    let select = ["--select", "loop-closure"];
    assert_eq!(found(&folder, &select).0.len(), 1);
    assert_eq!(found(&folder, &[&select[..], &["--no-respect-gitignore"]].concat()).0.len(), 2);
}

#[test]
fn a_summary_and_the_exit_code_can_be_done_without() {
    let wrapper = "def log(func):\n    def w(*args, **kwargs):\n        return func(*args, **kwargs)\n    \
                   return w\n@log\ndef g(): ...\n";
    let folder = project(&[("a.py", wrapper)]);
    let (out, errors, code) = pygloss(folder.path(), &["check", "-q"]);
    assert_eq!((out.lines().count(), errors.as_str(), code), (1, "", 1), "{out}");
    let (_, errors, code) = pygloss(folder.path(), &["check", "-q", "--diff"]);
    assert_eq!((errors.as_str(), code), ("", 1));
    let fix = ["check", "--fix", "--exit-non-zero-on-fix", "-q"];
    assert_eq!(pygloss(folder.path(), &fix), (String::new(), String::new(), 1));
    assert_eq!(pygloss(folder.path(), &fix), (String::new(), String::new(), 0));
}

#[test]
fn what_ruff_reports_is_left_to_it_where_one_says_that_it_runs() {
    let ruff =
        "[tool.ruff.lint]\nselect = ['B']\n[tool.ruff.lint.per-file-ignores]\n'b.py' = ['B006']\n";
    let folder = project(&[("pyproject.toml", ruff), ("a.py", TWO), ("b.py", TWO)]);
    assert_eq!(found(&folder, &[]).0.len(), 4, "that it is configured says nothing");
    assert_eq!(found(&folder, &["--yield-to", "auto"]).0.len(), 4);
    let (out, errors, code) = pygloss(folder.path(), &["check", "--yield-to", "ruff"]);
    let summary = "Found 1 finding.\n1 with a fix to look over in the editor.\n\
                   3 findings left to ruff; `--yield-to none` shows them.\n";
    assert_eq!(places(&out), ["b.py:4: mutable-default-argument"]);
    assert!(out.ends_with(summary), "{out}");
    assert_eq!((errors.as_str(), code), ("", 1));
    fs::write(folder.path().join("pygloss.toml"), "yield-to = 'ruff'\n").unwrap();
    assert_eq!(found(&folder, &[]).0.len(), 1);
    assert_eq!(found(&folder, &["--yield-to", "none"]).0.len(), 4);
    assert_eq!(found(&folder, &["--yield-to", "auto"]).0.len(), 4);
    assert_eq!(found(&folder, &["--select", "B006,B023"]).0.len(), 4, "they are named");
    assert_eq!(found(&folder, &["--select", "all"]).0.len(), 1);
    assert_eq!(found(&folder, &["--isolated"]).0.len(), 4);
    let weight = |rule: &str| {
        let (rules, _, _) = pygloss(folder.path(), &["rules"]);
        let line = rules.lines().find(|line| line.trim().starts_with(rule)).unwrap();
        line.trim()[rule.len()..].trim().to_owned()
    };
    assert!(weight("loop-closure").starts_with("left to ruff "));
    assert!(weight("decorator-missing-wraps").starts_with("warning "));
    fs::write(folder.path().join("pygloss.toml"), "yield-to = 'auto'\n").unwrap();
    assert!(weight("loop-closure").starts_with("warning "));
    fs::write(folder.path().join("pyproject.toml"), "").unwrap();
    assert_eq!(found(&folder, &["--yield-to", "ruff", "a.py"]).0.len(), 0, "on unasked");
}

#[test]
fn fixes_are_not_made_for_what_is_left_to_ruff() {
    let union = "from __future__ import annotations\nfrom typing import Optional\nx: Optional[int] = None\n";
    let folder = project(&[("a.py", union), ("ruff.toml", "lint.select = ['UP']\n")]);
    let args = ["check", "--target-version", "3.12", "--diff"];
    let (out, errors, code) =
        pygloss(folder.path(), &[&args[..], &["--yield-to", "ruff"]].concat());
    assert_eq!((out.as_str(), errors.as_str(), code), ("", "", 0));
    let (out, _, code) = pygloss(folder.path(), &args);
    assert!(out.contains("\n+x: int | None = None\n"), "{out}");
    assert_eq!(code, 1);
}

#[test]
fn groups_of_rules_are_selected_by_their_names() {
    let folder = project(&[("a.py", TWO)]);
    let (one, both) =
        (["a.py mutable-default-argument"], ["a.py loop-closure", "a.py mutable-default-argument"]);
    assert_eq!(found(&folder, &["--select", "suspicious"]).0, both);
    assert_eq!(found(&folder, &["--select", "core"]).0, both);
    assert_eq!(found(&folder, &["--select", "core", "--ignore", "decorators"]).0, one);
    assert_eq!(found(&folder, &["--ignore", "suspicious"]), (vec![], 0));
    let (_, errors, code) = pygloss(folder.path(), &["check", "--select", "suspicius"]);
    let expected =
        "error: there is no rule, topic or category `suspicius`; did you mean `suspicious`?\n";
    assert_eq!((errors.as_str(), code), (expected, 2));
    let (out, _, _) = pygloss(folder.path(), &["rule", "loop-closure"]);
    assert!(out.contains("\nCategory: suspicious, of the core\n"), "{out}");
    let (_, errors, code) = pygloss(folder.path(), &["rule", "core"]);
    assert_eq!((errors.as_str(), code), ("error: `core` is no rule but a group of rules\n", 2));
}

#[test]
fn what_is_safe_to_fix_can_be_said() {
    let folder = project(&[("a.py", TWO)]);
    let fix = |more: &[&str]| {
        let (out, errors, code) = pygloss(folder.path(), &[&["check", "--diff"], more].concat());
        (out.contains("\n+    fs.append(lambda i=i: i)\n"), errors, code)
    };
    assert_eq!(fix(&[]), (false, String::new(), 0));
    let would = "Would fix 1 finding in 1 file.\n".to_owned();
    assert_eq!(fix(&["--fix-safety", "loop-closure:safe"]), (true, would.clone(), 1));
    assert_eq!(fix(&["--fix-safety", "ruff:B023:safe"]), (true, would.clone(), 1));
    let file = "[fix-safety]\nloop-closure = 'safe'\n";
    fs::write(folder.path().join("pygloss.toml"), file).unwrap();
    assert_eq!(fix(&[]), (true, would.clone(), 1));
    assert_eq!(fix(&["--fix-safety", "all:review"]), (false, String::new(), 0));
    assert_eq!(fix(&["--isolated"]), (false, String::new(), 0));
    for (wrong, said) in [
        ("core:safe", "`core` is no rule"),
        ("loop-closur:safe", "there is no rule, topic or category `loop-closur`"),
        ("loop-closure", "expected a rule, a colon"),
        ("loop-closure:unsafe", "expected a rule, a colon"),
        (":safe", "expected a rule, a colon"),
    ] {
        let (changed, errors, code) = fix(&["--fix-safety", wrong]);
        assert!(!changed && errors.contains(said), "{errors}");
        assert_eq!(code, 2, "{wrong}");
    }
}

#[test]
fn names_from_elsewhere_come_from_files_of_the_project() {
    let file = "[tool.pygloss]\nblocking-calls = ['shop.query']\ntopics = ['concurrency']\nresources = 'x'\n";
    let text = "from shop import query\nasync def f(x=[]):\n    x.append(query())\n";
    let folder = project(&[("a.py", text)]);
    assert_eq!(found(&folder, &[]).0, ["a.py mutable-default-argument"]);
    fs::write(folder.path().join("pyproject.toml"), file).unwrap();
    let (out, errors, code) = pygloss(folder.path(), &["check", "-q"]);
    assert_eq!(places(&out), ["a.py:3: blocking-io-in-async"]);
    let expected = "warning: pyproject.toml:4: `resources` must be a list of dotted names such as \
                    \"shop.db.connect\"\n";
    assert_eq!((errors.as_str(), code), (expected, 1));
    let (out, _, _) =
        pygloss(folder.path(), &["check", "-q", "--select", "mutable-default-argument"]);
    assert_eq!(places(&out), ["a.py:2: mutable-default-argument"], "it is asked for by its name");
}
