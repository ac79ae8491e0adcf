//! A fix is tried on a copy before it is offered.

use crate::Document;
use crate::analysis::Edit;
use crate::syntax::{Kind, Node, kind};

/// Why edits cannot be offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// There are none, they overlap, or they leave a syntax error.
    Broken,
    /// A comment would be lost, or written twice.
    Comment,
}

/// The file with the edits made, if they leave it at least as intact as it was.
pub(super) fn apply(document: &Document, edits: &[Edit]) -> Option<Document> {
    check(document, edits).ok()
}

/// The file with the edits made.
///
/// # Errors
/// When there is a new syntax error, or not every comment is still there.
pub(crate) fn check(document: &Document, edits: &[Edit]) -> Result<Document, Fault> {
    let disjoint = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    if !disjoint || edits.is_empty() {
        return Err(Fault::Broken);
    }
    let mut after = document.trial();
    for edit in edits.iter().rev() {
        after.edit(edit.span, &edit.text);
    }
    let (before_items, after_items) = (touched(document, &after), touched(&after, document));
    // Where an item ends may be seen in its neighbours only.
    for index in &after_items {
        let last = after.items().len() - 1;
        for near in index.saturating_sub(1)..=(index + 1).min(last) {
            let index = document.index_of(after.items()[near].id());
            index.into_iter().for_each(|index| document.note_content(index));
        }
    }
    before_items.iter().for_each(|index| document.note_content(*index));
    if errors(&after, &after_items) > errors(document, &before_items) {
        return Err(Fault::Broken);
    }
    if comments(document, &before_items) != comments(&after, &after_items) {
        return Err(Fault::Comment);
    }
    Ok(after)
}

/// The file with the edit made, if it changes nothing but comments.
pub(crate) fn with_comment(document: &Document, edit: &Edit) -> Option<Document> {
    let mut after = document.trial();
    after.edit(edit.span, &edit.text);
    let tokens = |document: &Document, items: Vec<usize>| {
        let mut found = Vec::new();
        for index in items {
            let item = &document.items()[index];
            for node in item.tree()?.root_node().descendants() {
                if node.is_leaf() && kind(node) != Kind::Comment {
                    found.push((node.kind_id(), item.text()[node.byte_range()].to_owned()));
                }
            }
        }
        Some(found)
    };
    let before = tokens(document, touched(document, &after))?;
    (tokens(&after, touched(&after, document))? == before).then_some(after)
}

/// The items of `document` that `other` does not have in the same form. One of them is an edited clone of the
/// other, so that items with one id are in the same order in both.
fn touched(document: &Document, other: &Document) -> Vec<usize> {
    let (items, others) = (document.items(), other.items());
    let mut touched = Vec::new();
    let (mut at, mut there) = (0, 0);
    while let Some(item) = items.get(at) {
        match others.get(there) {
            Some(other) if other.id() == item.id() => {
                if !item.has_text_of(other) {
                    touched.push(at);
                }
                (at, there) = (at + 1, there + 1);
            }
            // It is not in this one.
            Some(other) if document.index_of(other.id()).is_none() => there += 1,
            _ => {
                touched.push(at);
                at += 1;
            }
        }
    }
    touched
}

/// How many ERROR and MISSING nodes there are, and unparsable items.
fn errors(document: &Document, items: &[usize]) -> usize {
    let mut count = 0;
    for &index in items {
        match document.items()[index].tree() {
            None => count += 1,
            Some(tree) if tree.root_node().is_broken() => {
                let is_fault = |node: &Node<'_>| node.is_error_node() || node.is_missing();
                count += tree.root_node().descendants().filter(is_fault).count();
            }
            Some(_) => {}
        }
    }
    count
}

/// The comments' texts, sorted.
fn comments(document: &Document, items: &[usize]) -> Vec<String> {
    let mut found = Vec::new();
    for &index in items {
        let item = &document.items()[index];
        let Some(tree) = item.tree() else { continue };
        let root = tree.root_node();
        for at in memchr::memchr_iter(b'#', item.text().as_bytes()) {
            let leaf = root.descendant_for_byte_range(at, at + 1);
            let is_it = |node: &Node<'_>| kind(*node) == Kind::Comment && node.start_byte() == at;
            if let Some(node) = leaf.filter(is_it) {
                found.push(item.text()[node.byte_range()].to_owned());
            }
        }
    }
    found.sort();
    found
}
