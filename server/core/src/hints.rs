//! Inlay hints: what an editor shows between the reader's words. Which there are, and where; the
//! words are content.

mod decorated;
mod exits;
mod lazy;

pub use decorated::DECORATED_AS;

use crate::syntax::Node;

use crate::content::{HintWords, Library};
use crate::facts::{Facts, Slot, SlotKind};
use crate::subject::Subject;
use crate::{Document, Settings, Span, walk};

/// Most hints of one answer.
const MAX_HINTS: usize = 500;

/// Which hints the reader wants. None, unless said otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HintKinds {
    /// What a decorator leaves in place of a function.
    pub decorators: bool,
    /// What a call returns that has run nothing of the function yet.
    pub lazy_calls: bool,
    /// In which order the items of a `with` are left.
    pub exit_order: bool,
}

impl HintKinds {
    /// True when there is nothing to look for.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// A hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlayHint {
    /// Where it is shown, in bytes of the file: behind the code that it is about.
    pub offset: usize,
    /// A few words of plain text.
    pub label: String,
    /// One line that says more, Markdown.
    pub tooltip: String,
}

/// A kind of hint that a pack has words for.
#[derive(Debug)]
pub struct Kind {
    /// The name that packs use.
    pub name: &'static str,
    /// When it is shown, one line for the author's guide.
    pub doc: &'static str,
    /// What the words may name.
    pub slots: &'static [Slot],
}

static DECORATED: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the decorated function"),
    Slot::new("decorator", SlotKind::Code, "the topmost decorator, without its arguments"),
    Slot::new("wrapper", SlotKind::Code, "the function of the file that takes its place"),
    Slot::new("line", SlotKind::Line, "the line of that function"),
    Slot::new("becomes", SlotKind::Text, "what the table `decorated-as` says"),
];

static CALL: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function of the file"),
    Slot::new("line", SlotKind::Line, "its line"),
];

static EXIT: &[Slot] = &[
    Slot::new("place", SlotKind::Number, "when it is left, from 1"),
    Slot::new("count", SlotKind::Number, "how many items there are"),
];

/// Every kind that `hints.toml` has words for, one a line.
#[rustfmt::skip]
pub static KINDS: &[Kind] = &[
    Kind { name: "wrapper", doc: "decorators of the file leave a plain function", slots: DECORATED },
    Kind { name: "async-wrapper", doc: "they leave a coroutine function", slots: DECORATED },
    Kind { name: "generator-wrapper", doc: "they leave a generator function", slots: DECORATED },
    Kind { name: "decorated-as", doc: "the topmost decorator has a row in that table", slots: DECORATED },
    Kind { name: "generator", doc: "a call that returns a generator is assigned", slots: CALL },
    Kind { name: "async-generator", doc: "the same with an asynchronous generator", slots: CALL },
    Kind { name: "coroutine", doc: "the same with a coroutine", slots: CALL },
    Kind { name: "exit-order", doc: "an item of a `with` that has several", slots: EXIT },
];

/// The kind of that name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// The hints of these kinds in `span`, in order of position.
pub fn inlay_hints(
    library: &Library,
    document: &Document,
    settings: &Settings,
    kinds: HintKinds,
    span: Span,
) -> Vec<InlayHint> {
    let mut out = Vec::new();
    if kinds.is_none() || settings.is_stub {
        return out;
    }
    let first = document.item_at(span.start).unwrap_or(0);
    for (index, item) in document.items().iter().enumerate().skip(first) {
        let start = document.start_of(index);
        if start > span.end {
            break;
        }
        let Some(tree) = item.tree() else { continue };
        walk::intact(tree.root_node(), item.text(), |path| {
            let node = path[path.len() - 1];
            let bytes = Span::from(node.byte_range()).shifted(start);
            if bytes.start > span.end || bytes.end < span.start || node.is_broken() {
                return;
            }
            let subject = Subject::new(document, settings, index, path).with_library(library);
            let mut add = |name: &str, at: Node<'_>, facts: &Facts| {
                let offset = start + at.end_byte();
                let is_in = (span.start..=span.end).contains(&offset);
                if let Some(words) = library.hint_words(name).filter(|_| is_in) {
                    out.extend(write(words, offset, facts));
                }
            };
            if kinds.decorators {
                decorated::look(&subject, &mut add);
            }
            if kinds.lazy_calls {
                lazy::look(&subject, &mut add);
            }
            if kinds.exit_order {
                exits::look(&subject, &mut add);
            }
        });
    }
    out.sort_by_key(|hint| hint.offset);
    out.truncate(MAX_HINTS);
    out
}

/// Where one kind of hint is put: its name, the node it stands behind, and its facts.
type Add<'a> = dyn FnMut(&str, Node<'_>, &Facts) + 'a;

fn write(words: &HintWords, offset: usize, facts: &Facts) -> Option<InlayHint> {
    Some(InlayHint {
        offset,
        // Editors show labels as they are.
        label: words.label.render(facts)?.replace('`', ""),
        tooltip: words.tooltip.render(facts)?,
    })
}

#[cfg(test)]
mod tests;
