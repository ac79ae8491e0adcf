//! Diagnostics: asked for by clients that can, else sent in pauses of the input; never both.

use std::collections::HashMap;
use std::sync::Arc;

use pygloss_core::analysis::{Finding, Severity};
use pygloss_core::content::{Rule, Tag};
use pygloss_core::text::Text;
use pygloss_core::{Library, Span};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::notification::PublishDiagnostics;
use tower_lsp::lsp_types::request::WorkspaceDiagnosticRefresh;
use tower_lsp::lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport, Location,
    NumberOrString, PublishDiagnosticsParams, Range, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Url,
};

use crate::analysed::Asked;
use crate::capabilities::ClientCaps;
use crate::convert::Places;
use crate::documents::{Age, OpenDocument, Report, Shown};
use crate::world::World;
use crate::{practice, quiz};

/// Most findings that are shown for one document; the last place then says how many are left out.
const MAX_ITEMS: usize = 1000;

/// `textDocument/diagnostic`, its result as JSON.
pub fn pull(world: &mut World, params: DocumentDiagnosticParams) -> Result<String> {
    let uri = &params.text_document.uri;
    refresh_report(world, uri);
    let report = world.documents.get(uri).map(|open| &open.report);
    let report = match report {
        Some(report) if params.previous_result_id == Some(result_id(report)) => {
            let unchanged = UnchangedDocumentDiagnosticReport { result_id: result_id(report) };
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: unchanged,
            })
        }
        report => {
            let items =
                report.map(|report| to_diagnostics(&world.client, &world.library, uri, report));
            let full = FullDocumentDiagnosticReport {
                result_id: report.map(result_id),
                items: items.unwrap_or_default(),
            };
            DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: full,
            })
        }
    };
    serde_json::to_string(&report).map_err(|_| Error::internal_error())
}

/// A client may still hold the ids of a server that it has restarted.
fn result_id(report: &Report) -> String {
    format!("{}-{}", std::process::id(), report.id)
}

/// Sends the diagnostics of the newest text of `uri`.
pub fn publish(world: &mut World, uri: &Url) {
    refresh_report(world, uri);
    let Some(document) = world.documents.get(uri) else { return };
    let items = to_diagnostics(&world.client, &world.library, uri, &document.report);
    let params = PublishDiagnosticsParams::new(uri.clone(), items, Some(document.version));
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

/// Makes the report of `uri` one of its text as it is now, if it is open.
fn refresh_report(world: &mut World, uri: &Url) {
    quiz::hide(world);
    let is_old = |open: &OpenDocument| open.report_age != Age::Current || open.rests_on_others();
    if !world.documents.get(uri).is_some_and(is_old) {
        return;
    }
    if quiz::is_worksheet(world, uri) {
        return refresh_worksheet(world, uri);
    }
    let hidden = quiz::hidden(world, uri);
    let World { client, documents, library, last_report, workspace, imported, .. } = world;
    let Some(open) = documents.get_mut(uri) else { return };
    let exercise = open.exercise.as_ref().and_then(|work| library.exercise(&work.id));
    let is_whole = exercise.is_none() && hidden.is_nothing();
    if is_whole && open.report_age == Age::Typed {
        open.prepare(library);
        // What stands elsewhere has not moved for the client.
        if open.report.revision.is_some() && open.report.revision == open.revision(library) {
            open.rest();
            open.report_age = Age::Current;
            return;
        }
    }
    let findings = match exercise {
        // What is wrong with it, and the fixes for that, would be the solution.
        Some(found) => {
            open.document().map(|document| practice::findings(library, found.exercise, document))
        }
        None => {
            open.prepare(library);
            let asked = Asked::of(documents, workspace, imported, uri);
            asked.map(|asked| asked.findings(library))
        }
    };
    let revision = documents.get(uri).filter(|_| is_whole).and_then(|open| open.revision(library));
    let passes = exercise.and(findings.as_ref()).map(Vec::is_empty);
    let mut findings = findings.unwrap_or_default();
    let Some(open) = documents.get_mut(uri) else { return };
    findings.retain(|finding| {
        !hidden.covers(open.text(), finding.span) && !hidden.is_named_in(&finding.message)
    });
    let (text, places) = open.text_and_places();
    let (shown, more) = show(client, text, places, &findings);
    // Equal bytes are not enough: columns may differ in UTF-16.
    if open.report.id == 0 || open.report.shown != shown || open.report.more != more {
        *last_report += 1;
        open.report = Report { id: *last_report, shown, more, revision };
    }
    open.report.revision = revision;
    open.report_age = Age::Current;
    if let Some(passes) = passes {
        practice::looked_at(world, uri, passes);
    }
}

/// [`refresh_report`] of a document whose code is not looked at.
fn refresh_worksheet(world: &mut World, uri: &Url) {
    let notes = quiz::worksheet_notes(world, uri);
    let World { client, documents, last_report, .. } = world;
    let Some(open) = documents.get_mut(uri) else { return };
    let shown = notes.into_iter().take(MAX_ITEMS).map(|note| Shown {
        rule: "worksheet",
        severity: note.severity,
        range: client.encoding.range(open.text(), note.span),
        message: note.message.into(),
        related: Vec::new(),
    });
    let shown: Vec<Shown> = shown.collect();
    if open.report.id == 0 || open.report.shown != shown || open.report.more.is_some() {
        *last_report += 1;
        open.report = Report { id: *last_report, shown, ..Report::default() };
    }
    open.report.revision = None;
    open.report_age = Age::Current;
}

/// The findings that are shown, and what is left out.
fn show(
    client: &ClientCaps,
    text: &Text,
    places: &mut Places,
    findings: &[Finding],
) -> (Vec<Shown>, Option<(usize, Range)>) {
    let count = if findings.len() > MAX_ITEMS { MAX_ITEMS - 1 } else { findings.len() };
    let mut range = |span| places.range(client.encoding, text, span);
    let shown = findings[..count].iter().map(|finding| shown(client, &mut range, finding));
    let shown = shown.collect();
    let more = findings.get(count).map(|next| (findings.len() - count, range(next.span)));
    places.keep_asked();
    (shown, more)
}

fn shown(client: &ClientCaps, range: &mut impl FnMut(Span) -> Range, finding: &Finding) -> Shown {
    let related = finding.related.iter().filter(|_| client.related_information);
    Shown {
        rule: finding.rule,
        severity: finding.severity,
        range: range(finding.span),
        message: Arc::clone(&finding.message),
        related: related.map(|it| (range(it.span), Arc::clone(&it.message))).collect(),
    }
}

fn to_diagnostics(
    client: &ClientCaps,
    library: &Library,
    uri: &Url,
    report: &Report,
) -> Vec<Diagnostic> {
    let mut pages = Pages::new(client, library);
    let shown = report.shown.iter().map(|shown| diagnostic(&mut pages, uri, shown));
    let more = report.more.map(|(count, range)| Diagnostic {
        range,
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some("pygloss".into()),
        message: format!("{count} more findings from here on"),
        ..Diagnostic::default()
    });
    shown.chain(more).collect()
}

/// What the pages of rules say that goes with their diagnostics, as far as the client can show it. A
/// page is looked up once for all findings of its rule.
pub struct Pages<'a> {
    client: &'a ClientCaps,
    library: &'a Library,
    read: HashMap<String, About>,
}

