//! Makes every fix that is offered in files, each alone, and looks at what is found after it.
//!
//! Reads paths of Python files from standard input, one a line. Writes a line of JSON for each fix:
//! where it was offered, the file after it, and what is wrong with that: the rule must find one
//! mistake less, so that the fix is not offered again, and no other rule one more. A line without a
//! fix is about a whole file.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use pygloss_core::analysis::{self, Finding, Fix, FixedFinding};
use pygloss_core::{Document, Library, PythonVersion, Settings, Span};
use serde_json::{Value, json};

use crate::{Outcome, share};

/// How many findings there are of each rule.
type Counts = BTreeMap<&'static str, usize>;

pub fn main(_: &[String]) -> Outcome {
    let paths = std::io::stdin().lock().lines().collect::<Result<Vec<_>, _>>()?;
    share::out(&paths, |library, path| {
        let source = std::fs::read_to_string(path)?;
        let looked = catch_unwind(AssertUnwindSafe(|| look(library, path, &source)));
        let lines = looked.unwrap_or_else(|_| vec![json!({"path": path, "faults": ["panics"]})]);
        let mut out = std::io::stdout().lock();
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))
    })?;
    Ok(ExitCode::SUCCESS)
}

/// No file counts as a test, as most rules leave tests alone.
fn settings() -> Settings {
    Settings { target: PythonVersion::py3(10), ..Settings::default() }
}

fn counts(found: &[Finding]) -> Counts {
    let mut counts = Counts::new();
    for finding in found {
        *counts.entry(finding.rule).or_default() += 1;
    }
    counts
}

fn look(library: &Library, path: &str, source: &str) -> Vec<Value> {
    let document = Document::new(source);
    let settings = settings();
    let mut all = analysis::findings(library, &document, &settings);
    let whole = Span::new(0, source.len());
    let found = analysis::fixes(library, &document, &settings, whole);
    let mut sure: Vec<_> = found.iter().map(|fixed| fixed.finding.clone()).collect();
    sure.sort_by_key(|finding| (finding.span, finding.rule));
    all.sort_by_key(|finding| (finding.span, finding.rule));
    let mut faults = Vec::new();
    if all != sure {
        faults.push("the findings with fixes are others");
    }
    let is_told = |finding: &Finding| {
        let edits = analysis::silence(library, &document, &settings, finding);
        analysis::can_silence(library, &document, &settings, finding) == edits.is_some()
    };
    if !all.iter().all(is_told) {
        faults.push("whether a comment can silence is told wrongly");
    }
    let before = counts(&all);
    let mut lines = vec![json!({"path": path, "findings": before, "faults": faults})];
    for FixedFinding { finding, fixes, .. } in &found {
        let line = document.text().line_of(finding.span.start) + 1;
        let start = source[..finding.span.start].rfind('\n').map_or(0, |at| at + 1);
        let column = source[start..finding.span.start].chars().count();
        for fix in fixes {
            let after = applied(source, fix);
            let left = analysis::findings(library, &Document::new(&after), &settings);
            lines.push(json!({
                "path": path, "line": line, "column": column, "rule": finding.rule, "title": fix.title,
                "after": after, "faults": faults_after(&before, &counts(&left), finding.rule),
            }));
        }
    }
    lines
}

fn applied(source: &str, fix: &Fix) -> String {
    let mut after = source.to_owned();
    for edit in fix.edits.iter().rev() {
        after.replace_range(edit.span.range(), &edit.text);
    }
    after
}

/// What is wrong with the findings after a fix of a finding of `rule`.
fn faults_after(before: &Counts, after: &Counts, rule: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (other, count) in after {
        let old = before.get(other).copied().unwrap_or_default();
        if *other == rule && *count >= old {
            faults.push(format!("{rule} finds {count} after it, and found {old} before"));
        } else if *count > old {
            faults.push(format!("{other} finds {count} after it, and found {old} before"));
        }
    }
    faults
}
