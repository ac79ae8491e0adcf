//! Marks in a tree, and what tells the parser of an edit.

use tree_sitter::{InputEdit, Point, Tree};

use crate::Span;

/// Marks the name that `span` (bytes) is in the tree as one that stands for something else. The parser
/// looks a few bytes ahead, and nodes that saw what changes count as changed too, so that the mark is put
/// into the middle.
pub(crate) fn mark(tree: &mut Tree, span: Span) {
    let middle = span.start + span.len() / 2;
    tree.edit(&same_length(Span::new(middle, middle + 1)));
}

/// An edit that puts other bytes in the place of `span`, as many.
pub(crate) fn same_length(span: Span) -> InputEdit {
    edit(span.start, span.end, span.end)
}

/// An edit, in bytes.
pub(crate) fn edit(start: usize, old_end: usize, new_end: usize) -> InputEdit {
    // Nothing here reads rows and columns, and the scanner does not either.
    let point = Point::new(0, 0);
    InputEdit {
        start_byte: start,
        old_end_byte: old_end,
        new_end_byte: new_end,
        start_position: point,
        old_end_position: point,
        new_end_position: point,
    }
}
