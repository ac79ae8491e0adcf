//! Pieces of fixes: indentation, whole lines.

use crate::lint::imported;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::{Document, Span, walk};

use super::shared::indentation;

/// One step of indentation, as the body of `compound` has it.
pub(crate) fn unit(subject: &Subject<'_>, compound: Node<'_>) -> Option<String> {
    let body = Field::Body.of(compound)?;
    let inner = indentation(subject, *statements(body).first()?)?;
    let text = subject.item_text();
    let line = text.get(..compound.start_byte())?.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let outer = &text[line..];
    let outer = &outer[..outer.len() - outer.trim_start_matches([' ', '\t', '\x0c']).len()];
    inner.strip_prefix(outer).filter(|step| !step.is_empty()).map(str::to_owned)
}

/// The white space in front of `start`, a byte of the file, if nothing else stands there on its line.
pub(crate) fn indent_at(document: &Document, start: usize) -> Option<String> {
    let text = document.text();
    let line = text.line_start(text.line_of(start));
    let before = text.slice(Span::new(line, start));
    before.chars().all(|it| matches!(it, ' ' | '\t' | '\x0c')).then_some(before)
}

/// True when at most a comment follows `end`, a byte of the file, on its line.
pub(crate) fn ends_line(document: &Document, end: usize) -> bool {
    let text = document.text();
    let line = text.line_content(text.line_of(end));
    let rest = text.slice(Span::new(end, line.end.max(end)));
    rest.trim_start().is_empty() || rest.trim_start().starts_with('#')
}

/// The text from `first` to the end of `last`, with `step` put in front of each line behind the
/// first that is not blank. Nothing when a string goes over several of these lines, or a line is
/// joined to the next by a backslash.
pub(crate) fn indented(
    subject: &Subject<'_>,
    first: Node<'_>,
    last: Node<'_>,
    step: &str,
) -> Option<String> {
    let text = subject.item_text().get(first.start_byte()..last.end_byte())?;
    (!has_long_string(subject, first, last)).then_some(())?;
    let mut out = String::with_capacity(text.len() + 4 * text.lines().count());
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if number > 0 && !line.trim().is_empty() {
            out.push_str(step);
        }
        out.push_str(line);
    }
    (!text.contains('\r') || text.contains("\r\n")).then_some(out)
}

/// True when a string from `first` to `last`, which are siblings, goes over several lines.
pub(crate) fn has_long_string(subject: &Subject<'_>, first: Node<'_>, last: Node<'_>) -> bool {
    let mut found = false;
    let mut at = Some(first);
    while let Some(node) = at {
        walk::until(node, |inner| {
            let is_string = kind(inner) == Kind::String;
            found |= is_string && subject.text(inner).contains(['\n', '\r']);
            found
        });
        if node == last {
            break;
        }
        at = node.next_sibling();
    }
    found
}

/// Edits that add imports, each once; those at one place become one edit, without blank lines
/// between the statements.
pub(crate) fn merged_imports(
    imports: impl Iterator<Item = (Span, String)>,
    line_break: &str,
) -> Vec<(Span, String)> {
    let mut merged: Vec<(Span, String)> = Vec::new();
    for (span, text) in imports {
        let Some((_, before)) = merged.iter_mut().find(|(other, _)| *other == span) else {
            merged.push((span, text));
            continue;
        };
        let statement = text.trim();
        if before.lines().all(|line| line != statement) {
            let end = before.trim_end().len();
            before.insert_str(end, &format!("{line_break}{statement}"));
        }
    }
    merged
}

/// The text from `first` to the end of `last`, with `step` taken away at the start of each line behind
/// the first that is not blank. Nothing when such a line does not begin so, or a string goes over
/// several of them.
pub(crate) fn dedented(
    subject: &Subject<'_>,
    first: Node<'_>,
    last: Node<'_>,
    step: &str,
) -> Option<String> {
    let text = subject.item_text().get(first.start_byte()..last.end_byte())?;
    (!has_long_string(subject, first, last)).then_some(())?;
    let mut out = String::with_capacity(text.len());
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let is_blank = line.trim().is_empty();
        out.push_str(if number == 0 || is_blank { line } else { line.strip_prefix(step)? });
    }
    Some(out)
}

/// The statements of the body of `compound`, as they would stand in its place.
pub(crate) fn unwrapped(subject: &Subject<'_>, compound: Node<'_>) -> Option<String> {
    let body = statements(Field::Body.of(compound)?);
    let (first, last) = (*body.first()?, *body.last()?);
    dedented(subject, first, last, &unit(subject, compound)?)
}

/// How to write `module.name` at the subject, if an import of the file lets one.
pub(crate) fn at_hand(subject: &Subject<'_>, module: &str, name: &str) -> Option<String> {
    let found = imported(subject, subject.node(), module, name);
    found.edit.is_none().then_some(found.expression)
}
