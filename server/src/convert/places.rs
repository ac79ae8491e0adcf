//! Where bytes stand in lines, remembered over edits, so that an edit costs nothing for what it does
//! not touch.

use pygloss_core::Span;
use pygloss_core::text::Text;
use tower_lsp::lsp_types::{Position, Range};

use super::Encoding;

/// Positions of one text that were asked for before.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// By their byte, in ascending order.
    known: Vec<(usize, Position)>,
    /// What is asked for this time.
    asked: Vec<(usize, Position)>,
}

impl Places {
    /// Where the bytes of `span` stand in `text`.
    pub fn range(&mut self, encoding: Encoding, text: &Text, span: Span) -> Range {
        let mut position = |offset| {
            let known = self.known.binary_search_by_key(&offset, |(at, _)| *at);
            let position = match known {
                Ok(index) => self.known[index].1,
                Err(_) => encoding.position(text, offset),
            };
            self.asked.push((offset, position));
            position
        };
        Range::new(position(span.start), position(span.end))
    }

    /// Forgets what was not asked for since this was last called.
    pub fn keep_asked(&mut self) {
        self.asked.sort_unstable_by_key(|(at, _)| *at);
        self.asked.dedup_by_key(|(at, _)| *at);
        self.known = std::mem::take(&mut self.asked);
    }

    /// Follows the edit that put `inserted` bytes in place of `span` of `before`. Forgets what it may
    /// have moved within a line, and moves what is on lines behind. Lines next to the edit are
    /// forgotten, too, since it may join or part `\r` and `\n`. True when all positions are what they were.
    pub fn edit(&mut self, before: &Text, span: Span, inserted: usize, after: &Text) -> bool {
        if self.known.is_empty() {
            return true;
        }
        let (first, last) = (before.line_of(span.start), before.line_of(span.end));
        let (old_count, new_count) = (before.line_count(), after.line_count());
        let (known, mut moves) = (self.known.len(), false);
        self.known.retain_mut(|(at, position)| {
            let line = position.line as usize;
            if *at < span.start && line < first {
                return true;
            }
            if *at <= span.end || line < last + 2 {
                return false;
            }
            *at = *at - span.end + span.start + inserted;
            moves |= new_count != old_count;
            let moved = u32::try_from(line + new_count - old_count);
            moved.map(|line| position.line = line).is_ok()
        });
        !moves && self.known.len() == known
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_remembered_is_what_is_computed(
            text in "[a\u{e9}\u{1f600}\r\n]{0,60}",
            edits in proptest::collection::vec((0usize..80, 0usize..20, "[a\u{e9}\r\n]{0,5}"), 1..6),
        ) {
            let encoding = Encoding::Utf16;
            let mut text = Text::new(&text);
            let mut places = Places::default();
            for (start, len, new) in edits {
                for offset in 0..=text.len() {
                    let span = Span::empty(text.floor_boundary(offset));
                    places.range(encoding, &text, span);
                }
                places.keep_asked();
                let start = text.floor_boundary(start);
                let span = Span::new(start, text.floor_boundary(start + len));
                let before = text.clone();
                let known: Vec<_> = places.known.iter().map(|(_, position)| *position).collect();
                text.replace(span, &new);
                let stay = places.edit(&before, span, new.len(), &text);
                let after: Vec<_> = places.known.iter().map(|(_, position)| *position).collect();
                prop_assert!(!stay || known == after);
                for offset in 0..=text.len() {
                    let at = text.floor_boundary(offset);
                    let found = places.range(encoding, &text, Span::empty(at)).start;
                    prop_assert_eq!(found, encoding.position(&text, at), "{} in {:?}", at, text);
                }
            }
        }
    }
}
