//! An open file: its text, and its top-level items with a syntax tree each.
//!
//! Architecture invariant: the state after any sequence of edits is the state of a fresh open of
//! the final text. Items are found by a pure function ([`crate::items`]), and over broken code the
//! parser is helped by an earlier tree up to the first edit only.

mod attributes;
mod edit;
mod glance;
mod index;
mod item;
mod moves;
mod parse;

pub(crate) use index::Question;
pub use item::{Item, ItemId};
pub(crate) use moves::LinesMoved;

use std::cell::{Cell, OnceCell, RefCell};

use crate::syntax::Node;
use rustc_hash::FxHashSet;

use crate::Span;
use crate::items::item_end;
use crate::text::Text;

/// Bytes of text of a long file whose trees are kept although they are not in use. A tree takes about
/// six times the memory of its text.
const PARSED_LEN: usize = 96 << 10;

/// A file of more bytes, about ten thousand lines, is long: its trees are not kept all.
const LONG_LEN: usize = 384 << 10;

/// The text of a file and everything derived from it. A clone shares all of it, and costs little.
#[derive(Clone, Debug, Default)]
pub struct Document {
    text: Text,
    items: Vec<Item>,
    /// Where each item starts, in bytes of the file; as long as `items`.
    starts: Vec<usize>,
    last_id: u32,
    index: RefCell<index::Index>,
    /// Items that were made, edited or removed since the index was last asked.
    pending: RefCell<Vec<ItemId>>,
    /// Items came, went or moved since the index was last asked.
    order_changed: Cell<bool>,
    /// Which lines moved since that was last asked, in order of the edits.
    moves: RefCell<Vec<LinesMoved>>,
    /// Items stay in `pending` until a question may be about them.
    is_glanced_at: bool,
    /// No other edit is going to follow the next few.
    is_trial: bool,
    /// Of such a file, the items whose text tells too little.
    odd: OnceCell<FxHashSet<ItemId>>,
    /// Whether such a file is dynamic, as far as its text alone shows that.
    looks_dynamic: OnceCell<bool>,
    /// The questions asked of the index, while someone wants to know them.
    asked: RefCell<Option<Vec<Question>>>,
    pub(crate) findings: crate::lint::Cache,
}

impl Document {
    /// Opens `source`.
    pub fn new(source: &str) -> Self {
        let mut document = Self { text: Text::new(source), ..Self::default() };
        let mut rest = source;
        while !rest.is_empty() {
            let end = item_end(rest);
            let (item, after) = rest.split_at(end.len);
            let id = document.new_id();
            document.items.push(Item::new(id, item.to_owned(), end));
            document.pending.get_mut().push(id);
            rest = after;
        }
        document.order_changed.set(true);
        document.count_starts_from(0);
        document
    }

    /// Opens a file that is asked about a few names. Answers are those of [`Document::new`]; only the items
    /// that hold these names are parsed for them.
    pub fn of_another_file(source: &str) -> Self {
        Self { is_glanced_at: true, ..Self::new(source) }
    }

    /// A copy in which something is tried: with an edit, nothing is made ready for the next one.
    pub(crate) fn trial(&self) -> Self {
        Self { is_trial: true, ..self.clone() }
    }

    /// The text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The top-level items in order. Together they are the text.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Where the item with this index starts, in bytes of the file.
    pub fn start_of(&self, index: usize) -> usize {
        self.starts[index]
    }

    /// The bytes of the item with this index, in bytes of the file.
    pub fn span_of(&self, index: usize) -> Span {
        let start = self.starts[index];
        Span::new(start, start + self.items[index].text().len())
    }

    /// The index of the item that holds `offset`; the end of the text belongs to the last item.
    /// Nothing for the empty text.
    pub fn item_at(&self, offset: usize) -> Option<usize> {
        self.starts.partition_point(|&start| start <= offset).checked_sub(1)
    }

    /// Where the first text is that the parser makes nothing of, in bytes of the file. The file may be valid
    /// all the same: the grammar has gaps.
    pub fn first_error(&self) -> Option<usize> {
        self.items.iter().zip(&self.starts).find_map(|(item, start)| {
            let mut node = item.tree()?.root_node();
            while !node.is_error_node() && !node.is_missing() {
                let broken = |child: &Node<'_>| child.is_broken() || child.is_missing();
                node = node.children().find(broken)?;
            }
            Some(start + node.start_byte())
        })
    }

    /// Drops syntax trees of a long file that nobody asked for during a few calls, when those in memory
    /// belong to much text. The memory of such a file is mostly trees, and few of them are in use. To be called
    /// once for each thing that a client asks.
    pub fn rest(&mut self) {
        self.drop_unused(16);
    }

    /// [`Document::rest`] for trees that nobody asked for during the last `looks` calls.
    pub(crate) fn drop_unused(&mut self, looks: u8) {
        let parsed = || self.items.iter().map(Item::parsed_len).sum::<usize>();
        if self.is_long() && parsed() > PARSED_LEN {
            self.items.iter_mut().for_each(|item| item.rest(looks));
        }
    }

    /// True when the file is too long to keep all trees.
    pub(crate) fn is_long(&self) -> bool {
        self.text.len() > LONG_LEN
    }

    fn new_id(&mut self) -> ItemId {
        self.last_id += 1;
        ItemId(self.last_id)
    }

    fn count_starts_from(&mut self, index: usize) {
        self.starts.truncate(index);
        let mut start = match index.checked_sub(1) {
            Some(before) => self.starts[before] + self.items[before].text().len(),
            None => 0,
        };
        for item in &self.items[index..] {
            self.starts.push(start);
            start += item.text().len();
        }
    }
}

#[cfg(test)]
mod tests;
