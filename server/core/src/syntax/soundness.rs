//! Which nodes can be trusted.

use tree_sitter::{InputEdit, Node, Point, Tree};

use crate::Span;

/// Whether code is broken. The parser tells of its errors; a statement that was
/// [left open](crate::items::left_open) is replaced before it gets to the parser, and the name that stands
/// for it is marked as changed, as are all nodes around it.
pub(crate) trait Soundness {
    /// True when there is an error in the node.
    fn is_broken(&self) -> bool;

    /// True when the node is an error itself: what the parser made nothing of, or what stands for a
    /// statement that was left open.
    fn is_error_node(&self) -> bool;
}

impl Soundness for Node<'_> {
    fn is_broken(&self) -> bool {
        self.has_error() || self.has_changes()
    }

    fn is_error_node(&self) -> bool {
        self.is_error() || (self.has_changes() && self.child_count() == 0)
    }
}

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
