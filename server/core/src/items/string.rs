//! String literals: all prefixes, triple quotes, and the nested fields of f- and t-strings
//! (PEP 498, PEP 701, PEP 750).

use super::Scanner;
use super::line::is_word;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The scanner stands behind the string.
    Closed,
    /// The scanner stands at the line that proves that the string was left open, or at the end.
    LeftOpen,
}

/// One level of an f-string: the string itself, or a replacement field in it.
enum Level {
    String {
        quote: u8,
        triple: bool,
        interpolated: bool,
    },
    /// `brackets` counts those open inside the field; `spec` is true behind its `:`.
    Field {
        brackets: usize,
        spec: bool,
    },
}

impl Scanner<'_> {
    /// Moves behind the string whose opening quote is here.
    pub(super) fn string(&mut self, prefix: &[u8]) -> Outcome {
        let opened = self.at;
        let interpolated = prefix.iter().any(|byte| matches!(byte, b'f' | b'F' | b't' | b'T'));
        let mut levels = vec![self.open_quote(interpolated)];
        let triple = matches!(levels[0], Level::String { triple: true, .. });
        while let Some(level) = levels.last() {
            let Some(byte) = self.byte(self.at) else {
                self.is_open |= !triple && levels.len() > 1;
                return if triple || levels.len() > 1 {
                    self.string_left_open(opened)
                } else {
                    Outcome::Closed
                };
            };
            match *level {
                Level::String { quote, triple, interpolated } => {
                    self.string_byte(&mut levels, byte, quote, triple, interpolated);
                }
                Level::Field { brackets, spec } => {
                    if !self.field_byte(&mut levels, byte, brackets, spec) {
                        self.is_open |= !triple;
                        return Outcome::LeftOpen;
                    }
                }
            }
            self.depth = self.depth.max(levels.len());
        }
        if triple && self.closes_by_mistake(opened) {
            return self.string_left_open(opened);
        }
        Outcome::Closed
    }

    fn open_quote(&mut self, interpolated: bool) -> Level {
        let quote = self.source[self.at];
        let triple = self.is_triple(quote);
        self.at += if triple { 3 } else { 1 };
        Level::String { quote, triple, interpolated }
    }

    fn is_triple(&mut self, quote: u8) -> bool {
        self.byte(self.at + 1) == Some(quote) && self.byte(self.at + 2) == Some(quote)
    }

    fn string_byte(
        &mut self,
        levels: &mut Vec<Level>,
        byte: u8,
        quote: u8,
        triple: bool,
        interpolated: bool,
    ) {
        match byte {
            b'\\' => {
                self.at += 1;
                match self.byte(self.at) {
                    Some(b'\n' | b'\r') => self.skip_break(),
                    // Of `\{` in an f-string only the backslash is text.
                    Some(b'{') if interpolated => {}
                    Some(_) => self.at += 1,
                    None => {}
                }
            }
            b'\n' | b'\r' if !triple => {
                // Left open at the end of the line; the line break is not part of it.
                self.is_open = true;
                levels.pop();
            }
            b'{' if interpolated => {
                self.at += 1;
                if self.byte(self.at) == Some(b'{') {
                    self.at += 1;
                } else {
                    levels.push(Level::Field { brackets: 0, spec: false });
                }
            }
            _ if byte == quote => {
                if !triple {
                    self.at += 1;
                    levels.pop();
                } else if self.is_triple(quote) {
                    self.at += 3;
                    levels.pop();
                } else {
                    self.at += 1;
                }
            }
            _ => self.skip_string_text(quote, interpolated),
        }
    }

    /// Moves to the next byte that can mean something in a string.
    fn skip_string_text(&mut self, quote: u8, interpolated: bool) {
        let rest = &self.source[self.at..];
        let stop = memchr::memchr3(quote, b'\\', b'\n', rest).unwrap_or(rest.len());
        let part = &rest[..stop];
        let len = if interpolated {
            memchr::memchr2(b'{', b'\r', part).unwrap_or(stop)
        } else {
            memchr::memchr(b'\r', part).unwrap_or(stop)
        };
        // In a triple-quoted string a line break is text, and the caller would stay at it.
        self.at += len.max(1);
    }

    /// One token inside a replacement field; false when the string turns out to be left open.
    fn field_byte(
        &mut self,
        levels: &mut Vec<Level>,
        byte: u8,
        brackets: usize,
        spec: bool,
    ) -> bool {
        let in_spec = spec && brackets == 0;
        let set = |levels: &mut Vec<Level>, brackets: usize, spec: bool| {
            if let Some(last) = levels.last_mut() {
                *last = Level::Field { brackets, spec };
            }
        };
        match byte {
            b'}' if brackets == 0 => {
                self.at += 1;
                levels.pop();
            }
            b'{' if in_spec => {
                self.at += 1;
                levels.push(Level::Field { brackets: 0, spec: false });
            }
            b'\n' | b'\r' => {
                if in_spec && !Self::inside_triple(levels) {
                    levels.pop();
                    return true;
                }
                self.skip_break();
                return !self.proves_open_field();
            }
            b'"' | b'\'' if in_spec => {
                // A quote ends the string whose field this is.
                levels.pop();
            }
            _ if in_spec => self.at += 1,
            b'(' | b'[' | b'{' => {
                self.at += 1;
                set(levels, brackets + 1, spec);
            }
            b')' | b']' | b'}' => {
                self.at += 1;
                set(levels, brackets.saturating_sub(1), spec);
            }
            b':' if brackets == 0 => {
                self.at += 1;
                set(levels, 0, true);
            }
            b'#' => self.skip_to_break(),
            b'"' | b'\'' => {
                let nested = self.nested_is_interpolated();
                let level = self.open_quote(nested);
                levels.push(level);
            }
            _ => self.at += 1,
        }
        true
    }

    fn inside_triple(levels: &[Level]) -> bool {
        levels.iter().rev().any(|level| matches!(level, Level::String { triple: true, .. }))
    }

    /// Whether the quote here has a prefix with `f` or `t`.
    fn nested_is_interpolated(&self) -> bool {
        let before = &self.source[..self.at];
        let start = before.iter().rposition(|&byte| !is_word(byte)).map_or(0, |index| index + 1);
        let prefix = &before[start..];
        prefix.len() <= 2 && prefix.iter().any(|byte| matches!(byte, b'f' | b'F' | b't' | b'T'))
    }
}
