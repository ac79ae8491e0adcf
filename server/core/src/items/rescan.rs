//! What makes the parser slow: before each token the scanner of the grammar reads all white space,
//! comments and continuation lines up to the next token that is none of these. A run of `n`
//! comments is read `n` times, and its blank lines once more for each block that ends there.
//!
//! At column 0 long runs are cut, so that a commented-out page costs nothing; elsewhere the bytes
//! are counted, and text that would take seconds gets no tree.

use super::{ItemEnd, Scanner};

/// So many comments in a row are read again and again in far under a millisecond.
const MAX_COMMENTS: usize = 64;

/// The comments since the last statement.
#[derive(Default)]
pub(super) struct Comments {
    len: usize,
    /// Where the run is cut, and what was read again until there.
    cut: Option<(usize, usize)>,
}

impl Comments {
    /// One more comment, on the line that starts at `line`.
    pub(super) fn add(&mut self, line: usize, indented: bool, rescanned: usize) {
        // Indented ones may belong to a block.
        if self.len >= MAX_COMMENTS && !indented && self.cut.is_none() {
            self.cut = Some((line, rescanned));
        }
        self.len += 1;
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// True when an item ends inside the run, should a statement at column 0 follow it.
    pub(super) fn are_cut(&self) -> bool {
        self.cut.is_some()
    }
}

impl Scanner<'_> {
    /// Counts that the bytes from `start` to here are read so many times more.
    pub(super) fn reads_again(&mut self, start: usize, times: usize) {
        let bytes = (self.at - start).saturating_mul(times);
        self.rescanned = self.rescanned.saturating_add(bytes);
    }

    /// The item ends at `place`, or in the middle of the long run of comments before it.
    pub(super) fn end_before(&self, place: usize, comments: &Comments) -> ItemEnd {
        let (len, rescanned) = comments.cut.unwrap_or((place, self.rescanned));
        ItemEnd { len, seen: self.seen, depth: self.depth, rescanned, is_open: self.is_open }
    }
}
