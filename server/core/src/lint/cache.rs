//! The findings of each item, kept until the item or an answer they depend on changes.

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::run::Hit;
use crate::Document;
use crate::analysis::Settings;
use crate::document::{ItemId, Question};

/// Cached findings of a document. A clone of a document starts with none.
#[derive(Debug, Default)]
pub(crate) struct Cache(RefCell<Inner>);

impl Clone for Cache {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[derive(Debug, Default)]
struct Inner {
    /// What the findings were made for: settings, and how many rules there were.
    made_for: Option<(Settings, usize)>,
    filled: bool,
    /// Items to look at again.
    stale: FxHashSet<ItemId>,
    /// Items with findings.
    hits: FxHashMap<ItemId, Vec<Hit>>,
    asked: FxHashMap<ItemId, Vec<Question>>,
    askers: FxHashMap<Question, Vec<ItemId>>,
}

impl Inner {
    fn forget(&mut self, id: ItemId) {
        self.hits.remove(&id);
        for question in self.asked.remove(&id).unwrap_or_default() {
            if let Some(askers) = self.askers.get_mut(&question) {
                askers.retain(|other| *other != id);
            }
        }
        self.stale.insert(id);
    }
}

impl Cache {
    /// Calls `visit` with each item that has findings, in order of the file, after `find` has made
    /// those that are missing.
    pub fn each(
        &self,
        document: &Document,
        made_for: (&Settings, usize),
        find: impl Fn(usize) -> Vec<Hit>,
        mut visit: impl FnMut(usize, &Hit),
    ) {
        let mut inner = self.0.borrow_mut();
        let changes = document.take_changes();
        let same = inner
            .made_for
            .as_ref()
            .is_some_and(|(settings, rules)| settings == made_for.0 && *rules == made_for.1);
        if !same {
            *inner = Inner { made_for: Some((made_for.0.clone(), made_for.1)), ..Inner::default() };
        }
        for id in changes.items {
            inner.forget(id);
        }
        for question in changes.questions {
            for id in inner.askers.get(&question).cloned().unwrap_or_default() {
                inner.forget(id);
            }
        }
        if !std::mem::replace(&mut inner.filled, true) {
            inner.stale = document.items().iter().map(crate::document::Item::id).collect();
        }
        for id in std::mem::take(&mut inner.stale) {
            let Some(index) = document.index_of(id) else { continue };
            let (hits, asked) = document.questions_of(|| find(index));
            for question in &asked {
                inner.askers.entry(*question).or_default().push(id);
            }
            inner.asked.insert(id, asked);
            if !hits.is_empty() {
                inner.hits.insert(id, hits);
            }
        }
        let mut places: Vec<(usize, ItemId)> =
            inner.hits.keys().filter_map(|id| Some((document.index_of(*id)?, *id))).collect();
        places.sort_unstable();
        for (index, id) in places {
            for hit in &inner.hits[&id] {
                visit(index, hit);
            }
        }
    }
}
