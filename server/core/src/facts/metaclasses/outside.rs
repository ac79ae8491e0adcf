//! What a file may do to classes from outside their bodies.

use memchr::memmem;

use super::super::source_text::mentions;
use crate::Document;
use crate::document::Item;

/// True when the file may assign to the attribute `name` of anything but by a definition in a class
/// body: `C.name = …`, `setattr(C, "name", …)`.
pub(in crate::facts) fn is_set_from_outside(document: &Document, name: &str) -> bool {
    may_set(document.items(), name)
}

/// The same of a file with these items.
pub(super) fn may_set(items: &[Item], name: &str) -> bool {
    items.iter().any(|item| {
        let text = item.text();
        memmem::find_iter(text.as_bytes(), name).any(|at| {
            let rest = text[at + name.len()..].trim_start_matches([' ', '\t']);
            let dotted = text[..at].ends_with('.');
            let assigned = rest.starts_with('=') && !rest.starts_with("==")
                || rest.starts_with(':')
                || rest.starts_with(',');
            let quoted = text[..at].ends_with(['"', '\'']) && mentions(text, "setattr");
            dotted && assigned || quoted
        })
    })
}
