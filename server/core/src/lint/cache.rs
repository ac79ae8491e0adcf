//! The findings of each item, kept until the item or an answer they depend on changes.

mod askers;
mod offers;

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use self::askers::Askers;
use self::offers::Offers;
use super::active::Table;
use super::hit::Hit;
use super::regions;
use super::units::Members;
use crate::Document;
use crate::analysis::{Offered, Settings};
use crate::document::{Item, ItemId, Question};

/// Cached findings of a document. A clone of a document starts with none.
#[derive(Debug, Default)]
pub(crate) struct Cache(RefCell<Inner>);

impl Clone for Cache {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// What is looked at as one: a member of an item, or what of the item is in no member.
type Unit = (ItemId, Option<u32>);

/// So few items are asked one by one whether they have findings.
const FEW: usize = 8;

#[derive(Debug, Default)]
struct Inner {
    /// What the findings were made for: settings, and how many rules there were.
    made_for: Option<(Settings, usize)>,
    filled: bool,
    /// Items to look at again as a whole.
    stale: FxHashSet<ItemId>,
    /// Units to look at again.
    outdated: FxHashSet<Unit>,
    /// How many members the items have that have any.
    members: FxHashMap<ItemId, u32>,
    /// Units with findings.
    hits: FxHashMap<Unit, Vec<Hit>>,
    /// Those of them whose findings say on which line something stands.
    with_lines: FxHashSet<Unit>,
    /// What is known of the fixes of these findings.
    offers: Offers,
    asked: FxHashMap<Unit, Box<[Question]>>,
    /// Nearly every unit asks some of the questions.
    askers: FxHashMap<Question, Askers>,
    /// The rules that are on.
    rules: Option<Arc<Table>>,
    /// Whether something found has a safe fix, if that is known of the text as it is.
    is_fixable: Option<bool>,
    /// Counts up whenever findings may do more than move with their items.
    revision: u64,
    /// Items with comments that silence something, and whether one of those is not
    /// [narrow](crate::suppress::Directive::is_narrow).
    silencing: FxHashMap<ItemId, bool>,
}

impl Inner {
    /// Forgets everything that was made for something else.
    fn make_for(&mut self, made_for: (&Settings, usize)) {
        let same = self
            .made_for
            .as_ref()
            .is_some_and(|(settings, rules)| settings == made_for.0 && *rules == made_for.1);
        if !same {
            let made_for = Some((made_for.0.clone(), made_for.1));
            *self = Self { made_for, revision: self.revision + 1, ..Self::default() };
        }
    }

    /// Forgets what no longer holds.
    fn update(&mut self, document: &Document, made_for: (&Settings, usize)) {
        let changes = document.take_changes();
        self.make_for(made_for);
        if !changes.items.is_empty() || !changes.questions.is_empty() {
            self.is_fixable = None;
        }
        let mut is_seen = changes.order;
        for id in &changes.items {
            is_seen |= self.may_show(document, *id);
        }
        self.revision += u64::from(is_seen || self.silencing.values().any(|is_wide| *is_wide));
        for id in changes.items {
            self.forget(id);
        }
        for question in changes.questions {
            for unit in self.askers.get(&question).map(Askers::all).unwrap_or_default() {
                self.forget_unit(unit);
                self.outdated.insert(unit);
            }
            for unit in self.offers.outdated_by(question) {
                self.hits.get_mut(&unit).into_iter().flatten().for_each(|hit| {
                    hit.offers.take();
                });
            }
        }
        if !changes.lines.is_empty() {
            for unit in &self.with_lines {
                for hit in self.hits.get_mut(unit).into_iter().flatten() {
                    self.revision += u64::from(hit.follow(&changes.lines));
                }
            }
        }
        if !std::mem::replace(&mut self.filled, true) {
            self.stale = document.items().iter().map(Item::id).collect();
            self.silencing.clear();
            document.items().iter().for_each(|item| self.note_silencing(item));
        }
    }

