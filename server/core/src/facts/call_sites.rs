//! Where the file calls, by its name, what a definition or an assignment binds.

use crate::Document;
use crate::names::{Bound, Names, Use};
use crate::scope::ScopeKind;
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

/// A call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site<'a> {
    /// Index of the item.
    pub item: usize,
    /// The `call`.
    pub call: Node<'a>,
}

impl Site<'_> {
    /// Its line in the file, from 0.
    pub fn line(&self, document: &Document) -> usize {
        document.text().line_of(document.start_of(self.item) + self.call.start_byte())
    }
}

/// The calls of a function or class by its name, in order. None for a method, for a definition
/// that may not run, and when the name may be bound to something else: by another binding, or by a
/// decorator of it.
pub(super) fn calls_of<'a>(names: Names<'a>, item: usize, definition: Node<'_>) -> Vec<Site<'a>> {
    if super::around::is_decorated(definition) {
        return Vec::new();
    }
    calls_of_name(names, item, definition)
}

/// [`calls_of`] for a definition whatever its decorators: calls of what its name is bound to.
pub(crate) fn calls_of_name<'a>(
    names: Names<'a>,
    item: usize,
    definition: Node<'_>,
) -> Vec<Site<'a>> {
    let scopes = names.scopes(item);
    let binding = scopes.and_then(|scopes| scopes.definition(definition.byte_range().into()));
    let Some((scopes, binding)) = scopes.zip(binding) else { return Vec::new() };
    if binding.conditional || scopes.scopes()[binding.scope].kind == ScopeKind::Class {
        return Vec::new();
    }
    let uses = names.uses(Bound { item, binding }).unwrap_or_default();
    let is_too_early = |found: &Use<'a>| {
        found.reference.scope == binding.from
            && (found.item, found.reference.at.start) < (item, definition.start_byte())
    };
    uses.iter()
        .filter(|found| !is_too_early(found))
        .filter_map(|found| {
            let path = path_of(names, found)?;
            let [.., parent, name] = path[..] else { return None };
            is_callee(parent, name).then_some(Site { item: found.item, call: parent })
        })
        .collect()
}

/// True when the name of a definition can mean nothing else in the file.
pub(super) fn is_only_meaning(names: Names<'_>, item: usize, definition: Node<'_>) -> bool {
    let scopes = names.scopes(item);
    let binding = scopes.and_then(|scopes| scopes.definition(definition.byte_range().into()));
    binding.is_some_and(|binding| {
        !binding.conditional && names.uses(Bound { item, binding }).is_some()
    })
}

/// The nodes down to a use of a name; nothing in broken code.
pub(super) fn path_of<'a>(names: Names<'a>, found: &Use<'a>) -> Option<Vec<Node<'a>>> {
    let root = names.item(found.item).tree()?.root_node();
    let at = found.reference.at;
    let path = walk::path_to(root, at.start, at.end)?;
    let statement = path.iter().rev().take(3);
    let is_intact = statement.clone().all(|node| !node.is_broken());
    is_intact.then_some(path)
}

/// True when `node` is what `call` calls.
pub(super) fn is_callee(call: Node<'_>, node: Node<'_>) -> bool {
    kind(call) == Kind::Call
        && call.child_in(Field::Function).is_some_and(|callee| callee.id() == node.id())
}
