//! Hover snapshots: the source line with the marked range, and the card.

use expect_test::Expect;

use crate::analysis::Hover;
use crate::content::testing::builtin;
use crate::modules::testing::Workspace;
use crate::modules::{Files, Site};
use crate::{Document, Library, Settings, Span, cards};

/// Checks the card of the built-in packs at the cursor `$0` of `source`. The snapshot shows the
/// lines of the marked construct, underlined, and the card; or `no card`.
#[track_caller]
pub(crate) fn check_hover(source: &str, expect: Expect) {
    check_hover_with(builtin(), &Settings::default(), source, expect);
}

/// [`check_hover`] with other packs or settings.
#[track_caller]
pub(crate) fn check_hover_with(
    library: &Library,
    settings: &Settings,
    source: &str,
    expect: Expect,
) {
    expect.assert_eq(&snapshot(library, settings, source));
}

pub(crate) fn snapshot(library: &Library, settings: &Settings, source: &str) -> String {
    let offset = source.find("$0").expect("the source has a cursor `$0`");
    let source = source.replacen("$0", "", 1);
    let document = Document::new(&source);
    show(library, &document, offset, cards::hover(library, &document, settings, None, offset))
}

/// [`check_hover`] for several files, see [`Workspace`].
#[track_caller]
pub(crate) fn check_hover_in(fixture: &str, expect: Expect) {
    expect.assert_eq(&snapshot_in(fixture));
}

/// What [`check_hover_in`] compares.
#[track_caller]
pub(crate) fn snapshot_in(fixture: &str) -> String {
    let (files, path, offset) = Workspace::new(fixture);
    let document = files.source(&path).expect("the file exists").document;
    let site = Site::new(&files, &path);
    let hover = cards::hover(builtin(), document, &Settings::default(), site, offset);
    show(builtin(), document, offset, hover)
}

/// The part of a snapshot that follows the source.
pub(crate) fn show(
    library: &Library,
    document: &Document,
    offset: usize,
    hover: Option<Hover>,
) -> String {
    let Some(hover) = hover else { return "no card\n".to_owned() };
    assert!(hover.span.touches(offset), "the marked range does not hold the cursor");
    assert!(library.has_id(&hover.card), "{} is no id", hover.card);
    let first: Vec<_> = hover.markdown.split("\n\n").next().unwrap().lines().collect();
    assert!(first.len() <= 5, "the answer does not stand in the first five lines");
    for line in hover.markdown.lines() {
        let breakable = line.trim_start().contains(' ') && !line.contains(['`', ']']);
        assert!(!breakable || line.chars().count() <= 80, "wider than 80 columns: {line}");
    }
    format!("{}\n{}", marked(document, hover.span), hover.markdown)
}

/// What [`check_hover`] compares, for tests of what must not be in it.
pub(crate) fn snapshot_of(source: &str) -> String {
    snapshot(builtin(), &Settings::default(), source)
}

/// The lines of `span`, each with `▔` under what belongs to it.
fn marked(document: &Document, span: Span) -> String {
    let text = document.text();
    let mut out = String::new();
    for line in text.line_of(span.start)..=text.line_of(span.end) {
        let content = text.line_content(line);
        let width = |from: usize, to: usize| text.slice(Span::new(from, to)).chars().count();
        let start = span.start.max(content.start);
        let end = span.end.min(content.end);
        out.push_str(&format!("{}\n", text.slice(content)));
        out.push_str(&format!(
            "{}{}\n",
            " ".repeat(width(content.start, start)),
            "▔".repeat(width(start, end))
        ));
    }
    out
}

/// The id of the card at the cursor `$0` within its concept; empty without one.
pub(crate) fn card_at(source: &str) -> String {
    let offset = source.find("$0").expect("the source has a cursor `$0`");
    let document = Document::new(&source.replacen("$0", "", 1));
    let hover = cards::hover(builtin(), &document, &Settings::default(), None, offset);
    let id = hover.map(|hover| hover.card).unwrap_or_default();
    id.rsplit('/').next().unwrap_or_default().to_owned()
}
