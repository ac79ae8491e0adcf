//! Calls the parser.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::ControlFlow;

use tree_sitter::{ParseOptions, Parser, Tree};

use crate::syntax::language;

thread_local! {
    static PARSER: RefCell<Option<Parser>> = const { RefCell::new(None) };
}

/// Parses `text`, using what `old` still has of it. Nothing when that would take far more steps
/// than any program needs.
pub(super) fn tree(text: &str, old: Option<&Tree>) -> Option<Tree> {
    let text = with_line_feeds(text);
    let bytes = text.as_bytes();
    // The parser calls back every hundred steps or so; ordinary code needs under one call for
    // every 30 bytes. A count instead of a time keeps the result a function of the text.
    let mut budget = 2_000 + bytes.len() / 4;
    let mut progress = |_: &tree_sitter::ParseState| {
        budget = budget.saturating_sub(1);
        if budget == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
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
        tree
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

/// Whether two trees have the same nodes at the same places.
pub(super) fn same_tree(left: &Tree, right: &Tree) -> bool {
    let (mut a, mut b) = (left.walk(), right.walk());
    loop {
        let (x, y) = (a.node(), b.node());
        let same = x.kind_id() == y.kind_id()
            && x.byte_range() == y.byte_range()
            && x.is_missing() == y.is_missing();
        if !same {
            return false;
        }
        if a.goto_first_child() {
            if !b.goto_first_child() {
                return false;
            }
            continue;
        }
        if b.goto_first_child() {
            return false;
        }
        loop {
            match (a.goto_next_sibling(), b.goto_next_sibling()) {
                (true, true) => break,
                (false, false) => {}
                _ => return false,
            }
            match (a.goto_parent(), b.goto_parent()) {
                (true, true) => {}
                (false, false) => return true,
                _ => return false,
            }
        }
    }
}
