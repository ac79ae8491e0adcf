//! What of a text is no code: comments and strings. Found without the parser, so that a word in a long
//! docstring is no reason to parse what it describes.

use std::ops::Range;

use memchr::{memchr2, memchr3};

/// Bytes that are no code, in order.
#[derive(Debug, Default)]
pub(super) struct Prose {
    /// Comments, and strings without fields.
    surely: Vec<Range<usize>>,
    /// Strings that may have fields, in which there is code.
    perhaps: Vec<Range<usize>>,
}

impl Prose {
    /// True when the byte may be one of code.
    pub fn may_be_code(&self, at: usize) -> bool {
        !is_in(&self.surely, at)
    }

    /// True when the byte is one of code.
    pub fn is_code(&self, at: usize) -> bool {
        self.may_be_code(at) && !is_in(&self.perhaps, at)
    }
}

fn is_in(ranges: &[Range<usize>], at: usize) -> bool {
    let before = ranges.partition_point(|range| range.start <= at);
    before.checked_sub(1).is_some_and(|last| ranges[last].contains(&at))
}

/// The comments and strings; nothing where they are not easily told, as where one is left open.
pub(super) fn of(text: &str) -> Option<Prose> {
    let bytes = text.as_bytes();
    let mut found = Prose::default();
    let mut at = 0;
    while let Some(start) = memchr3(b'\'', b'"', b'#', &bytes[at..]).map(|next| at + next) {
        if bytes[start] == b'#' {
            let rest = &bytes[start..];
            at = memchr2(b'\n', b'\r', rest).map_or(bytes.len(), |len| start + len);
            found.surely.push(start..at);
        } else if is_interpolated(&bytes[..start]) {
            at = end_of(bytes, start, true)?;
            found.perhaps.push(start..at);
        } else {
            at = end_of(bytes, start, false)?;
            found.surely.push(start..at);
        }
    }
    Some(found)
}

/// Whether the prefix at the end of `before` may be that of a string with fields (Language Reference,
/// f-strings and t-strings).
fn is_interpolated(before: &[u8]) -> bool {
    let is_word = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_' || **byte >= 0x80;
    let word = before.iter().rev().take_while(is_word).take(3);
    let letters: Vec<u8> = word.map(u8::to_ascii_lowercase).collect();
    letters.len() < 3 && letters.iter().any(|it| matches!(it, b'f' | b't'))
}

/// Where the string ends whose opening quote is at `start`. Nothing when it is left open, or when a quote
/// in a field may be the start of another one.
fn end_of(bytes: &[u8], start: usize, is_interpolated: bool) -> Option<usize> {
    let quote = bytes[start];
    let is_triple = |at: usize| bytes[at..].starts_with(&[quote; 3]);
    let opened_by_three = is_triple(start);
    let mut fields = 0_usize;
    let mut at = start + if opened_by_three { 3 } else { 1 };
    loop {
        let byte = *bytes.get(at)?;
        match byte {
            b'\\' if bytes[at + 1..].starts_with(b"\r\n") => at += 2,
            // Of `\{` in an f-string only the backslash is text.
            b'\\' if is_interpolated && bytes.get(at + 1) == Some(&b'{') => {}
            b'\\' => at += 1,
            b'\n' | b'\r' if !opened_by_three => return None,
            b'\'' | b'"' if fields > 0 => return None,
            _ if byte == quote && !opened_by_three => return Some(at + 1),
            _ if byte == quote && is_triple(at) => return Some(at + 3),
            b'{' if is_interpolated => fields += 1,
            b'}' if is_interpolated => fields = fields.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    /// The text with all that is no code as dots.
    fn code(text: &str) -> Option<String> {
        let mut bytes = text.as_bytes().to_vec();
        for range in super::of(text)?.surely {
            bytes[range].fill(b'.');
        }
        Some(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn comments_and_strings_are_no_code() {
        for (text, expected) in [
            ("a # vars\nb", "a ......\nb"),
            ("a # it's\r\nb 'c'", "a ......\r\nb ..."),
            ("f('vars', \"it's\")", "f(......, ......)"),
            (r"'\'' a '\\' b", ".... a .... b"),
            (r"r'\' a' b", "r...... b"),
            ("'''a'b\n\"c''' d", "............ d"),
            ("'' a ''", ".. a .."),
            ("'a\\\r\nb' c", "....... c"),
            ("f'{a} b' c", "f'{a} b' c"),
            ("rf'{{}} {a}' 'c'", "rf'{{}} {a}' ..."),
            ("if'a': b", "if'a': b"),
            ("print'a'", "print..."),
        ] {
            assert_eq!(code(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_easily_told() {
        for text in
            ["'a", "'a\n'", "'''a''", "f'{a[\"b\"]}'", "f'{{'", "t\"{a + \"b\"}\"", "f'\\{\"'"]
        {
            assert_eq!(code(text), None, "{text}");
        }
    }
}
