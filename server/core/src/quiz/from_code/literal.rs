//! Docstrings and parameters as Python shows them, where that can be told from the source.

use super::Docstring;
use crate::syntax::function::{ParameterKind, docstring, parameters};
use crate::syntax::{Field, Kind, Node, kind};

/// Longest docstring that is read, in bytes.
const MAX_DOCSTRING: usize = 200;

/// The `__doc__` of a function in an item with this text.
pub(super) fn docstring_of(function: Node<'_>, text: &str) -> Docstring {
    let Some(string) = docstring(function, text) else { return Docstring::Missing };
    plain_string(string, text)
        .filter(|content| !content.is_empty() && content.trim() == *content)
        .map_or(Docstring::Other, |content| Docstring::Line(content.to_owned()))
}

/// What `inspect.signature` prints for a function: only for parameters without annotations whose
/// defaults print as they are written.
pub(super) fn signature_of(function: Node<'_>, text: &str) -> Option<String> {
    if function.child_in(Field::ReturnType).is_some() {
        return None;
    }
    let parameters = parameters(function)?;
    let mut parts: Vec<String> = Vec::new();
    let mut star = false;
    for (at, parameter) in parameters.iter().enumerate() {
        if parameter.annotation.is_some() {
            return None;
        }
        let name = &text[parameter.name.byte_range()];
        if !name.is_ascii() {
            return None;
        }
        if parameter.kind == ParameterKind::KeywordOnly && !star {
            parts.push("*".to_owned());
        }
        star |= matches!(parameter.kind, ParameterKind::KeywordOnly | ParameterKind::VarPositional);
        parts.push(match (parameter.kind, parameter.default) {
            (ParameterKind::VarPositional, _) => format!("*{name}"),
            (ParameterKind::VarKeyword, _) => format!("**{name}"),
            (_, None) => name.to_owned(),
            (_, Some(default)) => format!("{name}={}", literal(default, text)?),
        });
        let positional = |kind| kind == ParameterKind::PositionalOnly;
        let next = parameters.get(at + 1).map(|next| next.kind);
        if positional(parameter.kind) && !next.is_some_and(positional) {
            parts.push("/".to_owned());
        }
    }
    Some(format!("({})", parts.join(", ")))
}

/// The `repr` of a simple literal.
fn literal(node: Node<'_>, text: &str) -> Option<String> {
    let written = &text[node.byte_range()];
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match kind(node) {
        Kind::True | Kind::False | Kind::None => Some(written.to_owned()),
        Kind::Integer => {
            let is_decimal = digits(written) && (written == "0" || !written.starts_with('0'));
            is_decimal.then(|| written.to_owned())
        }
        Kind::Float => {
            let (whole, fraction) = written.split_once('.')?;
            let short = digits(whole) && digits(fraction) && written.len() <= 12;
            // For such numbers both languages print the shortest digits that give the value back.
            let same = written.parse::<f64>().is_ok_and(|value| format!("{value:?}") == written);
            (short && same && (whole != "0" || !fraction.starts_with("0000")))
                .then(|| written.to_owned())
        }
        Kind::String => super::repr(plain_string(node, text)?),
        _ => None,
    }
}

/// What a string literal without prefix, escape or line break holds.
fn plain_string<'a>(node: Node<'_>, text: &'a str) -> Option<&'a str> {
    let written = &text[node.byte_range()];
    if kind(node) != Kind::String || written.len() > MAX_DOCSTRING {
        return None;
    }
    let inner = ["\"\"\"", "'''", "\"", "'"]
        .iter()
        .find_map(|quote| written.strip_prefix(quote)?.strip_suffix(quote))?;
    let plain = inner.bytes().all(|b| (b.is_ascii_graphic() && b != b'\\') || b == b' ');
    plain.then_some(inner)
}
