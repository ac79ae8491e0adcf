//! Imports with leading dots.
//!
//! Source: Language Reference, Package Relative Imports; PEP 328.

use super::import::statement;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::modules::{Module, Site};
use crate::names::{Names, dotted};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "relative-import",
    doc: "What stands behind `from`, if it starts with a dot; `@target` is the `relative_import`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("written", SlotKind::Code, "the dots and the name behind them"),
    Slot::new("own", SlotKind::Flag, "one dot: the package that this file belongs to"),
    Slot::new("above", SlotKind::Number, "how many packages further out, if there are more dots"),
    Slot::new("file", SlotKind::Code, "the file that is meant"),
    Slot::new(
        "namespace",
        SlotKind::Code,
        "the folder that is meant, a package without `__init__.py`",
    ),
    Slot::new("modules", SlotKind::Records(MODULES), "submodules among the imported names"),
];

static MODULES: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name"),
    Slot::new("file", SlotKind::Code, "the file of the submodule"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let statement = statement(subject).filter(|_| kind(node) == Kind::RelativeImport)?;
    let written = dotted(subject.text(node));
    let dots = written.len() - written.trim_start_matches('.').len();
    let mut facts = Facts::of(SLOTS);
    facts.code("written", written.clone()).flag("own", dots == 1);
    if dots > 1 {
        facts.number("above", dots - 1);
    }
    let site = subject.names().site();
    if let Some((site, module)) = site.and_then(|site| Some((site, meant(site, &written, dots)?))) {
        match module.file() {
            Some(file) => facts.code("file", file),
            None => facts.code("namespace", module.only_folder().unwrap_or_default()),
        };
        facts.records("modules", submodules(subject, site, &module, statement));
    }
    Some(facts)
}

/// The module, unless the dots lead to a folder that is hardly a package.
fn meant(site: Site<'_>, written: &str, dots: usize) -> Option<Module> {
    (dots == 1 || site.is_regular_package(dots)).then(|| site.import(written))?
}

/// Names that the package's own file does not bind are looked for among its submodules.
fn submodules(
    subject: &Subject<'_>,
    site: Site<'_>,
    module: &Module,
    statement: Node<'_>,
) -> Vec<Facts> {
    if let Some((_, package)) = site.open(module) {
        let document = package.document;
        let hooks = Names::new(document).module_bindings("__getattr__");
        if document.has_star_import() || document.is_dynamic() || !hooks.is_empty() {
            return Vec::new();
        }
    } else if module.file().is_some() {
        return Vec::new();
    }
    let names = statement.children_in(Field::Name);
    let names = names.map(|name| subject.text(Field::Name.of(name).unwrap_or(name)));
    let is_bound = |name: &str| {
        let package = site.open(module);
        package.is_some_and(|(_, it)| !Names::new(it.document).module_bindings(name).is_empty())
    };
    let found = names.filter(|name| !is_bound(name)).filter_map(|name| {
        let submodule = site.submodule(module, name).found()?;
        let mut facts = Facts::of(MODULES);
        facts.code("name", name).code("file", submodule.file()?);
        Some(facts)
    });
    found.collect()
}

#[cfg(test)]
mod tests;
