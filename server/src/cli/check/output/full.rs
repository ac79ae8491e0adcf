//! Findings with the code they stand in.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use pygloss_core::Span;
use pygloss_core::analysis::{FixedFinding, Severity};

use super::super::outcome::{Outcome, safe_fix};

pub(super) fn print(out: &mut dyn Write, outcomes: &[Outcome], colour: bool) -> io::Result<()> {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    for outcome in outcomes.iter().filter(|outcome| !outcome.found.is_empty()) {
        let source = outcome.text.to_string();
        for found in &outcome.found {
            writeln!(out, "{}\n", render(&renderer, outcome, &source, found))?;
        }
    }
    Ok(())
}

fn render(renderer: &Renderer, outcome: &Outcome, source: &str, found: &FixedFinding) -> String {
    let finding = &found.finding;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
        Severity::Hint => Level::INFO.with_name("hint"),
    };
    let first_line = |span: Span| {
        // More than a line would hide what it is about.
        let line = outcome.text.line_content(outcome.text.line_of(span.start));
        span.start..span.end.min(line.end).max(span.start)
    };
    let at = AnnotationKind::Primary.span(first_line(finding.span));
    let related = finding.related.iter().map(|related| {
        AnnotationKind::Context.span(first_line(related.span)).label(&*related.message)
    });
    let snippet = Snippet::source(source).path(outcome.path.to_string_lossy());
    let snippet = snippet.annotation(at).annotations(related);
    let mut group = level.primary_title(&*finding.message).id(finding.rule).element(snippet);
    if let Some(fix) = safe_fix(found) {
        group = group.element(Level::HELP.message(format!("{} [*]", fix.title)));
    } else if let Some(fix) = found.fixes.first() {
        group = group.element(Level::HELP.message(&fix.title));
    }
    renderer.render(&[group])
}
