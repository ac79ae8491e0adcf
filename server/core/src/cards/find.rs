//! Which patterns of a pack match around a place.

use std::ops::{ControlFlow, Range};

use streaming_iterator::StreamingIterator;
use tree_sitter::{Node, QueryCursor, QueryCursorOptions, QueryCursorState};

use crate::content::Targets;
use crate::syntax::{Kind, kind};

/// Most matches that are kept open at once; ordinary code needs a handful.
const MATCH_LIMIT: u32 = 256;
/// Rounds of 100 steps of the query engine after which a hover gives up.
const MAX_ROUNDS: usize = 2_000;

/// A pattern that matches a construct around the place.
pub(crate) struct Candidate<'a> {
    /// Index of the pack in the library.
    pub pack: usize,
    /// Index of the pattern in the pack's query.
    pub pattern: usize,
    /// Index in the path of the node captured as `@target`.
    pub depth: usize,
    /// The bytes of the item that the card is shown for.
    pub range: Range<usize>,
    pub captures: Vec<(u32, Node<'a>)>,
}

/// How near to a construct the place must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// In its `@range`.
    Range,
    /// Anywhere in it, but for functions and classes in it.
    Whole,
}

/// Adds the patterns whose `@target` is a node of `path` without errors in it, and whose `@range`,
/// if there is one, holds the last node of `path`, or with [`Reach::Whole`] need not.
pub(crate) fn candidates<'a>(
    pack: usize,
    targets: &Targets,
    path: &[Node<'a>],
    text: &str,
    reach: Reach,
    out: &mut Vec<Candidate<'a>>,
) {
    let is_scope =
        |node: &Node<'_>| matches!(kind(*node), Kind::FunctionDefinition | Kind::ClassDefinition);
    let scope = path.iter().rposition(is_scope).unwrap_or(0);
    let leaf = path[path.len() - 1].byte_range();
    let mut rounds = 0;
    let mut count = |_: &QueryCursorState| {
        rounds += 1;
        if rounds > MAX_ROUNDS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let mut cursor = QueryCursor::new();
    cursor.set_match_limit(MATCH_LIMIT);
    cursor.set_byte_range(leaf.start..leaf.end.max(leaf.start + 1));
    let options = QueryCursorOptions::new().progress_callback(&mut count);
    let mut matches =
        cursor.matches_with_options(&targets.query, path[0], text.as_bytes(), options);
    while let Some(found) = matches.next() {
        let Some(target) = found.nodes_for_capture_index(targets.target).next() else { continue };
        let Some(depth) = path.iter().position(|node| *node == target) else { continue };
        if target.has_error() {
            continue;
        }
        let mut ranges = targets
            .range
            .into_iter()
            .flat_map(|range| found.nodes_for_capture_index(range))
            .peekable();
        let range = if ranges.peek().is_none() {
            target.byte_range()
        } else {
            let holds_leaf =
                |node: &Node<'_>| node.start_byte() <= leaf.start && leaf.end <= node.end_byte();
            let first = ranges.peek().map(Node::byte_range);
            match ranges.find(holds_leaf) {
                Some(node) => node.byte_range(),
                None if reach == Reach::Whole && depth >= scope => first.unwrap_or_default(),
                None => continue,
            }
        };
        let captures =
            found.captures().iter().map(|capture| (capture.index, capture.node)).collect();
        out.push(Candidate { pack, pattern: found.pattern_index, depth, range, captures });
    }
}
