//! Where one top-level item ends and the next begins.
//!
//! An item is one logical line at column 0, or one compound statement with its decorators, its
//! body and its `else`/`except`/`finally` tails. Blank lines and comments belong to the item
//! before them; what precedes the first statement of a file belongs to the first item. Long runs
//! of comments are items of their own, see [`rescan`].
//!
//! Architecture invariant: [`item_end`] is a pure function of the text that follows the item's
//! start. So after an edit it is enough to look again at the items that had looked at the edited
//! bytes, and to stop at the first old boundary that is found again.

mod broken;
mod left_open;
mod line;
mod rescan;
mod string;

pub(crate) use left_open::masked;
use line::Line;
use rescan::Comments;

/// Where an item ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemEnd {
    /// Length of the item in bytes.
    pub len: usize,
    /// How many bytes from the item's start decided that. One more than there are when the end of
    /// the text took part.
    pub seen: usize,
    /// Greatest depth of brackets, which hostile input makes large.
    pub depth: usize,
    /// Roughly how many bytes the scanner of the grammar reads again; see [`rescan`].
    pub rescanned: usize,
    /// True when a bracket, a string on one line, or a field of one, is left open somewhere.
    pub is_open: bool,
}

/// Finds the end of the item that starts at the first byte of `source`.
pub fn item_end(source: &str) -> ItemEnd {
    Scanner::new(source.as_bytes()).item()
}

/// Where the logical line that starts at the first byte of `source` ends, its line break included
/// (Language Reference, Logical lines).
pub(crate) fn logical_line_end(source: &str) -> usize {
    let mut scanner = Scanner::new(source.as_bytes());
    scanner.logical_line();
    scanner.at
}

/// What the words at the start of the lines so far promise.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    /// No statement yet.
    Nothing,
    /// Decorators that wait for their definition.
    Decorators,
    /// A compound statement, which may have tails.
    Compound,
    /// Anything else.
    Simple,
}

/// The logical line of `item` that holds the byte at `offset`, or the comment or blank line there.
pub(crate) fn logical_line_at(item: &str, offset: usize) -> &str {
    let mut scanner = Scanner::new(item.as_bytes());
    loop {
        let start = scanner.at;
        scanner.skip_indentation();
        match scanner.byte(scanner.at) {
            Some(b'\n' | b'\r' | b'#') => scanner.skip_to_next_line(),
            Some(_) => scanner.logical_line(),
            None => {}
        }
        if offset < scanner.at || scanner.at >= item.len() {
            return item.get(start..scanner.at).unwrap_or_default();
        }
    }
}

struct Scanner<'a> {
    source: &'a [u8],
    at: usize,
    /// Start of the logical line that is being read.
    line: usize,
    seen: usize,
    depth: usize,
    rescanned: usize,
    /// Width of the indentation of the last logical line.
    indentation: usize,
    /// A bracket, a string on one line, or a field of one, was left open.
    is_open: bool,
    /// What proves that is looked for on indented lines, too.
    is_inside: bool,
}

impl<'a> Scanner<'a> {
    fn new(source: &'a [u8]) -> Self {
        Self {
            source,
            at: 0,
            line: 0,
            seen: 0,
            depth: 0,
            rescanned: 0,
            indentation: 0,
            is_open: false,
            is_inside: false,
        }
    }

    /// The byte at `index`; reading past the end is remembered too.
    fn byte(&mut self, index: usize) -> Option<u8> {
        self.seen = self.seen.max(index + 1);
        self.source.get(index).copied()
    }

    fn item(mut self) -> ItemEnd {
        const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
        if self.source.starts_with(BYTE_ORDER_MARK) {
            self.at = BYTE_ORDER_MARK.len();
        }
        let mut head = Head::Nothing;
        let mut comments = Comments::default();
        loop {
            let start = self.at;
            let indented = self.skip_indentation();
            match self.byte(self.at) {
                None => return self.end_before(self.source.len(), &comments),
                Some(byte @ (b'\n' | b'\r' | b'#')) => {
                    if byte == b'#' {
                        comments.add(start, indented, self.rescanned);
                        if head == Head::Nothing && comments.are_cut() {
                            return self.end_before(start, &comments);
                        }
                    }
                    self.skip_to_next_line();
                    // Once for each comment before, and once for each block that may end here.
                    self.reads_again(start, comments.len() + self.indentation);
                    continue;
                }
                Some(_) => {}
            }
            if !indented || head == Head::Nothing {
                let line = Line::at(&mut self);
                if !indented && !line.continues(head) {
                    return self.end_before(start, &comments);
                }
                head = line.head(head);
            }
            self.indentation = self.at - start;
            comments = Comments::default();
            self.logical_line();
        }
    }

    /// Skips white space; true when the first token is not at column 0. A form feed starts the
    /// line anew (Language Reference, Indentation).
    fn skip_indentation(&mut self) -> bool {
        let mut indented = false;
        loop {
            match self.byte(self.at) {
                Some(b' ' | b'\t') => indented = true,
                Some(b'\x0c') => indented = false,
                _ => return indented,
            }
            self.at += 1;
        }
    }

    /// Skips the rest of the physical line and its break.
    fn skip_to_next_line(&mut self) {
        let rest = &self.source[self.at..];
        let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        self.at += len;
        self.skip_break();
    }

    /// Skips one line break, if there is one here.
    fn skip_break(&mut self) {
        if self.byte(self.at) == Some(b'\r') {
            self.at += 1;
            if self.byte(self.at) == Some(b'\n') {
                self.at += 1;
            }
        } else if self.byte(self.at) == Some(b'\n') {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests;
