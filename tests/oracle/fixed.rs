//! Makes all safe fixes in files.
//!
//! Usage: `oracle fixed MINOR` for Python 3.MINOR, with paths of Python files on standard input, one a
//! line. Writes a line of JSON for each file that changes: its path, its new text, and the rules whose
//! fixes were made.

use std::io::{BufRead, Write};
use std::process::ExitCode;

use pygloss_core::{Document, Library, PythonVersion, Settings, analysis};
use serde_json::json;

use crate::{Outcome, share};

/// A fix may make room for another one.
const ROUNDS: usize = 5;

pub fn main(arguments: &[String]) -> Outcome {
    let minor = arguments.first().and_then(|minor| minor.parse().ok()).expect("a number");
    let target = PythonVersion::py3(minor);
    let paths = std::io::stdin().lock().lines().collect::<Result<Vec<_>, _>>()?;
    share::out(&paths, |library, path| {
        let settings = Settings { target, is_test: is_test(path), ..Settings::default() };
        let Ok(source) = std::fs::read_to_string(path) else { return Ok(()) };
        let (text, rules) = fixed(library, &settings, source.clone());
        if text == source {
            return Ok(());
        }
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", json!({ "path": path, "text": text, "rules": rules }))
    })?;
    Ok(ExitCode::SUCCESS)
}

/// As the server tells tests from other files.
fn is_test(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or_default();
    let is_folder = |folder: &str| matches!(folder, "test" | "tests");
    name.starts_with("test_") || folders.split('/').any(is_folder)
}

fn fixed(library: &Library, settings: &Settings, mut text: String) -> (String, Vec<&'static str>) {
    let mut rules = Vec::new();
    for _ in 0..ROUNDS {
        let all = analysis::fix_all(library, &Document::new(&text), settings);
        if all.edits.is_empty() {
            break;
        }
        for edit in all.edits.iter().rev() {
            text.replace_range(edit.span.range(), &edit.text);
        }
        rules.extend(all.rules);
    }
    (text, rules)
}
