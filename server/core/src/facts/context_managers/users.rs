//! Where the file enters instances of a class with `with`.

use super::items::{Item, is_async, items};
use crate::facts::call_sites::{Site, calls_of_name};
use crate::facts::classes::{Class, TRANSPARENT};
use crate::names::Names;
use crate::syntax::{Kind, Node, kind};
use crate::walk;

/// A `with` statement and the item of it that calls the class.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    /// Index of the item of the file.
    pub item: usize,
    /// The `with_statement`.
    pub with: Node<'a>,
    /// What it enters.
    pub entered: Item<'a>,
}

/// The `with` or `async with` statements of the file with a call of the class behind them.
pub(crate) fn entries<'a>(class: Class<'a>, awaited: bool) -> Vec<Entry<'a>> {
    let is_class = class
        .decorated()
        .is_none_or(|decorated| decorated.all.iter().all(|one| one.is(TRANSPARENT)));
    if !is_class || class.metaclass().is_some() {
        return Vec::new();
    }
    entries_of(class.names, class.item, class.node, awaited)
}

/// The `with` or `async with` statements of the file with a call of the definition by its name.
pub(crate) fn entries_of<'a>(
    names: Names<'a>,
    item: usize,
    definition: Node<'_>,
    awaited: bool,
) -> Vec<Entry<'a>> {
    let calls = calls_of_name(names, item, definition);
    calls.into_iter().filter_map(|site| entry(names, site, awaited)).collect()
}

fn entry<'a>(names: Names<'a>, site: Site<'a>, awaited: bool) -> Option<Entry<'a>> {
    let root = names.item(site.item).tree()?.root_node();
    let path = walk::path_to(root, site.call.start_byte(), site.call.end_byte())?;
    let with = *path.iter().rev().find(|node| kind(**node) == Kind::WithStatement)?;
    let found = items(with)?.into_iter().find(|item| item.expression == site.call)?;
    (is_async(with) == awaited).then_some(Entry { item: site.item, with, entered: found })
}
