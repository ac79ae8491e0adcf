//! Which items bind and use a name of the module, kept up to date item by item; and who asked, so
//! that what was found out stays valid until one of its answers changes.

mod known;
mod layered;

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use self::known::{Known, Map, bound_alike, names};
use self::layered::Layered;
use super::glance::{self, About};
use super::{Document, Item, ItemId, LinesMoved};

/// The module's names.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    bound: Names,
    used: Names,
    attributes: Names,
    /// What each item has contributed.
    known: Layered<ItemId, Known>,
    places: FxHashMap<ItemId, usize>,
    star_imports: usize,
    dynamic: usize,
    /// Items that may set any attribute.
    setters: usize,
    /// Items without a tree, which may bind anything.
    opaque: FxHashSet<ItemId>,
    /// What was asked about the texts of all items.
    watched: FxHashMap<Question, Watched>,
    changes: Changes,
    /// Somebody wants to know when answers change.
    is_asked: bool,
}

/// The items that have a name.
type Names = Layered<Box<str>, Vec<ItemId>>;

/// Whether something holds of a text, by a word that is part of it.
pub(crate) type Holds = fn(text: &str, word: &str) -> bool;

/// A question about the texts of all items.
#[derive(Clone, Debug)]
struct Watched {
    holds: Holds,
    word: Box<str>,
    /// The items of whose text it holds.
    items: FxHashSet<ItemId>,
}

impl Watched {
    fn look(&mut self, item: &Item) {
        if (self.holds)(item.text(), &self.word) {
            self.items.insert(item.id());
        }
    }
}

/// An edit touches no more items than this, most of the time.
const FEW: usize = 8;

/// A question about the module's names, by its hash. Two questions with one hash make work, not
/// mistakes.
pub(crate) type Question = u64;

/// What has changed since it was last taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    /// Items that were made, edited or removed.
    pub items: Vec<ItemId>,
    /// Questions with another answer than before.
    pub questions: FxHashSet<Question>,
    /// Items came, went or moved.
    pub order: bool,
    /// Which lines moved, in order of the edits.
    pub lines: Vec<LinesMoved>,
}

/// Asked by everything that depends on star imports, dynamic names or unreadable items.
const ANYTHING: Question = 0;

/// Asked by what depends on every line of the file.
const EVERYTHING: Question = 2;

/// Asked by what depends on the text of an item. Questions about names are odd.
fn content(id: ItemId) -> Question {
    4 + 2 * Question::from(id.0)
}

fn question(map: Map, name: &str) -> Question {
    let mut hasher = FxHasher::default();
    (map as u8, name).hash(&mut hasher);
    hasher.finish() | 1
}

fn watch_question(holds: Holds, word: &str) -> Question {
    let mut hasher = FxHasher::default();
    (u8::MAX, holds as usize, word).hash(&mut hasher);
    hasher.finish() | 1
}

impl Index {
    /// Takes back what the items `pending` had contributed, and adds what they have now.
    pub(super) fn refresh(&mut self, document: &Document, pending: &[ItemId]) {
        if document.order_changed.take() {
            self.changes.order = true;
            let places = document.items.iter().enumerate();
            self.places = places.map(|(at, item)| (item.id(), at)).collect();
        }
        let before = self.anything();
        // An edited item is named twice, as it was and as it is.
        let mut pending = pending.to_vec();
        pending.sort_unstable();
        pending.dedup();
        self.changes.items.extend(&pending);
        self.changed(EVERYTHING);
        for id in &pending {
            self.changed(content(*id));
            self.opaque.remove(id);
            let old = self.known.remove(*id);
            let item = self.places.get(id).map(|&at| &document.items[at]);
            // What was just edited is about to be looked at, so its tree is kept.
            if document.is_long() && pending.len() > FEW {
                item.into_iter().for_each(Item::summarise);
            }
            let scopes = item.map(Item::shared_scopes);
            if matches!(scopes, Some(None)) {
                self.opaque.insert(*id);
            }
            let new = item.zip(scopes.flatten());
            let new = new.map(|(item, scopes)| Known::of(scopes, item.attributes()));
            self.replace(*id, old.as_ref(), new.as_ref());
            if let Some(new) = new {
                self.known.insert(*id, new);
            }
        }
        if before != self.anything() {
            self.changed(ANYTHING);
        }
        self.look_again(document, &pending);
    }

