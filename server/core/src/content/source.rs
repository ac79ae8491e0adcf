//! One file of a pack as text, with its front matter taken apart and every fault tied to a line.

use std::borrow::Cow;
use std::ops::Range;
use std::str::Utf8Error;

use serde::de::DeserializeOwned;

use super::ContentError;

/// Largest file of a pack, in bytes.
pub const MAX_FILE_BYTES: usize = 1 << 20;

/// Largest page, in bytes: what is read for people to read is short.
pub(crate) const MAX_PAGE_BYTES: usize = 64 << 10;

/// A fault at a line of a file, before the file's path is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// From 1; 0 for the file as a whole.
    pub line: usize,
    pub message: String,
}

impl Fault {
    pub fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }

    pub fn at(self, path: &str) -> ContentError {
        ContentError { path: path.to_owned(), line: self.line, message: self.message }
    }
}

/// The text of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source<'a> {
    Now(&'a str),
    /// It is there as long as the program runs, and a test has checked it, so that what is not needed at
    /// once is read later.
    Later(&'static str),
}

impl<'a> Source<'a> {
    pub fn text(self) -> &'a str {
        match self {
            Self::Now(text) | Self::Later(text) => text,
        }
    }

    /// The text, if it can be read later.
    pub fn later(self) -> Option<&'static str> {
        match self {
            Self::Now(_) => None,
            Self::Later(text) => Some(text),
        }
    }
}

/// A part of a file and the line on which it starts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'a> {
    pub text: &'a str,
    /// Number of the part's first line in its file, from 1.
    pub line: usize,
}

impl Part<'_> {
    /// The file's line that holds byte `offset` of this part.
    pub fn line_at(&self, offset: usize) -> usize {
        let end = offset.min(self.text.len());
        self.line + memchr::memchr_iter(b'\n', &self.text.as_bytes()[..end]).count()
    }

    pub fn fault(&self, offset: usize, message: impl Into<String>) -> Fault {
        Fault::new(self.line_at(offset), message)
    }

    /// Reads the part as TOML.
    pub fn toml<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        toml::from_str(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span: Range<usize>| span.start);
            self.fault(at, error.message().trim().replace('\n', ", "))
        })
    }
}

/// Decodes a file, see [`text_of`], that may be anything.
pub(crate) fn decode<'a>(path: &str, bytes: &'a [u8]) -> Result<Cow<'a, str>, Fault> {
    let data = ["/quiz.toml", "/stdlib.toml", "/interview.toml"];
    let is_data = data.iter().any(|name| path.ends_with(name));
    let limit = if is_data { MAX_FILE_BYTES } else { MAX_PAGE_BYTES };
    if bytes.len() > limit {
        return Err(Fault::new(0, format!("larger than {limit} bytes")));
    }
    let text = text_of(bytes).map_err(|error| {
        let line = 1 + memchr::memchr_iter(b'\n', &bytes[..error.valid_up_to()]).count();
        Fault::new(line, "not UTF-8")
    })?;
    match text.find(|c: char| c == '\r' || (c.is_control() && c != '\n' && c != '\t')) {
        Some(at) => {
            let line = Part { text: &text, line: 1 }.line_at(at);
            Err(Fault::new(line, "a control character: only line breaks and tabs are allowed"))
        }
        None => Ok(text),
    }
}

/// The text of a file: UTF-8, a byte order mark dropped, `\r\n` made `\n`.
pub(crate) fn text_of(bytes: &[u8]) -> Result<Cow<'_, str>, Utf8Error> {
    let text = str::from_utf8(bytes)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace("\r\n", "\n")),
        None => Cow::Borrowed(text),
    })
}

/// Splits a file into the TOML between its `+++` lines and the Markdown after them.
pub(crate) fn split(text: &str) -> Result<(Part<'_>, Part<'_>), Fault> {
    let rest = text
        .strip_prefix("+++\n")
        .ok_or_else(|| Fault::new(1, "expected `+++` alone on the first line, then TOML"))?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end_matches('\n') == "+++" {
            let front = Part { text: &rest[..at], line: 2 };
            let body = at + line.len();
            return Ok((front, Part { text: &rest[body..], line: front.line_at(at) + 1 }));
        }
        at += line.len();
    }
    Err(Fault::new(1, "the front matter has no end: expected a second line `+++`"))
}

/// What stands below the front matter of a file that has one.
pub(crate) fn body_of(text: &str) -> Part<'_> {
    split(text).map_or(Part { text: "", line: 1 }, |(_, body)| body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_and_body_know_their_lines() {
        let (front, body) = split("+++\na = 1\nb = 2\n+++\n\nText\n").unwrap();
        assert_eq!((front.text, front.line), ("a = 1\nb = 2\n", 2));
        assert_eq!((body.text, body.line), ("\nText\n", 5));
        assert_eq!(body.line_at(1), 6);
        assert_eq!(split("+++\n+++").unwrap().1.line, 3);
    }

    #[test]
    fn files_that_are_no_text_are_named_by_line() {
        assert_eq!(decode("p", b"a\nb\xff").unwrap_err(), Fault::new(2, "not UTF-8"));
        assert_eq!(decode("p", "\u{feff}a\r\nb".as_bytes()).unwrap(), "a\nb");
        assert_eq!(decode("p", b"a\n\x1b[31m").unwrap_err().line, 2);
        let long = vec![b'a'; MAX_PAGE_BYTES + 1];
        assert!(decode("p/concept.md", &long).is_err());
        assert!(decode("p/quiz.toml", &long).is_ok());
    }
}
