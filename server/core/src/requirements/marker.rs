//! Environment markers, as far as the version of Python decides them.
//!
//! Source: Dependency specifiers (PEP 508), Environment markers.

use std::str::FromStr;

use pep440_rs::{Version, VersionSpecifier};

use crate::PythonVersion;

/// Variables whose value is not known here. Comparing them for equality raises nothing.
const OTHERS: &[&str] = &[
    "implementation_name",
    "os_name",
    "platform_machine",
    "platform_python_implementation",
    "platform_system",
    "sys_platform",
];

/// Whether the marker holds with this Python, whatever else it speaks of; nothing where that is not
/// certain.
pub(crate) fn holds(marker: &str, python: PythonVersion) -> Option<bool> {
    let tokens = tokens(marker)?;
    let mut reader = Reader { tokens: &tokens, at: 0, python };
    let Known(value) = reader.any(0)?;
    (reader.at == tokens.len()).then_some(value)?
}

/// A condition's value; it holds nothing when it hangs on more than the version.
struct Known(Option<bool>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    /// A name, an operator, or a parenthesis.
    Word(&'a str),
    /// What stands between quotes.
    Text(&'a str),
}

fn tokens(marker: &str) -> Option<Vec<Token<'_>>> {
    let mut found = Vec::new();
    let mut rest = marker.trim_start();
    while let Some(first) = rest.chars().next() {
        let len = match first {
            '\'' | '"' => {
                let end = rest[1..].find(first)?;
                found.push(Token::Text(&rest[1..=end]));
                rest = rest[end + 2..].trim_start();
                continue;
            }
            '(' | ')' => 1,
            '<' | '>' | '=' | '!' | '~' => {
                rest.find(|c| !"<>=!~".contains(c)).unwrap_or(rest.len())
            }
            'a'..='z' | 'A'..='Z' | '_' => {
                let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
                rest.find(|c| !is_part(c)).unwrap_or(rest.len())
            }
            _ => return None,
        };
        found.push(Token::Word(&rest[..len]));
        rest = rest[len..].trim_start();
    }
    Some(found)
}

/// Deepest nesting of parentheses.
const MAX_DEPTH: usize = 8;

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
    python: PythonVersion,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        self.at += 1;
        self.tokens.get(self.at - 1).copied()
    }

    fn takes(&mut self, word: &str) -> bool {
        let is_there = self.tokens.get(self.at) == Some(&Token::Word(word));
        self.at += usize::from(is_there);
        is_there
    }

    /// Conditions with `or` between them.
    fn any(&mut self, depth: usize) -> Option<Known> {
        let Known(mut value) = self.all(depth)?;
        while self.takes("or") {
            let Known(other) = self.all(depth)?;
            value = match (value, other) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            };
        }
        Some(Known(value))
    }

    /// Conditions with `and` between them.
    fn all(&mut self, depth: usize) -> Option<Known> {
        let Known(mut value) = self.one(depth)?;
        while self.takes("and") {
            let Known(other) = self.one(depth)?;
            value = match (value, other) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            };
        }
        Some(Known(value))
    }

    fn one(&mut self, depth: usize) -> Option<Known> {
        if self.takes("(") {
            let inside = if depth < MAX_DEPTH { self.any(depth + 1) } else { None };
            return inside.filter(|_| self.takes(")"));
        }
        let Token::Word(name) = self.next()? else { return None };
        let Token::Word(operator) = self.next()? else { return None };
        let Token::Text(text) = self.next()? else { return None };
        if name == "python_version" {
            return self.compared(operator, text).map(|value| Known(Some(value)));
        }
        (OTHERS.contains(&name) && matches!(operator, "==" | "!=")).then_some(Known(None))
    }

    /// Whether the version of Python, without the number of the patch release, is so.
    fn compared(&self, operator: &str, text: &str) -> Option<bool> {
        let plain = text.strip_suffix(".*").unwrap_or(text);
        let is_plain = plain.split('.').all(|it| !it.is_empty() && it.len() < 6)
            && plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        (is_plain && operator != "===").then_some(())?;
        let specifier = VersionSpecifier::from_str(&format!("{operator}{text}")).ok()?;
        Some(specifier.contains(&Version::new([3, u64::from(self.python.minor)])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(marker: &str, minor: u8) -> Option<bool> {
        holds(marker, PythonVersion::py3(minor))
    }

    #[test]
    fn the_version_of_python_is_compared_by_its_parts() {
        assert_eq!(with("python_version < '3.10'", 9), Some(true));
        assert_eq!(with("python_version<\"3.10\"", 10), Some(false));
        assert_eq!(with("python_version >= '3'", 12), Some(true));
        assert_eq!(with("python_version == '3'", 12), Some(false));
        assert_eq!(with("python_version == '3.*'", 12), Some(true));
        assert_eq!(with("python_version <= '3.9.1'", 9), Some(true), "3.9 is less");
        assert_eq!(with("python_version > '3.9'", 9), Some(false));
        assert_eq!(with("python_version ~= '3.10'", 12), Some(true));
    }

    #[test]
    fn conditions_are_joined() {
        let windows = "sys_platform == 'win32'";
        assert_eq!(with(&format!("python_version < '3.9' and {windows}"), 12), Some(false));
        assert_eq!(with(&format!("python_version < '3.9' or {windows}"), 12), None);
        assert_eq!(with(&format!("{windows} or python_version > '3.9'"), 12), Some(true));
        let both = "(python_version < '3.10' or python_version == '3.12') and python_version > '3'";
        assert_eq!([9, 10, 12].map(|minor| with(both, minor)), [true, false, true].map(Some));
    }

    #[test]
    fn what_is_not_certain_is_not_told() {
        for marker in [
            "",
            "python_version",
            "python_version < 3.9",
            "'3.9' > python_version",
            "python_version in '3.9, 3.10'",
            "python_version === '3.9'",
            "python_version < '3.9rc1'",
            "python_version < '3.9' and",
            "(python_version < '3.9'",
            "python_version < '3.9')",
            "python_version < '3.9' and extra == 'x'",
            "python_version < '3.9' and sys_platform > 'a'",
            "python_full_version < '3.9.1'",
            "python_version < '3.9",
            "python_version << '3.9'",
        ] {
            assert_eq!(with(marker, 12), None, "{marker}");
        }
        let deep = format!("{}python_version > '3'{}", "(".repeat(9), ")".repeat(9));
        assert_eq!(with(&deep, 12), None);
    }
}
