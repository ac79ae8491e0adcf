//! A fix is tried on a copy before it is offered.

use tree_sitter::{Node, Tree};

use crate::Document;
use crate::analysis::Edit;
use crate::syntax::Soundness as _;
use crate::syntax::{Kind, kind};

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
    let mut after = document.clone();
    for edit in edits.iter().rev() {
        after.edit(edit.span, &edit.text);
    }
    let (before_items, after_items) = (touched(document, &after), touched(&after, document));
    // Where an item ends may be seen in its neighbours only.
    let first = before_items.first().map_or(0, |first| first.saturating_sub(1));
    let last = before_items.last().map_or(0, |last| (last + 1).min(document.items().len() - 1));
    (first..=last).for_each(|index| document.note_content(index));
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
    let mut after = document.clone();
    after.edit(edit.span, &edit.text);
    let tokens = |document: &Document, items: Vec<usize>| {
        let mut found = Vec::new();
        for index in items {
            let item = &document.items()[index];
            each(item.tree()?, |node| {
                if node.child_count() == 0 && kind(node) != Kind::Comment {
                    found.push((node.kind_id(), item.text()[node.byte_range()].to_owned()));
                }
            });
        }
        Some(found)
    };
    let before = tokens(document, touched(document, &after))?;
    (tokens(&after, touched(&after, document))? == before).then_some(after)
}

/// The items of `document` that `other` does not have in the same form.
fn touched(document: &Document, other: &Document) -> Vec<usize> {
    let items = document.items();
    let same_start = items.iter().zip(other.items()).take_while(|(a, b)| a.has_text_of(b)).count();
    let same_end = items
        .iter()
        .rev()
        .zip(other.items().iter().rev())
        .take_while(|(a, b)| a.has_text_of(b))
        .count()
        .min(items.len() - same_start)
        .min(other.items().len() - same_start);
    (same_start..items.len() - same_end).collect()
}

/// How many ERROR and MISSING nodes there are, and unparsable items.
fn errors(document: &Document, items: &[usize]) -> usize {
    let mut count = 0;
    for &index in items {
        match document.items()[index].tree() {
            None => count += 1,
            Some(tree) if tree.root_node().is_broken() => {
                each(tree, |node| count += usize::from(node.is_error_node() || node.is_missing()));
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

fn each<'a>(tree: &'a Tree, mut visit: impl FnMut(tree_sitter::Node<'a>)) {
    let mut cursor = tree.walk();
    loop {
        visit(cursor.node());
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
        }
    }
}
