//! The code of a project imports a module, and the project does not ask for the distribution that it
//! comes from.
//!
//! Sources: Recording installed projects (`RECORD`, `top_level.txt`); PEP 621; PEP 735.

use std::collections::BTreeSet;

use crate::Span;
use crate::analysis::Safety;
use crate::facts::environments::DISTRIBUTIONS;
use crate::facts::{Facts, Line, Slot, SlotKind, Value};
use crate::lint::{Found, Plan, Rule};
use crate::modules::{Entry, join};
use crate::project::{Asked, Environment, FileKind, View};
use crate::requirements::list::{self, What};
use crate::requirements::manifest::{self, Group, Key, Manifest};
use crate::requirements::{normalised, specifier};

pub static RULE: Rule = Rule {
    id: "import-undeclared",
    kinds: &[],
    slots: SLOTS,
    cases: &[],
    fixes: &["declare"],
    related: &[],
    check: |_, _| {},
    fix: |_, _| Vec::new(),
};

static SLOTS: &[Slot] = &[
    Slot::new("module", SlotKind::Code, "the module"),
    Slot::new("line", SlotKind::Line, "where it is imported first"),
    Slot::new("name", SlotKind::Code, "the distribution that it comes from"),
];

/// Files that say in ways of their own what a project needs.
const ELSEWHERE: &[&str] = &[
    "Pipfile",
    "conda.yaml",
    "conda.yml",
    "environment.yaml",
    "environment.yml",
    "pixi.toml",
    "setup.py",
];

/// What the names of lists hold that are for those who work on the project.
const ASIDE: &[&str] = &["dev", "doc", "lint", "test"];

pub fn check(view: &View<'_>, found: &mut Vec<Found>) {
    let Some(at) = place_of(view) else { return };
    let Some(declared) = declared(view) else { return };
    let packages = packages(view);
    let by_table = Table::of(view);
    // What a distribution of which nothing is known brings along could be the very module.
    if !declared.needed.iter().all(|name| by_table.knows(name) || packages.knows(view, name)) {
        return;
    }
    let Some(imports) = view.imports() else { return };
    for (module, (file, line)) in &imports.modules {
        let names = by_table.distributions(module);
        let Some(first) = names.first() else { continue };
        let mut all = declared.needed.iter().chain(&declared.aside);
        let is_asked = names.iter().any(|name| declared.names(name)) || declared.names(module);
        if is_asked || all.any(|name| packages.provides(view, name, module)) {
            continue;
        }
        let mut facts = Facts::of(SLOTS);
        facts.code("module", module.as_str()).code("name", *first);
        facts.line("line", Line { number: *line, file: Some(file.clone()) });
        found.push(Found { at, case: None, facts, related: Vec::new() });
    }
}

/// Where the file says what the project needs, if it is the one that does.
fn place_of(view: &View<'_>) -> Option<Span> {
    let place = view.place?;
    let is_there = |name: &&str| place.files.entry(&join(place.folder(), name)) != Entry::Nothing;
    (!ELSEWHERE.iter().any(is_there) && !asks_in_setup(view)).then_some(())?;
    match view.kind {
        FileKind::PyProject => {
            let manifest = view.manifest.as_ref()?;
            let is_it = manifest.is_project && !manifest.asks_elsewhere && !manifest.has_manager;
            let at = |wanted: Key| manifest.keys.iter().find(|(key, _)| *key == wanted);
            let key = at(Key::Dependencies).or_else(|| at(Key::Project));
            key.filter(|_| is_it).map(|(_, at)| *at)
        }
        FileKind::Requirements => {
            // Many a `pyproject.toml` only configures tools.
            let asks = |it: &Manifest| it.is_project || it.asks_elsewhere || it.has_manager;
            let is_it = !is_there(&"pyproject.toml") || beside(view).is_some_and(|it| !asks(&it));
            (is_it && view.name() == Some("requirements.txt")).then_some(())?;
            view.requirements().first().map(Asked::name_at)
        }
        FileKind::Constraints | FileKind::GitIgnore => None,
    }
}

/// True for a `setup.cfg` that does more than to configure tools.
fn asks_in_setup(view: &View<'_>) -> bool {
    let Some(place) = view.place else { return false };
    let path = join(place.folder(), "setup.cfg");
    let is_tools = |text: String| !text.contains("[options") && !text.contains("[metadata]");
    place.files.entry(&path) != Entry::Nothing && !place.files.text(&path).is_some_and(is_tools)
}

