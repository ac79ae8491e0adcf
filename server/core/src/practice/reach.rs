//! Where the patterns of a goal match code that runs.

use std::ops::ControlFlow;

use streaming_iterator::StreamingIterator;
use tree_sitter::{QueryCursor, QueryCursorOptions, QueryCursorState};

use crate::content::Compiled;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::{Document, Library, Settings, Span, walk};

/// Most matches that are kept open at once.
const MATCH_LIMIT: u32 = 1_024;
/// Rounds of 100 steps of the query engine after which the search gives up: then nothing matches.
const MAX_ROUNDS: usize = 20_000;

/// The targets below `part`, or in the whole item, in bytes of the file.
pub(super) fn matches(
    library: &Library,
    document: &Document,
    settings: &Settings,
    index: usize,
    part: Option<Node<'_>>,
    pattern: &Compiled,
) -> Vec<Span> {
    let item = &document.items()[index];
    let Some(tree) = item.tree() else { return Vec::new() };
    let root = tree.root_node();
    let Some(parsed) = item.parsed() else { return Vec::new() };
    let mut rounds = 0;
    let mut count = |_: &QueryCursorState| {
        rounds += 1;
        if rounds > MAX_ROUNDS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let mut cursor = QueryCursor::new();
    cursor.set_match_limit(MATCH_LIMIT);
    let options = QueryCursorOptions::new().progress_callback(&mut count);
    let text = item.text().as_bytes();
    let top = part.unwrap_or(root);
    let mut found = cursor.matches_with_options(&pattern.query, top.parsed(parsed), text, options);
    let mut spans = Vec::new();
    while let Some(found) = found.next() {
        let Some(target) = found.nodes_for_capture_index(pattern.target).next() else { continue };
        let Some(target) = top.made_from(target, parsed) else { continue };
        let Some(path) = path_to(root, target) else { continue };
        let captures = top.captures(found, parsed);
        let subject = Subject::new(document, settings, index, &path)
            .with_captures(&captures, pattern.query.capture_names())
            .with_library(library);
        let checks = &pattern.checks[found.pattern_index];
        if runs(&path, item.text()) && checks.iter().all(|check| check.holds(&subject)) {
            spans.push(subject.span(target));
        }
    }
    spans
}

fn path_to<'a>(root: Node<'a>, target: Node<'a>) -> Option<Vec<Node<'a>>> {
    let mut path = walk::path_to(root, target.start_byte(), target.end_byte())?;
    while path.last()?.id() != target.id() {
        path.pop();
    }
    Some(path)
}

/// False for code that plainly never runs: under `if False`, and behind a `return` or the like.
fn runs(path: &[Node<'_>], text: &str) -> bool {
    path.windows(2).all(|pair| match kind(pair[0]) {
        Kind::Block => !is_behind_an_end(pair[0], pair[1]),
        Kind::IfStatement | Kind::ElifClause | Kind::WhileStatement => {
            let Some(condition) = Field::Condition.of(pair[0]) else { return true };
            match truth(condition, text) {
                Some(false) => matches!(kind(pair[1]), Kind::ElseClause | Kind::ElifClause),
                Some(true) => !matches!(kind(pair[1]), Kind::ElseClause | Kind::ElifClause),
                None => true,
            }
        }
        _ => true,
    })
}

fn is_behind_an_end(block: Node<'_>, statement: Node<'_>) -> bool {
    block.named_children().take_while(|node| node.id() != statement.id()).any(|node| {
        matches!(
            kind(node),
            Kind::ReturnStatement
                | Kind::RaiseStatement
                | Kind::BreakStatement
                | Kind::ContinueStatement
        )
    })
}

/// The value of a condition that is a constant.
fn truth(condition: Node<'_>, text: &str) -> Option<bool> {
    match kind(condition) {
        Kind::True => Some(true),
        Kind::False | Kind::None => Some(false),
        Kind::Integer => text[condition.byte_range()].parse().ok().map(|number: u64| number != 0),
        _ => None,
    }
}
