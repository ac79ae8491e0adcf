//! The text of a file: a rope whose line breaks are those of LSP (`\n`, `\r\n`, `\r`).

use ropey::Rope;

use crate::Span;

/// A text that can be edited anywhere in logarithmic time. Lines count from 0, columns and offsets
/// are bytes unless a name says UTF-16.
#[derive(Clone, Debug, Default)]
pub struct Text {
    rope: Rope,
}

impl Text {
    /// A text holding `source`.
    pub fn new(source: &str) -> Self {
        Self { rope: Rope::from_str(source) }
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// True for the empty text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of lines; one more than the number of line breaks.
    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// First byte of `line`, or the end of the text for a line past the last one.
    pub fn line_start(&self, line: usize) -> usize {
        if line >= self.line_count() { self.len() } else { self.rope.line_to_byte(line) }
    }

    /// The bytes of `line` without its line break.
    pub fn line_content(&self, line: usize) -> Span {
        let start = self.line_start(line);
        if line >= self.line_count() {
            return Span::empty(start);
        }
        let slice = self.rope.line(line);
        let mut len = slice.len_bytes();
        if len > 0 && slice.byte(len - 1) == b'\n' {
            len -= 1;
        }
        if len > 0 && slice.byte(len - 1) == b'\r' {
            len -= 1;
        }
        Span::new(start, start + len)
    }

    /// The line that holds `offset`. Offsets past the end belong to the last line.
    pub fn line_of(&self, offset: usize) -> usize {
        self.rope.byte_to_line(offset.min(self.len()))
    }

    /// The largest character boundary at or before `offset`.
    pub fn floor_boundary(&self, offset: usize) -> usize {
        let offset = offset.min(self.len());
        self.rope.char_to_byte(self.rope.byte_to_char(offset))
    }

    /// The line that holds `offset`, and what stands before `offset` on that line. Quick where the
    /// line's start and `offset` are in one piece of the rope; nothing elsewhere, for offsets inside
    /// a character and near carriage returns.
    pub fn line_before(&self, offset: usize) -> Option<(usize, &str)> {
        let (chunk, chunk_start, _, chunk_line) = self.rope.get_chunk_at_byte(offset)?;
        let before = chunk.get(..offset - chunk_start)?;
        let bytes = before.as_bytes();
        if memchr::memchr(b'\r', bytes).is_some() {
            return None;
        }
        let start = memchr::memrchr(b'\n', bytes)? + 1;
        Some((chunk_line + memchr::memchr_iter(b'\n', bytes).count(), &before[start..]))
    }

    /// UTF-16 code units before `offset`. An offset inside a character counts from its start.
    pub fn utf16_before(&self, offset: usize) -> usize {
        let char = self.rope.byte_to_char(offset.min(self.len()));
        self.rope.char_to_utf16_cu(char)
    }

    /// The offset with `units` UTF-16 code units before it; inside a surrogate pair, the start of
    /// that character; past the end, the end.
    pub fn offset_of_utf16(&self, units: usize) -> usize {
        let units = units.min(self.rope.len_utf16_cu());
        self.rope.char_to_byte(self.rope.utf16_cu_to_char(units))
    }

    /// A copy of the bytes of `span`, which must lie on character boundaries.
    pub fn slice(&self, span: Span) -> String {
        self.rope.byte_slice(span.start..span.end).to_string()
    }

    /// Puts `text` in place of `span`, which must lie on character boundaries.
    pub fn replace(&mut self, span: Span, text: &str) {
        let start = self.rope.byte_to_char(span.start);
        let end = self.rope.byte_to_char(span.end);
        if start != end {
            self.rope.remove(start..end);
        }
        if !text.is_empty() {
            self.rope.insert(start, text);
        }
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_line_breaks_of_lsp_count() {
        assert_eq!(Text::new("a\nb\r\nc\rd").line_count(), 4);
        assert_eq!(Text::new("a\u{2028}b\u{85}c\u{b}d\u{c}e").line_count(), 1);
    }

    #[test]
    fn content_of_a_line_ends_before_its_break() {
        let text = Text::new("ab\r\ncd\r\n");
        assert_eq!(text.line_content(0), Span::new(0, 2));
        assert_eq!(text.line_content(2), Span::empty(8));
        assert_eq!(text.line_content(9), Span::empty(8));
    }

    #[test]
    fn an_offset_inside_a_character_goes_to_its_start() {
        let text = Text::new("x😀y");
        assert_eq!(text.floor_boundary(3), 1);
        assert_eq!(text.offset_of_utf16(2), 1);
        assert_eq!(text.offset_of_utf16(3), 5);
        assert_eq!(text.utf16_before(5), 3);
        assert_eq!(text.offset_of_utf16(99), 6);
    }
}
