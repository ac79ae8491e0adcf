//! Statements inside an item that were left open.
//!
//! A bracket or a quote that is being typed would take the parser to the end of the item, which then has no class and
//! no function left. So where the lines behind prove that a statement was left open, the parser gets a
//! name in its place: the rest of the item stays what it is.

use std::borrow::Cow;

use super::Scanner;
use crate::Span;

/// Where more are left open than are ever typed at a time, nothing is replaced: each takes a look at the
/// rest of the item.
const MOST: usize = 8;

/// The name must be so long that its middle is not looked at when what stands before it is read.
const SHORTEST: usize = 4;

/// The text for the parser.
pub(crate) struct Masked<'a> {
    /// As long as the text of the item, with the same line breaks.
    pub text: Cow<'a, str>,
    /// The statements that were replaced, in bytes of the item.
    pub statements: Vec<Span>,
    /// The names that stand for them, each at the start of one.
    pub names: Vec<Span>,
}

/// Puts a name in the place of each statement of an item that was left open. To be called for items that
/// [have such](super::ItemEnd::is_open).
pub(crate) fn masked(text: &str) -> Masked<'_> {
    let statements = left_open(text);
    if statements.is_empty() {
        return Masked { text: text.into(), statements, names: Vec::new() };
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut names = Vec::new();
    for statement in &statements {
        let end = (statement.start + SHORTEST..).find(|&at| text.is_char_boundary(at));
        let name = Span::new(statement.start, end.unwrap_or(statement.end));
        for (byte, at) in bytes[statement.start..statement.end].iter_mut().zip(statement.start..) {
            match *byte {
                b'\n' | b'\r' => {}
                _ => *byte = if at < name.end { b'_' } else { b' ' },
            }
        }
        names.push(name);
    }
    // Whole characters were replaced by ASCII.
    let masked = String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned());
    Masked { text: masked.into(), statements, names }
}

fn left_open(text: &str) -> Vec<Span> {
    let mut scanner = Scanner::new(text.as_bytes());
    scanner.is_inside = true;
    let mut found = Vec::new();
    while scanner.at < text.len() {
        let line = scanner.at;
        scanner.skip_indentation();
        let start = scanner.at;
        match scanner.byte(start) {
            None => break,
            Some(b'\n' | b'\r' | b'#') => {
                scanner.skip_to_next_line();
                continue;
            }
            Some(_) => {}
        }
        scanner.is_open = false;
        scanner.logical_line();
        if !scanner.is_open {
            continue;
        }
        let indentation = start - line;
        scanner.at = line;
        scanner.skip_to_next_line();
        let first_end = scanner.at;
        let end = scanner.end_of_block(indentation);
        let is_head = scanner.starts_block(start);
        let first = text[start..first_end].trim_end().len();
        if indentation > 0 && first >= SHORTEST && !(is_head && end > first_end) {
            if found.len() == MOST {
                return Vec::new();
            }
            let len = text[start..end].trim_end().len();
            found.push(Span::new(start, start + len));
            scanner.at = end;
        }
    }
    found
}

impl Scanner<'_> {
    /// Whether the line at `at` starts with a word that a block may follow.
    fn starts_block(&mut self, at: usize) -> bool {
        matches!(
            self.word(at),
            b"def"
                | b"class"
                | b"async"
                | b"if"
                | b"for"
                | b"while"
                | b"try"
                | b"with"
                | b"match"
                | b"case"
                | b"else"
                | b"elif"
                | b"except"
                | b"finally"
        )
    }

    /// The scanner stands at the start of a line. The end of the last line from here on that is indented
    /// deeper, or the place where the scanner stands.
    fn end_of_block(&mut self, indentation: usize) -> usize {
        let mut end = self.at;
        while self.at < self.source.len() {
            let line = self.at;
            self.skip_indentation();
            let is_blank = matches!(self.byte(self.at), None | Some(b'\n' | b'\r'));
            if !is_blank && self.at - line <= indentation {
                break;
            }
            self.skip_to_next_line();
            if !is_blank {
                end = self.at;
            }
        }
        end
    }

    /// [`Self::proves_open_bracket`] for a line inside an item, at whose start the scanner stands.
    pub(super) fn proves_open_inside(&mut self, is_behind_operand: bool) -> bool {
        let rest = &self.source[self.at..];
        let blank = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\x0c')).count();
        let at = self.at + blank;
        // These may also start a line of a comprehension.
        let is_doubtful = matches!(self.word(at), b"for" | b"if" | b"from");
        (!is_doubtful && self.starts_statement(at))
            || (is_behind_operand && self.starts_operand(at))
    }
}

#[cfg(test)]
mod tests;
