//! The syntax tree of an item, as a table of its nodes.
//!
//! tree-sitter finds the parent, the field or the next sibling of a node by going through its
//! neighbours; rules ask for that all the time. So each tree is gone through once, and what there is
//! to know of its nodes is written down in the order of the text.

mod node;
mod range;
#[cfg(test)]
mod tests;

pub use node::{Children, Node};

use std::sync::LazyLock;

use super::{Field, Kind, kind_of, language};

/// A syntax tree. Of the parser's own, which it can reuse and patterns are matched against, nothing is kept
/// in it.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Parents before their children, siblings in order.
    nodes: Box<[Entry]>,
}

/// What is known of a node. Numbers of nodes are indexes into [`Tree::nodes`].
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// In bytes of the item.
    start: u32,
    end: u32,
    /// Of the root, its own number.
    parent: u32,
    /// The number of the first node behind this one that is not in it.
    next: u32,
    /// The number of the kind in the grammar.
    symbol: u16,
    kind: Kind,
    field: Option<Field>,
    flags: u8,
}

const NAMED: u8 = 1;
const EXTRA: u8 = 2;
const MISSING: u8 = 4;
/// See [`Node::is_broken`].
const BROKEN: u8 = 8;
/// See [`Node::is_error_node`].
const ERROR: u8 = 16;

/// Of the kinds of nodes, by number, those that are named, and those that may stand anywhere.
static FLAGS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let flags = |id| {
        let named = if language().node_kind_is_named(id) { NAMED } else { 0 };
        let extra = match language().node_kind_for_id(id) {
            Some("comment" | "line_continuation") => EXTRA,
            _ => 0,
        };
        named | extra
    };
    (0..language().node_kind_count() as u16).map(flags).collect()
});

impl Tree {
    /// The tree that the parser made. Nothing when the text is too long for 32 bits.
    pub(crate) fn new(parsed: &tree_sitter::Tree) -> Option<Self> {
        u32::try_from(parsed.root_node().end_byte()).ok()?;
        Some(Self { nodes: entries(parsed) })
    }

    /// The `module` node around all others.
    pub fn root_node(&self) -> Node<'_> {
        Node::new(self, 0)
    }
}

impl<'tree> Node<'tree> {
    /// The node that this one was made from. `parsed` is the tree of the same text.
    pub(crate) fn parsed(self, parsed: &tree_sitter::Tree) -> tree_sitter::Node<'_> {
        let mut cursor = parsed.walk();
        cursor.goto_descendant(self.number() as usize);
        cursor.node()
    }

    /// The node of the same tree that was made from `node`, a node of `parsed`.
    pub(crate) fn made_from(
        self,
        node: tree_sitter::Node<'_>,
        parsed: &tree_sitter::Tree,
    ) -> Option<Node<'tree>> {
        let root = self.tree().root_node();
        let is_it = |own: &Node<'_>| own.is_like(node) && own.parsed(parsed).id() == node.id();
        // An empty one holds no byte.
        root.descendants_around(node.start_byte())
            .find(is_it)
            .or_else(|| root.descendants().find(is_it))
    }

    /// What a pattern that was matched against `parsed` captured of the same tree, by the capture's index.
    pub(crate) fn captures(
        self,
        found: &tree_sitter::QueryMatch<'_, '_>,
        parsed: &tree_sitter::Tree,
    ) -> Vec<(u32, Node<'tree>)> {
        let captures = found.captures().iter();
        captures.filter_map(|it| Some((it.index, self.made_from(it.node, parsed)?))).collect()
    }

    /// Whether kind and extent are those of a node of the parser's tree.
    pub(crate) fn is_like(self, parsed: tree_sitter::Node<'_>) -> bool {
        self.kind_id() == parsed.kind_id() && self.byte_range() == parsed.byte_range()
    }
}

/// The nodes of a tree whose text is shorter than 4 GiB.
fn entries(parsed: &tree_sitter::Tree) -> Box<[Entry]> {
    let root = parsed.root_node();
    let is_broken = root.has_error() || root.has_changes();
    let flags_by_kind = FLAGS.as_slice();
    let mut nodes: Vec<Entry> = Vec::with_capacity(root.descendant_count());
    let mut cursor = root.walk();
    // Of each node around the cursor, the number, and how many children are still to come. The cursor
    // takes long to find out that there is none.
    let mut around: Vec<(u32, u32)> = Vec::new();
    loop {
        let node = cursor.node();
        let symbol = node.kind_id();
        let mut flags = flags_by_kind.get(symbol as usize).copied().unwrap_or(NAMED);
        if is_broken {
            flags |= flags_of(node);
        }
        let number = nodes.len() as u32;
        nodes.push(Entry {
            start: node.start_byte() as u32,
            end: node.end_byte() as u32,
            parent: around.last().map_or(0, |(parent, _)| *parent),
            next: number + 1,
            symbol,
            kind: kind_of(symbol),
            field: cursor.field_id().and_then(Field::of_id),
            flags,
        });
        let children = node.child_count();
        if children > 0 && cursor.goto_first_child() {
            around.push((number, children - 1));
            continue;
        }
        while let Some((parent, 0)) = around.last() {
            nodes[*parent as usize].next = nodes.len() as u32;
            around.pop();
            cursor.goto_parent();
        }
        let Some((_, left)) = around.last_mut() else { break };
        *left -= 1;
        cursor.goto_next_sibling();
    }
    debug_assert_eq!(nodes.len(), root.descendant_count());
    nodes.into()
}

/// What only nodes of a tree with an error may have.
fn flags_of(node: tree_sitter::Node<'_>) -> u8 {
    let has_changes = node.has_changes();
    let is_error_node = node.is_error() || has_changes && node.child_count() == 0;
    [
        (node.is_extra(), EXTRA),
        (node.is_missing(), MISSING),
        (has_changes || node.has_error(), BROKEN),
        (is_error_node, ERROR),
    ]
    .into_iter()
    .fold(0, |flags, (is_so, flag)| if is_so { flags | flag } else { flags })
}
