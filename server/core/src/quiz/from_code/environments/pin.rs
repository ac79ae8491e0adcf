//! Which requirement of a file is pinned to one version.
//!
//! Source: Version specifiers (PEP 440), Version matching.

use super::super::{Case, Computed, Find, Generator, Role, files::Posed, is_brief};
use super::line::{LEAST, MOST, clauses, line_of, options, pick};
use crate::Span;
use crate::facts::{Facts, Slot, SlotKind};
use crate::project::{Asked, View};
use crate::quiz::Kind;
use crate::requirements::near::{Why, hash, is_disputed, near};
use crate::requirements::versions::{Clause, Sort, let_in, pinned};

pub static GENERATOR: Generator = Generator {
    name: "requirement-pinned",
    doc: "which one of some requirements of the file lets only one version in",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::InFile(run),
};

static SLOTS: &[Slot] = &[
    Slot::new("from-line", SlotKind::Line, "the line of the first of them"),
    Slot::new("to-line", SlotKind::Line, "the line of the last one"),
];

static ROLES: &[Role] = &[
    Role::code("pinned", "the requirement with one version"),
    Role::code("any", "one without a version"),
    Role::code("series", "one with `==2.*`"),
    Role::code("compatible", "one with `~=`"),
    Role::code("range", "one with another range"),
];

static CASES: &[Case] = &[Case {
    name: "always",
    doc: "one of them is pinned",
    right: "pinned",
    wrong: &["any", "series", "compatible", "range"],
}];

fn run(view: &View<'_>) -> Vec<Posed> {
    question(view).into_iter().collect()
}

fn question(view: &View<'_>) -> Option<Posed> {
    let all = view.requirements();
    let mut shown: Vec<(&'static str, &Asked)> = Vec::new();
    for asked in &all {
        let Some(role) = role(asked).filter(|_| is_brief(asked.text.trim())) else { continue };
        if shown.iter().all(|(_, other)| other.text.trim() != asked.text.trim()) {
            shown.push((role, asked));
        }
    }
    let (pins, mut open): (Vec<_>, Vec<_>) =
        shown.into_iter().partition(|(role, _)| *role == "pinned");
    let right = *pick(&pins, &view.text)?;
    open.sort_by_key(|(_, asked)| hash(&asked.text));
    open.truncate(MOST - 1);
    (open.len() + 1 >= LEAST).then_some(())?;
    open.push(right);
    let labels = open.iter().map(|(role, asked)| (*role, asked.text.trim().to_owned()));
    let options = options(labels.collect())?;
    let start = open.iter().map(|(_, asked)| asked.at.start).min()?;
    let end = open.iter().map(|(_, asked)| asked.at.end).max()?;
    let subject = Span::new(start, end);
    let mut facts = Facts::of(SLOTS);
    facts.line("from-line", line_of(view, Span::empty(start)));
    facts.line("to-line", line_of(view, Span::empty(end)));
    let keys = view.manifest.iter().flat_map(|manifest| manifest.keys.iter().map(|key| key.1));
    Some(Posed {
        computed: Computed { case: &CASES[0], options, snippet: None, facts },
        subject,
        from: vec![right.1.at],
        telling: keys.collect(),
    })
}

/// What the requirement is in this question; nothing where it is not certain.
fn role(asked: &Asked) -> Option<&'static str> {
    let clauses = clauses(asked)?;
    if let Some(version) = pinned(&clauses).filter(|_| !clauses.iter().any(Clause::is_by_text)) {
        let is_clear = !is_disputed(&clauses, &version.parse().ok()?);
        return (is_clear && let_in(&clauses, version)?).then_some("pinned");
    }
    let is_exact = clauses.iter().any(|clause| clause.sort() == Sort::Exact);
    // Others may still let only one version in.
    let plain = |why: Why| matches!(why, Why::Release | Why::Post);
    let several = near(&clauses, "").iter().filter(|near| plain(near.why)).count() > 1;
    match clauses.as_slice() {
        [] => Some("any"),
        _ if is_exact || !several => None,
        [only] if only.sort() == Sort::Series => Some("series"),
        [only] if only.sort() == Sort::Compatible => Some("compatible"),
        _ => Some("range"),
    }
}
