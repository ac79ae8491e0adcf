//! The parts of a program that goals speak of.

use super::is_definition;
use crate::names::Names;
use crate::scope::BindingKind;
use crate::syntax::{Field, Kind, Node, kind};
use crate::{Document, Span, walk};

/// A function or class.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    /// Index of the item that it stands in.
    pub item: usize,
    /// The definition, with its decorators.
    pub node: Node<'a>,
}

impl<'a> Part<'a> {
    /// The definition without decorators.
    pub fn definition(self) -> Node<'a> {
        match kind(self.node) {
            Kind::DecoratedDefinition => Field::Definition.of(self.node).unwrap_or(self.node),
            _ => self.node,
        }
    }

    /// Its bytes in the file.
    pub fn span(self, document: &Document) -> Span {
        Span::from(self.node.byte_range()).shifted(document.start_of(self.item))
    }
}

/// The function or class `name`, or `outer.inner`. Nothing when there are two of the name, or none.
pub(super) fn find<'a>(document: &'a Document, name: &str) -> Option<Part<'a>> {
    let mut names = name.split('.');
    let top = names.next()?;
    let bound: Vec<_> = Names::new(document)
        .module_bindings(top)
        .into_iter()
        .filter(|it| matches!(it.binding.kind, BindingKind::Function | BindingKind::Class))
        .collect();
    let [bound] = bound[..] else { return None };
    let item = bound.item;
    let root = document.items()[item].tree()?.root_node();
    let is_it = |node: Node<'_>| Span::from(node.byte_range()) == bound.binding.node;
    let mut definition = definitions(root).into_iter().find(|node| is_it(*node))?;
    for name in names {
        let text = document.items()[item].text();
        let is_it = |node: &Node<'_>| {
            Field::Name.of(*node).is_some_and(|it| &text[it.byte_range()] == name)
        };
        let found: Vec<_> =
            definitions(Field::Body.of(definition)?).into_iter().filter(is_it).collect();
        let [inner] = found[..] else { return None };
        definition = inner;
    }
    Some(Part { item, node: with_decorators(root, definition)? })
}

/// The functions and classes below `root` that stand in no other one below it.
fn definitions(root: Node<'_>) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    walk::until(root, |node| {
        let is_one = is_definition(node);
        if is_one {
            found.push(node);
        }
        is_one
    });
    found
}

fn with_decorators<'a>(root: Node<'a>, definition: Node<'a>) -> Option<Node<'a>> {
    let path = walk::path_to(root, definition.start_byte(), definition.end_byte())?;
    let at = path.iter().position(|node| node.id() == definition.id())?;
    let around = at.checked_sub(1).map(|at| path[at]);
    Some(around.filter(|node| kind(*node) == Kind::DecoratedDefinition).unwrap_or(definition))
}