    /// Whether a change of the item may be seen in findings of others: what it silences, or whether the
    /// file says that a program wrote it.
    fn may_show(&mut self, document: &Document, id: ItemId) -> bool {
        let was_silencing = self.silencing.remove(&id).is_some();
        let Some(index) = document.index_of(id) else { return true };
        self.note_silencing(&document.items()[index]);
        let is_silencing = was_silencing || self.silencing.contains_key(&id);
        is_silencing || document.start_of(index) <= regions::HEAD
    }

    fn note_silencing(&mut self, item: &Item) {
        let directives = item.directives();
        if !directives.is_empty() {
            let is_wide = directives.iter().any(|directive| !directive.is_narrow(item.text()));
            self.silencing.insert(item.id(), is_wide);
        }
    }

    fn forget(&mut self, id: ItemId) {
        let members = self.members.remove(&id).unwrap_or(0);
        for member in (0..members).map(Some).chain([None]) {
            self.forget_unit((id, member));
        }
        self.stale.insert(id);
    }

    fn forget_unit(&mut self, unit: Unit) {
        self.revision += u64::from(self.hits.remove(&unit).is_some());
        for question in self.asked.remove(&unit).unwrap_or_default() {
            if self.askers.get_mut(&question).is_some_and(|askers| askers.remove(unit)) {
                self.askers.remove(&question);
            }
        }
        self.outdated.remove(&unit);
        self.with_lines.remove(&unit);
        self.offers.forget(unit);
    }

    /// True when no finding is missing.
    fn is_done(&self) -> bool {
        self.stale.is_empty() && self.outdated.is_empty()
    }

    /// Keeps what was found in a unit.
    fn put(&mut self, unit: Unit, hits: Vec<Hit>) {
        if hits.is_empty() {
            return;
        }
        self.revision += 1;
        if hits.iter().any(|hit| hit.found.facts.have_lines()) {
            self.with_lines.insert(unit);
        }
        self.offers.miss(unit);
        self.hits.insert(unit, hits);
    }

    /// What is to be looked at again, in order of the file, with the indices of the items.
    fn work(&self, document: &Document) -> Vec<(usize, Unit)> {
        let outdated = self.outdated.iter().filter(|(id, _)| !self.stale.contains(id)).copied();
        let all = self.stale.iter().map(|id| (*id, None)).chain(outdated);
        let mut work: Vec<_> =
            all.filter_map(|unit| Some((document.index_of(unit.0)?, unit))).collect();
        work.sort_unstable();
        work
    }
}

impl Cache {
    /// The rules that are on, which `make` finds out.
    pub(super) fn rules(
        &self,
        made_for: (&Settings, usize),
        make: impl FnOnce() -> Table,
    ) -> Arc<Table> {
        let mut inner = self.0.borrow_mut();
        inner.make_for(made_for);
        Arc::clone(inner.rules.get_or_insert_with(|| Arc::new(make())))
    }

    /// True when all findings were made once, so that few are to be made again.
    pub fn is_filled(&self, document: &Document, made_for: (&Settings, usize)) -> bool {
        let mut inner = self.0.borrow_mut();
        inner.make_for(made_for);
        if inner.filled {
            inner.update(document, made_for);
        }
        inner.filled
    }

    /// What [`Self::set_fixable`] was told about the text as it is.
    pub fn is_fixable(&self, document: &Document, made_for: (&Settings, usize)) -> Option<bool> {
        self.is_filled(document, made_for);
        self.0.borrow().is_fixable
    }

    /// Keeps in mind whether something found has a safe fix.
    pub fn set_fixable(&self, is_fixable: bool) {
        self.0.borrow_mut().is_fixable = Some(is_fixable);
    }

    /// True when findings for more than `limit` bytes of text are to be made.
    pub fn is_behind(
        &self,
        document: &Document,
        made_for: (&Settings, usize),
        limit: usize,
    ) -> bool {
        let mut inner = self.0.borrow_mut();
        inner.update(document, made_for);
        let units = inner.stale.iter().chain(inner.outdated.iter().map(|(id, _)| id));
        let len = |id: &ItemId| Some(document.items()[document.index_of(*id)?].text().len());
        units.filter_map(len).sum::<usize>() > limit
    }

