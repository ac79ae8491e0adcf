//! Cuts the byte stream of a client into message bodies.
//!
//! LSP's base protocol: header fields, an empty line, `Content-Length` bytes. Field names may come
//! in any case and order, bytes in any portion. A stream that got out of step finds back at the
//! next `Content-Length` field: the bytes of such a line cannot occur inside a JSON text, where a
//! line break within a string is always escaped.

use std::io::{self, BufRead, Read};

/// Longest body that is read, in bytes.
pub const MAX_BODY: u64 = 128 << 20;

/// How much of the end of a line is kept, in bytes. Enough for any header field of LSP.
const MAX_LINE: usize = 4 << 10;

/// How much is reserved for a body before its bytes have come.
const FIRST_RESERVE: u64 = 64 << 10;

/// What the stream holds next.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// The body of a message.
    Body(Vec<u8>),
    /// Bytes that are no message; they were skipped. Says what was wrong.
    Garbage(&'static str),
    /// A body longer than [`MAX_BODY`]. It is skipped without being held.
    TooLong,
}

/// The frames of a stream.
#[derive(Debug)]
pub struct Frames<R> {
    input: R,
    /// Bytes of an over-long body that are still to be skipped.
    to_skip: u64,
    /// True after garbage was reported, until the next good header, so that one fault is one error.
    lost: bool,
}

impl<R: BufRead> Frames<R> {
    /// The frames of `input`.
    pub fn new(input: R) -> Self {
        Self { input, to_skip: 0, lost: false }
    }

    /// The next frame, or nothing at the end of the stream, even inside a frame.
    ///
    /// # Errors
    /// When the stream cannot be read.
    pub fn next(&mut self) -> io::Result<Option<Frame>> {
        let mut length = self.skip_long_body()?;
        let mut fields = 0;
        loop {
            let Some(line) = self.line(u64::MAX)? else { return Ok(None) };
            if !line.is_empty() {
                fields += 1;
                length = content_length(&line).or(length);
                continue;
            }
            match length {
                Some(length) if length > MAX_BODY => {
                    self.to_skip = length;
                    self.lost = false;
                    return Ok(Some(Frame::TooLong));
                }
                Some(length) => {
                    self.lost = false;
                    return self.body(length);
                }
                None if fields > 0 && !self.lost => {
                    self.lost = true;
                    return Ok(Some(Frame::Garbage("header without a valid Content-Length")));
                }
                None => fields = 0,
            }
        }
    }

    fn body(&mut self, length: u64) -> io::Result<Option<Frame>> {
        let mut body = Vec::with_capacity(length.min(FIRST_RESERVE) as usize);
        (&mut self.input).take(length).read_to_end(&mut body)?;
        Ok((body.len() as u64 == length).then_some(Frame::Body(body)))
    }

    /// Skips what is left of an over-long body, but no further than to a header inside it: a client
    /// that announced too much has gone on with its next message.
    fn skip_long_body(&mut self) -> io::Result<Option<u64>> {
        while self.to_skip > 0 {
            let Some(line) = self.line(self.to_skip)? else { return Ok(None) };
            if let Some(length) = content_length(&line) {
                self.to_skip = 0;
                return Ok(Some(length));
            }
        }
        Ok(None)
    }

    /// The next line without its break, or its last [`MAX_LINE`] bytes; cut after `limit` bytes.
    /// Nothing at the end of the stream. What was read counts against `to_skip`.
    fn line(&mut self, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut left = limit;
        loop {
            let chunk = match self.input.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                return Ok(None);
            }
            let chunk = &chunk[..chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX))];
            let newline = chunk.iter().position(|&byte| byte == b'\n');
            let used = newline.map_or(chunk.len(), |at| at + 1);
            line.extend_from_slice(&chunk[..newline.unwrap_or(used)]);
            if line.len() > MAX_LINE {
                line.drain(..line.len() - MAX_LINE);
            }
            self.input.consume(used);
            self.to_skip = self.to_skip.saturating_sub(used as u64);
            left -= used as u64;
            if newline.is_some() || left == 0 {
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(Some(line));
            }
        }
    }
}

/// The value of a `Content-Length` field that ends `line`. Bytes before it are the rest of a
/// message whose length was wrong.
fn content_length(line: &[u8]) -> Option<u64> {
    const NAME: &[u8] = b"content-length:";
    let at = line.windows(NAME.len()).rposition(|window| window.eq_ignore_ascii_case(NAME))?;
    std::str::from_utf8(&line[at + NAME.len()..]).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    /// Hands out one byte per read.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let n = self.0.len().min(1).min(buffer.len());
            buffer[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }

    fn frames(input: &str) -> Vec<String> {
        let read = |input: &mut dyn Read| {
            let mut frames = Frames::new(BufReader::new(input));
            let mut found = Vec::new();
            while let Some(frame) = frames.next().unwrap() {
                found.push(match frame {
                    Frame::Body(body) => String::from_utf8(body).unwrap(),
                    Frame::Garbage(_) => "<garbage>".into(),
                    Frame::TooLong => "<too long>".into(),
                });
            }
            found
        };
        let whole = read(&mut input.as_bytes());
        assert_eq!(read(&mut Drip(input.as_bytes())), whole, "in single bytes");
        whole
    }

    #[test]
    fn header_fields_come_in_any_case_and_order() {
        let input = "Content-Type: x; charset=utf-8\r\ncontent-LENGTH:2\r\n\r\n{}\
                     Content-Length: 2\r\nContent-Type: y\r\n\r\n[]Content-Length: 1\n\n1";
        assert_eq!(frames(input), ["{}", "[]", "1"]);
    }

    #[test]
    fn a_bad_header_is_one_error_and_the_next_message_works() {
        for bad in ["Content-Length: x\r\n\r\n{}", "Hello\r\n\r\n\r\n\r\n", "a: b\r\n\r\nnonsense"]
        {
            let input = format!("{bad}Content-Length: 2\r\n\r\n{{}}");
            assert_eq!(frames(&input), ["<garbage>", "{}"], "{bad:?}");
        }
    }

    #[test]
    fn a_body_longer_than_announced_is_left_behind() {
        let input = "Content-Length: 2\r\n\r\n{}, too much Content-Length: 2\r\n\r\n[]";
        assert_eq!(frames(input), ["{}", "[]"]);
    }

    #[test]
    fn an_over_long_body_is_skipped_to_the_next_header() {
        let long = MAX_BODY + 5;
        let input = format!("Content-Length: {long}\r\n\r\n{{Content-Length: 2\r\n\r\n{{}}");
        assert_eq!(frames(&input), ["<too long>", "{}"]);
        let mut input = format!("Content-Length: {long}\r\n\r\n").into_bytes();
        input.resize(input.len() + long as usize, b' ');
        input.extend_from_slice(b"Content-Length: 2\r\n\r\n{}");
        let mut frames = Frames::new(&input[..]);
        assert_eq!(frames.next().unwrap(), Some(Frame::TooLong));
        assert_eq!(frames.next().unwrap(), Some(Frame::Body(b"{}".to_vec())));
    }

    #[test]
    fn the_stream_may_end_anywhere() {
        let input = "Content-Length: 2\r\n\r\n{}Content-Length: 20\r\n\r\n{}";
        assert_eq!(frames(input), ["{}"]);
        assert_eq!(frames("Content-Le"), Vec::<String>::new());
    }
}