    /// Takes back what an item had contributed and adds what it has now; most of that is the same.
    /// Whoever asked about a name and looked at more than which items have it, and how they bind it, asked
    /// for the item's content, too.
    fn replace(&mut self, id: ItemId, old: Option<&Known>, new: Option<&Known>) {
        let mut gone: FxHashSet<(Map, &str)> = old.into_iter().flat_map(names).collect();
        for (map, name) in new.into_iter().flat_map(names) {
            if !gone.remove(&(map, name)) {
                self.name_changed(map, name);
                self.map(map).update(name, |ids| ids.push(id));
            } else if matches!(map, Map::Bound)
                && let (Some(old), Some(new)) = (old, new)
                && !bound_alike(&old.scopes, &new.scopes, name)
            {
                self.name_changed(map, name);
            }
        }
        for (map, name) in gone {
            self.name_changed(map, name);
            let map = self.map(map);
            let mut is_last = false;
            map.update(name, |ids| {
                ids.retain(|other| *other != id);
                is_last = ids.is_empty();
            });
            if is_last {
                map.remove(name.into());
            }
        }
        if let Some(old) = old {
            self.star_imports -= usize::from(old.scopes.has_star_import);
            self.dynamic -= usize::from(old.scopes.is_dynamic);
            self.setters -= usize::from(old.attributes.sets_anything);
        }
        if let Some(new) = new {
            self.star_imports += usize::from(new.scopes.has_star_import);
            self.dynamic += usize::from(new.scopes.is_dynamic);
            self.setters += usize::from(new.attributes.sets_anything);
        }
    }

    /// Notes that a question has another answer than before. Before anybody asks, every question of a
    /// file would be one.
    fn changed(&mut self, question: Question) {
        if self.is_asked {
            self.changes.questions.insert(question);
        }
    }

    fn name_changed(&mut self, map: Map, name: &str) {
        if self.is_asked {
            self.changed(question(map, name));
        }
    }

    /// Asks about the texts of `pending` what was asked about all of them.
    fn look_again(&mut self, document: &Document, pending: &[ItemId]) {
        for (question, watched) in &mut self.watched {
            let held = !watched.items.is_empty();
            for id in pending {
                watched.items.remove(id);
                if let Some(&at) = self.places.get(id) {
                    watched.look(&document.items[at]);
                }
            }
            if held == watched.items.is_empty() {
                self.changes.questions.insert(*question);
            }
        }
    }

    fn anything(&self) -> [bool; 4] {
        let is_readable = self.opaque.is_empty();
        [self.star_imports > 0, self.dynamic > 0, self.setters > 0, is_readable]
    }

    fn map(&mut self, map: Map) -> &mut Names {
        match map {
            Map::Bound => &mut self.bound,
            Map::Used => &mut self.used,
            Map::Attribute => &mut self.attributes,
        }
    }

    fn sorted(&self, ids: Option<&Vec<ItemId>>) -> Vec<usize> {
        let mut places: Vec<usize> =
            ids.into_iter().flatten().filter_map(|id| self.places.get(id).copied()).collect();
        places.sort_unstable();
        places
    }
}

impl Document {
    /// The items that bind `name` at module level, in order.
    pub fn items_that_bind(&self, name: &str) -> Vec<usize> {
        self.note(question(Map::Bound, name));
        self.with_index(About::Name(name), |index| index.sorted(index.bound.get(name)))
    }

    /// The items in which `name`, looked up in the module, is used; in order.
    pub fn items_that_use(&self, name: &str) -> Vec<usize> {
        self.note(question(Map::Used, name));
        self.with_index(About::Name(name), |index| index.sorted(index.used.get(name)))
    }

    /// The items in which an attribute of this name may be set, in order. Nothing when the file may
    /// set attributes without naming them.
    pub(crate) fn items_with_attribute(&self, name: &str) -> Option<Vec<usize>> {
        self.note(question(Map::Attribute, name));
        self.note(ANYTHING);
        self.with_index(About::Setters, |_| ());
        self.with_index(About::Attribute(name), |index| {
            let is_plain = index.setters == 0 && index.opaque.is_empty();
            is_plain.then(|| index.sorted(index.attributes.get(name)))
        })
    }