    /// Makes findings that are missing, in order of the file, until they were made for `limit`
    /// bytes of text. True when some are left to make.
    pub fn fill(
        &self,
        document: &Document,
        made_for: (&Settings, usize),
        find: impl Fn(usize, &Members<'_>, Option<u32>) -> Vec<Hit>,
        limit: usize,
    ) -> bool {
        let mut inner = self.0.borrow_mut();
        inner.update(document, made_for);
        let mut done = 0;
        let work = inner.work(document);
        for same_item in work.chunk_by(|a, b| a.0 == b.0) {
            if done > limit {
                return true;
            }
            let (index, (id, _)) = same_item[0];
            let item = &document.items()[index];
            done += item.text().len();
            let members = Members::of(item);
            let all = (0..members.count()).map(Some).chain([None]).map(|member| (id, member));
            let units: Vec<Unit> = if inner.stale.remove(&id) {
                all.collect()
            } else {
                same_item.iter().map(|(_, unit)| *unit).collect()
            };
            for unit in units {
                let (hits, asked) = document.questions_of(|| find(index, &members, unit.1));
                for question in &asked {
                    let askers = inner.askers.entry(*question);
                    askers.and_modify(|askers| askers.add(unit)).or_insert(Askers::One(unit));
                }
                inner.asked.insert(unit, asked.into());
                inner.put(unit, hits);
                inner.outdated.remove(&unit);
            }
            if members.count() > 0 {
                inner.members.insert(id, members.count());
            }
        }
        inner.stale.clear();
        inner.outdated.clear();
        inner.offers.is_open = true;
        false
    }

    /// Has `make` make the fixes of the findings of one unit, while no finding is missing; of those that
    /// were found when the file was opened, and in a `pause` of the others, too. False when there is
    /// nothing to make.
    pub fn prepare_offers(
        &self,
        document: &Document,
        made_for: (&Settings, usize),
        pause: bool,
        make: impl Fn(usize, &Hit) -> Arc<[Offered]>,
    ) -> bool {
        if !self.0.borrow().offers.is_behind(pause) || !self.is_filled(document, made_for) {
            return false;
        }
        let mut inner = self.0.borrow_mut();
        if !inner.is_done() {
            return false;
        }
        let Some(unit) = inner.offers.next(pause) else { return false };
        let Some(index) = document.index_of(unit.0) else { return true };
        let hits = inner.hits.get(&unit).cloned().unwrap_or_default();
        drop(inner);
        let make = || hits.iter().map(|hit| make(index, hit)).collect::<Vec<_>>();
        let (made, asked) = document.questions_of(make);
        let mut inner = self.0.borrow_mut();
        inner.offers.note(unit, asked);
        for (hit, made) in inner.hits.get(&unit).into_iter().flatten().zip(made) {
            let _ = hit.offers.set(made);
        }
        true
    }

    /// A number that stays what it is while findings do nothing but move with the items that they stand
    /// in, once [`Self::fill`] is done.
    pub fn revision(&self) -> u64 {
        self.0.borrow().revision
    }

    /// Calls `visit` with each of the `items` that has findings, in order of the file, after `find` has
    /// made those that are missing.
    pub fn each(
        &self,
        document: &Document,
        made_for: (&Settings, usize),
        find: impl Fn(usize, &Members<'_>, Option<u32>) -> Vec<Hit>,
        items: Range<usize>,
        mut visit: impl FnMut(usize, &Hit),
    ) {
        self.fill(document, made_for, find, usize::MAX);
        let inner = self.0.borrow();
        let items = items.start..items.end.min(document.items().len());
        let mut places: Vec<(usize, Unit)> = if items.len() <= FEW {
            let units = items.flat_map(|index| {
                let id = document.items()[index].id();
                let members = inner.members.get(&id).copied().unwrap_or(0);
                (0..members).map(Some).chain([None]).map(move |member| (index, (id, member)))
            });
            units.filter(|(_, unit)| inner.hits.contains_key(unit)).collect()
        } else {
            let place = |unit: &Unit| Some((document.index_of(unit.0)?, *unit));
            inner.hits.keys().filter_map(place).filter(|(at, _)| items.contains(at)).collect()
        };
        places.sort_unstable();
        for (index, unit) in places {
            for hit in &inner.hits[&unit] {
                visit(index, hit);
            }
        }
    }
}
