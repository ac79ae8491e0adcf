//! Who asked a question.

use rustc_hash::FxHashSet;

use super::Unit;

/// Units that asked the same question. Most questions are asked by one, some by nearly all.
#[derive(Clone, Debug)]
pub(super) enum Askers {
    One(Unit),
    Few(Vec<Unit>),
    Many(FxHashSet<Unit>),
}

/// More than these take longer to search than to hash.
const FEW: usize = 16;

impl Askers {
    /// Adds a unit that asked.
    pub fn add(&mut self, unit: Unit) {
        match self {
            Self::One(one) if *one == unit => {}
            Self::One(one) => *self = Self::Few(vec![*one, unit]),
            Self::Few(few) if few.contains(&unit) => {}
            Self::Few(few) if few.len() < FEW => few.push(unit),
            Self::Few(few) => *self = Self::Many(few.drain(..).chain([unit]).collect()),
            Self::Many(many) => drop(many.insert(unit)),
        }
    }

    /// Takes a unit away; true when nobody is left.
    pub fn remove(&mut self, unit: Unit) -> bool {
        match self {
            Self::One(one) => *one == unit,
            Self::Few(few) => {
                few.retain(|other| *other != unit);
                few.is_empty()
            }
            Self::Many(many) => {
                many.remove(&unit);
                many.is_empty()
            }
        }
    }

    /// All of them, in no order.
    pub fn all(&self) -> Vec<Unit> {
        match self {
            Self::One(one) => vec![*one],
            Self::Few(few) => few.clone(),
            Self::Many(many) => many.iter().copied().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Document;

    #[test]
    fn however_many_there_are_each_is_there_once_until_it_is_taken_away() {
        let document = Document::new(&"x\n".repeat(3 * FEW));
        let units: Vec<Unit> = document.items().iter().map(|item| (item.id(), None)).collect();
        for count in [1, 2, FEW, FEW + 1, 3 * FEW] {
            let mut askers = Askers::One(units[0]);
            for unit in units[..count].iter().chain(&units[..count]) {
                askers.add(*unit);
            }
            let all: BTreeSet<Unit> = askers.all().into_iter().collect();
            assert_eq!((askers.all().len(), all.len()), (count, count));
            for (index, unit) in units[..count].iter().enumerate() {
                assert_eq!(askers.remove(*unit), index + 1 == count);
            }
        }
    }
}
