//! What questions about requirements have in common.

use super::super::files::Posed;
use super::super::{Candidate, MAX_LABEL};
use crate::facts::{Facts, Slot, SlotKind};
use crate::project::{Asked, View};
use crate::requirements::near::hash;
use crate::requirements::versions::Clause;
use crate::{PythonVersion, Span};

/// The versions of Python that options speak of.
pub(super) const MINORS: std::ops::RangeInclusive<u8> = PythonVersion::OLDEST.minor..=14;

/// Most options of a question, and fewest of those with a list of versions.
pub(super) const MOST: usize = 4;
pub(super) const LEAST: usize = 3;

/// The slots of a requirement.
pub(super) static REQUIREMENT: [Slot; 3] = [
    Slot::new("name", SlotKind::Code, "the distribution"),
    Slot::new("requirement", SlotKind::Code, "the requirement"),
    Slot::new("line", SlotKind::Line, "the line of the file"),
];

/// The values of [`REQUIREMENT`], among those of `slots`.
pub(super) fn facts(view: &View<'_>, asked: &Asked, slots: &'static [Slot]) -> Facts {
    let mut facts = Facts::of(slots);
    facts.code("name", asked.name()).code("requirement", asked.text.trim());
    facts.line("line", line_of(view, asked.at));
    facts
}

/// The conditions on the version of a requirement from an index; nothing where they cannot be read, or
/// older installers read on: for them `===` takes all up to the next blank.
pub(super) fn clauses(asked: &Asked) -> Option<Vec<Clause>> {
    let clauses = asked.clauses().filter(|_| asked.parts.url.is_none())?;
    let is_alone = clauses.len() == 1 && asked.parts.marker.is_none();
    (is_alone || !clauses.iter().any(Clause::is_by_text)).then_some(clauses)
}

/// The line on which something begins, from 0.
pub(super) fn line_of(view: &View<'_>, at: Span) -> usize {
    view.text.as_bytes()[..at.start].iter().filter(|byte| **byte == b'\n').count()
}

/// A question about a requirement, and all that says the same of another one. The tables of a
/// `pyproject.toml` have cards that speak of each requirement in them.
pub(super) fn posed(
    view: &View<'_>,
    subject: Span,
    others: impl IntoIterator<Item = Span>,
    computed: super::super::Computed,
) -> Posed {
    let keys = view.manifest.iter().flat_map(|manifest| manifest.keys.iter().map(|key| key.1));
    let telling = keys.chain(others).collect();
    Posed { computed, subject, from: vec![subject], telling }
}

/// Options with these roles, in an order that says nothing of what is right; nothing where one cannot be
/// shown.
pub(super) fn options(labels: Vec<(&'static str, String)>) -> Option<Vec<Candidate>> {
    let is_shown = |label: &str| {
        let len = label.chars().count();
        (1..=MAX_LABEL).contains(&len) && !label.contains(['\n', '\r'])
    };
    labels.iter().all(|(_, label)| is_shown(label)).then_some(())?;
    let mut options: Vec<Candidate> =
        labels.into_iter().map(|(role, code)| Candidate { role, code: Some(code) }).collect();
    options.sort_by_key(|option| option.code.as_deref().map(hash));
    Some(options)
}

/// Pythons of which it is known whether they are let in: neighbours, of both sorts if there are such. Which
/// of them stand first hangs on `seed` alone.
pub(super) fn pythons(
    seed: &str,
    lets: impl Fn(PythonVersion) -> Option<bool>,
) -> Vec<(PythonVersion, bool)> {
    let known: Vec<(PythonVersion, bool)> = MINORS
        .map(PythonVersion::py3)
        .filter_map(|python| lets(python).map(|value| (python, value)))
        .collect();
    let last = known.len().saturating_sub(MOST);
    let is_mixed = |from: usize| {
        let some = &known[from..known.len().min(from + MOST)];
        some.iter().any(|it| it.1) && some.iter().any(|it| !it.1)
    };
    let mixed: Vec<usize> = (0..=last).filter(|from| is_mixed(*from)).collect();
    let from = pick(&mixed, seed).copied().unwrap_or(0);
    known.into_iter().skip(from).take(MOST).collect()
}

/// One of `all`, which hangs on `seed`.
pub(super) fn pick<'a, T>(all: &'a [T], seed: &str) -> Option<&'a T> {
    let count = u64::try_from(all.len()).ok().filter(|count| *count > 0)?;
    all.get(usize::try_from(hash(seed) % count).ok()?)
}
