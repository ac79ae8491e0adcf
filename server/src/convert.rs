//! Positions of LSP and byte offsets.
//!
//! Architecture invariant: no other file knows that LSP counts lines and code units. Every position
//! is an answer to "which byte?": past the end of a line is before its break, past the last line
//! the end of the text, inside a character that character's start.

mod places;

use pygloss_core::Span;
use pygloss_core::text::Text;
use tower_lsp::lsp_types::{Position, PositionEncodingKind, Range};

pub use places::Places;

/// What a column of a [`Position`] counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16 code units, which every client understands.
    #[default]
    Utf16,
    /// Bytes.
    Utf8,
}

impl Encoding {
    /// The best of what a client offers.
    pub fn choose(offered: &[PositionEncodingKind]) -> Self {
        if offered.contains(&PositionEncodingKind::UTF8) { Self::Utf8 } else { Self::Utf16 }
    }

    /// LSP's name for it.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf8 => PositionEncodingKind::UTF8,
        }
    }

    /// The byte at `position`.
    pub fn offset(self, text: &Text, position: Position) -> usize {
        let line = position.line as usize;
        if line >= text.line_count() {
            return text.len();
        }
        let content = text.line_content(line);
        let column = position.character as usize;
        match self {
            Self::Utf8 => text.floor_boundary((content.start + column).min(content.end)),
            Self::Utf16 => {
                let units = text.utf16_before(content.start) + column;
                text.offset_of_utf16(units).min(content.end)
            }
        }
    }

    /// The bytes of `range`, whichever of its ends comes first.
    pub fn span(self, text: &Text, range: Range) -> Span {
        let (a, b) = (self.offset(text, range.start), self.offset(text, range.end));
        Span::new(a.min(b), a.max(b))
    }

    /// Where the byte `offset` stands. Inside a line break counts as before it.
    pub fn position(self, text: &Text, offset: usize) -> Position {
        if let Some((line, before)) = text.line_before(offset) {
            let column = match self {
                Self::Utf8 => before.len(),
                Self::Utf16 => before.chars().map(char::len_utf16).sum(),
            };
            return Position::new(to_u32(line), to_u32(column));
        }
        let line = text.line_of(offset);
        let content = text.line_content(line);
        let offset = text.floor_boundary(offset).min(content.end);
        let column = match self {
            Self::Utf8 => offset - content.start,
            Self::Utf16 => text.utf16_before(offset) - text.utf16_before(content.start),
        };
        Position::new(to_u32(line), to_u32(column))
    }

    /// Where the bytes of `span` stand.
    pub fn range(self, text: &Text, span: Span) -> Range {
        Range::new(self.position(text, span.start), self.position(text, span.end))
    }
}

/// A text that is held in memory after it came through a 128 MiB message has fewer lines than that.
fn to_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn offset(encoding: Encoding, text: &str, line: u32, character: u32) -> usize {
        encoding.offset(&Text::new(text), Position::new(line, character))
    }

    #[test]
    fn past_the_end_of_a_line_is_before_its_break() {
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            for text in ["ab\ncd", "ab\r\ncd", "ab\rcd"] {
                assert_eq!(offset(encoding, text, 0, 2), 2, "{text:?}");
                assert_eq!(offset(encoding, text, 0, 99), 2, "{text:?}");
                assert_eq!(offset(encoding, text, 0, u32::MAX), 2, "{text:?}");
                assert_eq!(offset(encoding, text, 1, 9), text.len(), "{text:?}");
            }
        }
    }

    #[test]
    fn past_the_last_line_is_the_end() {
        assert_eq!(offset(Encoding::Utf16, "ab\n", 1, 0), 3);
        assert_eq!(offset(Encoding::Utf16, "ab\n", 2, 0), 3);
        assert_eq!(offset(Encoding::Utf8, "", u32::MAX, u32::MAX), 0);
    }

    #[test]
    fn inside_a_character_is_its_start() {
        assert_eq!(offset(Encoding::Utf16, "é漢😀x", 0, 3), 5);
        assert_eq!(offset(Encoding::Utf16, "é漢😀x", 0, 4), 9);
        for (column, byte) in [(1, 0), (2, 2), (3, 2), (4, 2), (5, 5), (8, 5), (9, 9)] {
            assert_eq!(offset(Encoding::Utf8, "é漢😀x", 0, column), byte, "{column}");
        }
    }

    #[test]
    fn a_reversed_range_is_swapped() {
        let range = Range::new(Position::new(1, 1), Position::new(0, 1));
        assert_eq!(Encoding::Utf16.span(&Text::new("ab\ncd"), range), Span::new(1, 4));
    }

    #[test]
    fn between_the_characters_of_a_break_is_before_it() {
        assert_eq!(Encoding::Utf8.position(&Text::new("a\r\nb"), 2), Position::new(0, 1));
    }

    #[test]
    fn utf8_where_offered() {
        use PositionEncodingKind as Kind;
        assert_eq!(Encoding::choose(&[]), Encoding::Utf16);
        assert_eq!(Encoding::choose(&[Kind::UTF32]), Encoding::Utf16);
        assert_eq!(Encoding::choose(&[Kind::UTF16, Kind::UTF8]), Encoding::Utf8);
    }

    proptest! {
        #[test]
        fn there_and_back(text in "[a\u{e9}\u{6f22}\u{1f600}\t\u{c}\u{2028}\r\n]{0,40}", byte in 0usize..200) {
            let text = Text::new(&text);
            let place = text.floor_boundary(byte);
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                let position = encoding.position(&text, place);
                let back = encoding.offset(&text, position);
                let content = text.line_content(text.line_of(place));
                prop_assert_eq!(back, place.min(content.end));
            }
        }
    }
}
