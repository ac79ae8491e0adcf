//! A requirement without one version in a list where the others have one.
//!
//! Source: pip, Repeatable Installs and Secure installs (hash-checking mode).

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::lint::{Found, Plan, Rule};
use crate::project::{Asked, Environment, FileKind, View};
use crate::requirements::list::What;
use crate::requirements::versions;

pub static RULE: Rule = Rule {
    id: "requirements-unpinned",
    kinds: &[],
    slots: SLOTS,
    cases: &["among-hashes", "no-hash"],
    fixes: &["pin"],
    related: &[],
    check: |_, _| {},
    fix: |_, _| Vec::new(),
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the distribution"),
    Slot::new("pinned", SlotKind::Number, "how many others have one version"),
    Slot::new("version", SlotKind::Code, "the version that the environment has"),
    Slot::new("environment", SlotKind::Code, "the environment"),
];

pub fn check(view: &View<'_>, found: &mut Vec<Found>) {
    // `requirements.in` holds what a list is made from.
    if view.kind != FileKind::Requirements || view.name().is_none_or(|name| name.ends_with(".in")) {
        return;
    }
    let asked = view.requirements();
    let is_strict = asked.iter().any(|it| it.hashes > 0) || has_option(view, "--require-hashes");
    let pinned = asked.iter().filter(|it| is_pinned(it)).count();
    let open = asked.iter().filter(|it| it.parts.url.is_none() && !is_pinned(it)).count();
    let is_lock = pinned > 1 && pinned > open && !is_limited(view);
    // Where a marker holds is not known, and what is never installed needs neither.
    for it in asked.iter().filter(|it| it.parts.url.is_none() && it.clauses().is_some()) {
        let is_certain = it.parts.marker.is_none();
        let case = match (is_pinned(it), is_strict) {
            (false, true) if is_certain => Some("among-hashes"),
            (true, true) if it.hashes == 0 && is_certain => Some("no-hash"),
            (false, false) if is_lock => None,
            _ => continue,
        };
        let mut facts = Facts::of(SLOTS);
        facts.code("name", it.name()).number("pinned", pinned);
        found.push(Found { at: it.name_at(), case, facts, related: Vec::new() });
    }
}

/// As pip sees it, a single clause with `==` pins.
fn is_pinned(asked: &Asked) -> bool {
    let clauses = asked.clauses().unwrap_or_default();
    matches!(&clauses[..], [only] if only.text.starts_with("=="))
}

fn has_option(view: &View<'_>, name: &str) -> bool {
    view.entries
        .iter()
        .any(|entry| matches!(entry.what, What::Option(at, _) if &view.text[at.range()] == name))
}

/// Versions may be given in another file.
fn is_limited(view: &View<'_>) -> bool {
    has_option(view, "-c") || has_option(view, "--constraint")
}

pub fn fix(view: &View<'_>, found: &Found) -> Vec<Plan> {
    plan(view, found).into_iter().collect()
}

/// The version that the environment has, which is the one that the program was tried with.
fn plan(view: &View<'_>, found: &Found) -> Option<Plan> {
    let place = view.place?;
    let asked = view.requirements().into_iter().find(|it| it.name_at() == found.at)?;
    let clauses = asked.clauses()?;
    (!is_pinned(&asked)).then_some(())?;
    let environment = Environment::nearest(place.files, place.folders())?;
    let installed = environment.installed(place.files)?;
    let mut same = installed.into_iter().filter(|it| it.name == asked.key());
    let version = same.next().filter(|_| same.next().is_none())?.version?;
    // A label of one's own behind the `+` is on no index.
    (!version.contains('+') && versions::let_in(&clauses, &version)?).then_some(())?;
    let mut facts = found.facts.clone();
    facts.code("version", version.as_str()).code("environment", environment.folder);
    debug_assert!(matches!(facts.get("version"), Some(Value::Code(_))));
    let at = asked.parts.versions.shifted(asked.at.start);
    // In place of the versions, with the blanks in front of them and parentheses around them.
    let from = match asked.parts.extras.is_empty() {
        true => asked.parts.name.end,
        false => asked.text.find(']')? + 1,
    };
    let close = usize::from(view.text[at.end..].starts_with(')'));
    let span = Span::new(from + asked.at.start, at.end + close);
    let edits = vec![(span, format!("=={version}"))];
    Some(Plan { fix: "pin", safety: Safety::Review, facts, edits })
}