/// What the `pyproject.toml` in the same folder says, which is the file itself or another one.
fn beside(view: &View<'_>) -> Option<Manifest> {
    let place = view.place?;
    view.manifest
        .clone()
        .or_else(|| manifest::read(&place.files.text(&join(place.folder(), "pyproject.toml"))?))
}

/// What a project asks for, by distributions.
#[derive(Default)]
struct Declared {
    /// What the program needs.
    needed: BTreeSet<String>,
    /// What builds the program, and what those who work on it need. An extra of a requirement, which may
    /// have the name of what it adds.
    aside: BTreeSet<String>,
}

impl Declared {
    fn names(&self, name: &str) -> bool {
        let name = normalised(name);
        self.needed.contains(&name) || self.aside.contains(&name)
    }

    /// Adds a specifier; nothing when it cannot be read.
    fn add(&mut self, text: &str, group: Option<&Group>) -> Option<()> {
        let parts = specifier::read(text)?;
        self.aside.extend(parts.extras.iter().map(|extra| normalised(&text[extra.range()])));
        let of = match group {
            Some(Group::Python) => return Some(()),
            Some(Group::Build | Group::Named(_)) => &mut self.aside,
            _ => &mut self.needed,
        };
        of.insert(normalised(&text[parts.name.range()]));
        Some(())
    }
}

/// What the project asks for in any of its files; nothing where that cannot be told.
fn declared(view: &View<'_>) -> Option<Declared> {
    let place = view.place?;
    let mut found = Declared::default();
    for asked in view.requirements() {
        found.add(&asked.text, asked.group.as_ref())?;
    }
    if view.kind == FileKind::Requirements {
        for item in beside(view).map(|it| it.items).unwrap_or_default() {
            found.add(&item.text, Some(&item.group))?;
        }
    }
    let mut folders = vec![place.folder().to_owned()];
    let lists = join(place.folder(), "requirements");
    if place.files.entry(&lists) == Entry::Folder {
        folders.push(lists);
    }
    let mut open: Vec<(String, String, Option<Group>)> = Vec::new();
    if view.kind == FileKind::Requirements {
        open.push((place.folder().to_owned(), view.text.clone(), None));
    }
    for folder in folders {
        for name in place.files.names(&folder)? {
            let path = join(&folder, &name);
            if path != place.path && FileKind::of(&path) == Some(FileKind::Requirements) {
                let is_aside = ASIDE.iter().any(|word| name.contains(word));
                let group = is_aside.then_some(Group::Named(name));
                open.push((folder.clone(), place.files.text(&path)?, group));
            }
        }
    }
    for (folder, text, group) in open {
        for entry in list::read(&text) {
            match entry.what {
                What::Requirement(at) => found.add(&text[at.range()], group.as_ref())?,
                // The lists of these two folders are all read.
                What::Option(name, value) => match (&text[name.range()], value) {
                    ("-r" | "--requirement", Some(value)) => {
                        let path = join(&folder, &text[value.range()]);
                        let is_read = !text[value.range()].contains('/')
                            && FileKind::of(&path) == Some(FileKind::Requirements);
                        is_read.then_some(())?;
                    }
                    ("-e" | "--editable", _) => return None,
                    _ => {}
                },
                What::Other(_) => return None,
            }
        }
    }
    Some(found)
}

/// What the packs know of distributions and their modules.
struct Table<'a>(Vec<(&'a str, Vec<&'a str>)>);

impl<'a> Table<'a> {
    fn of(view: &View<'a>) -> Self {
        let rows = view.library.rows(&DISTRIBUTIONS).into_iter().map(|(module, row)| {
            let mut names = Vec::new();
            if let Some(Value::Code(name)) = row.get("name") {
                names.push(name.as_str());
            }
            if let Some(Value::Codes(also)) = row.get("also") {
                names.extend(also.iter().map(String::as_str));
            }
            (module, names)
        });
        Self(rows.collect())
    }

    fn knows(&self, distribution: &str) -> bool {
        self.0.iter().any(|(_, names)| names.iter().any(|name| normalised(name) == distribution))
    }

