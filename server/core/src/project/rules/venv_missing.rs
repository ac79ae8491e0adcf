//! What a project asks for is in no virtual environment of the project.

use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Rule};
use crate::modules::{Entry, join};
use crate::project::environment::environments;
use crate::project::{Asked, Environment, FileKind, View};
use crate::requirements::manifest::Group;
use crate::requirements::versions;

pub static RULE: Rule = Rule {
    id: "venv-missing",
    kinds: &[],
    slots: SLOTS,
    cases: &["not-installed", "other-version"],
    fixes: &[],
    related: &[],
    check: |_, _| {},
    fix: |_, _| Vec::new(),
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the distribution"),
    Slot::new("asked", SlotKind::Code, "what is asked for"),
    Slot::new("version", SlotKind::Code, "the version that is installed"),
    Slot::new("environment", SlotKind::Code, "the environment"),
];

/// Signs that the environment is kept in another place, or that a machine makes one.
const MANAGED: &[&str] = &[
    ".devcontainer",
    "Dockerfile",
    "Pipfile",
    "compose.yaml",
    "compose.yml",
    "conda.yaml",
    "conda.yml",
    "docker-compose.yaml",
    "docker-compose.yml",
    "environment.yaml",
    "environment.yml",
    "hatch.toml",
    "pdm.lock",
    "pixi.toml",
    "poetry.lock",
];

pub fn check(view: &View<'_>, found: &mut Vec<Found>) {
    let Some(place) = view.place else { return };
    let asked: Vec<Asked> =
        view.requirements().into_iter().filter(|it| is_needed(view, it)).collect();
    let Some(first) = asked.first() else { return };
    let Some(environment) = Environment::nearest(place.files, place.folders()) else {
        if is_bare(view) {
            let mut facts = Facts::of(SLOTS);
            facts.code("name", first.name());
            found.push(Found { at: first.name_at(), case: None, facts, related: Vec::new() });
        }
        return;
    };
    let Some(installed) = environment.installed(place.files) else { return };
    for it in asked.iter().filter(|it| it.parts.marker.is_none()) {
        let mut same = installed.iter().filter(|one| one.name == it.key());
        let mut facts = Facts::of(SLOTS);
        facts.code("name", it.name()).code("environment", environment.folder.as_str());
        let case = match (same.next(), same.next()) {
            (None, _) if !environment.is_open => "not-installed",
            (Some(only), None) => {
                let Some(version) = &only.version else { continue };
                let is_let_in = it.clauses().and_then(|it| versions::let_in(&it, version));
                if is_let_in != Some(false) {
                    continue;
                }
                facts.code("version", version.as_str());
                facts.code("asked", &it.text[it.parts.versions.range()]);
                "other-version"
            }
            _ => continue,
        };
        found.push(Found { at: it.name_at(), case: Some(case), facts, related: Vec::new() });
    }
}

/// Whether whoever works on the project needs the requirement: not what extras, groups and builds
/// ask for.
fn is_needed(view: &View<'_>, asked: &Asked) -> bool {
    match view.kind {
        FileKind::Requirements => view.name() == Some("requirements.txt"),
        FileKind::PyProject => asked.group == Some(Group::Project),
        FileKind::Constraints | FileKind::GitIgnore => false,
    }
}

/// Whether there is no environment in any folder around the file, nor a sign of one elsewhere.
fn is_bare(view: &View<'_>) -> bool {
    let Some(place) = view.place else { return false };
    let files = place.files;
    let is_managed = view.manifest.as_ref().is_some_and(|it| it.has_manager);
    let is_second = view.name() == Some("requirements.txt")
        && files.entry(&join(place.folder(), "pyproject.toml")) != Entry::Nothing;
    if is_managed || is_second || files.has_environment_elsewhere() {
        return false;
    }
    place.folders().all(|folder| {
        let nothing = |name: &&str| files.entry(&join(folder, name)) == Entry::Nothing;
        environments(files, folder).is_some_and(|found| found.is_empty())
            && MANAGED.iter().all(nothing)
            && [".venv", "venv"].iter().all(nothing)
            && !is_named_elsewhere(view, folder)
    })
}

/// pyenv finds an environment by the name in this file; else it holds a version.
fn is_named_elsewhere(view: &View<'_>, folder: &str) -> bool {
    let text = view.place.and_then(|place| place.files.text(&join(folder, ".python-version")));
    text.is_some_and(|text| !text.trim_start().starts_with(|first: char| first.is_ascii_digit()))
}
