//! Adds the comment that silences one finding.

use super::Reach;
use super::comment::Rules;
use crate::analysis::{Edit, Finding, Settings};
use crate::content::Library;
use crate::syntax::{Kind, kind};
use crate::walk::path_to;
use crate::{Document, Span, lint};

/// The edits after which `finding` is not shown: its id is added to a comment of ours that is there,
/// else a comment is put at the end of its line, else on a line above. Nothing where no comment can
/// stand, such as in a string of several lines.
pub(crate) fn silencing(
    library: &Library,
    document: &Document,
    settings: &Settings,
    finding: &Finding,
) -> Option<Vec<Edit>> {
    // A comment that silences nothing is removed, not silenced by another one.
    if finding.rule == lint::UNUSED_IGNORE {
        return None;
    }
    let places =
        [merged(document, finding), Some(behind(document, finding)), above(document, finding)];
    places.into_iter().flatten().find_map(|edit| {
        let after = lint::with_comment(document, &edit)?;
        let comment = edit.text.find('#').map(|at| edit.span.start + at);
        if comment.is_some_and(|at| is_in_string(&after, at)) {
            return None;
        }
        let place = finding.span.start;
        let is_before = edit.span.end <= place;
        let place = if is_before { place + edit.text.len() - edit.span.len() } else { place };
        let stays = lint::is_found_at(library, &after, settings, finding.rule, place);
        (!stays).then(|| vec![edit])
    })
}

/// True in a string, or in a field of one: there comments are allowed since 3.12 only (PEP 701).
fn is_in_string(document: &Document, place: usize) -> bool {
    let Some(index) = document.item_at(place) else { return false };
    let at = place - document.start_of(index);
    let tree = document.items()[index].tree();
    let path = tree.and_then(|tree| path_to(tree.root_node(), at, at + 1));
    path.is_some_and(|path| path.iter().any(|node| kind(*node) == Kind::String))
}

/// Whether [`silencing`] has edits. Most of the time that is seen without making them.
pub(crate) fn can_silence(
    library: &Library,
    document: &Document,
    settings: &Settings,
    finding: &Finding,
) -> bool {
    has_free_end(document, finding) && library.rule(finding.rule).is_some()
        || silencing(library, document, settings, finding).is_some()
}

/// True when a comment at the end of the finding's line changes nothing else: the code is intact, there is
/// no comment yet, and the line ends neither in a string nor with a backslash.
fn has_free_end(document: &Document, finding: &Finding) -> bool {
    let text = document.text();
    let line = text.line_content(text.line_of(finding.span.start));
    let code = text.slice(line);
    let code = code.trim_end();
    if finding.rule == lint::UNUSED_IGNORE || code.contains('#') || code.ends_with('\\') {
        return false;
    }
    let Some(index) = document.item_at(finding.span.start) else { return false };
    let item = &document.items()[index];
    let end = (line.start + code.len()).saturating_sub(document.start_of(index));
    let last = end.checked_sub(1).filter(|_| item.is_intact() && !item.is_open());
    let path = last.zip(item.tree()).and_then(|(last, tree)| path_to(tree.root_node(), last, end));
    path.is_some_and(|path| {
        path.iter().all(|node| kind(*node) != Kind::String || node.end_byte() == end)
    })
}

/// Adds the id to a comment of ours on the line.
fn merged(document: &Document, finding: &Finding) -> Option<Edit> {
    let text = document.text();
    let line = text.line_content(text.line_of(finding.span.start));
    let index = document.item_at(finding.span.start)?;
    let start = document.start_of(index);
    let ours = document.items()[index].directives().iter().find(|directive| {
        let at = directive.at.shifted(start);
        directive.said.reach == Reach::Line
            && matches!(directive.said.rules, Rules::Ours(_))
            && line.start <= at.start
            && at.end <= line.end
    })?;
    let at = ours.at.shifted(start);
    let close = at.start + text.slice(at).find(']')?;
    Some(Edit { span: Span::empty(close), text: format!(", {}", finding.rule) })
}

/// Puts a comment at the end of the line.
fn behind(document: &Document, finding: &Finding) -> Edit {
    let text = document.text();
    let line = text.line_content(text.line_of(finding.span.start));
    let content = text.slice(line);
    let kept = content.trim_end().len();
    Edit {
        span: Span::new(line.start + kept, line.end),
        text: format!("  # pygloss: ignore[{}]", finding.rule),
    }
}

/// Puts a comment on a line of its own above.
fn above(document: &Document, finding: &Finding) -> Option<Edit> {
    let text = document.text();
    let line = text.line_of(finding.span.start);
    let content = text.slice(text.line_content(line));
    let indent = &content[..content.len() - content.trim_start().len()];
    let ending = lint::line_break(document);
    Some(Edit {
        span: Span::empty(text.line_start(line)),
        text: format!("{indent}# pygloss: ignore[{}]{ending}", finding.rule),
    })
}
