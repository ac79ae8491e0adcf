//! `requires-python`.
//!
//! Sources: pyproject.toml specification; Core metadata, Requires-Python.

use super::clauses::{CLAUSE, records};
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::project::View;
use crate::requirements::versions::{self, Sort};
use crate::{PythonVersion, Span};

pub(in crate::project) static PROVIDER: Provider = Provider {
    name: "requires-python",
    doc: "The value of `requires-python` in a `pyproject.toml`; its cards need no pattern",
    slots: SLOTS,
    run: |_| None,
};

static SLOTS: &[Slot] = &[
    Slot::new("specifier", SlotKind::Code, "the value"),
    Slot::new("admits", SlotKind::Codes, "which of Python 3.9 to 3.15 are let in"),
    Slot::new("none", SlotKind::Flag, "none of them is"),
    Slot::new("clause", SlotKind::Records(CLAUSE), "the clauses that name no only version"),
    Slot::new("capped", SlotKind::Code, "the clause that shuts newer Pythons out"),
    Slot::new("target", SlotKind::Code, "the Python that cards and rules go by"),
];

/// More patch releases than any version of Python has.
const PATCHES: u8 = 40;

/// On the value.
pub(in crate::project) fn run(view: &View<'_>, offset: usize) -> Option<(Span, Facts)> {
    let item = view.manifest.as_ref()?.python.as_ref().filter(|it| it.at.touches(offset))?;
    let clauses = versions::read(&item.text).filter(|clauses| !clauses.is_empty())?;
    let mut facts = Facts::of(SLOTS);
    facts.code("specifier", item.text.trim());
    let lets = |minor: u8| {
        let version = |patch| format!("3.{minor}.{patch}");
        (0..PATCHES).any(|patch| versions::let_in(&clauses, &version(patch)) == Some(true))
    };
    let admits =
        (PythonVersion::OLDEST.minor..=PythonVersion::NEWEST.minor).filter(|minor| lets(*minor));
    let admits: Vec<String> = admits.map(|minor| PythonVersion::py3(minor).to_string()).collect();
    let cap = clauses.iter().find(|it| matches!(it.sort(), Sort::Below | Sort::AtMost));
    if let Some(cap) = cap.filter(|_| !admits.is_empty()) {
        facts.code("capped", cap.text.as_str());
    }
    facts.flag("none", admits.is_empty()).codes("admits", admits);
    facts.records("clause", records(&clauses));
    if view.settings.is_target_known() {
        facts.code("target", view.settings.target.to_string());
    }
    Some((item.at, facts))
}
