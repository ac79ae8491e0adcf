//! Which packages a project brings with it.
//!
//! Sources: pyproject.toml specification; Dependency groups (PEP 735); PEP 517, Build environment.

use super::super::{Case, Computed, Find, Generator, Role, files::Posed};
use super::line::{LEAST, MOST, clauses, options, pick};
use crate::Span;
use crate::facts::Slot;
use crate::project::{Asked, View};
use crate::quiz::Kind;
use crate::requirements::manifest::Group;
use crate::requirements::near::hash;

pub static SEVERAL: Generator = Generator {
    name: "project-packages",
    doc: "which of some packages `pip install .` installs as the `pyproject.toml` asks for them",
    kind: Kind::Several,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::InFile(several),
};

pub static GENERATOR: Generator = Generator {
    name: "project-package",
    doc: "the one of some packages that `pip install .` installs as the `pyproject.toml` asks for it",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::InFile(one),
};

static SLOTS: &[Slot] = &[];

static ROLES: &[Role] = &[
    Role::code("dependency", "one of `[project] dependencies`"),
    Role::code("extra", "one of `[project.optional-dependencies]`"),
    Role::code("group", "one of `[dependency-groups]`"),
    Role::code("build", "one of `[build-system] requires`"),
];

static CASES: &[Case] = &[Case {
    name: "always",
    doc: "the file names some",
    right: "dependency",
    wrong: &["extra", "group", "build"],
}];

fn several(view: &View<'_>) -> Vec<Posed> {
    ask(view, |right, mut wrong, seed| {
        let mut shown: Vec<_> = right.into_iter().take(1 + pick(&[0, 1, 2], seed)?).collect();
        wrong.truncate(MOST - shown.len());
        shown.extend(wrong);
        Some(shown)
    })
}

fn one(view: &View<'_>) -> Vec<Posed> {
    ask(view, |right, mut wrong, seed| {
        wrong.truncate(MOST - 1);
        wrong.push(*pick(&right, seed)?);
        Some(wrong)
    })
}

/// A requirement, and what it is.
type Named<'a> = (&'static str, &'a Asked);

/// Those that are shown, of the right ones and the others, by a seed.
type Choose = for<'a> fn(Vec<Named<'a>>, Vec<Named<'a>>, &str) -> Option<Vec<Named<'a>>>;

fn ask(view: &View<'_>, choose: Choose) -> Vec<Posed> {
    let all = view.requirements();
    let question = || {
        let manifest = view.manifest.as_ref()?;
        // What is found when the project is built, and its own extras, are not written out here.
        (manifest.is_project && !manifest.asks_elsewhere).then_some(())?;
        // With one that cannot be read nothing is installed.
        let is_whole = manifest.items.len() == all.len();
        (is_whole && all.iter().all(|it| clauses(it).is_some())).then_some(())?;
        let own = manifest.name.as_deref();
        all.iter().all(|it| own != Some(it.key().as_str())).then_some(())?;
        let is_certain = |asked: &&Asked| {
            let same = all.iter().filter(|other| other.key() == asked.key()).count();
            same == 1 && asked.parts.marker.is_none()
        };
        let named = |asked| Some((role(asked)?, asked));
        let mut named: Vec<Named<'_>> = all.iter().filter(is_certain).filter_map(named).collect();
        named.sort_by_key(|(_, asked)| hash(&asked.text));
        let (right, wrong): (Vec<_>, Vec<_>) =
            named.into_iter().partition(|(role, _)| *role == CASES[0].right);
        let shown = choose(right, wrong, &view.text)?;
        let count = |is_right: bool| {
            shown.iter().filter(|(role, _)| (*role == CASES[0].right) == is_right).count()
        };
        (shown.len() >= LEAST && count(true) > 0 && count(false) > 0).then_some(())?;
        let labels = shown.iter().map(|(role, asked)| (*role, asked.name().to_owned()));
        let options = options(labels.collect())?;
        let rights = shown.iter().filter(|(role, _)| *role == CASES[0].right);
        let from = rights.map(|(_, asked)| asked.at).collect();
        let keys = manifest.keys.iter().map(|key| key.1);
        let places = || all.iter().map(|asked| asked.at).chain(keys.clone());
        let start = places().map(|at| at.start).min()?;
        let subject = Span::new(start, places().map(|at| at.end).max()?);
        let facts = crate::facts::Facts::of(SLOTS);
        let computed = Computed { case: &CASES[0], options, snippet: None, facts };
        Some(Posed { computed, subject, from, telling: Vec::new() })
    };
    question().into_iter().collect()
}

fn role(asked: &Asked) -> Option<&'static str> {
    Some(match asked.group.as_ref()? {
        Group::Project => "dependency",
        Group::Extra(_) => "extra",
        Group::Named(_) => "group",
        Group::Build => "build",
        Group::Python => return None,
    })
}
