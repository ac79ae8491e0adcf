//! `pygloss rules` and `pygloss rule`.

use std::fs;

use serde_json::Value;

use crate::pygloss;

#[test]
fn rules_are_listed_with_what_they_weigh_here() {
    let folder = tempfile::tempdir().unwrap();
    let weights = || {
        let (said, errors, code) = pygloss(folder.path(), &["rules"]);
        assert_eq!((errors.as_str(), code), ("", 0));
        let rows = said.lines().filter_map(|line| {
            let mut words = line.strip_prefix("  ")?.split_whitespace();
            Some((words.next()?.to_owned(), words.next()?.to_owned()))
        });
        rows.collect::<std::collections::BTreeMap<_, _>>()
    };
    let before = weights();
    assert_eq!(
        (before["loop-closure"].as_str(), before["list-as-queue"].as_str()),
        ("warning", "information")
    );
    let file = "ignore = ['collections']\n[severity]\nloop-closure = 'error'\n[per-file-ignores]\n'*' = ['all']\n";
    fs::write(folder.path().join("pygloss.toml"), file).unwrap();
    let after = weights();
    assert_eq!((after["loop-closure"].as_str(), after["list-as-queue"].as_str()), ("error", "off"));
    assert_eq!(before.len(), after.len());
    let (said, _, _) = pygloss(folder.path(), &["rules", "--output-format", "json"]);
    let all: Vec<Value> = serde_json::from_str(&said).unwrap();
    assert_eq!(all.len(), before.len());
    for rule in &all {
        let name = rule["name"].as_str().unwrap();
        assert_eq!(rule["severity"].as_str(), Some(after[name].as_str()), "{name}");
    }
}

#[test]
fn a_rule_is_told_about_by_any_of_its_names() {
    let folder = tempfile::tempdir().unwrap();
    let (said, errors, code) = pygloss(folder.path(), &["rule", "ruff:B023"]);
    assert_eq!((errors.as_str(), code), ("", 0));
    assert!(said.starts_with("Function in a loop that sees the last value only\n"), "{said}");
    let end = "\nTopic: decorators
Category: suspicious, of the core
Severity here: warning
Fix: Bind … now, as a default value (adds a parameter to …)\n";
    assert!(said.ends_with(end), "{said}");
    let (said, _, _) = pygloss(folder.path(), &["rule", "loop-closure", "--output-format", "json"]);
    let rule: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&rule["name"], &rule["topic"]), (&"loop-closure".into(), &"decorators".into()));
    assert_eq!((&rule["category"], &rule["core"]), (&"suspicious".into(), &true.into()));
    for (name, error) in [
        (
            "loop-closur",
            "there is no rule `loop-closur`; did you mean `loop-closure`?\n`pygloss rules` lists the rules",
        ),
        ("decorators", "`decorators` is no rule but a topic; `pygloss explain` shows its page"),
    ] {
        let expected = (String::new(), format!("error: {error}\n"), 2);
        assert_eq!(pygloss(folder.path(), &["rule", name]), expected);
    }
}
