//! Modules that come from an installed distribution.
//!
//! Sources: the packages' own metadata (`top_level.txt`, `RECORD`) for the table; PEP 405 for
//! `pyvenv.cfg`; Library Reference, sysconfig, for where `site-packages` is.

use super::import::{Named, named};
use crate::facts::tables::Table;
use crate::facts::{Facts, Line, Provider, Slot, SlotKind, Value};
use crate::modules::{Entry, Site, is_standard, join};
use crate::project::Environment;
use crate::requirements::{declared, normalised};
use crate::subject::Subject;

pub static PROVIDER: Provider = Provider {
    name: "distribution-module",
    doc: "A module that is neither in the standard library nor in the workspace, where it is \
          imported; `@target` is the `dotted_name`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("module", SlotKind::Code, "the module"),
    Slot::new("distribution", SlotKind::Code, "the distribution, if it has another name"),
    Slot::new("same", SlotKind::Flag, "the distribution has the module's name"),
    Slot::new(
        "several",
        SlotKind::Codes,
        "the distributions that have it, if it is not known which",
    ),
    Slot::new("declared", SlotKind::Records(DECLARED), "where the project asks for it"),
    Slot::new("absent", SlotKind::Codes, "the project's files, if they ask for none of these"),
    Slot::new("installed", SlotKind::Code, "where the project's environment has it"),
    Slot::new("lacking", SlotKind::Code, "the `site-packages` that has nothing of that name"),
];

static DECLARED: &[Slot] = &[
    Slot::new("requirement", SlotKind::Code, "what is asked for"),
    Slot::new("line", SlotKind::Line, "the line"),
];

/// Which distributions modules come from.
pub static DISTRIBUTIONS: Table = Table {
    name: "distribution",
    doc: "A module that is installed from the Python Package Index, by the name that is imported. \
          Read by `distribution-module` and `script-metadata`",
    columns: &[
        Slot::new("name", SlotKind::Code, "the distribution to install: `PyYAML`"),
        Slot::new("also", SlotKind::Codes, "other distributions that have the same module"),
    ],
};

/// The names of the distributions that have a module, the usual one first.
pub(super) fn distributions(subject: &Subject<'_>, module: &str) -> Vec<String> {
    let Some(row) = row(subject, module) else { return Vec::new() };
    let mut names = Vec::new();
    if let Some(Value::Code(name)) = row.get("name") {
        names.push(name.clone());
    }
    if let Some(Value::Codes(also)) = row.get("also") {
        names.extend(also.iter().cloned());
    }
    names
}

/// The row of the module, or of the package it is in.
fn row<'a>(subject: &Subject<'a>, module: &str) -> Option<&'a Facts> {
    let mut name = module;
    loop {
        if let Some(row) = subject.row(&DISTRIBUTIONS, name) {
            return Some(row);
        }
        name = name.rsplit_once('.')?.0;
    }
}

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let Named::Module(module) = named(subject)? else { return None };
    let top = module.split('.').next()?;
    let site = subject.names().site();
    if is_standard(top) || site.is_some_and(|site| site.has_own(top)) {
        return None;
    }
    let mut names = distributions(subject, &module);
    let files = site.map(declared).unwrap_or_default();
    let all = || files.iter().flat_map(|file| file.requirements.iter().map(move |it| (file, it)));
    if names.is_empty() {
        // A project that asks for a distribution of the same name has the module from there.
        let same = normalised(top);
        all().find(|(_, it)| it.name == same)?;
        names.push(top.to_owned());
    }
    let keys: Vec<String> = names.iter().map(|name| normalised(name)).collect();
    let mut facts = Facts::of(SLOTS);
    facts.code("module", module.as_str());
    // Of several distributions that have the module, it is the one that the project asks for.
    let asked: Vec<_> = all().filter(|(_, it)| keys.contains(&it.name)).collect();
    let mut which: Vec<&String> =
        keys.iter().filter(|key| asked.iter().any(|(_, it)| it.name == **key)).collect();
    if which.is_empty() {
        which = keys.iter().collect();
    }
    match &which[..] {
        [key] if **key == normalised(&module) => drop(facts.flag("same", true)),
        [key] => {
            let name = names.iter().find(|name| normalised(name) == **key)?;
            facts.code("distribution", name.as_str());
        }
        _ => drop(facts.codes("several", names.iter().map(String::as_str))),
    }
    let asked = asked.into_iter().map(|(file, it)| {
        let mut facts = Facts::of(DECLARED);
        let line = Line { number: it.line, file: Some(file.file.clone()) };
        facts.code("requirement", it.text.as_str()).line("line", line);
        facts
    });
    let asked: Vec<Facts> = asked.collect();
    if asked.is_empty() && files.iter().all(|file| file.is_complete) {
        facts.codes("absent", files.iter().map(|file| file.file.as_str()));
    }
    facts.records("declared", asked);
    if let Some((slot, path)) = site.and_then(|site| installed(site, top)) {
        facts.code(slot, path);
    }
    Some(facts)
}

/// What the nearest environment has under the name, and the slot that says so.
fn installed(site: Site<'_>, name: &str) -> Option<(&'static str, String)> {
    let packages = Environment::nearest(site.files(), site.folders())?.packages;
    let folder = join(&packages, name);
    let file = format!("{folder}.py");
    match (site.entry(&folder), site.entry(&file)) {
        (Entry::Folder, _) => Some(("installed", folder)),
        (_, Entry::File) => Some(("installed", file)),
        (Entry::Nothing, Entry::Nothing) => Some(("lacking", packages)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
