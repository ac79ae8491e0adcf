//! Which patterns of a pack match around a place.

use std::ops::{ControlFlow, Range};

use streaming_iterator::StreamingIterator;
use tree_sitter::{Query, QueryCursor, QueryCursorOptions, QueryCursorState};

use crate::content::Targets;
use crate::document::Item;
use crate::syntax::{Kind, Node, kind};

/// Most matches that are kept open at once; ordinary code needs a handful.
const MATCH_LIMIT: u32 = 256;
/// Rounds of 100 steps of the query engine after which a hover gives up.
const MAX_ROUNDS: usize = 2_000;

/// Among more children than these only those are looked at that hold the place.
const MANY: usize = 200;

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
    item: &Item,
    path: &[Node<'a>],
    reach: Reach,
    out: &mut Vec<Candidate<'a>>,
) {
    let Some(parsed) = item.parsed() else { return };
    let search = Search { pack, targets, parsed, text: item.text(), path, reach };
    let has_many = path.iter().any(|node| node.child_count() > MANY);
    if !has_many || reach != Reach::Range {
        search.run(&targets.query, path[0], None, out);
        return;
    }
    search.run(targets.without_tokens(), path[0], None, out);
    if let [.., around, leaf] = path
        && targets.may_be_token(*leaf)
    {
        // The `@range` of these patterns is right below the node, so no other node can match.
        let mut found = Vec::new();
        search.run(&targets.query, *around, Some(0), &mut found);
        found.retain(|one| !targets.patterns[one.pattern].tokens.is_empty());
        out.append(&mut found);
    }
}

/// A search for patterns around the last node of a path.
struct Search<'s, 'a> {
    pack: usize,
    targets: &'s Targets,
    /// The parser's tree of the item.
    parsed: &'s tree_sitter::Tree,
    text: &'s str,
    path: &'s [Node<'a>],
    reach: Reach,
}

impl<'a> Search<'_, 'a> {
    /// Adds the patterns of `query` that match `top`, or what is in it down to `depth`.
    fn run(&self, query: &Query, top: Node<'a>, depth: Option<u32>, out: &mut Vec<Candidate<'a>>) {
        let Self { pack, targets, parsed, text, path, reach } = *self;
        let is_scope = |node: &Node<'_>| {
            matches!(kind(*node), Kind::FunctionDefinition | Kind::ClassDefinition)
        };
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
        cursor.set_max_start_depth(depth);
        let options = QueryCursorOptions::new().progress_callback(&mut count);
        let mut matches =
            cursor.matches_with_options(query, top.parsed(parsed), text.as_bytes(), options);
        while let Some(found) = matches.next() {
            let Some(target) = found.nodes_for_capture_index(targets.target).next() else {
                continue;
            };
            let Some(depth) = path.iter().position(|node| node.is_like(target)) else { continue };
            let target = path[depth];
            if target.is_broken() {
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
                let holds_leaf = |node: &tree_sitter::Node<'_>| {
                    node.start_byte() <= leaf.start && leaf.end <= node.end_byte()
                };
                let first = ranges.peek().map(tree_sitter::Node::byte_range);
                match ranges.find(holds_leaf) {
                    Some(node) => node.byte_range(),
                    None if reach == Reach::Whole && depth >= scope => first.unwrap_or_default(),
                    None => continue,
                }
            };
            let captures = top.captures(found, parsed);
            out.push(Candidate { pack, pattern: found.pattern_index, depth, range, captures });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;
    use crate::cards::locate;
    use crate::content::testing::builtin;

    /// Pattern, depth and range of each candidate at `offset`.
    type Found = Vec<(usize, usize, Range<usize>)>;

    fn found(document: &Document, offset: usize) -> Option<(Found, Found)> {
        let index = document.item_at(offset)?;
        let item = &document.items()[index];
        let path = locate::path(item.tree()?, item.text(), offset - document.start_of(index))?;
        let targets = builtin().packs()[0].targets()?;
        let (mut quick, mut whole) = (Vec::new(), Vec::new());
        candidates(0, targets, item, &path, Reach::Range, &mut quick);
        let (parsed, text) = (item.parsed()?, item.text());
        let search = Search { pack: 0, targets, parsed, text, path: &path, reach: Reach::Range };
        search.run(&targets.query, path[0], None, &mut whole);
        let [quick, whole] = [quick, whole].map(|all| {
            let mut all: Vec<_> =
                all.into_iter().map(|one| (one.pattern, one.depth, one.range)).collect();
            all.sort_by_key(|(pattern, depth, range)| (*pattern, *depth, range.start));
            all
        });
        Some((quick, whole))
    }

    #[test]
    fn patterns_of_tokens_are_known() {
        let targets = builtin().packs()[0].targets().unwrap();
        let of_tokens = targets.patterns.iter().filter(|pattern| !pattern.tokens.is_empty());
        assert!(of_tokens.count() > 20);
    }

    #[test]
    fn among_many_children_the_same_is_found() {
        let few =
            "[1, *a, {'k': b, **c, 'k': [x for x in y if x]}, f(d, *e, k=[2] * 3), {g, (yield)}], ";
        let many = "0, ".repeat(MANY);
        for source in [
            format!("x = [{few}{many}]\n"),
            format!("x = f({few}{many}k=lambda: 1)\n"),
            format!("x = {{{few}{many}}}\n"),
            format!("x = {{'k': {few}{}'k': 1, **z}}\n", "'k': 0, ".repeat(MANY)),
            format!("def f():\n    if x:\n        return [{few}]\n{}", "    y = 1\n".repeat(MANY)),
            format!("if x: y = 1\n{}", "elif z: y |= 1\n".repeat(MANY)),
        ] {
            let document = Document::new(&source);
            let mut count = 0;
            for offset in 0..source.len().min(160) {
                let Some((quick, whole)) = found(&document, offset) else { continue };
                assert_eq!(quick, whole, "at {offset} of {source}");
                count += quick.len();
            }
            assert!(count > 10, "{source}");
        }
    }
}
