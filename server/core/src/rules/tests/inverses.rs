//! Which fixes can be undone for a question, and why the others cannot.

use std::collections::BTreeMap;

use crate::rules::{RULES, inverse};

/// Why no question shows a copy with the mistake of a rule that has a fix.
#[derive(Debug, PartialEq)]
enum Why {
    /// The code works, and reads better or costs less after the fix: no line of a copy is wrong.
    Advice,
    /// A linter reports it by its usual rules, and would tell the answer.
    Reported(&'static str),
    /// The fix changes more than one function, or what stands in none; a copy shows one.
    Outside,
    /// Where the fix can be made, another rule finds a mistake both before and after.
    Crowded,
    /// What it removes is no code.
    Comment,
}

use Why::{Advice, Comment, Crowded, Outside, Reported};

/// The codes are those of ruff.
const NONE: &[(&str, Why)] = &[
    ("abstract-without-abc", Outside),
    ("bare-generic", Advice),
    ("blocking-http-in-async", Reported("ASYNC210")),
    ("blocking-sleep-in-async", Reported("ASYNC251")),
    ("class-to-dataclass", Advice),
    ("close-in-finally", Advice),
    ("closure-missing-nonlocal", Reported("F823")),
    ("context-manager-incomplete", Outside),
    ("dangling-task", Outside),
    ("dataclass-mutable-default", Outside),
    ("dict-grouping", Advice),
    ("exit-leaks-resource", Outside),
    ("exit-signature", Reported("PYI036")),
    ("future-annotations-needed", Outside),
    ("gather-unbounded", Advice),
    ("list-builder-to-generator", Advice),
    ("list-comp-in-reducer", Advice),
    ("loop-closure", Reported("B023")),
    ("manual-count", Advice),
    ("metaclass-for-hooks", Advice),
    ("metaclass-for-registry", Advice),
    ("missing-main-guard", Outside),
    ("mutable-default-argument", Reported("B006")),
    ("open-without-with", Reported("SIM115")),
    ("pep585-generics", Advice),
    ("pep604-union", Advice),
    ("pip-in-code", Advice),
    ("print-in-except", Advice),
    ("raise-without-from", Reported("B904")),
    ("redundant-union", Advice),
    ("sequential-await", Advice),
    ("single-pass-list", Advice),
    ("sql-insert-loop", Advice),
    // `open-without-with`: the connection is not closed after an exception.
    ("sqlite-no-commit", Crowded),
    ("stopiteration-in-generator", Reported("PLR1708")),
    ("swallowed-exception", Reported("BLE001")),
    ("typing-name-unimported", Reported("F821")),
    ("unlocked-shared-state", Outside),
    ("unused-ignore", Comment),
];

#[test]
fn each_fix_can_be_undone_or_says_why_not() {
    let mut left: BTreeMap<&str, &Why> = NONE.iter().map(|(rule, why)| (*rule, why)).collect();
    assert_eq!(left.len(), NONE.len(), "a rule stands twice");
    for rule in RULES.iter().filter(|rule| !rule.fixes.is_empty()) {
        let why = left.remove(rule.id);
        assert_eq!(inverse(rule.id).is_some(), why.is_none(), "{}: {why:?}", rule.id);
    }
    assert!(left.is_empty(), "these have no fix: {left:?}");
}

/// What is reported is known to be: the page names the rule of the linter.
#[test]
fn what_a_linter_reports_is_an_alias() {
    let reported = NONE.iter().filter_map(|(rule, why)| match why {
        Reported(code) => Some((*rule, *code)),
        _ => None,
    });
    for (rule, code) in reported {
        let page = crate::content::testing::builtin().rule(rule).unwrap();
        let alias = format!("ruff:{code}");
        assert!(page.aliases.contains(&alias), "{rule}: {code} is none of {:?}", page.aliases);
    }
}
