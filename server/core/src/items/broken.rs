//! When a bracket or a string must have been left open.
//!
//! While code is typed, brackets and quotes are open most of the time. A line at column 0 that
//! cannot stand inside them shows that they were left open, so that the damage ends there. The
//! tests are strict enough that no valid file trips them (a test holds that over the standard
//! library).

use memchr::memmem;

use super::Scanner;
use super::line::{Last, is_string_prefix, is_word};
use super::string::Outcome;

impl Scanner<'_> {
    /// The scanner stands at the start of a line inside brackets. When that line cannot be inside
    /// them, true, and the scanner stands at the decorators above the line, if there are any.
    pub(super) fn proves_open_bracket(&mut self, last: Last) -> bool {
        if self.is_inside {
            return self.proves_open_inside(last == Last::Operand);
        }
        let proof = self.starts_statement(self.at)
            || (last == Last::Operand && self.starts_operand(self.at));
        if proof {
            self.back_to_decorators();
        }
        proof
    }

    pub(super) fn proves_open_field(&mut self) -> bool {
        if self.is_inside {
            return self.proves_open_inside(false);
        }
        let proof = self.starts_statement(self.at);
        if proof {
            self.back_to_decorators();
        }
        proof
    }

    /// Whether the line at `at` starts, at column 0, with what only a statement can start with.
    pub(super) fn starts_statement(&mut self, at: usize) -> bool {
        match self.word(at) {
            b"def" | b"class" | b"import" | b"return" | b"while" | b"try" | b"with" | b"raise"
            | b"del" | b"pass" | b"global" | b"nonlocal" | b"assert" | b"break" | b"continue"
            | b"except" | b"finally" | b"elif" => {
                // `import` and the like may also be the text of an attribute or keyword that is
                // being typed, but never followed by these.
                let end = at + self.word(at).len();
                !matches!(self.byte(end), Some(b'=' | b'.' | b','))
            }
            b"async" => {
                let next = at + b"async ".len();
                matches!(self.word(next), b"def" | b"with")
            }
            b"from" => self.line_has(at, b" import "),
            b"for" => self.ends_with_colon(at),
            b"if" => self.ends_with_colon(at) && !self.line_has(at, b" else "),
            _ => false,
        }
    }

    /// Whether a name that is not an operator stands at `at`. Behind an operand it cannot be part
    /// of the same expression.
    pub(super) fn starts_operand(&mut self, at: usize) -> bool {
        let word = self.word(at);
        word.first().is_some_and(|byte| !byte.is_ascii_digit())
            && !matches!(
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
                    | b"as"
                    | b"from"
            )
            && !self.is_string_start(at)
    }

    fn is_string_start(&mut self, at: usize) -> bool {
        let end = at + self.word(at).len();
        end - at <= 2 && matches!(self.byte(end), Some(b'"' | b'\''))
    }

    fn line_end(&mut self, at: usize) -> usize {
        let rest = &self.source[at.min(self.source.len())..];
        let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        self.seen = self.seen.max(at + len + 1);
        at + len
    }

    fn line_has(&mut self, at: usize, needle: &[u8]) -> bool {
        let end = self.line_end(at);
        memmem::find(&self.source[at..end], needle).is_some()
    }

    fn ends_with_colon(&mut self, at: usize) -> bool {
        let end = self.line_end(at);
        self.source[at..end].trim_ascii_end().ends_with(b":")
    }

    /// Moves to the first of the one-line decorators right above this line, but not to the start of
    /// the line that was left open.
    fn back_to_decorators(&mut self) {
        while let Some(above) = self.line_above(self.at) {
            if above <= self.line || self.source.get(above) != Some(&b'@') {
                return;
            }
            self.at = above;
        }
    }

    /// The start of the line above the line that starts at `at`.
    fn line_above(&self, at: usize) -> Option<usize> {
        let text = &self.source[..at];
        let text = text.strip_suffix(b"\n").or_else(|| text.strip_suffix(b"\r"))?;
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        Some(memchr::memrchr2(b'\n', b'\r', text).map_or(0, |index| index + 1))
    }

    /// Whether the triple quote that ends right here was meant to open another string: there is a
    /// definition at column 0 in between, and it stands where strings begin.
    pub(super) fn closes_by_mistake(&mut self, opened: usize) -> bool {
        let close = self.at - 3;
        let line = memchr::memrchr2(b'\n', b'\r', &self.source[..close]).map_or(0, |i| i + 1);
        if line <= opened || self.definition_in(opened, close).is_none() {
            return false;
        }
        let before = self.source[line..close].trim_ascii();
        if !before.is_empty() {
            let ends = |part: &[u8]| before.ends_with(part);
            return ends(b"=") || ends(b"(") || ends(b"return") || is_string_prefix(before);
        }
        // Right behind the end of a string no name can stand.
        let letter_follows = self.byte(self.at).is_some_and(|byte| byte.is_ascii_uppercase());
        letter_follows
            || (line != close && self.line_before_ends_with_colon(line))
            || (line == close && self.prose_follows())
    }

    /// Whether nothing but white space stands up to a line at column 0 that starts with two names,
    /// as no statement does.
    fn prose_follows(&mut self) -> bool {
        let rest = &self.source[self.at..];
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let at = self.at + blank;
        self.seen = self.seen.max(at + 1);
        let breaks = blank > 0 && matches!(self.source[at - 1], b'\n' | b'\r');
        let first = self.word(at);
        let next = at + first.len() + 1;
        let is_name = first.first().is_some_and(u8::is_ascii_alphabetic) && !is_keyword(first);
        breaks
            && is_name
            && self.byte(next - 1) == Some(b' ')
            && self.byte(next).is_some_and(|byte| byte.is_ascii_alphabetic())
            && self.starts_operand(next)
    }

    fn line_before_ends_with_colon(&self, line: usize) -> bool {
        self.source[..line].trim_ascii_end().ends_with(b":")
    }

    /// The start of the first line in `from..to` that starts a definition at column 0.
    fn definition_in(&mut self, from: usize, to: usize) -> Option<usize> {
        let mut at = from;
        loop {
            let rest = &self.source[at..to];
            at += memchr::memchr2(b'\n', b'\r', rest)? + 1;
            let word_ends = |scanner: &mut Self, len: usize| {
                scanner.byte(at + len).is_some_and(|byte| byte == b' ')
            };
            let proof = match self.word(at) {
                b"def" => word_ends(self, 3),
                b"class" => word_ends(self, 5),
                b"async" => self.word(at + 6) == b"def",
                b"import" => word_ends(self, 6),
                b"from" => self.line_has(at, b" import "),
                b"" => self.byte(at) == Some(b'@') && self.byte(at + 1).is_some_and(is_word),
                _ => false,
            };
            if proof && at < to {
                return Some(at);
            }
        }
    }

    /// Moves to the first definition behind the string that was opened at `opened`, or to the end.
    pub(super) fn string_left_open(&mut self, opened: usize) -> Outcome {
        let end = self.source.len();
        match self.definition_in(opened, end) {
            Some(at) => self.at = at,
            None => {
                self.at = end;
                self.seen = self.seen.max(end + 1);
            }
        }
        Outcome::LeftOpen
    }
}

/// Whether a statement may start with this word and go on with a name.
fn is_keyword(word: &[u8]) -> bool {
    const WORDS: &[&str] = &[
        "assert", "async", "await", "case", "class", "def", "del", "elif", "except", "exec", "for",
        "from", "global", "if", "import", "lambda", "lazy", "match", "nonlocal", "not", "print",
        "raise", "return", "type", "while", "with", "yield",
    ];
    WORDS.iter().any(|keyword| keyword.as_bytes() == word)
}
