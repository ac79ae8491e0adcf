//! One array of findings.

use std::io::{self, Write};

use pygloss_core::analysis::{FixedFinding, Safety};
use pygloss_core::{Library, Span};
use serde_json::{Value, json};

use super::super::outcome::Outcome;
use crate::settings::severity;

pub(super) fn print(
    out: &mut dyn Write,
    library: &Library,
    outcomes: &[Outcome],
) -> io::Result<()> {
    let all = outcomes.iter().flat_map(|outcome| {
        outcome.found.iter().map(move |found| finding(library, outcome, found))
    });
    serde_json::to_writer_pretty(&mut *out, &Value::Array(all.collect()))?;
    writeln!(out)
}

fn finding(library: &Library, outcome: &Outcome, found: &FixedFinding) -> Value {
    let finding = &found.finding;
    let range = |span: Span| {
        let place = |offset| {
            let (row, column) = outcome.place(offset);
            json!({ "row": row, "column": column })
        };
        (place(span.start), place(span.end))
    };
    let (location, end_location) = range(finding.span);
    let related = finding.related.iter().map(|related| {
        let (location, end_location) = range(related.span);
        json!({ "message": *related.message, "location": location, "end_location": end_location })
    });
    let fixes = found.fixes.iter().map(|fix| {
        let edits = fix.edits.iter().map(|edit| {
            let (location, end_location) = range(edit.span);
            json!({ "content": edit.text, "location": location, "end_location": end_location })
        });
        let applicability = match fix.safety {
            Safety::Safe => "safe",
            Safety::Review => "review",
        };
        let edits: Vec<Value> = edits.collect();
        json!({ "applicability": applicability, "message": fix.title, "edits": edits })
    });
    let link = library.rule(finding.rule).and_then(|rule| rule.links.first());
    json!({
        "filename": outcome.path.to_string_lossy(),
        "code": finding.rule,
        "severity": severity::name(finding.severity),
        "message": *finding.message,
        "location": location,
        "end_location": end_location,
        "related": related.collect::<Vec<_>>(),
        "fixes": fixes.collect::<Vec<_>>(),
        "url": link.map(|link| &link.url),
    })
}