#[derive(Default)]
struct About {
    /// Its primary source.
    link: Option<CodeDescription>,
    tags: Option<Vec<DiagnosticTag>>,
}

impl<'a> Pages<'a> {
    /// Nothing is looked up yet.
    pub fn new(client: &'a ClientCaps, library: &'a Library) -> Self {
        Self { client, library, read: HashMap::new() }
    }

    fn of(&mut self, rule: &str) -> &About {
        if !self.read.contains_key(rule) {
            let about = self.library.rule(rule).map(|rule| self.about(rule));
            self.read.insert(rule.to_owned(), about.unwrap_or_default());
        }
        &self.read[rule]
    }

    fn about(&self, rule: &Rule) -> About {
        let link = rule.links.first().filter(|_| self.client.code_description);
        let href = link.and_then(|link| Url::parse(&link.url).ok());
        let tag = match rule.tag {
            Some(Tag::Unnecessary) if self.client.tag_unnecessary => {
                Some(DiagnosticTag::UNNECESSARY)
            }
            Some(Tag::Deprecated) if self.client.tag_deprecated => Some(DiagnosticTag::DEPRECATED),
            _ => None,
        };
        About { link: href.map(|href| CodeDescription { href }), tags: tag.map(|tag| vec![tag]) }
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
    let mut range = |span| client.encoding.range(text, span);
    diagnostic(pages, uri, &shown(client, &mut range, finding))
}

fn diagnostic(pages: &mut Pages<'_>, uri: &Url, shown: &Shown) -> Diagnostic {
    let related = shown.related.iter().map(|(range, message)| DiagnosticRelatedInformation {
        location: Location::new(uri.clone(), *range),
        message: message.to_string(),
    });
    let about = pages.of(shown.rule);
    Diagnostic {
        range: shown.range,
        severity: Some(match shown.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Information => DiagnosticSeverity::INFORMATION,
            Severity::Hint => DiagnosticSeverity::HINT,
        }),
        code: Some(NumberOrString::String(shown.rule.to_owned())),
        code_description: about.link.clone(),
        tags: about.tags.clone(),
        source: Some("pygloss".into()),
        message: shown.message.to_string(),
        related_information: (!shown.related.is_empty()).then(|| related.collect()),
        ..Diagnostic::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pygloss_core::analysis::Related;
    use serde_json::json;

    fn finding(at: usize) -> Finding {
        Finding {
            rule: "loop-closure",
            severity: Severity::Warning,
            span: Span::new(at, at + 1),
            message: "`x` is late".into(),
            related: vec![Related { span: Span::new(0, 2), message: "bound here".into() }],
        }
    }

    fn url() -> Url {
        Url::parse("untitled:1").unwrap()
    }

    #[test]
    fn a_finding_in_the_clients_terms() {
        let text = Text::new("é\n😀x");
        let client = ClientCaps { related_information: true, ..ClientCaps::default() };
        let library = Library::default();
        let mut pages = Pages::new(&client, &library);
        let diagnostic = to_diagnostic(&client, &mut pages, &text, &url(), &finding(7));
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
        let client = ClientCaps::default();
        let plain = to_diagnostic(&client, &mut pages, &text, &url(), &finding(7));
        assert_eq!(plain.related_information, None);
    }

    #[test]
    fn at_most_a_thousand_and_the_last_says_how_many_more() {
        let text = Text::new(&"x".repeat(2000));
        let findings: Vec<Finding> = (0..1500).map(finding).collect();
        let client = ClientCaps::default();
        let shown = |count| {
            let (shown, more) = show(&client, &text, &mut Places::default(), &findings[..count]);
            let report = Report { id: 1, shown, more, revision: None };
            to_diagnostics(&client, &Library::default(), &url(), &report)
        };
        assert_eq!(shown(1000).len(), 1000);
        assert_eq!(shown(1000)[999].message, "`x` is late");
        assert_eq!(shown(1500).len(), 1000);
        assert_eq!(shown(1500)[999].message, "501 more findings from here on");
    }
}
