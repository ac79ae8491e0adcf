//! Diagnostics: asked for by clients that can, else sent in pauses of the input; never both.

use std::collections::HashMap;

use pygloss_core::Library;
use pygloss_core::analysis::{self, Finding, Severity};
use pygloss_core::text::Text;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::notification::PublishDiagnostics;
use tower_lsp::lsp_types::request::WorkspaceDiagnosticRefresh;
use tower_lsp::lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, Location, NumberOrString, PublishDiagnosticsParams,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, Url,
};

use crate::capabilities::ClientCaps;
use crate::documents::Report;
use crate::world::World;

/// Most findings that are shown for one document; the last place then says how many are left out.
const MAX_ITEMS: usize = 1000;

/// `textDocument/diagnostic`.
pub fn pull(
    world: &mut World,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult> {
    let report = report(world, &params.text_document.uri);
    let report = match report {
        Some(report) if params.previous_result_id == Some(result_id(report)) => {
            let unchanged = UnchangedDocumentDiagnosticReport { result_id: result_id(report) };
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: unchanged,
            })
        }
        report => {
            let full = FullDocumentDiagnosticReport {
                result_id: report.map(result_id),
                items: report.map(|report| report.items.clone()).unwrap_or_default(),
            };
            DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: full,
            })
        }
    };
    Ok(DocumentDiagnosticReportResult::Report(report))
}

/// A client may still hold the ids of a server that it has restarted.
fn result_id(report: &Report) -> String {
    format!("{}-{}", std::process::id(), report.id)
}

/// Sends the diagnostics of the newest text of `uri`.
pub fn publish(world: &mut World, uri: &Url) {
    let Some(items) = report(world, uri).map(|report| report.items.clone()) else { return };
    let version = world.documents.get(uri).map(|document| document.version);
    let params = PublishDiagnosticsParams::new(uri.clone(), items, version);
    world.asks.notify::<PublishDiagnostics>(params);
}

/// Takes what was sent for a closed document back.
pub fn clear(world: &mut World, uri: Url) {
    if !world.client.pull_diagnostics {
        let params = PublishDiagnosticsParams::new(uri, Vec::new(), None);
        world.asks.notify::<PublishDiagnostics>(params);
    }
}

/// Has a client that asks for diagnostics ask again.
pub fn refresh(world: &mut World) {
    if world.client.pull_diagnostics && world.client.refresh_diagnostics {
        world.asks.ask::<WorkspaceDiagnosticRefresh>((), |_, _| {});
    }
}

/// The diagnostics of `uri` as they are now, or nothing when it is not open.
fn report<'a>(world: &'a mut World, uri: &Url) -> Option<&'a Report> {
    let World { client, documents, library, last_report, .. } = world;
    let open = documents.get_mut(uri)?;
    if !open.report_is_current {
        open.prepare(library);
        let items = match open.analysed() {
            Some((document, settings)) => {
                let findings = analysis::findings(library, document, settings);
                to_diagnostics(client, library, document.text(), uri, &findings)
            }
            None => Vec::new(),
        };
        // Equal bytes are not enough: columns may differ in UTF-16.
        if open.report.id == 0 || open.report.items != items {
            *last_report += 1;
            open.report = Report { id: *last_report, items };
        }
        open.report_is_current = true;
    }
    Some(&open.report)
}

fn to_diagnostics(
    client: &ClientCaps,
    library: &Library,
    text: &Text,
    uri: &Url,
    findings: &[Finding],
) -> Vec<Diagnostic> {
    let shown = if findings.len() > MAX_ITEMS { MAX_ITEMS - 1 } else { findings.len() };
    let mut pages = Pages::new(client, library);
    let mut items: Vec<Diagnostic> = findings[..shown]
        .iter()
        .map(|finding| to_diagnostic(client, &mut pages, text, uri, finding))
        .collect();
    if let Some(next) = findings.get(shown) {
        items.push(Diagnostic {
            range: client.encoding.range(text, next.span),
            severity: Some(DiagnosticSeverity::INFORMATION),
            source: Some("pygloss".into()),
            message: format!("{} more findings from here on", findings.len() - shown),
            ..Diagnostic::default()
        });
    }
    items
}

