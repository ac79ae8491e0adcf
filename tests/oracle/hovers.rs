//! Every card that a file shows.

use std::collections::HashSet;

use pygloss_core::analysis::{self, Hover};
use pygloss_core::{Document, Library, Settings, walk};

/// Most questions about one file.
const MOST: usize = 3_000;

/// Asks at every token of the document, as an editor would, or at every few tokens of a very long one, and
/// hands over each answer with the offset of the question. Returns how often it asked.
pub fn each(
    library: &Library,
    document: &Document,
    settings: &Settings,
    mut visit: impl FnMut(usize, Option<Hover>),
) -> usize {
    let mut offsets = Vec::new();
    for (index, item) in document.items().iter().enumerate() {
        let Some(tree) = item.tree() else { continue };
        let start = document.start_of(index);
        walk::intact(tree.root_node(), item.text(), |nodes| {
            let node = nodes[nodes.len() - 1];
            if node.child_count() == 0 && !node.byte_range().is_empty() {
                offsets.push(start + node.start_byte());
            }
        });
    }
    let step = offsets.len().div_ceil(MOST).max(1);
    let asked = offsets.iter().step_by(step);
    let count = asked.len();
    for offset in asked {
        visit(*offset, analysis::hover(library, document, settings, *offset));
    }
    count
}

/// True for the first answer about this construct by this card.
pub fn is_new(seen: &mut HashSet<(String, usize, usize)>, hover: &Hover) -> bool {
    seen.insert((hover.card.clone(), hover.span.start, hover.span.end))
}
