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
    /// Forgets what no longer holds.
    fn update(&mut self, document: &Document, made_for: (&Settings, usize)) {
        let changes = document.take_changes();
        let same = self
            .made_for
            .as_ref()
            .is_some_and(|(settings, rules)| settings == made_for.0 && *rules == made_for.1);
        if !same {
            *self = Self { made_for: Some((made_for.0.clone(), made_for.1)), ..Self::default() };
        }
        for id in changes.items {
            self.forget(id);
        }
        for question in changes.questions {
            for id in self.askers.get(&question).cloned().unwrap_or_default() {
                self.forget(id);
            }
        }
        if !std::mem::replace(&mut self.filled, true) {
            self.stale = document.items().iter().map(crate::document::Item::id).collect();
        }
    }

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
    /// Makes findings that are missing, in order of the file, until they were made for `limit`
    /// bytes of text. True when some are left to make.
    pub fn fill(
        &self,
        document: &Document,
        made_for: (&Settings, usize),
        find: impl Fn(usize) -> Vec<Hit>,
        limit: usize,
    ) -> bool {
        let mut inner = self.0.borrow_mut();
        inner.update(document, made_for);
        let stale = inner.stale.iter().filter_map(|id| Some((document.index_of(*id)?, *id)));
        let mut stale: Vec<(usize, ItemId)> = stale.collect();
        stale.sort_unstable();
        let mut done = 0;
        for (index, id) in stale {
            if done > limit {
                return true;
            }
            done += document.items()[index].text().len();
            let (hits, asked) = document.questions_of(|| find(index));
            for question in &asked {
                inner.askers.entry(*question).or_default().push(id);
            }
            inner.asked.insert(id, asked);
            if !hits.is_empty() {
                inner.hits.insert(id, hits);
            }
            inner.stale.remove(&id);
        }
        inner.stale.clear();
        false
    }

    /// Calls `visit` with each item that has findings, in order of the file, after `find` has made
    /// those that are missing.
    pub fn each(
        &self,
        document: &Document,
        made_for: (&Settings, usize),
        find: impl Fn(usize) -> Vec<Hit>,
        mut visit: impl FnMut(usize, &Hit),
    ) {
        self.fill(document, made_for, find, usize::MAX);
        let inner = self.0.borrow();
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
