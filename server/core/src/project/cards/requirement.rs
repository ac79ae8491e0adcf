//! A requirement: a line of a list, or a string of a `pyproject.toml`.
//!
//! Sources: Dependency specifiers (PEP 508); Version specifiers (PEP 440); pip, Requirements File
//! Format and Constraints Files.

use super::clauses::{CLAUSE, records};
use crate::Span;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::project::{Asked, Environment, FileKind, View};
use crate::requirements::manifest::Group;
use crate::requirements::versions;

pub(in crate::project) static PROVIDER: Provider = Provider {
    name: "requirement",
    doc: "A requirement in a list for pip or in a `pyproject.toml`; its cards need no pattern",
    slots: SLOTS,
    run: |_| None,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the distribution"),
    Slot::new("any", SlotKind::Flag, "no version is given"),
    Slot::new("pinned", SlotKind::Code, "the only version that will do"),
    Slot::new("range", SlotKind::Code, "the clauses, if they let several versions in"),
    Slot::new("nothing", SlotKind::Code, "the clauses, if the one version in them is shut out"),
    Slot::new("clause", SlotKind::Records(CLAUSE), "the clauses that name no only version"),
    Slot::new("url", SlotKind::Code, "where it is taken from"),
    Slot::new("extras", SlotKind::Codes, "its extras that are asked for"),
    Slot::new("marker", SlotKind::Code, "the condition behind the `;`"),
    Slot::new("hashes", SlotKind::Number, "how many hashes are given"),
    Slot::new("limits", SlotKind::Flag, "it stands in a list of constraints"),
    Slot::new("extra", SlotKind::Code, "the extra of the project that asks for it"),
    Slot::new("group", SlotKind::Code, "the dependency group that asks for it"),
    Slot::new("build", SlotKind::Flag, "it is there to build the project"),
    Slot::new("installed", SlotKind::Code, "the version that the project's environment has"),
    Slot::new("environment", SlotKind::Code, "that environment"),
    Slot::new("fits", SlotKind::Flag, "the installed version is one that will do"),
    Slot::new("misfits", SlotKind::Flag, "the installed version will not do"),
    Slot::new("lacking", SlotKind::Code, "the environment, if it has nothing of that name"),
];

/// On the whole of the requirement.
pub(in crate::project) fn run(view: &View<'_>, offset: usize) -> Option<(Span, Facts)> {
    let asked = view.requirements().into_iter().find(|it| it.at.touches(offset))?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", asked.name());
    let of = |span: Span| &asked.text[span.range()];
    let clauses = asked.clauses()?;
    if let Some(url) = asked.parts.url {
        facts.code("url", of(url));
    } else if clauses.is_empty() {
        facts.flag("any", true);
    } else if let Some(version) = versions::pinned(&clauses) {
        let is_possible = versions::let_in(&clauses, version)?;
        facts.code(
            if is_possible { "pinned" } else { "nothing" },
            match is_possible {
                true => version,
                false => of(asked.parts.versions),
            },
        );
    } else {
        facts.code("range", of(asked.parts.versions));
    }
    facts.records("clause", records(&clauses));
    facts.codes("extras", asked.parts.extras.iter().map(|it| of(*it)));
    if let Some(marker) = asked.parts.marker {
        facts.code("marker", of(marker));
    }
    if asked.hashes > 0 {
        facts.number("hashes", asked.hashes);
    }
    facts.flag("limits", view.kind == FileKind::Constraints);
    match &asked.group {
        Some(Group::Extra(name)) => drop(facts.code("extra", name.as_str())),
        Some(Group::Named(name)) => drop(facts.code("group", name.as_str())),
        Some(Group::Build) => drop(facts.flag("build", true)),
        Some(Group::Project | Group::Python) | None => {}
    }
    // Projects are built in an environment of their own.
    if asked.group != Some(Group::Build) {
        installed(view, &asked, &mut facts);
    }
    Some((asked.at, facts))
}

/// What the project's environment has of it.
fn installed(view: &View<'_>, asked: &Asked, facts: &mut Facts) -> Option<()> {
    let place = view.place?;
    let environment = Environment::nearest(place.files, place.folders())?;
    let all = environment.installed(place.files)?;
    let mut same = all.into_iter().filter(|it| it.name == asked.key());
    match (same.next(), same.next()) {
        (Some(only), None) => {
            let version = only.version?;
            facts.code("environment", environment.folder).code("installed", version.as_str());
            let clauses = asked.clauses().filter(|it| !it.is_empty())?;
            let fits = versions::let_in(&clauses, &version)?;
            facts.flag(if fits { "fits" } else { "misfits" }, true);
        }
        (None, _) if !environment.is_open => drop(facts.code("lacking", environment.folder)),
        _ => {}
    }
    Some(())
}
