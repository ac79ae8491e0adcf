//! From a place in the file to the conversions that can be made there.

use super::promise::may_be_meant;
use super::{Answer, COMMENT, CONVERSIONS, Conversion, Draft, Said};
use crate::analysis::{Blank, Edit, Offer, Rewrite};
use crate::content::Library;
use crate::lint::{Fault, is_generated, try_edits};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind, quirks};
use crate::{Document, Settings, Span, walk};

/// So many statements of a selection are looked at.
const MAX_SELECTED: usize = 20;

/// The conversions that can be made at `span`, a cursor or a selection in bytes of the file, and
/// those that would be wrong there. Of each one at most, for the innermost construct.
pub fn rewrites(
    library: &Library,
    document: &Document,
    settings: &Settings,
    span: Span,
) -> Vec<Rewrite> {
    let mut found: Vec<Rewrite> = Vec::new();
    if settings.is_stub || is_generated(document) {
        return found;
    }
    let topics = library.concepts();
    let topics = topics.filter(|(pack, it)| settings.selection.wants(&pack.manifest.id, it));
    let wanted: Vec<&str> =
        topics.flat_map(|(_, it)| &it.refactorings).map(|one| &*one.id).collect();
    let span = trimmed(document, span);
    if span.is_empty() && !may_be_meant(document, span.start) {
        return found;
    }
    let is_about = |node: Node<'_>, conversion: &Conversion| {
        conversion.kinds.contains(&kind(node)) && wanted.contains(&conversion.id)
    };
    for (index, path) in paths(document, span) {
        let text = document.items()[index].text();
        let start = document.start_of(index);
        let is_part = |node: &Node<'_>| !node.is_error_node() && !quirks::is_torn(*node, text);
        let mut whole = None;
        for depth in (1..path.len()).rev() {
            let node = path[depth];
            if !CONVERSIONS.iter().any(|conversion| is_about(node, conversion))
                || !handle(node).shifted(start).meets(span)
            {
                continue;
            }
            let whole =
                whole.get_or_insert_with(|| path.iter().take_while(|it| is_part(it)).count());
            if depth >= *whole || node.is_broken() {
                continue;
            }
            let subject =
                Subject::new(document, settings, index, &path[..=depth]).with_library(library);
            for conversion in CONVERSIONS.iter().filter(|it| is_about(node, it)) {
                if found.iter().all(|rewrite| rewrite.id != conversion.id) {
                    found.extend(rewrite(library, conversion, &subject));
                }
            }
        }
    }
    let place = |rewrite: &Rewrite| CONVERSIONS.iter().position(|it| it.id == rewrite.id);
    found.sort_by_key(place);
    found
}

/// A cursor in the white space before a line's code means the code; a selection is without the white
/// space around it.
fn trimmed(document: &Document, span: Span) -> Span {
    let text = document.text();
    if span.is_empty() {
        let line = text.line_content(text.line_of(span.start));
        let own = text.slice(line);
        let indent = line.start + own.len() - own.trim_start().len();
        return Span::empty(span.start.max(indent));
    }
    let selected = text.slice(span);
    let start = span.start + selected.len() - selected.trim_start().len();
    let end = span.start + selected.trim_end().len();
    if start < end { Span::new(start, end) } else { Span::empty(span.start) }
}

/// The paths to what the reader may mean, each with the index of its item.
fn paths(document: &Document, span: Span) -> Vec<(usize, Vec<Node<'_>>)> {
    let mut found = Vec::new();
    let (Some(first), Some(last)) = (document.item_at(span.start), document.item_at(span.end))
    else {
        return found;
    };
    for index in first..=last {
        let Some(tree) = document.items()[index].tree() else { continue };
        let own = document.span_of(index);
        let within = |at: usize| at.clamp(own.start, own.end) - own.start;
        let (from, to) = (within(span.start), within(span.end));
        let Some(path) = walk::path_to(tree.root_node(), from, to) else { continue };
        // Several statements are selected: each of them may be meant.
        if let Some(suite) = path.last().filter(|node| is_suite(**node) && !span.is_empty()) {
            let is_meant =
                |node: &Node<'_>| Span::from(node.byte_range()).meets(Span::new(from, to));
            for statement in statements(*suite).into_iter().filter(is_meant).take(MAX_SELECTED) {
                found.push((index, [&path[..], &[statement]].concat()));
            }
        } else {
            found.push((index, path));
        }
        // The cursor stands behind the construct.
        if span.is_empty()
            && from > 0
            && let Some(path) = walk::path_to(tree.root_node(), from - 1, from)
        {
            found.push((index, path));
        }
        if found.len() > MAX_SELECTED {
            break;
        }
    }
    found
}

fn is_suite(node: Node<'_>) -> bool {
    matches!(kind(node), Kind::Module | Kind::Block)
}

/// Where in its item the cursor must be for a construct to be meant: in the head of a long one.
fn handle(node: Node<'_>) -> Span {
    let end = match kind(node) {
        Kind::FunctionDefinition
        | Kind::ClassDefinition
        | Kind::TryStatement
        | Kind::WithStatement => Field::Body.of(node).map(|body| body.start_byte()),
        Kind::IfStatement => Field::Condition.of(node).map(|condition| condition.end_byte()),
        _ => None,
    };
    Span::new(node.start_byte(), end.unwrap_or(node.end_byte()))
}

/// Asks a conversion about a construct, and tries what it plans.
fn rewrite(
    library: &Library,
    conversion: &'static Conversion,
    subject: &Subject<'_>,
) -> Option<Rewrite> {
    let said = library.refactoring(conversion.id)?.said.as_ref()?;
    let (title, offer) = match (conversion.convert)(subject)? {
        Answer::Refused(reason, facts) => refused(said, reason, &facts)?,
        Answer::Draft(draft) => tried(said, conversion, subject.document(), draft)?,
    };
    Some(Rewrite { id: conversion.id, title, offer })
}

fn refused(said: &Said, reason: &str, facts: &crate::facts::Facts) -> Option<(String, Offer)> {
    Some((said.title(None, facts)?, Offer::Refused(said.reason(reason, facts)?)))
}

fn tried(
    said: &Said,
    conversion: &Conversion,
    document: &Document,
    draft: Draft,
) -> Option<(String, Offer)> {
    let mut order: Vec<usize> = (0..draft.edits.len()).collect();
    order.sort_by_key(|at| draft.edits[*at].0);
    let edit = |at: &usize| {
        let (span, text) = draft.edits[*at].clone();
        Edit { span, text }
    };
    let edits: Vec<Edit> = order.iter().map(edit).collect();
    match try_edits(document, &edits) {
        Ok(_) => {
            let place = |(edit, span)| {
                let edit = order.iter().position(|at| *at == edit)?;
                Some(Blank { edit, span })
            };
            let blank = draft.blank.and_then(place);
            let title = said.title(draft.title, &draft.facts)?;
            Some((title, Offer::Edits { edits, blank }))
        }
        Err(Fault::Comment) if conversion.reasons.contains(&COMMENT) => {
            refused(said, COMMENT, &draft.facts)
        }
        Err(_) => None,
    }
}
