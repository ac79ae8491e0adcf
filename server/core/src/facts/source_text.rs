//! Source text on one line.

use crate::subject::Subject;
use crate::syntax::{Kind, Node, kind};

/// True when the text holds the word. Quick enough to ask about a whole file.
pub(crate) fn mentions(text: &str, word: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some()
}

/// The expression `node` on one line: line breaks between tokens become one space, none next to a
/// bracket; comments go; what stands in strings stays as it is.
pub(crate) fn one_line(subject: &Subject<'_>, node: Node<'_>) -> String {
    one_line_in(subject.item_text(), node)
}

/// [`one_line`] for a node of the item with the text `source`.
pub(crate) fn one_line_in(source: &str, node: Node<'_>) -> String {
    let text = source.get(node.byte_range()).unwrap_or_default();
    if !text.contains(['\n', '\r', '\\', '#']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut end = node.start_byte();
    let tokens = node.tokens(|at| kind(at) == Kind::String);
    for at in tokens {
        if kind(at) != Kind::Comment && at.kind() != "line_continuation" {
            let token = source.get(at.byte_range()).unwrap_or_default();
            let gap = source.get(end..at.start_byte()).unwrap_or_default();
            let joins = out.is_empty()
                || out.ends_with(['(', '[', '{'])
                || token.starts_with([')', ']', '}']);
            if !gap.contains(['\n', '\r', '\\', '#']) {
                out.push_str(gap);
            } else if joins {
                // A comma before a bracket on its own line is there for the line's sake.
                if token.starts_with([')', ']', '}']) && out.ends_with(',') && !is_one_tuple(&out) {
                    out.pop();
                }
            } else {
                out.push(' ');
            }
            out.push_str(token);
            end = at.end_byte();
        }
    }
    out
}

/// True when the comma that `out` ends with is the only one since its bracket, so that it may make
/// a tuple.
fn is_one_tuple(out: &str) -> bool {
    let inner = &out[..out.len() - 1];
    match inner.rfind('(') {
        Some(open) => !inner[open..].contains(','),
        None => true,
    }
}
