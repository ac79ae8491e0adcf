//! A node, and its neighbours.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::iter::FusedIterator;
use std::ops::Range;
use std::sync::LazyLock;

use super::{BROKEN, ERROR, EXTRA, Entry, MISSING, NAMED, Tree};
use crate::syntax::{Field, Kind, language};

/// The names of kinds by their numbers.
static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let name = |id| language().node_kind_for_id(id).unwrap_or_default();
    (0..language().node_kind_count() as u16).map(name).collect()
});

/// A node of a [`Tree`]. Offsets are bytes of the item. Two are equal if they are the same node of the
/// same tree.
#[derive(Clone, Copy)]
pub struct Node<'tree> {
    tree: &'tree Tree,
    number: u32,
}

impl<'tree> Node<'tree> {
    pub(super) fn new(tree: &'tree Tree, number: u32) -> Self {
        Self { tree, number }
    }

    pub(super) fn number(self) -> u32 {
        self.number
    }

    pub(super) fn tree(self) -> &'tree Tree {
        self.tree
    }

    #[inline]
    fn entry(self) -> &'tree Entry {
        &self.tree.nodes[self.number as usize]
    }

    #[inline]
    fn has(self, flag: u8) -> bool {
        self.entry().flags & flag != 0
    }

    /// What tells the node from all others, as long as its tree lives.
    pub fn id(&self) -> usize {
        std::ptr::from_ref(self.entry()).addr()
    }

    /// The name of the kind in the grammar; of a token that is not named, its text.
    pub fn kind(&self) -> &'static str {
        NAMES.get(self.kind_id() as usize).copied().unwrap_or("ERROR")
    }

    /// The number of the kind in the grammar.
    #[inline]
    pub fn kind_id(&self) -> u16 {
        self.entry().symbol
    }

    #[inline]
    pub(in crate::syntax) fn kind_of(self) -> Kind {
        self.entry().kind
    }

    /// The field of the parent that the node is in.
    #[inline]
    pub fn field(&self) -> Option<Field> {
        self.entry().field
    }

    /// The first byte.
    #[inline]
    pub fn start_byte(&self) -> usize {
        self.entry().start as usize
    }

    /// Where the first byte behind the node is.
    #[inline]
    pub fn end_byte(&self) -> usize {
        self.entry().end as usize
    }

    /// The bytes of the node.
    #[inline]
    pub fn byte_range(&self) -> Range<usize> {
        let Entry { start, end, .. } = *self.entry();
        start as usize..end as usize
    }

    /// False for a token that stands in the grammar as a text, like `(` or `def`.
    #[inline]
    pub fn is_named(&self) -> bool {
        self.has(NAMED)
    }

    /// True for what may stand anywhere: a comment, a line break after a backslash, text that the parser
    /// skipped.
    pub fn is_extra(&self) -> bool {
        self.has(EXTRA)
    }

    /// True for a token that the parser put in.
    pub fn is_missing(&self) -> bool {
        self.has(MISSING)
    }

    /// True when there is an error in the node. The parser tells of its errors; a statement that was
    /// [left open](crate::items::left_open) is replaced before it gets to the parser, and the name that
    /// stands for it is [marked](super::super::soundness::mark), as are all nodes around it.
    #[inline]
    pub fn is_broken(&self) -> bool {
        self.has(BROKEN)
    }

    /// True when the node is an error itself: what the parser made nothing of, or what stands for a
    /// statement that was left open.
    pub fn is_error_node(&self) -> bool {
        self.has(ERROR)
    }

    /// The node around this one; nothing for the root.
    #[inline]
    pub fn parent(&self) -> Option<Self> {
        (self.number > 0).then(|| Self { number: self.entry().parent, ..*self })
    }

    /// The nodes right below this one, with tokens.
    #[inline]
    pub fn children(&self) -> Children<'tree> {
        Children { tree: self.tree, at: self.number + 1, end: self.entry().next }
    }

    /// [`Node::children`] without tokens that are not named.
    #[inline]
    pub fn named_children(&self) -> impl Iterator<Item = Self> + use<'tree> {
        self.children().filter(Node::is_named)
    }

    /// The children in a field. The text between them may be in it, too.
    #[inline]
    pub fn children_in(&self, field: Field) -> impl Iterator<Item = Self> + use<'tree> {
        self.children().filter(move |child| child.field() == Some(field))
    }

    /// The first child in a field.
    #[inline]
    pub fn child_in(&self, field: Field) -> Option<Self> {
        self.children_in(field).next()
    }

    /// The child with this index.
    pub fn child(&self, index: usize) -> Option<Self> {
        self.children().nth(index)
    }

    /// The named child with this index among these.
    pub fn named_child(&self, index: usize) -> Option<Self> {
        self.named_children().nth(index)
    }

    /// How many children there are.
    pub fn child_count(&self) -> usize {
        self.children().count()
    }

    /// True for a token.
    #[inline]
    pub fn is_leaf(&self) -> bool {
        self.entry().next == self.number + 1
    }

    /// How many named children there are.
    pub fn named_child_count(&self) -> usize {
        self.named_children().count()
    }

    /// The next child of the same parent.
    #[inline]
    pub fn next_sibling(&self) -> Option<Self> {
        let next = self.entry().next;
        (next < self.parent()?.entry().next).then_some(Self { number: next, ..*self })
    }

    /// The child of the same parent before this one.
    pub fn prev_sibling(&self) -> Option<Self> {
        self.parent()?.children().take_while(|node| node.number < self.number).last()
    }

    /// The next named child of the same parent.
    pub fn next_named_sibling(&self) -> Option<Self> {
        std::iter::successors(self.next_sibling(), Self::next_sibling).find(Self::is_named)
    }

    /// The named child of the same parent before this one.
    pub fn prev_named_sibling(&self) -> Option<Self> {
        self.parent()?.named_children().take_while(|node| node.number < self.number).last()
    }

    /// The node and all below it, parents first.
    #[inline]
    pub fn descendants(&self) -> impl Iterator<Item = Self> + use<'tree> {
        let tree = self.tree;
        (self.number..self.entry().next).map(move |number| Self { tree, number })
    }

    /// The tokens in this node; a node that `is_token` stands for those in it.
    pub fn tokens(&self, is_token: impl Fn(Self) -> bool) -> impl Iterator<Item = Self> {
        let (tree, end) = (self.tree, self.entry().next);
        let mut number = self.number;
        std::iter::from_fn(move || {
            while number < end {
                let node = Self { tree, number };
                if node.is_leaf() || is_token(node) {
                    number = node.entry().next;
                    return Some(node);
                }
                number += 1;
            }
            None
        })
    }

    /// The next node in the order of the text, parents first.
    #[inline]
    pub(crate) fn next(&self) -> Option<Self> {
        let next = self.number + 1;
        ((next as usize) < self.tree.nodes.len()).then_some(Self { number: next, ..*self })
    }

    /// The first node behind this one, in the order of the text and parents first, that is not in it.
    #[inline]
    pub(crate) fn following(&self) -> Option<Self> {
        let next = self.entry().next;
        ((next as usize) < self.tree.nodes.len()).then_some(Self { number: next, ..*self })
    }

    /// True when `other` is this node or below it.
    #[inline]
    pub(crate) fn holds(&self, other: Node<'_>) -> bool {
        std::ptr::eq(self.tree, other.tree)
            && (self.number..self.entry().next).contains(&other.number)
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number && std::ptr::eq(self.tree, other.tree)
    }
}

impl Eq for Node<'_> {}

impl Hash for Node<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.kind(), self.byte_range())
    }
}

/// See [`Node::children`].
#[derive(Clone, Debug)]
pub struct Children<'tree> {
    tree: &'tree Tree,
    at: u32,
    end: u32,
}

impl<'tree> Iterator for Children<'tree> {
    type Item = Node<'tree>;

    #[inline]
    fn next(&mut self) -> Option<Node<'tree>> {
        let number = self.at;
        (number < self.end).then(|| {
            self.at = self.tree.nodes[number as usize].next;
            Node { tree: self.tree, number }
        })
    }
}

impl FusedIterator for Children<'_> {}
