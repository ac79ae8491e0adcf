//! Calls the parser.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::ControlFlow;

use rustc_hash::FxHashSet;
use tree_sitter::{ParseOptions, Parser, Tree};

use crate::syntax::{language, soundness};

thread_local! {
    static PARSER: RefCell<Option<Parser>> = const { RefCell::new(None) };
}

/// An item with more nodes gets no tree. The whole of `test_typing.py`, the file of the standard
/// library with the most, has 94,576.
const MAX_NODES: usize = 100_000;

/// How often the parser may call back, which it does about every hundred steps. A node of valid
/// code takes under 0.04 calls, so that this stops only what [`MAX_NODES`] forbids. A count instead
/// of a time keeps the result a function of the text.
const BUDGET: usize = 4_000;

/// Where no reading of the text is free of errors, each step takes several times as long.
const COST_OF_BROKEN: usize = 4;

/// Calls that a byte of valid code takes at most, as one part of this: nodes are fewer than three for
/// each byte.
const BYTES_PER_CALL: usize = 8;

/// Parses `text`. Nothing when it has more nodes or errors than can be read in a fraction of a
/// second.
pub(super) fn tree(text: &str) -> Option<Tree> {
    parse(text, None, BUDGET, false)
}

/// Parses `text` with the help of a tree without errors, which was told of all edits since. Nothing
/// also when the text has an error; that is found without reading on behind it.
pub(super) fn follow(text: &str, old: &Tree) -> Option<Tree> {
    parse(text, Some(old), BUDGET, true).filter(|tree| !tree.root_node().has_error())
}

/// [`tree`], with the help of a tree without errors of a text that has the same first `same` bytes.
/// Up to there the parser has one reading, the same that it has without help. Behind an error it may
/// weigh several, and help with one of them would change what becomes of the others.
pub(super) fn from_start(text: &str, old: &Tree, same: usize) -> Option<Tree> {
    let mut old = old.clone();
    let old_len = old.root_node().end_byte();
    old.edit(&soundness::edit(same, old_len, text.len()));
    // Whatever this allows, `tree` allows.
    let budget = BUDGET.saturating_sub(same / BYTES_PER_CALL);
    parse(text, Some(&old), budget, false).or_else(|| tree(text))
}

fn parse(text: &str, old: Option<&Tree>, mut budget: usize, stops: bool) -> Option<Tree> {
    let text = with_line_feeds(text);
    let bytes = text.as_bytes();
    if has_too_many_indentations(bytes) {
        return None;
    }
    let mut progress = |state: &tree_sitter::ParseState| {
        budget = budget.saturating_sub(if state.has_error() { COST_OF_BROKEN } else { 1 });
        let is_over = budget == 0 || stops && state.has_error();
        if is_over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let options = ParseOptions::new().progress_callback(&mut progress);
    PARSER.with_borrow_mut(|parser| {
        let parser = parser.get_or_insert_with(new_parser);
        let tree = parser.parse_with_options(
            &mut |at, _| bytes.get(at..).unwrap_or_default(),
            old,
            Some(options),
        );
        if tree.is_none() {
            parser.reset();
        }
        tree.filter(|tree| tree.root_node().descendant_count() <= MAX_NODES)
    })
}

fn new_parser() -> Parser {
    let mut parser = Parser::new();
    parser.set_language(language()).expect("the grammar is made for this version of the parser");
    parser
}

/// The grammar does not take a lone `\r` for a line break, CPython does; so it gets `\n`.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let lone = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    if !memchr::memchr_iter(b'\r', bytes).any(lone) {
        return Cow::Borrowed(text);
    }
    let parts = text.split_inclusive('\r').scan(0, |start, part| {
        *start += part.len();
        let body = part.strip_suffix('\r').filter(|_| lone(*start - 1));
        Some(body.map_or_else(|| part.to_owned(), |body| format!("{body}\n")))
    });
    Cow::Owned(parts.collect())
}

/// The scanner of the grammar keeps its stack of indentations, two bytes each, in a buffer of 1,024
/// bytes and writes past its end. The stack is strictly increasing, so it holds at most one entry
/// for each width that occurs: here at most one for each below the limit, and as many above.
fn has_too_many_indentations(text: &[u8]) -> bool {
    const LIMIT: usize = 190;
    let mut wide = FxHashSet::default();
    let mut width = 0;
    let mut start = 0;
    while start < text.len() {
        let mut at = start;
        loop {
            match text.get(at) {
                Some(b' ') => width += 1,
                Some(b'\t') => width += 8,
                Some(b'\r' | b'\x0c') => width = 0,
                _ => break,
            }
            at += 1;
        }
        let rest = &text[at..];
        // A line of nothing but `\` adds its indentation to that of the next.
        if !rest.starts_with(b"\\") {
            if width >= LIMIT {
                wide.insert(width);
            }
            width = 0;
        }
        start = memchr::memchr(b'\n', rest).map_or(text.len(), |index| at + index + 1);
    }
    wide.len() > LIMIT
}
