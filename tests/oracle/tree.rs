//! Syntax nodes as plain values, and where two sequences of them differ.

use std::fmt;

use pygloss_core::syntax::language;
use tree_sitter::{Tree, TreeCursor};

/// All there is to know about a node without its children.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SyntaxNode {
    depth: u32,
    kind: u16,
    named: bool,
    field: Option<u16>,
    missing: bool,
    error: bool,
    extra: bool,
    start: usize,
    end: usize,
}

impl fmt::Display for SyntaxNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = language().node_kind_for_id(self.kind).unwrap_or("ERROR");
        write!(f, "depth {} {name:?} {}..{}", self.depth, self.start, self.end)?;
        let flags = [
            (self.named, "named"),
            (self.missing, "MISSING"),
            (self.error, "ERROR"),
            (self.extra, "extra"),
        ];
        for (_, flag) in flags.iter().filter(|(set, _)| *set) {
            write!(f, " {flag}")?;
        }
        match self.field {
            Some(field) => write!(f, " field {field}"),
            None => Ok(()),
        }
    }
}

/// The nodes below the root in the order of the text, parents first. Needs no recursion.
pub struct Nodes<'tree> {
    cursor: TreeCursor<'tree>,
    shift: usize,
    depth: u32,
    done: bool,
}

impl<'tree> Nodes<'tree> {
    /// Offsets are moved by `shift` bytes.
    pub fn of(tree: &'tree Tree, shift: usize) -> Self {
        Self { cursor: tree.walk(), shift, depth: 0, done: false }
    }

    fn step(&mut self) -> bool {
        if self.cursor.goto_first_child() {
            self.depth += 1;
            return true;
        }
        while self.depth > 0 {
            if self.cursor.goto_next_sibling() {
                return true;
            }
            self.cursor.goto_parent();
            self.depth -= 1;
        }
        false
    }
}

impl Iterator for Nodes<'_> {
    type Item = SyntaxNode;

    fn next(&mut self) -> Option<SyntaxNode> {
        if self.done || !self.step() {
            self.done = true;
            return None;
        }
        let node = self.cursor.node();
        Some(SyntaxNode {
            depth: self.depth,
            kind: node.kind_id(),
            named: node.is_named(),
            field: self.cursor.field_id().map(Into::into),
            missing: node.is_missing(),
            error: node.is_error(),
            extra: node.is_extra(),
            start: node.start_byte() + self.shift,
            end: node.end_byte() + self.shift,
        })
    }
}

/// The first place where two sequences differ, in words.
pub fn difference<T: PartialEq + fmt::Display>(
    left: impl Iterator<Item = T>,
    right: impl Iterator<Item = T>,
) -> Option<String> {
    let (mut left, mut right) = (left.fuse(), right.fuse());
    let mut index = 0;
    loop {
        let (a, b) = (left.next(), right.next());
        match (a, b) {
            (None, None) => return None,
            (Some(a), Some(b)) if a == b => index += 1,
            (a, b) => {
                let show = |x: Option<T>| x.map_or("nothing".to_owned(), |x| x.to_string());
                return Some(format!("node {index}: {} / {}", show(a), show(b)));
            }
        }
    }
}
