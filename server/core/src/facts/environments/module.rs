//! Modules of the standard library that came or went, and files that have their names.
//!
//! Sources: What's New in Python 3.10 to 3.15; PEP 594 (removed modules); Library Reference, The
//! initialization of the `sys.path` module search path.

use super::import::{Named, guard, named};
use crate::PythonVersion;
use crate::facts::tables::Table;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::modules::Site;
use crate::subject::Subject;
use crate::syntax::{Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "standard-module",
    doc: "A module with a row in the table `standard-module`, where it is imported; `@target` is \
          the `dotted_name`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the module"),
    Slot::new("since", SlotKind::Code, "the Python that first has it"),
    Slot::new("removed", SlotKind::Code, "the first Python that has it no more"),
    Slot::new("deprecated", SlotKind::Code, "the Python that deprecates it, if it is not removed"),
    Slot::new("instead", SlotKind::Text, "what to use instead"),
    Slot::new("older", SlotKind::Text, "what an older Python has"),
    Slot::new("too-old", SlotKind::Code, "the oldest Python of the project, if that lacks it"),
    Slot::new("guard", SlotKind::Line, "the `except` that catches it where the module is missing"),
];

/// Modules of the standard library that not every Python has.
pub static MODULES: Table = Table {
    name: "standard-module",
    doc: "A module of the standard library that came after Python 3.9, went since, or is going to. \
          Read by `standard-module`",
    columns: &[
        Slot::new("since", SlotKind::Code, "the Python that first has it, as `3.11`"),
        Slot::new("removed", SlotKind::Code, "the first Python that has it no more"),
        Slot::new("deprecated", SlotKind::Code, "the Python that deprecates it"),
        Slot::new("instead", SlotKind::Text, "what to use instead, in a sentence"),
        Slot::new("older", SlotKind::Text, "what to use with an older Python, in a sentence"),
    ],
};

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (name, row) = match named(subject)? {
        Named::Member(name) => {
            let row = subject.row(&MODULES, &name)?;
            (name, row)
        }
        // `import a.b.c` imports `a` and `a.b`, too.
        Named::Module(path) => {
            let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
            let ends: Vec<usize> = ends.collect();
            ends.into_iter().rev().find_map(|end| {
                let name = &path[..end];
                Some((name.to_owned(), subject.row(&MODULES, name)?))
            })?
        }
    };
    // A file of that name may be meant.
    if subject.names().site().is_some_and(|site| may_be_another(site, &name)) {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("name", name);
    for column in ["since", "removed", "instead", "older"] {
        facts.take(column, row, column);
    }
    if row.get("removed").is_none() {
        facts.take("deprecated", row, "deprecated");
    }
    match guard(subject) {
        Some(clause) => {
            facts.line("guard", subject.line(clause));
        }
        None => {
            if let Some(version) = too_old(subject, row) {
                facts.code("too-old", version.to_string());
            }
        }
    }
    Some(facts)
}

fn may_be_another(site: Site<'_>, name: &str) -> bool {
    name.split('.').next().is_some_and(|top| site.hides(top).is_some())
}

/// The oldest Python of the project, if the import certainly runs there and the module is younger.
fn too_old(subject: &Subject<'_>, row: &Facts) -> Option<PythonVersion> {
    let Some(Value::Code(since)) = row.get("since") else { return None };
    let since: PythonVersion = since.parse().ok()?;
    let settings = subject.settings();
    let is_conditional = subject.ancestors().any(|node| {
        matches!(kind(node), Kind::IfStatement | Kind::TryStatement | Kind::MatchStatement)
    });
    (settings.is_target_known() && settings.target < since && !is_conditional)
        .then_some(settings.target)
}

pub static HIDDEN: Provider = Provider {
    name: "hidden-module",
    doc: "A standard module that is imported where a file beside this one has its name; `@target` \
          is the `dotted_name`",
    slots: HIDDEN_SLOTS,
    run: hidden,
};

static HIDDEN_SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the standard module"),
    Slot::new("file", SlotKind::Code, "the file in the same folder that has its name"),
    Slot::new("itself", SlotKind::Code, "that file, if it is the one before the reader"),
    Slot::new("package", SlotKind::Flag, "the folder is a package"),
    Slot::new("folder", SlotKind::Flag, "the folder is no package"),
];

fn hidden(subject: &Subject<'_>) -> Option<Facts> {
    let Named::Module(path) = named(subject)? else { return None };
    let name = path.split('.').next()?;
    let hiding = subject.names().site()?.hides(name)?;
    let mut facts = Facts::of(HIDDEN_SLOTS);
    facts.code("name", name);
    facts.code(if hiding.is_itself { "itself" } else { "file" }, hiding.file);
    facts.flag("package", hiding.in_package).flag("folder", !hiding.in_package);
    Some(facts)
}

#[cfg(test)]
mod tests;
