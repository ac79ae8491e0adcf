//! An open file.

use crate::Span;
use crate::text::Text;

/// The text of a file and everything derived from it.
#[derive(Debug, Default)]
pub struct Document {
    text: Text,
}

impl Document {
    /// Opens `source`.
    pub fn new(source: &str) -> Self {
        Self { text: Text::new(source) }
    }

    /// The text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Puts `text` in place of `span` (bytes). A span past the end is cut, one inside a character
    /// starts or ends at that character's start.
    pub fn edit(&mut self, span: Span, text: &str) {
        let start = self.text.floor_boundary(span.start);
        let end = self.text.floor_boundary(span.end.max(start));
        self.text.replace(Span::new(start, end), text);
    }
}