/// The primary sources of rules, for clients that show a link with a diagnostic. A URL is read once
/// for all findings of its rule.
pub struct Pages<'a> {
    library: Option<&'a Library>,
    read: HashMap<String, Option<CodeDescription>>,
}

impl<'a> Pages<'a> {
    /// No URL is read yet.
    pub fn new(client: &ClientCaps, library: &'a Library) -> Self {
        Self { library: client.code_description.then_some(library), read: HashMap::new() }
    }

    fn of(&mut self, rule: &str) -> Option<CodeDescription> {
        let library = self.library?;
        if let Some(page) = self.read.get(rule) {
            return page.clone();
        }
        let link = library.rule(rule).and_then(|rule| rule.links.first());
        let href = link.and_then(|link| Url::parse(&link.url).ok());
        let page = href.map(|href| CodeDescription { href });
        self.read.insert(rule.to_owned(), page.clone());
        page
    }
}

/// `finding` as the client can show it.
pub fn to_diagnostic(
    client: &ClientCaps,
    pages: &mut Pages<'_>,
    text: &Text,
    uri: &Url,
    finding: &Finding,
) -> Diagnostic {
    let related = client.related_information.then(|| {
        let place = |span| Location::new(uri.clone(), client.encoding.range(text, span));
        let related = finding.related.iter().map(|related| DiagnosticRelatedInformation {
            location: place(related.span),
            message: related.message.clone(),
        });
        related.collect::<Vec<_>>()
    });
    Diagnostic {
        range: client.encoding.range(text, finding.span),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Information => DiagnosticSeverity::INFORMATION,
            Severity::Hint => DiagnosticSeverity::HINT,
        }),
        code: Some(NumberOrString::String(finding.rule.clone())),
        code_description: pages.of(&finding.rule),
        source: Some("pygloss".into()),
        message: finding.message.clone(),
        related_information: related.filter(|related| !related.is_empty()),
        ..Diagnostic::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pygloss_core::Span;
    use pygloss_core::analysis::Related;
    use serde_json::json;

    fn finding(at: usize) -> Finding {
        Finding {
            rule: "loop-closure".into(),
            severity: Severity::Warning,
            span: Span::new(at, at + 1),
            message: "`x` is late".into(),
            related: vec![Related { span: Span::new(0, 2), message: "bound here".into() }],
            fixable: false,
        }
    }

    fn no_pages() -> Pages<'static> {
        Pages { library: None, read: HashMap::new() }
    }

    fn url() -> Url {
        Url::parse("untitled:1").unwrap()
    }

    #[test]
    fn a_finding_in_the_clients_terms() {
        let text = Text::new("é\n😀x");
        let client = ClientCaps { related_information: true, ..ClientCaps::default() };
        let diagnostic = to_diagnostic(&client, &mut no_pages(), &text, &url(), &finding(7));
        let expected = json!({
            "range": {"start": {"line": 1, "character": 2}, "end": {"line": 1, "character": 3}},
            "severity": 2,
            "code": "loop-closure",
            "source": "pygloss",
            "message": "`x` is late",
            "relatedInformation": [{
                "location": {"uri": "untitled:1", "range": {
                    "start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1},
                }},
                "message": "bound here",
            }],
        });
        assert_eq!(serde_json::to_value(diagnostic).unwrap(), expected);
        let plain =
            to_diagnostic(&ClientCaps::default(), &mut no_pages(), &text, &url(), &finding(7));
        assert_eq!(plain.related_information, None);
    }

    #[test]
    fn at_most_a_thousand_and_the_last_says_how_many_more() {
        let text = Text::new(&"x".repeat(2000));
        let findings: Vec<Finding> = (0..1500).map(finding).collect();
        let shown = |count| {
            to_diagnostics(
                &ClientCaps::default(),
                &Library::default(),
                &text,
                &url(),
                &findings[..count],
            )
        };
        assert_eq!(shown(1000).len(), 1000);
        assert_eq!(shown(1000)[999].message, "`x` is late");
        assert_eq!(shown(1500).len(), 1000);
        assert_eq!(shown(1500)[999].message, "501 more findings from here on");
    }
}
