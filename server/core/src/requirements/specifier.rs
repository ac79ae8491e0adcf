//! Dependency specifiers: `name[extra]>=1; marker`.
//!
//! Source: Dependency specifiers (PEP 508), Grammar and Names.

use crate::Span;

/// The parts of a specifier, in bytes of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Specifier {
    /// The distribution, as it is written.
    pub name: Span,
    /// What stands in brackets.
    pub extras: Vec<Span>,
    /// Where the version specifiers stand, or could: without parentheses, perhaps empty.
    pub versions: Span,
    /// What stands behind the `@`.
    pub url: Option<Span>,
    /// What stands behind the `;`.
    pub marker: Option<Span>,
}

/// Reads a specifier; nothing for what does not have its form. Versions and markers are not read.
pub(crate) fn read(text: &str) -> Option<Specifier> {
    let name = name(text, blanks(text, 0))?;
    let mut extras = Vec::new();
    let mut end = name.end;
    let mut at = blanks(text, end);
    if text[at..].starts_with('[') {
        let close = at + text[at..].find(']')?;
        extras = list(text, Span::new(at + 1, close))?;
        end = close + 1;
        at = blanks(text, end);
    }
    let mut found = Specifier { name, extras, versions: Span::empty(end), url: None, marker: None };
    if text[at..].starts_with('@') {
        let start = blanks(text, at + 1);
        let url = trimmed(text, Span::new(start, word_end(text, start)));
        (!url.is_empty()).then_some(())?;
        found.url = Some(url);
        at = blanks(text, url.end);
    } else {
        let stop = text[at..].find(';').map_or(text.len(), |found| at + found);
        let mut versions = trimmed(text, Span::new(at, stop));
        let inner = text[versions.range()].strip_prefix('(').and_then(|it| it.strip_suffix(')'));
        if inner.is_some() {
            versions = trimmed(text, Span::new(versions.start + 1, versions.end - 1));
        }
        if !versions.is_empty() {
            text[versions.range()].starts_with(['<', '>', '=', '!', '~']).then_some(())?;
            found.versions = versions;
        }
        at = stop;
    }
    let rest = &text[at..];
    if rest.starts_with(';') {
        let marker = trimmed(text, Span::new(at + 1, text.len()));
        (!marker.is_empty()).then_some(())?;
        found.marker = Some(marker);
    } else if !rest.is_empty() {
        return None;
    }
    Some(found)
}

/// The name that begins at `start`.
fn name(text: &str, start: usize) -> Option<Span> {
    let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.');
    let len = text[start..].find(|char| !is_part(char)).unwrap_or(text.len() - start);
    let name = &text.as_bytes()[start..start + len];
    let is_bound = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    (is_bound(name.first()) && is_bound(name.last())).then(|| Span::new(start, start + len))
}

/// Names with commas between them.
fn list(text: &str, inside: Span) -> Option<Vec<Span>> {
    let mut found = Vec::new();
    let mut at = inside.start;
    for part in text[inside.range()].split(',') {
        let span = trimmed(text, Span::new(at, at + part.len()));
        at += part.len() + 1;
        if !span.is_empty() {
            (name(text, span.start)? == span).then_some(())?;
            found.push(span);
        }
    }
    Some(found)
}

fn blanks(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

fn word_end(text: &str, at: usize) -> usize {
    text[at..].find(char::is_whitespace).map_or(text.len(), |found| at + found)
}

fn trimmed(text: &str, span: Span) -> Span {
    let inner = &text[span.range()];
    let start = span.start + inner.len() - inner.trim_start().len();
    Span::new(start, start + inner.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<String> {
        let found = read(text)?;
        let of = |span: Span| &text[span.range()];
        let extras: Vec<_> = found.extras.iter().map(|it| of(*it)).collect();
        let (url, marker) = (found.url.map(of), found.marker.map(of));
        Some(format!(
            "{}|{}|{}|{}|{}",
            of(found.name),
            extras.join("+"),
            of(found.versions),
            url.unwrap_or_default(),
            marker.unwrap_or_default()
        ))
    }

    #[test]
    fn the_parts_of_a_specifier() {
        for (text, expected) in [
            ("A", "A||||"),
            ("A.B-C_D", "A.B-C_D||||"),
            ("name<=1", "name||<=1||"),
            ("name >= 3, <4", "name||>= 3, <4||"),
            ("name(>=3,<4)", "name||>=3,<4||"),
            (
                "name[quux, strange];python_version<'2.7'",
                "name|quux+strange|||python_version<'2.7'",
            ),
            ("name[]==1.*", "name||==1.*||"),
            ("name@http://foo.com", "name|||http://foo.com|"),
            (
                "name [fred] @ http://foo.com ; os_name=='nt'",
                "name|fred||http://foo.com|os_name=='nt'",
            ),
        ] {
            assert_eq!(parts(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_has_another_form() {
        for text in [
            "",
            "-e .",
            "./a",
            "a b",
            "_a",
            "a-",
            "a[b",
            "a[b c]",
            "a 1.0",
            "a @",
            "a;",
            "a @ b c",
            "git+https://example.org/a.git",
            "a.whl; ",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
