//! For which findings fixes were made ready, and on which answers these rest. When one of those changes, they
//! are made anew; the findings stay.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Unit;
use super::askers::Askers;
use crate::document::Question;

/// Units with findings, by what is known of their fixes.
#[derive(Debug, Default)]
pub(super) struct Offers {
    /// Once all findings of the file were made.
    pub is_open: bool,
    /// Found when the file was opened, without fixes.
    missing: FxHashSet<Unit>,
    /// Found later, without fixes. The next key may change them again.
    missing_lately: FxHashSet<Unit>,
    asked: FxHashMap<Unit, Box<[Question]>>,
    askers: FxHashMap<Question, Askers>,
}

impl Offers {
    /// The unit has findings without fixes.
    pub fn miss(&mut self, unit: Unit) {
        let missing = if self.is_open { &mut self.missing_lately } else { &mut self.missing };
        missing.insert(unit);
    }

    /// Whether [`Self::next`] gives something.
    pub fn is_behind(&self, pause: bool) -> bool {
        !self.missing.is_empty() || pause && !self.missing_lately.is_empty()
    }

    /// A unit whose findings are without fixes, which is going to be changed.
    pub fn next(&mut self, pause: bool) -> Option<Unit> {
        let from = match self.missing.is_empty() && pause {
            true => &mut self.missing_lately,
            false => &mut self.missing,
        };
        let unit = from.iter().next().copied()?;
        from.remove(&unit);
        Some(unit)
    }

    /// The unit has fixes, which rest on the answers to these questions.
    pub fn note(&mut self, unit: Unit, asked: Vec<Question>) {
        for question in &asked {
            let askers = self.askers.entry(*question);
            askers.and_modify(|askers| askers.add(unit)).or_insert(Askers::One(unit));
        }
        self.asked.insert(unit, asked.into());
    }

    /// Forgets the fixes of a unit.
    pub fn forget(&mut self, unit: Unit) {
        for question in self.asked.remove(&unit).unwrap_or_default() {
            if self.askers.get_mut(&question).is_some_and(|askers| askers.remove(unit)) {
                self.askers.remove(&question);
            }
        }
        self.missing.remove(&unit);
        self.missing_lately.remove(&unit);
    }

    /// The units whose fixes rest on the answer to this question. They are without fixes now.
    pub fn outdated_by(&mut self, question: Question) -> Vec<Unit> {
        let units = self.askers.get(&question).map(Askers::all).unwrap_or_default();
        for unit in &units {
            self.forget(*unit);
            self.miss(*unit);
        }
        units
    }
}
