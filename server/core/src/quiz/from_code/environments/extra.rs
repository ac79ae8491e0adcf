//! What an extra and a hash of a requirement do.
//!
//! Sources: Dependency specifiers (PEP 508), Extras; pip, Secure installs.

use super::super::{Case, Computed, Find, Generator, Role, files::Posed, is_brief};
use super::line::{REQUIREMENT, clauses, facts, posed};
use crate::facts::{Slot, SlotKind};
use crate::project::{Asked, FileKind, View};
use crate::quiz::Kind;
use crate::requirements::versions::pinned;

pub static EXTRA: Generator = Generator {
    name: "requirement-extra",
    doc: "what the name in brackets of a requirement asks for",
    kind: Kind::Choice,
    asked: EXTRA_SLOTS,
    told: EXTRA_SLOTS,
    roles: EXTRA_ROLES,
    cases: &[Case {
        name: "always",
        doc: "the rule has no exception",
        right: "more",
        wrong: &["part", "other", "group"],
    }],
    find: Find::InFile(extra),
};

pub static HASH: Generator = Generator {
    name: "requirement-hash",
    doc: "what pip does with a file that has none of the hashes of a requirement",
    kind: Kind::Choice,
    asked: &REQUIREMENT,
    told: &REQUIREMENT,
    roles: HASH_ROLES,
    cases: &[Case {
        name: "always",
        doc: "the rule has no exception",
        right: "refuses",
        wrong: &["warns", "next-version", "without"],
    }],
    find: Find::InFile(hash),
};

static EXTRA_SLOTS: &[Slot] = &[
    REQUIREMENT[0],
    REQUIREMENT[1],
    REQUIREMENT[2],
    Slot::new("extra", SlotKind::Code, "the extra"),
];

static EXTRA_ROLES: &[Role] = &[
    Role::words("more", "the distribution, and what its extra asks for"),
    Role::words("part", "a part of the distribution alone"),
    Role::words("other", "another distribution"),
    Role::words("group", "a dependency group of this project"),
];

static HASH_ROLES: &[Role] = &[
    Role::words("refuses", "pip installs nothing"),
    Role::words("warns", "pip warns and installs the file"),
    Role::words("next-version", "pip looks for another version"),
    Role::words("without", "pip goes on without this requirement"),
];

fn extra(view: &View<'_>) -> Vec<Posed> {
    // There are no extras in a list of constraints.
    if view.kind == FileKind::Constraints {
        return Vec::new();
    }
    ask(view, |view, asked| {
        let [extra] = asked.parts.extras[..] else { return None };
        let mut facts = facts(view, asked, EXTRA_SLOTS);
        facts.code("extra", &asked.text[extra.range()]);
        Some(Computed::in_words(&EXTRA.cases[0], EXTRA_ROLES, facts))
    })
}

fn hash(view: &View<'_>) -> Vec<Posed> {
    ask(view, |view, asked| {
        // The file is the one of this version.
        let is_pinned = pinned(&clauses(asked)?).is_some();
        (asked.hashes > 0 && is_pinned && asked.parts.marker.is_none()).then_some(())?;
        Some(Computed::in_words(&HASH.cases[0], HASH_ROLES, facts(view, asked, &REQUIREMENT)))
    })
}

fn ask(view: &View<'_>, make: fn(&View<'_>, &Asked) -> Option<Computed>) -> Vec<Posed> {
    let all = view.requirements();
    let question = |asked: &Asked| {
        let is_plain = clauses(asked).is_some() && is_brief(asked.text.trim());
        let computed = if is_plain { make(view, asked) } else { None }?;
        let others = all.iter().filter(|other| other.at != asked.at).map(|other| other.at);
        Some(posed(view, asked.at, others, computed))
    };
    all.iter().filter_map(question).collect()
}
