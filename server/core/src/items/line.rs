//! One logical line: brackets, strings, comments and continuation lines.

use super::{Head, Scanner, string};

/// The words at the start of a line, as far as they decide about items.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Decorator,
    Definition,
    Compound,
    Tail,
    Other,
}

impl Line {
    pub(super) fn at(scanner: &mut Scanner<'_>) -> Self {
        if scanner.byte(scanner.at) == Some(b'@') {
            return Self::Decorator;
        }
        match scanner.word(scanner.at) {
            b"def" | b"class" | b"async" => Self::Definition,
            b"if" | b"for" | b"while" | b"try" | b"with" | b"match" => Self::Compound,
            b"else" | b"elif" | b"except" | b"finally" => Self::Tail,
            _ => Self::Other,
        }
    }

    /// Whether a line at column 0 that starts so belongs to the item that has `head` already.
    pub(super) fn continues(self, head: Head) -> bool {
        match head {
            Head::Nothing => true,
            Head::Decorators => matches!(self, Self::Decorator | Self::Definition),
            Head::Compound => self == Self::Tail,
            Head::Simple => false,
        }
    }

    pub(super) fn head(self, before: Head) -> Head {
        match self {
            Self::Decorator => Head::Decorators,
            Self::Definition | Self::Compound => Head::Compound,
            Self::Tail | Self::Other if before == Head::Compound => Head::Compound,
            Self::Tail | Self::Other => Head::Simple,
        }
    }
}

/// What the last token was, as far as it matters for what may follow it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    /// A name, a literal or a closing bracket: no other operand may follow.
    Operand,
    /// An operator, an opening bracket, a keyword, or nothing.
    Other,
}

impl<'a> Scanner<'a> {
    /// The identifier or keyword at `at`, empty when there is none.
    pub(super) fn word(&mut self, at: usize) -> &'a [u8] {
        let rest = self.source.get(at..).unwrap_or_default();
        let len = rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len());
        self.seen = self.seen.max(at + len + 1);
        &rest[..len]
    }

    /// Moves behind the logical line that starts here, its line break included; or to the start of
    /// a line that proves that a bracket or a string before it was left open.
    pub(super) fn logical_line(&mut self) {
        self.line = self.at;
        let mut brackets = Vec::new();
        let mut last = Last::Other;
        let mut continued = 0;
        while let Some(byte) = self.byte(self.at) {
            let start = self.at;
            match byte {
                b' ' | b'\t' | b'\x0c' | b'\\' | b'\n' | b'\r' => {}
                _ => continued = 0,
            }
            match byte {
                b'\n' | b'\r' => {
                    self.skip_break();
                    if brackets.is_empty() {
                        return;
                    }
                    if self.proves_open_bracket(last) {
                        self.is_open = true;
                        return;
                    }
                }
                b'#' => {
                    self.skip_to_break();
                }
                b'\\' => {
                    self.at += 1;
                    self.skip_break();
                    self.reads_again(start, continued);
                    continued += 1;
                }
                b'"' | b'\'' => {
                    if self.string(b"") == string::Outcome::LeftOpen {
                        return;
                    }
                    last = Last::Operand;
                }
                b'(' | b'[' | b'{' => {
                    brackets.push(byte);
                    self.depth = self.depth.max(brackets.len());
                    self.at += 1;
                    last = Last::Other;
                }
                b')' | b']' | b'}' => {
                    close(&mut brackets, byte);
                    self.at += 1;
                    last = Last::Operand;
                }
                _ if is_word(byte) => match self.word_token() {
                    Some(token) => last = token,
                    None => return,
                },
                b' ' | b'\t' | b'\x0c' => {
                    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\x0c');
                    let rest = &self.source[self.at..];
                    self.at += rest.iter().position(|byte| !is_space(byte)).unwrap_or(rest.len());
                    self.reads_again(start, continued);
                }
                // `...` is an operand, `.` is not; only the former may be followed by a word.
                b'.' if self.byte(self.at + 1) == Some(b'.') => {
                    self.at += 1;
                    last = Last::Operand;
                }
                _ => {
                    self.at += 1;
                    last = Last::Other;
                }
            }
        }
        self.is_open |= !brackets.is_empty();
    }

    /// Moves behind a name, a keyword, a number or a prefixed string; nothing when that string was
    /// left open.
    fn word_token(&mut self) -> Option<Last> {
        let start = self.at;
        let len = self.word(start).len();
        self.at += len;
        if matches!(self.byte(self.at), Some(b'"' | b'\'')) && len <= 2 {
            let prefix = &self.source[start..self.at];
            if is_string_prefix(prefix) {
                return (self.string(prefix) == string::Outcome::Closed).then_some(Last::Operand);
            }
        }
        Some(if is_operator_word(&self.source[start..self.at]) {
            Last::Other
        } else {
            Last::Operand
        })
    }

    pub(super) fn skip_to_break(&mut self) {
        let rest = &self.source[self.at..];
        self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
    }
}

/// Closes the innermost bracket that fits. Those inside it were left open; one that fits nothing
/// is a stray.
fn close(brackets: &mut Vec<u8>, closing: u8) {
    let opening = match closing {
        b')' => b'(',
        b']' => b'[',
        _ => b'{',
    };
    if let Some(index) = brackets.iter().rposition(|&bracket| bracket == opening) {
        brackets.truncate(index);
    }
}

pub(super) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Whether a string literal may start so (Language Reference, String and Bytes literals; PEP 750).
pub(super) fn is_string_prefix(word: &[u8]) -> bool {
    const PREFIXES: &[&[u8]] =
        &[b"r", b"b", b"u", b"f", b"t", b"rb", b"br", b"rf", b"fr", b"rt", b"tr"];
    PREFIXES.iter().any(|prefix| prefix.eq_ignore_ascii_case(word))
}

/// Keywords that an operand may follow.
fn is_operator_word(word: &[u8]) -> bool {
    matches!(
        word,
        b"and"
            | b"or"
            | b"not"
            | b"in"
            | b"is"
            | b"if"
            | b"else"
            | b"for"
            | b"async"
            | b"await"
            | b"lambda"
            | b"yield"
            | b"from"
            | b"as"
            | b"return"
            | b"import"
            | b"raise"
            | b"del"
            | b"assert"
            | b"with"
            | b"while"
            | b"elif"
            | b"global"
            | b"nonlocal"
            | b"def"
            | b"class"
            | b"except"
            | b"case"
            | b"match"
            | b"type"
            | b"print"
            | b"exec"
    )
}
