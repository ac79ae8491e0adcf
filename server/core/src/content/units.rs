//! `units.toml`: every unit of the text that a pack teaches, by concept and kind.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::id::{is_id, is_unit, suggest};
use super::source::{Fault, Part};
use super::{ContentError, Pack, concept::Concept};

/// The file, below the pack's root.
pub(crate) const PATH: &str = "units.toml";

/// Kinds of units that are a question and what belongs to it: to read them on a page is not enough.
const ASKED: &[&str] = &["mcq-stem", "mcq-option", "mcq-correct", "mcq-explanation"];

/// A unit of the text that a pack teaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Permanent id, such as `decorators.key.1`.
    pub id: String,
    /// What it is in the text, such as `key-point`.
    pub kind: String,
    /// Id of the concept that teaches it.
    pub concept: String,
    line: usize,
}

type Raw = BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Vec<Spanned<String>>>>;

/// Reads the file; without one a pack promises nothing about units.
pub(crate) fn read(text: &str, faults: &mut Vec<Fault>) -> Vec<Unit> {
    let part = Part { text, line: 1 };
    let raw: Raw = match part.toml() {
        Ok(raw) => raw,
        Err(fault) => {
            faults.push(fault);
            return Vec::new();
        }
    };
    let mut units = Vec::new();
    let mut seen = BTreeSet::new();
    for (concept, kinds) in raw {
        for (kind, ids) in kinds {
            if !is_id(kind.get_ref()) {
                let message = format!(
                    "`{}` is no kind of unit: expected a name such as `key-point`",
                    kind.get_ref()
                );
                faults.push(part.fault(kind.span().start, message));
            }
            for id in ids {
                let at = id.span().start;
                let id = id.into_inner();
                if !is_unit(&id) {
                    let message = format!("`{id}` is no unit: expected `topic.part.1`");
                    faults.push(part.fault(at, message));
                } else if !seen.insert(id.clone()) {
                    faults.push(part.fault(at, format!("the unit `{id}` is listed twice")));
                }
                units.push(Unit {
                    id,
                    kind: kind.get_ref().clone(),
                    concept: concept.get_ref().clone(),
                    line: part.line_at(at),
                });
            }
        }
    }
    units.sort_by_key(|unit| unit.line);
    units
}

/// Every unit of the list is on the page of its concept and of no other, those of a question are in
/// an item of a quiz, and no page has a unit that the list does not know.
pub(crate) fn check(pack: &Pack, errors: &mut Vec<ContentError>) {
    if pack.units.is_empty() {
        return;
    }
    let listed: BTreeMap<&str, &Unit> =
        pack.units.iter().map(|unit| (unit.id.as_str(), unit)).collect();
    for concept in &pack.concepts {
        for (id, line) in &concept.units {
            let message = match listed.get(id.as_str()) {
                None => {
                    let known = suggest(id, listed.keys().copied());
                    format!("{PATH} does not list the unit `{id}`{known}")
                }
                Some(unit) if unit.concept != concept.id => {
                    format!("{PATH} lists the unit `{id}` with the concept `{}`", unit.concept)
                }
                Some(_) => continue,
            };
            errors.push(Fault::new(*line, message).at(&format!("{}/concept.md", concept.id)));
        }
    }
    let asked: BTreeSet<&str> = items(&pack.concepts).collect();
    for unit in &pack.units {
        let concept = pack.concepts.iter().find(|concept| concept.id == unit.concept);
        let message = match concept {
            None => format!("pack.toml lists no concept `{}`", unit.concept),
            Some(concept) if !concept.units().any(|id| id == unit.id) => {
                format!("{}/concept.md does not list the unit `{}`", unit.concept, unit.id)
            }
            Some(_) if ASKED.contains(&unit.kind.as_str()) && !asked.contains(unit.id.as_str()) => {
                format!("no item of a quiz asks about the unit `{}`", unit.id)
            }
            Some(_) => continue,
        };
        errors.push(Fault::new(unit.line, message).at(PATH));
    }
}

/// The units that are asked about.
fn items(concepts: &[Concept]) -> impl Iterator<Item = &str> {
    concepts.iter().flat_map(|concept| &concept.quiz).flat_map(super::quiz::QuizItem::units)
}
