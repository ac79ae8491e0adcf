//! Which items bind and use a name of the module, kept up to date item by item.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Document, ItemId};
use crate::scope::{ItemScopes, MODULE, Resolution};

/// The module's names.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    bound: FxHashMap<Box<str>, Vec<ItemId>>,
    used: FxHashMap<Box<str>, Vec<ItemId>>,
    /// What each item has contributed.
    known: FxHashMap<ItemId, Arc<ItemScopes>>,
    places: FxHashMap<ItemId, usize>,
    star_imports: usize,
    dynamic: usize,
}

impl Index {
    /// Takes back what the items `pending` had contributed, and adds what they have now.
    pub(super) fn refresh(&mut self, document: &Document, pending: &[ItemId]) {
        self.places = document.items.iter().enumerate().map(|(at, item)| (item.id(), at)).collect();
        for id in pending {
            if let Some(old) = self.known.remove(id) {
                for (map, name) in names(&old) {
                    let map = if map == Map::Bound { &mut self.bound } else { &mut self.used };
                    if let Some(ids) = map.get_mut(name) {
                        ids.retain(|other| other != id);
                        if ids.is_empty() {
                            map.remove(name);
                        }
                    }
                }
                self.star_imports -= usize::from(old.has_star_import);
                self.dynamic -= usize::from(old.is_dynamic);
            }
        }
        for id in pending {
            let item = self.places.get(id).map(|&at| &document.items[at]);
            let Some(scopes) = item.and_then(|item| item.shared_scopes()) else { continue };
            if self.known.insert(*id, Arc::clone(&scopes)).is_some() {
                continue;
            }
            for (map, name) in names(&scopes) {
                let map = if map == Map::Bound { &mut self.bound } else { &mut self.used };
                map.entry(name.into()).or_default().push(*id);
            }
            self.star_imports += usize::from(scopes.has_star_import);
            self.dynamic += usize::from(scopes.is_dynamic);
        }
    }

    fn sorted(&self, ids: Option<&Vec<ItemId>>) -> Vec<usize> {
        let mut places: Vec<usize> =
            ids.into_iter().flatten().filter_map(|id| self.places.get(id).copied()).collect();
        places.sort_unstable();
        places
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Map {
    Bound,
    Used,
}

/// The module's names that an item binds and uses, each once.
fn names(scopes: &ItemScopes) -> impl Iterator<Item = (Map, &str)> {
    let mut used: Vec<_> = scopes
        .references()
        .iter()
        .filter(|reference| scopes.resolve(reference.scope, reference.name) == Resolution::Module)
        .map(|reference| reference.name)
        .collect();
    used.sort_unstable();
    used.dedup();
    let bound = scopes.bound_names(MODULE).map(|name| (Map::Bound, scopes.name(name)));
    bound.chain(used.into_iter().map(|name| (Map::Used, scopes.name(name))))
}

impl Document {
    /// The items that bind `name` at module level, in order.
    pub fn items_that_bind(&self, name: &str) -> Vec<usize> {
        self.with_index(|index| index.sorted(index.bound.get(name)))
    }

    /// The items in which `name`, looked up in the module, is used; in order.
    pub fn items_that_use(&self, name: &str) -> Vec<usize> {
        self.with_index(|index| index.sorted(index.used.get(name)))
    }

    /// True when a `from … import *` may bind any name.
    pub fn has_star_import(&self) -> bool {
        self.with_index(|index| index.star_imports > 0)
    }

    /// True when the file calls `exec`, `globals()` or the like.
    pub fn is_dynamic(&self) -> bool {
        self.with_index(|index| index.dynamic > 0)
    }

    /// The index of the item with this id, if it still exists.
    pub fn index_of(&self, id: ItemId) -> Option<usize> {
        self.with_index(|index| index.places.get(&id).copied())
    }

    fn with_index<T>(&self, ask: impl FnOnce(&Index) -> T) -> T {
        let pending = self.pending.take();
        let mut index = self.index.borrow_mut();
        if !pending.is_empty() {
            index.refresh(self, &pending);
        }
        ask(&index)
    }
}
