//! Which Pythons `requires-python` lets in.
//!
//! Sources: pyproject.toml specification; Core metadata, Requires-Python.

use super::super::{Case, Computed, Find, Generator, Role, files::Posed, is_brief};
use super::line::{LEAST, line_of, options, pick, posed, pythons};
use crate::PythonVersion;
use crate::facts::{Facts, Slot, SlotKind};
use crate::project::View;
use crate::quiz::Kind;
use crate::requirements::manifest::Item;
use crate::requirements::versions::{self, Clause};

pub static SEVERAL: Generator = Generator {
    name: "requires-python-pythons",
    doc: "which of some Pythons `requires-python` lets in",
    kind: Kind::Several,
    asked: SLOTS,
    told: SLOTS,
    roles: &[
        Role::code("in", "a Python that is let in, all of its patch releases: `3.9`"),
        Role::code("out", "one of which no patch release is let in"),
    ],
    cases: &[Case { name: "always", doc: "some are let in", right: "in", wrong: &["out"] }],
    find: Find::InFile(several),
};

pub static GENERATOR: Generator = Generator {
    name: "requires-python-install",
    doc: "what `pip install .` does with one Python, by `requires-python`",
    kind: Kind::Choice,
    asked: ASKED,
    told: ASKED,
    roles: ROLES,
    cases: &[
        Case { name: "in", doc: "it is let in", right: "installs", wrong: NOT_INSTALLS },
        Case { name: "out", doc: "it is shut out", right: "stops", wrong: NOT_STOPS },
    ],
    find: Find::InFile(one),
};

const NOT_INSTALLS: &[&str] = &["stops", "warns", "fetches"];
const NOT_STOPS: &[&str] = &["installs", "warns", "fetches"];

static SLOTS: &[Slot] = &[
    Slot::new("specifier", SlotKind::Code, "the value of `requires-python`"),
    Slot::new("line", SlotKind::Line, "its line"),
];

static ASKED: &[Slot] =
    &[SLOTS[0], SLOTS[1], Slot::new("python", SlotKind::Code, "the Python: `3.12`")];

static ROLES: &[Role] = &[
    Role::words("installs", "this Python is let in"),
    Role::words("stops", "pip stops: the project is not for this Python"),
    Role::words("warns", "pip warns and goes on"),
    Role::words("fetches", "pip fetches another Python"),
];

/// More patch releases than any version of Python has.
const PATCHES: u8 = 40;

fn several(view: &View<'_>) -> Vec<Posed> {
    ask(view, |item, facts, shown| {
        let is_mixed = shown.iter().any(|it| it.1) && shown.iter().any(|it| !it.1);
        (item.len() >= 2 && shown.len() >= LEAST && is_mixed).then_some(())?;
        let label = |(python, is_in): &(PythonVersion, bool)| {
            (if *is_in { "in" } else { "out" }, python.to_string())
        };
        let options = options(shown.iter().map(label).collect())?;
        Some(Computed { case: &SEVERAL.cases[0], options, snippet: None, facts: facts(SLOTS) })
    })
}

fn one(view: &View<'_>) -> Vec<Posed> {
    ask(view, |item, facts, shown| {
        let (python, is_in) = *pick(shown, item)?;
        let mut facts = facts(ASKED);
        facts.code("python", python.to_string());
        Some(Computed::in_words(&GENERATOR.cases[usize::from(!is_in)], ROLES, facts))
    })
}

/// The question, made from the value, the facts of these slots, and some Pythons.
type Make =
    fn(&str, &dyn Fn(&'static [Slot]) -> Facts, &[(PythonVersion, bool)]) -> Option<Computed>;

fn ask(view: &View<'_>, make: Make) -> Vec<Posed> {
    let question = |item: &Item| {
        let text = item.text.trim();
        let clauses = versions::read(text).filter(|clauses| !clauses.is_empty())?;
        (is_brief(text) && !clauses.iter().any(Clause::is_by_text)).then_some(())?;
        let shown = pythons(text, |python| lets_in(&clauses, python));
        let facts = |slots: &'static [Slot]| {
            let mut facts = Facts::of(slots);
            facts.code("specifier", text).line("line", line_of(view, item.at));
            facts
        };
        // A card on a requirement says what the same clause means.
        let others = view
            .requirements()
            .into_iter()
            .filter(|it| it.clauses().is_some_and(|it| !it.is_empty()));
        let others: Vec<_> = others.map(|it| it.at).collect();
        Some(posed(view, item.at, others, make(text, &facts, &shown)?))
    };
    let item = view.manifest.as_ref().and_then(|manifest| manifest.python.as_ref());
    item.and_then(question).into_iter().collect()
}

/// Whether this Python is let in; nothing where that hangs on the patch release.
fn lets_in(clauses: &[Clause], python: PythonVersion) -> Option<bool> {
    let lets = |patch: u8| versions::let_in(clauses, &format!("{python}.{patch}"));
    let first = lets(0)?;
    (1..PATCHES).all(|patch| lets(patch) == Some(first)).then_some(first)
}
