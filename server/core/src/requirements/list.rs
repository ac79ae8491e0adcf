//! The lines of a requirements file.
//!
//! Source: pip, Requirements File Format. A backslash joins lines; a comment begins at the start of a
//! line or behind a blank; options of one requirement stand behind it.

use super::specifier;
use crate::Span;

/// What a logical line says, in bytes of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub what: What,
    /// The hashes behind a requirement: `--hash=sha256:…`.
    pub hashes: Vec<Span>,
}

/// The kinds of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A dependency specifier.
    Requirement(Span),
    /// An option of the file: its name and its value.
    Option(Span, Option<Span>),
    /// A path, an archive, a repository, or what cannot be read.
    Other(Span),
}

/// The lines that are neither blank nor comments.
pub(crate) fn read(text: &str) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut words: Vec<Word> = Vec::new();
    let mut is_joined = false;
    for line in physical(text) {
        let is_comment = text[line.range()].trim_start().starts_with('#');
        let goes_on = text[line.range()].ends_with('\\') && !is_comment;
        let line = Span::new(line.start, line.end - usize::from(goes_on));
        split(text, line, is_joined && !is_comment, &mut words);
        is_joined = goes_on;
        if !goes_on {
            found.extend(entry(text, &words));
            words.clear();
        }
    }
    found.extend(entry(text, &words));
    found
}

/// A word, and whether it goes on one that ends the line above.
#[derive(Clone, Copy)]
struct Word {
    at: Span,
    is_glued: bool,
}

/// The lines of the text without their ends.
fn physical(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let content = line.trim_end_matches(['\n', '\r']).len();
        let span = Span::new(start, start + content);
        start += line.len();
        span
    })
}

/// Adds the words of a line up to its comment.
fn split(text: &str, line: Span, is_joined: bool, words: &mut Vec<Word>) {
    let mut at = line.start;
    loop {
        let rest = &text[at..line.end];
        let blanks = rest.len() - rest.trim_start().len();
        let start = at + blanks;
        let is_apart = blanks > 0 || at == line.start;
        if start == line.end || (text[start..].starts_with('#') && is_apart) {
            return;
        }
        let len = text[start..line.end].find(char::is_whitespace).unwrap_or(line.end - start);
        let is_glued = is_joined && start == line.start && !words.is_empty();
        words.push(Word { at: Span::new(start, start + len), is_glued });
        at = start + len;
    }
}

fn entry(text: &str, words: &[Word]) -> Option<Entry> {
    let (first, last) = (words.first()?.at, words.last()?.at);
    let whole = Span::new(first.start, last.end);
    let other = Entry { what: What::Other(whole), hashes: Vec::new() };
    if words.iter().any(|word| word.is_glued) {
        return Some(other);
    }
    let of = |word: &Word| &text[word.at.range()];
    if of(&words[0]).starts_with('-') {
        return Some(Entry { what: option(text, words), hashes: Vec::new() });
    }
    let own = words.iter().position(|word| of(word).starts_with('-')).unwrap_or(words.len());
    let at = Span::new(first.start, words[own - 1].at.end);
    let written = &text[at.range()];
    // On one line, or the text between the words is more than blanks.
    if written.contains(['\n', '\r']) || specifier::read(written).is_none() {
        return Some(other);
    }
    let hashes = words[own..].iter().filter(|word| of(word).starts_with("--hash"));
    let hashes = hashes.map(|word| word.at).collect();
    Some(Entry { what: What::Requirement(at), hashes })
}

/// `-r file`, `-rfile`, `--requirement file`, `--requirement=file`.
fn option(text: &str, words: &[Word]) -> What {
    let word = words[0].at;
    let written = &text[word.range()];
    let is_long = written.starts_with("--");
    let letter = written.chars().nth(1).map_or(0, char::len_utf8);
    let len = if is_long { written.find('=').unwrap_or(written.len()) } else { 1 + letter };
    let name = Span::new(word.start, word.start + len);
    let inside = Span::new(name.end + usize::from(is_long && name.end < word.end), word.end);
    let value = if !inside.is_empty() { Some(inside) } else { words.get(1).map(|word| word.at) };
    What::Option(name, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> String {
        let of = |span: Span| &text[span.range()];
        let each = read(text).into_iter().map(|entry| match entry.what {
            What::Requirement(at) => format!("{} #{}", of(at), entry.hashes.len()),
            What::Option(name, value) => {
                format!("{}|{}", of(name), value.map(of).unwrap_or_default())
            }
            What::Other(at) => format!("?{}", of(at)),
        });
        each.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn requirements_with_comments_and_options() {
        let text = "# app\n\na  # why\n  b >= 2 ; os_name == 'nt'\r\nc#d\ne==1 --hash=sha256:0 --hash=sha256:1\n";
        assert_eq!(lines(text), "a #0\nb >= 2 ; os_name == 'nt' #0\n?c#d\ne==1 #2");
    }

    #[test]
    fn a_backslash_joins_lines() {
        assert_eq!(
            lines("a==1 \\\n    --hash=sha256:0 \\\n    --hash=sha256:1\nb\n"),
            "a==1 #2\nb #0"
        );
        assert_eq!(lines("a==1 \\\n    # via b\nc\n"), "a==1 #0\nc #0");
        // `a==` and `1` become one word.
        assert_eq!(lines("a==\\\n1\n"), "?a==\\\n1");
        assert_eq!(lines("a \\\n"), "a #0");
    }

    #[test]
    fn options_of_the_file() {
        let text =
            "-r base.txt\n-cc.txt\n--index-url=https://x/\n--pre\n-e .\n--find-links  w # x\n-\n";
        let expected =
            "-r|base.txt\n-c|c.txt\n--index-url|https://x/\n--pre|\n-e|.\n--find-links|w\n-|";
        assert_eq!(lines(text), expected);
    }

    #[test]
    fn what_names_no_distribution() {
        assert_eq!(
            lines("./pkg\ngit+https://x/a.git\na.b c\n"),
            "?./pkg\n?git+https://x/a.git\n?a.b c"
        );
    }
}
