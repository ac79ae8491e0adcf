//! A virtual environment that git does not ignore, so that it is committed with all the rest.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::modules::{Entry, join};
use crate::project::environment::environments;
use crate::project::{FileKind, View};

pub static RULE: Rule = Rule {
    id: "venv-committed",
    kinds: &[],
    slots: SLOTS,
    cases: &["no-ignore-file"],
    fixes: &["ignore-it"],
    related: &[],
    check: |_, _| {},
    fix: |_, _| Vec::new(),
};

static SLOTS: &[Slot] = &[
    Slot::new("environment", SlotKind::Code, "the folder of the environment"),
    Slot::new("line", SlotKind::Code, "the line for `.gitignore`"),
];

/// On the `.gitignore` beside the environment; where there is none, on the file that says what the
/// project needs.
pub fn check(view: &View<'_>, found: &mut Vec<Found>) {
    let Some(place) = view.place else { return };
    let folder = place.folder();
    let is_ignore = view.kind == FileKind::GitIgnore;
    let (case, at) = if is_ignore {
        (None, first_line(&view.text))
    } else {
        if place.files.entry(&join(folder, ".gitignore")) != Entry::Nothing || !speaks_for(view) {
            return;
        }
        let Some(first) = view.requirements().first().map(|it| it.at) else { return };
        (Some("no-ignore-file"), first)
    };
    for environment in environments(place.files, folder).unwrap_or_default() {
        let config = format!("{}/pyvenv.cfg", join(folder, &environment));
        let edited = is_ignore.then_some((place.path, view.text.as_str()));
        if place.files.is_ignored(&config, edited) != Some(false) {
            continue;
        }
        let mut facts = Facts::of(SLOTS);
        facts.code("line", format!("{environment}/")).code("environment", environment);
        found.push(Found { at, case, facts, related: Vec::new() });
    }
}

/// Whether the file is the one of its folder that says what the project needs.
fn speaks_for(view: &View<'_>) -> bool {
    let Some(place) = view.place else { return false };
    match view.name() {
        Some("pyproject.toml") => true,
        Some("requirements.txt") => {
            place.files.entry(&join(place.folder(), "pyproject.toml")) == Entry::Nothing
        }
        _ => false,
    }
}

fn first_line(text: &str) -> Span {
    Span::new(0, text.lines().next().map_or(0, |line| line.trim_end().len()))
}

/// A line at the end: what stands further down counts more.
pub fn fix(view: &View<'_>, found: &Found) -> Vec<Plan> {
    let Some(crate::facts::Value::Code(line)) = found.facts.get("line") else { return Vec::new() };
    if view.kind != FileKind::GitIgnore {
        return Vec::new();
    }
    let end = if view.text.contains("\r\n") { "\r\n" } else { "\n" };
    let is_open = !view.text.is_empty() && !view.text.ends_with('\n');
    let new = format!("{}{line}{end}", if is_open { end } else { "" });
    let edits = vec![(Span::empty(view.text.len()), new)];
    vec![Plan { fix: "ignore-it", safety: Safety::Safe, facts: found.facts.clone(), edits }]
}
