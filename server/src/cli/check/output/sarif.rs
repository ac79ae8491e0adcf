//! [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use pygloss_core::analysis::{Fix, FixedFinding, Severity};
use pygloss_core::markdown::plain_text;
use pygloss_core::{Library, Span};
use serde_json::{Value, json};
use tower_lsp::lsp_types::Url;

use super::super::outcome::Outcome;

pub(super) fn print(
    out: &mut dyn Write,
    library: &Library,
    outcomes: &[Outcome],
) -> io::Result<()> {
    let all =
        || outcomes.iter().flat_map(|outcome| outcome.found.iter().map(move |it| (outcome, it)));
    let ids: BTreeSet<&str> = all().map(|(_, found)| found.finding.rule).collect();
    let ids: Vec<&str> = ids.into_iter().collect();
    let results: Vec<Value> = all().map(|(outcome, found)| result(outcome, found, &ids)).collect();
    let rules: Vec<Value> = ids.iter().map(|id| rule(library, id)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "pygloss",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn rule(library: &Library, id: &str) -> Value {
    let Some(rule) = library.rule(id) else { return json!({ "id": id }) };
    let topic = library.concepts().find(|(_, it)| it.rules.iter().any(|other| other.id == id));
    let mut descriptor = json!({
        "id": id,
        "shortDescription": { "text": plain_text(&rule.title) },
        "help": { "text": library.explain(id).as_deref().map(plain_text) },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": topic.map(|(_, it)| &it.id).into_iter().collect::<Vec<_>>() },
    });
    // The schema knows no `null`.
    if let Some(link) = rule.links.first() {
        descriptor["helpUri"] = json!(link.url);
    }
    descriptor
}

fn result(outcome: &Outcome, found: &FixedFinding, ids: &[&str]) -> Value {
    let finding = &found.finding;
    let artifact = json!({ "uri": uri(&outcome.path) });
    let region = |span: Span| {
        let (line, column) = outcome.place(span.start);
        let (end_line, end_column) = outcome.place(span.end);
        json!({
            "startLine": line, "startColumn": column,
            "endLine": end_line, "endColumn": end_column,
        })
    };
    let place = |span| json!({ "artifactLocation": artifact, "region": region(span) });
    let related = finding.related.iter().map(|related| {
        let message = json!({ "text": *related.message });
        json!({ "physicalLocation": place(related.span), "message": message })
    });
    let fix = |fix: &Fix| {
        let replacements = fix.edits.iter().map(|edit| {
            let inserted = json!({ "text": edit.text });
            json!({ "deletedRegion": region(edit.span), "insertedContent": inserted })
        });
        let replacements: Vec<Value> = replacements.collect();
        let change = json!({ "artifactLocation": artifact, "replacements": replacements });
        json!({ "description": { "text": fix.title }, "artifactChanges": [change] })
    };
    json!({
        "ruleId": finding.rule,
        "ruleIndex": ids.iter().position(|id| *id == finding.rule),
        "level": level(finding.severity),
        "message": { "text": *finding.message },
        "locations": [{ "physicalLocation": place(finding.span) }],
        "relatedLocations": related.collect::<Vec<_>>(),
        "fixes": found.fixes.iter().map(fix).collect::<Vec<_>>(),
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

/// A relative path as a relative reference, which is what code scanning wants; else a file URI.
fn uri(path: &Path) -> String {
    if path.is_absolute() {
        let url = Url::from_file_path(path).map(String::from);
        return url.unwrap_or_else(|()| path.to_string_lossy().into_owned());
    }
    let Ok(mut url) = Url::parse("file:///") else { return String::new() };
    if let Ok(mut segments) = url.path_segments_mut() {
        let names = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
        segments.clear();
        // `..` would be resolved.
        segments.extend(names.map(|name| if name == ".." { "\u{0}".into() } else { name }));
    }
    url.path().trim_start_matches('/').replace("%00", "..")
}
