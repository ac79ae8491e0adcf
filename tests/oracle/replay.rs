//! A sequence of edits that can be run again.

use pygloss_core::{Document, Span};
use tree_sitter::Tree;

use crate::tree::{Nodes, difference};

/// One step of a sequence.
#[derive(Clone, Debug)]
pub enum Step {
    /// Puts `text` in place of the bytes `start..end`, wherever they lie.
    Edit { start: usize, end: usize, text: String },
    /// Asks for the tree of every `nth` item.
    AskTrees { nth: usize },
    /// Compares with a fresh open.
    Compare,
}

/// A document beside the plain string that it must hold.
pub struct Replay {
    /// The document under test.
    pub document: Document,
    /// What its text must be.
    pub text: String,
}

impl Replay {
    /// Opens `source`.
    pub fn open(source: &str) -> Self {
        Self { document: Document::new(source), text: source.to_owned() }
    }

    /// Runs one step; the error says what is wrong.
    pub fn run(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Edit { start, end, text } => self.edit(*start, *end, text),
            Step::AskTrees { nth } => {
                for item in self.document.items().iter().step_by(*nth) {
                    item.tree();
                }
                Ok(())
            }
            Step::Compare => compare(&self.document, &self.text),
        }
    }

    fn edit(&mut self, start: usize, end: usize, text: &str) -> Result<(), String> {
        let from = floor_boundary(&self.text, start);
        let to = floor_boundary(&self.text, end.max(from));
        let before: Vec<_> = (0..self.document.items().len())
            .map(|index| (self.document.span_of(index), self.document.items()[index].id()))
            .collect();
        self.document.edit(Span::new(start, end.max(start)), text);
        let untouched = |span: &Span| span.end <= from || to <= span.start;
        let kept =
            before.into_iter().filter(|(span, _)| untouched(span)).filter_map(|(span, id)| {
                let moved = if span.end <= from {
                    span
                } else {
                    Span::new(
                        span.start - to + from + text.len(),
                        span.end - to + from + text.len(),
                    )
                };
                let index = self.document.item_at(moved.start)?;
                (self.document.span_of(index) == moved).then_some((index, id))
            });
        for (index, id) in kept.collect::<Vec<_>>() {
            if self.document.items()[index].id() != id {
                return Err(format!("item {index} is untouched but lost its id"));
            }
        }
        self.text.replace_range(from..to, text);
        Ok(())
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn compare(document: &Document, text: &str) -> Result<(), String> {
    if document.text().to_string() != text {
        return Err("the rope holds another text".to_owned());
    }
    let fresh = Document::new(text);
    let starts = |document: &Document| -> Vec<usize> {
        (0..document.items().len()).map(|index| document.start_of(index)).collect()
    };
    let (left, right) = (starts(document), starts(&fresh));
    if let Some(what) = difference(left.iter(), right.iter()) {
        return Err(format!("item starts, edited / fresh: {what}"));
    }
    let mut ids: Vec<_> = document.items().iter().map(|item| item.id()).collect();
    ids.sort();
    ids.dedup();
    if ids.len() != left.len() {
        return Err("two items have one id".to_owned());
    }
    for (index, (edited, new)) in document.items().iter().zip(fresh.items()).enumerate() {
        if edited.text() != new.text() {
            return Err(format!("item {index} holds another text"));
        }
        compare_trees(edited.parsed(), new.parsed())
            .map_err(|what| format!("tree of item {index}, edited / fresh: {what}"))?;
    }
    Ok(())
}

fn compare_trees(edited: Option<&Tree>, fresh: Option<&Tree>) -> Result<(), String> {
    let (edited, fresh) = match (edited, fresh) {
        (None, None) => return Ok(()),
        (Some(edited), Some(fresh)) => (edited, fresh),
        (edited, _) => {
            let who = if edited.is_some() { "edited" } else { "fresh" };
            return Err(format!("only {who}"));
        }
    };
    if edited.root_node().byte_range() != fresh.root_node().byte_range() {
        return Err("roots of different size".to_owned());
    }
    difference(Nodes::of(edited, 0), Nodes::of(fresh, 0)).map_or(Ok(()), Err)
}