    /// True when a `from … import *`, or an item that cannot be read, may bind any name.
    pub fn has_star_import(&self) -> bool {
        self.note(ANYTHING);
        self.with_index(About::Star, |index| index.star_imports > 0 || !index.opaque.is_empty())
    }

    /// The items with a `from … import *`, in order. Nothing when an item cannot be read.
    pub(crate) fn items_with_star_import(&self) -> Option<Vec<usize>> {
        self.note(ANYTHING);
        self.with_index(About::Star, |index| {
            let known = index.known.iter().filter(|(_, known)| known.scopes.has_star_import);
            let ids: Vec<_> = known.map(|(id, _)| *id).collect();
            index.opaque.is_empty().then(|| index.sorted(Some(&ids)))
        })
    }

    /// True when the file calls `exec`, `globals()` or the like.
    pub fn is_dynamic(&self) -> bool {
        self.note(ANYTHING);
        let at_a_glance = || {
            *self.looks_dynamic.get_or_init(|| glance::is_surely_dynamic(&self.items, self.odd()))
        };
        if self.is_glanced_at && at_a_glance() {
            return true;
        }
        self.with_index(About::Dynamic, |index| index.dynamic > 0)
    }

    /// True when the text of some item is such. It is asked about each text once, and then only about those
    /// that change.
    pub(crate) fn some_text(&self, holds: Holds, word: &str) -> bool {
        let question = watch_question(holds, word);
        self.note(question);
        let known = |index: &Index| index.watched.get(&question).map(|it| !it.items.is_empty());
        if let Some(found) = self.with_index(About::Order, known) {
            return found;
        }
        let mut watched = Watched { holds, word: word.into(), items: FxHashSet::default() };
        self.items.iter().for_each(|item| watched.look(item));
        let found = !watched.items.is_empty();
        self.index.borrow_mut().watched.insert(question, watched);
        found
    }

    /// True when the word stands somewhere in the file, perhaps in a comment.
    pub(crate) fn mentions(&self, word: &str) -> bool {
        self.some_text(
            |text, word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some(),
            word,
        )
    }

    /// Notes that an answer depends on the text of the item with this index.
    pub(crate) fn note_content(&self, index: usize) {
        if let Some(asked) = self.asked.borrow_mut().as_mut() {
            let question = content(self.items[index].id());
            if asked.last() != Some(&question) {
                asked.push(question);
            }
        }
    }

    /// Notes that an answer depends on every line of the file.
    pub(crate) fn note_everything(&self) {
        self.note(EVERYTHING);
    }

    /// The index of the item with this id, if it still exists.
    pub fn index_of(&self, id: ItemId) -> Option<usize> {
        self.with_index(About::Order, |index| index.places.get(&id).copied())
    }

    /// What has changed since this was last called.
    pub(crate) fn take_changes(&self) -> Changes {
        self.with_index(About::All, |_| ());
        let changes = std::mem::take(&mut self.index.borrow_mut().changes);
        Changes { lines: self.moves.take(), ..changes }
    }

    /// What `ask` gives, and the questions about the module's names that it asked.
    pub(crate) fn questions_of<T>(&self, ask: impl FnOnce() -> T) -> (T, Vec<Question>) {
        self.index.borrow_mut().is_asked = true;
        let outer = self.asked.replace(Some(Vec::new()));
        let answer = ask();
        let mut asked = self.asked.replace(outer).unwrap_or_default();
        asked.sort_unstable();
        asked.dedup();
        (answer, asked)
    }

    /// Of a file that is glanced at, the items whose text tells too little.
    fn odd(&self) -> &FxHashSet<ItemId> {
        self.odd.get_or_init(|| glance::odd(&self.items))
    }

    fn note(&self, question: Question) {
        if let Some(asked) = self.asked.borrow_mut().as_mut() {
            asked.push(question);
        }
    }

    fn with_index<T>(&self, about: About<'_>, ask: impl FnOnce(&Index) -> T) -> T {
        let pending = if self.is_glanced_at {
            glance::take(&self.items, self.odd(), &mut self.pending.borrow_mut(), about)
        } else {
            self.pending.take()
        };
        let mut index = self.index.borrow_mut();
        if !pending.is_empty() || self.order_changed.get() {
            index.refresh(self, &pending);
        }
        ask(&index)
    }
}