    /// The distributions that have a top-level module; nothing if parts of it come from several.
    fn distributions(&self, module: &str) -> &[&'a str] {
        let row = self.0.iter().find(|(name, _)| *name == module);
        row.map_or(&[], |(_, names)| names.as_slice())
    }
}

/// What is installed in the project's environment.
struct Packages {
    folder: Option<String>,
    /// The folders of metadata, by distribution.
    metadata: Vec<(String, String)>,
}

fn packages(view: &View<'_>) -> Packages {
    let nothing = Packages { folder: None, metadata: Vec::new() };
    let Some(place) = view.place else { return nothing };
    let environment = Environment::nearest(place.files, place.folders());
    let Some(folder) = environment.map(|it| it.packages) else { return nothing };
    let names = place.files.names(&folder).unwrap_or_default();
    let metadata = names.into_iter().filter_map(|name| {
        let stem = name.strip_suffix(".dist-info")?.rsplit_once('-')?.0;
        Some((normalised(stem), join(&folder, &name)))
    });
    Packages { metadata: metadata.collect(), folder: Some(folder) }
}

impl Packages {
    /// The list of the files of a distribution.
    fn record(&self, view: &View<'_>, distribution: &str) -> Option<String> {
        let (_, folder) = self.metadata.iter().find(|(name, _)| name == distribution)?;
        view.place?.files.text(&join(folder, "RECORD")).filter(|text| !text.trim().is_empty())
    }

    fn knows(&self, view: &View<'_>, distribution: &str) -> bool {
        self.folder.is_some() && self.record(view, distribution).is_some()
    }

    /// True when the distribution has the top-level module.
    fn provides(&self, view: &View<'_>, distribution: &str, module: &str) -> bool {
        self.record(view, distribution).is_some_and(|record| {
            record.lines().any(|line| {
                let end = line.find(|it: char| !it.is_alphanumeric() && it != '_');
                end.is_some_and(|end| &line[..end] == module)
            })
        })
    }
}

pub fn fix(view: &View<'_>, found: &Found) -> Vec<Plan> {
    plan(view, found).into_iter().collect()
}

/// The distribution behind the last one that is asked for. Which versions will do is not known.
fn plan(view: &View<'_>, found: &Found) -> Option<Plan> {
    let Some(Value::Code(name)) = found.facts.get("name") else { return None };
    let all = view.requirements();
    let edit = match view.kind {
        FileKind::Requirements => {
            // `pip` takes a list with hashes only if all have one.
            all.iter().all(|it| it.hashes == 0).then_some(())?;
            let end = if view.text.contains("\r\n") { "\r\n" } else { "\n" };
            let is_open = !view.text.is_empty() && !view.text.ends_with('\n');
            let before = if is_open { end } else { "" };
            (Span::empty(view.text.len()), format!("{before}{name}{end}"))
        }
        _ if !all.iter().any(|it| it.group == Some(Group::Project)) => {
            let at = empty_list(view)?;
            (Span::empty(at), format!("\"{name}\""))
        }
        _ => {
            let last = all
                .iter()
                .rfind(|it| it.group == Some(Group::Project))
                .filter(|last| last.is_plain)?;
            let quote = view.text[..last.at.start].chars().next_back()?;
            let end = last.at.end + 1;
            let line = view.text[..last.at.start].rfind('\n').map_or(0, |at| at + 1);
            let before = &view.text[line..last.at.start - 1];
            let gap = if before.trim().is_empty() && line > 0 {
                let end = if view.text.contains("\r\n") { "\r\n" } else { "\n" };
                format!("{end}{before}")
            } else {
                " ".to_owned()
            };
            (Span::empty(end), format!(",{gap}{quote}{name}{quote}"))
        }
    };
    let facts = found.facts.clone();
    Some(Plan { fix: "declare", safety: Safety::Review, facts, edits: vec![edit] })
}

/// Behind the bracket of `dependencies = []`.
fn empty_list(view: &View<'_>) -> Option<usize> {
    let keys = &view.manifest.as_ref()?.keys;
    let (_, key) = keys.iter().find(|(key, _)| *key == Key::Dependencies)?;
    let rest = view.text[key.end..].trim_start().strip_prefix('=')?;
    let rest = rest.trim_start().strip_prefix('[')?;
    rest.trim_start().starts_with(']').then_some(view.text.len() - rest.len())
}
