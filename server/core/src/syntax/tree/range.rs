//! Nodes by their place.

use super::Node;

impl<'tree> Node<'tree> {
    /// The smallest node in this one that covers `start..end`.
    pub fn descendant_for_byte_range(&self, start: usize, end: usize) -> Option<Self> {
        self.smallest(start, end, |_| true)
    }

    /// The smallest named node in this one that covers `start..end`.
    pub fn named_descendant_for_byte_range(&self, start: usize, end: usize) -> Option<Self> {
        self.smallest(start, end, Self::is_named)
    }

    /// This node and the ones in it that hold the byte at `offset`, parents first.
    pub(crate) fn descendants_around(
        &self,
        offset: usize,
    ) -> impl Iterator<Item = Self> + use<'tree> {
        let below = move |node: &Self| {
            node.children().find(|it| it.end_byte() > offset).filter(|it| it.start_byte() <= offset)
        };
        std::iter::successors(Some(*self), below)
    }

    fn smallest(&self, start: usize, end: usize, is_it: impl Fn(&Self) -> bool) -> Option<Self> {
        (start <= end).then_some(())?;
        let reaches = |node: &Self| {
            let is_empty = node.start_byte() == node.end_byte();
            let is_behind =
                if is_empty { node.end_byte() < start } else { node.end_byte() <= start };
            node.end_byte() >= end && !is_behind
        };
        let mut node = *self;
        let mut found = node;
        while let Some(child) = node.children().find(reaches).filter(|it| it.start_byte() <= start)
        {
            node = child;
            if is_it(&node) {
                found = node;
            }
        }
        Some(found)
    }
}
