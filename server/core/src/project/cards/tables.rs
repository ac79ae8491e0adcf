//! Keys of a `pyproject.toml` that hold requirements.
//!
//! Sources: pyproject.toml specification (PEP 518, PEP 621); PEP 517; Dependency Groups (PEP 735).

use crate::Span;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::project::{Asked, View};
use crate::requirements::manifest::{Group, Key};
use crate::requirements::versions::{self, Sort};

pub(in crate::project) static DEPENDENCIES: Provider = Provider {
    name: "project-dependencies",
    doc: "The key `dependencies` of the table `project`; its cards need no pattern",
    slots: NEEDS,
    run: |_| None,
};

static NEEDS: &[Slot] = &[
    Slot::new("names", SlotKind::Codes, "the distributions that are asked for"),
    Slot::new("none", SlotKind::Flag, "the list is empty"),
    Slot::new("pinned", SlotKind::Codes, "those of which only one version will do"),
    Slot::new("open", SlotKind::Codes, "those without a lower end"),
];

pub(in crate::project) static EXTRAS: Provider = Provider {
    name: "optional-dependencies",
    doc: "The key `optional-dependencies` of the table `project`; its cards need no pattern",
    slots: LISTS,
    run: |_| None,
};

pub(in crate::project) static GROUPS: Provider = Provider {
    name: "dependency-groups",
    doc: "The table `dependency-groups`; its cards need no pattern",
    slots: LISTS,
    run: |_| None,
};

static LISTS: &[Slot] = &[
    Slot::new("lists", SlotKind::Codes, "the names of the lists"),
    Slot::new("list", SlotKind::Records(LIST), "the lists"),
];

static LIST: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "its name"),
    Slot::new("asks", SlotKind::Codes, "the distributions that it asks for"),
    Slot::new("includes", SlotKind::Codes, "the groups that it includes"),
];

pub(in crate::project) static BUILD: Provider = Provider {
    name: "build-system",
    doc: "The table `build-system`; its cards need no pattern",
    slots: BUILDS,
    run: |_| None,
};

static BUILDS: &[Slot] = &[
    Slot::new("needs", SlotKind::Codes, "what has to be installed to build the project"),
    Slot::new("backend", SlotKind::Code, "the object that builds it"),
    Slot::new("legacy", SlotKind::Flag, "no object is named"),
];

pub(in crate::project) fn dependencies(view: &View<'_>, offset: usize) -> Option<(Span, Facts)> {
    let at = key(view, Key::Dependencies, offset)?;
    let all = of_group(view, &Group::Project);
    let mut facts = Facts::of(NEEDS);
    facts.flag("none", all.is_empty()).codes("names", names(&all, |_| true));
    let is_pinned = |it: &Asked| it.clauses().is_some_and(|it| versions::pinned(&it).is_some());
    facts.codes("pinned", names(&all, is_pinned));
    let has_lower_end = |it: &Asked| {
        it.parts.url.is_some()
            || it.clauses().is_none_or(|clauses| {
                clauses
                    .iter()
                    .any(|it| !matches!(it.sort(), Sort::AtMost | Sort::Below | Sort::Not))
            })
    };
    facts.codes("open", names(&all, |it| !has_lower_end(it)));
    Some((at, facts))
}

pub(in crate::project) fn extras(view: &View<'_>, offset: usize) -> Option<(Span, Facts)> {
    let at = key(view, Key::Optional, offset)?;
    lists(view, |group| matches!(group, Group::Extra(_))).map(|facts| (at, facts))
}

pub(in crate::project) fn groups(view: &View<'_>, offset: usize) -> Option<(Span, Facts)> {
    let at = key(view, Key::Groups, offset)?;
    lists(view, |group| matches!(group, Group::Named(_))).map(|facts| (at, facts))
}

pub(in crate::project) fn build(view: &View<'_>, offset: usize) -> Option<(Span, Facts)> {
    let at = key(view, Key::Build, offset)?;
    let mut facts = Facts::of(BUILDS);
    let asked = of_group(view, &Group::Build);
    facts.codes("needs", asked.iter().map(|it| it.text.as_str()));
    match &view.manifest.as_ref()?.backend {
        Some(backend) => facts.code("backend", backend.as_str()),
        None => facts.flag("legacy", true),
    };
    Some((at, facts))
}

/// The key under the cursor, if it is this one.
fn key(view: &View<'_>, wanted: Key, offset: usize) -> Option<Span> {
    let keys = view.manifest.as_ref()?.keys.iter();
    keys.copied().find(|(key, at)| *key == wanted && at.touches(offset)).map(|(_, at)| at)
}

fn of_group(view: &View<'_>, group: &Group) -> Vec<Asked> {
    view.requirements().into_iter().filter(|it| it.group.as_ref() == Some(group)).collect()
}

fn names(all: &[Asked], wanted: impl Fn(&Asked) -> bool) -> Vec<String> {
    all.iter().filter(|it| wanted(it)).map(|it| it.name().to_owned()).collect()
}

fn lists(view: &View<'_>, wanted: impl Fn(&Group) -> bool) -> Option<Facts> {
    let manifest = view.manifest.as_ref()?;
    let mut facts = Facts::of(LISTS);
    let mut all = Vec::new();
    for group in manifest.lists.iter().filter(|group| wanted(group)) {
        let (Group::Extra(name) | Group::Named(name)) = group else { continue };
        let mut list = Facts::of(LIST);
        list.code("name", name.as_str());
        list.codes("asks", names(&of_group(view, group), |_| true));
        let is_own =
            |(from, _): &&(String, String)| matches!(group, Group::Named(_)) && from == name;
        let includes = manifest.includes.iter().filter(is_own);
        list.codes("includes", includes.map(|(_, other)| other.as_str()));
        all.push(list);
    }
    let names = manifest.lists.iter().filter(|group| wanted(group)).filter_map(|it| match it {
        Group::Extra(name) | Group::Named(name) => Some(name.as_str()),
        _ => None,
    });
    facts.codes("lists", names).records("list", all);
    Some(facts)
}
