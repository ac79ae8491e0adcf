//! What one item contributes to the index: the names that it binds and uses, and its attributes.

use std::sync::Arc;

use super::super::attributes::Attributes;
use crate::scope::{Binding, ItemScopes, MODULE, NameId, Resolution};

/// Which map of the index a name belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Map {
    Bound,
    Used,
    Attribute,
}

/// What an item has contributed to the index.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub scopes: Arc<ItemScopes>,
    pub attributes: Arc<Attributes>,
    /// The module's names that it uses, each once.
    used: Arc<[NameId]>,
}

impl Known {
    pub fn of(scopes: Arc<ItemScopes>, attributes: Arc<Attributes>) -> Self {
        // Most names are used several times in a scope, and looking one up takes longer than to sort it.
        let references = scopes.references().iter();
        let mut used: Vec<_> = references.map(|it| (it.name, it.scope)).collect();
        used.sort_unstable();
        used.dedup();
        used.retain(|(name, scope)| scopes.resolve(*scope, *name) == Resolution::Module);
        used.dedup_by_key(|(name, _)| *name);
        let used: Arc<[NameId]> = used.into_iter().map(|(name, _)| name).collect();
        Self { scopes, attributes, used }
    }
}

/// Whether two texts of an item bind a name of the module in the same way.
pub(super) fn bound_alike(old: &ItemScopes, new: &ItemScopes, name: &str) -> bool {
    let told = |binding: &Binding| (binding.kind, binding.at, binding.conditional, binding.from);
    let bindings = |scopes| bound_as(scopes, name).map(told);
    bindings(old).eq(bindings(new))
}

/// The bindings of a name of the module in an item.
fn bound_as<'a>(scopes: &'a ItemScopes, name: &str) -> impl Iterator<Item = &'a Binding> {
    scopes.number(name).into_iter().flat_map(|name| scopes.bindings(MODULE, name))
}

/// The module's names that an item binds and uses, and the names of attributes in it, each once.
pub(super) fn names(known: &Known) -> impl Iterator<Item = (Map, &str)> {
    let scopes = &*known.scopes;
    let bound = scopes.bound_names(MODULE).map(|name| (Map::Bound, scopes.name(name)));
    let used = known.used.iter().map(|name| (Map::Used, scopes.name(*name)));
    let attributes = known.attributes.names.iter().map(|name| (Map::Attribute, &**name));
    bound.chain(used).chain(attributes)
}
