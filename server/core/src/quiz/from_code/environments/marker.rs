//! With which Python a requirement with a marker counts.
//!
//! Sources: Dependency specifiers (PEP 508), Environment markers; pip, Requirements File Format.

use super::super::{Case, Computed, Find, Generator, Role, files::Posed, is_brief};
use super::line::{LEAST, REQUIREMENT, clauses, facts, options, pick, posed, pythons};
use crate::facts::{Slot, SlotKind};
use crate::project::{Asked, FileKind, View};
use crate::quiz::Kind;
use crate::requirements::manifest::Group;
use crate::requirements::marker::holds;

pub static SEVERAL: Generator = Generator {
    name: "marker-pythons",
    doc: "with which of some Pythons a requirement with a marker counts",
    kind: Kind::Several,
    asked: SLOTS,
    told: SLOTS,
    roles: &[
        Role::code("counts", "a Python with which it counts: `3.9`"),
        Role::code("left-out", "one with which it does not"),
    ],
    cases: &[Case {
        name: "always",
        doc: "it counts with some of them",
        right: "counts",
        wrong: &["left-out"],
    }],
    find: Find::InFile(several),
};

pub static GENERATOR: Generator = Generator {
    name: "marker-effect",
    doc: "what pip does with a requirement with a marker, for one Python",
    kind: Kind::Choice,
    asked: ASKED,
    told: ASKED,
    roles: ROLES,
    cases: &[
        Case { name: "holds", doc: "the marker holds", right: "installs", wrong: NOT_INSTALLS },
        Case { name: "fails", doc: "it does not hold", right: "leaves-out", wrong: NOT_LEAVES },
    ],
    find: Find::InFile(one),
};

const NOT_INSTALLS: &[&str] = &["leaves-out", "any-version", "stops"];
const NOT_LEAVES: &[&str] = &["installs", "any-version", "stops"];

static SLOTS: &[Slot] = &[
    REQUIREMENT[0],
    REQUIREMENT[1],
    REQUIREMENT[2],
    Slot::new("marker", SlotKind::Code, "the marker"),
];

static ASKED: &[Slot] = &[
    REQUIREMENT[0],
    REQUIREMENT[1],
    REQUIREMENT[2],
    SLOTS[3],
    Slot::new("python", SlotKind::Code, "the Python: `3.12`"),
];

static ROLES: &[Role] = &[
    Role::words("installs", "it is installed"),
    Role::words("leaves-out", "it is left out"),
    Role::words("any-version", "the condition on its version does not count"),
    Role::words("stops", "pip stops with an error"),
];

fn several(view: &View<'_>) -> Vec<Posed> {
    ask(view, |view, asked, marker| {
        let shown = pythons(&asked.text, |python| holds(marker, python));
        let is_mixed = shown.iter().any(|it| it.1) && shown.iter().any(|it| !it.1);
        (shown.len() >= LEAST && is_mixed).then_some(())?;
        let label = |(python, counts): &(crate::PythonVersion, bool)| {
            (if *counts { "counts" } else { "left-out" }, python.to_string())
        };
        let options = options(shown.iter().map(label).collect())?;
        let mut facts = facts(view, asked, SLOTS);
        facts.code("marker", marker);
        Some(Computed { case: &SEVERAL.cases[0], options, snippet: None, facts })
    })
}

fn one(view: &View<'_>) -> Vec<Posed> {
    ask(view, |view, asked, marker| {
        let shown = pythons(&asked.text, |python| holds(marker, python));
        let (python, counts) = *pick(&shown, &asked.text)?;
        let mut facts = facts(view, asked, ASKED);
        facts.code("marker", marker).code("python", python.to_string());
        let case = &GENERATOR.cases[usize::from(!counts)];
        Some(Computed::in_words(case, ROLES, facts))
    })
}

fn ask(view: &View<'_>, computed: fn(&View<'_>, &Asked, &str) -> Option<Computed>) -> Vec<Posed> {
    // A list of constraints installs nothing.
    if view.kind == FileKind::Constraints {
        return Vec::new();
    }
    let all = view.requirements();
    let marker_of = |asked: &Asked| asked.parts.marker.map(|it| asked.text[it.range()].to_owned());
    let question = |asked: &Asked| {
        let marker = marker_of(asked)?;
        let counts = matches!(asked.group, None | Some(Group::Project));
        let is_plain = clauses(asked).is_some();
        (counts && is_plain && is_brief(&marker) && is_brief(asked.text.trim())).then_some(())?;
        let like = all
            .iter()
            .filter(|other| other.at != asked.at && marker_of(other).as_ref() == Some(&marker));
        Some(posed(view, asked.at, like.map(|it| it.at), computed(view, asked, &marker)?))
    };
    all.iter().filter_map(question).collect()
}
