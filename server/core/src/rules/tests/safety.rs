//! Which fixes are made without being looked at: those that keep what every program does.

use crate::analysis::{self, Settings};
use crate::content::testing::builtin;
use crate::{Document, PythonVersion};

/// Applies all safe fixes.
fn all_fixed(source: &str) -> String {
    let mut document = Document::new(source);
    let settings = Settings { target: PythonVersion::OLDEST, ..Settings::default() };
    for edit in analysis::fix_all(builtin(), &document, &settings).iter().rev() {
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
