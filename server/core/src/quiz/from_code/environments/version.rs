//! Which versions a requirement lets in.
//!
//! Source: Version specifiers (PEP 440).

use super::super::{Case, Computed, Find, Generator, Role, files::Posed, is_brief};
use super::line::{LEAST, MOST, REQUIREMENT, clauses, facts, options, posed};
use crate::facts::{Slot, SlotKind};
use crate::project::{Asked, View};
use crate::quiz::Kind;
use crate::requirements::near::{Near, Why, near};

pub static SEVERAL: Generator = Generator {
    name: "versions-let-in",
    doc: "which of some versions a requirement lets in",
    kind: Kind::Several,
    asked: SLOTS,
    told: SLOTS,
    roles: SEVERAL_ROLES,
    cases: &[Case { name: "always", doc: "some are let in", right: "in", wrong: OUT }],
    find: Find::InFile(several),
};

pub static IN: Generator = Generator {
    name: "version-let-in",
    doc: "the one version that a requirement lets in",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: &[
        Case { name: "release", doc: "a release", right: "release", wrong: OUT },
        Case { name: "padded", doc: "it has other zeros at its end", right: "padded", wrong: OUT },
        Case { name: "post", doc: "a post-release", right: "post", wrong: OUT },
        Case { name: "local", doc: "it has a local label", right: "local", wrong: OUT },
    ],
    find: Find::InFile(one_in),
};

pub static OUT_ONLY: Generator = Generator {
    name: "version-shut-out",
    doc: "the one version that a requirement shuts out",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: &[
        Case { name: "older", doc: "it comes before the lower bound", right: "older", wrong: LET },
        Case { name: "newer", doc: "it comes after the upper bound", right: "newer", wrong: LET },
        Case { name: "pre", doc: "a pre-release of the lower bound", right: "pre", wrong: LET },
        Case { name: "upper-pre", doc: "one of the upper", right: "upper-pre", wrong: LET },
        Case { name: "lower-post", doc: "a post-release of it", right: "lower-post", wrong: LET },
        Case { name: "bound", doc: "the bound itself", right: "bound", wrong: LET },
        Case { name: "excluded", doc: "a `!=` names it", right: "excluded", wrong: LET },
        Case { name: "other", doc: "not the only one", right: "other", wrong: LET },
        Case { name: "spelling", doc: "not as it is written", right: "spelling", wrong: LET },
    ],
    find: Find::InFile(one_out),
};

const OUT: &[&str] =
    &["older", "newer", "pre", "upper-pre", "lower-post", "bound", "excluded", "other", "spelling"];
const LET: &[&str] = &["release", "padded", "post", "local"];

static SLOTS: &[Slot] = &[
    REQUIREMENT[0],
    REQUIREMENT[1],
    REQUIREMENT[2],
    Slot::new("versions", SlotKind::Code, "its conditions on the version: `>=2,<3`"),
];

static ROLES: &[Role] = &[
    Role::code("release", "a release that is let in"),
    Role::code("padded", "the only version, with more or fewer zeros at its end"),
    Role::code("post", "a post-release that is let in"),
    Role::code("local", "the only version, with a local label: `2.1+local.1`"),
    OUT_ROLES[0],
    OUT_ROLES[1],
    OUT_ROLES[2],
    OUT_ROLES[3],
    OUT_ROLES[4],
    OUT_ROLES[5],
    OUT_ROLES[6],
    OUT_ROLES[7],
    OUT_ROLES[8],
];

static SEVERAL_ROLES: &[Role] = &[
    Role::code("in", "a version that is let in"),
    OUT_ROLES[0],
    OUT_ROLES[1],
    OUT_ROLES[2],
    OUT_ROLES[3],
    OUT_ROLES[4],
    OUT_ROLES[5],
    OUT_ROLES[6],
    OUT_ROLES[7],
    OUT_ROLES[8],
];

const OUT_ROLES: [Role; 9] = [
    Role::code("older", "a version before the lower bound"),
    Role::code("newer", "a version after the upper bound"),
    Role::code("pre", "a pre-release or development release of the lower bound"),
    Role::code("upper-pre", "one of the version behind `<`"),
    Role::code("lower-post", "a post-release of the version behind `>`"),
    Role::code("bound", "the version behind `<` or `>`"),
    Role::code("excluded", "a version that a `!=` names"),
    Role::code("other", "another version than the only one"),
    Role::code("spelling", "the version behind `===`, written in another way"),
];

fn role(why: Why) -> &'static str {
    match why {
        Why::Release => "release",
        Why::Padded => "padded",
        Why::Post => "post",
        Why::Local => "local",
        Why::Older => "older",
        Why::Newer => "newer",
        Why::Pre => "pre",
        Why::PreOfUpper => "upper-pre",
        Why::PostOfLower => "lower-post",
        Why::Bound => "bound",
        Why::Excluded => "excluded",
        Why::Other => "other",
        Why::Spelling => "spelling",
    }
}

fn several(view: &View<'_>) -> Vec<Posed> {
    ask(view, &SEVERAL, |pool| {
        let mut shown: Vec<&Near> = pool.iter().take(MOST).collect();
        // Some are right and some are not.
        for wanted in [true, false] {
            if shown.iter().all(|near| near.why.lets_in() != wanted) {
                shown.pop();
                shown.push(pool.iter().find(|near| near.why.lets_in() == wanted)?);
            }
        }
        Some((shown, "always"))
    })
}

fn one_in(view: &View<'_>) -> Vec<Posed> {
    ask(view, &IN, |pool| one(pool, true))
}

fn one_out(view: &View<'_>) -> Vec<Posed> {
    ask(view, &OUT_ONLY, |pool| one(pool, false))
}

/// One version that is let in and others that are not, or the other way round.
fn one(pool: &[Near], is_in: bool) -> Option<(Vec<&Near>, &'static str)> {
    let right = pool.iter().find(|near| near.why.lets_in() == is_in)?;
    let others = pool.iter().filter(|near| near.why.lets_in() != is_in).take(MOST - 1);
    Some((std::iter::once(right).chain(others).collect(), role(right.why)))
}

/// The versions that are shown, and the name of the case.
type Choose = fn(&[Near]) -> Option<(Vec<&Near>, &'static str)>;

fn ask(view: &View<'_>, generator: &'static Generator, choose: Choose) -> Vec<Posed> {
    let all = view.requirements();
    all.iter().filter_map(|asked| question(view, &all, asked, generator, choose)).collect()
}

fn question(
    view: &View<'_>,
    all: &[Asked],
    asked: &Asked,
    generator: &'static Generator,
    choose: Choose,
) -> Option<Posed> {
    let clauses = clauses(asked).filter(|clauses| !clauses.is_empty())?;
    let versions = &asked.text[asked.parts.versions.range()];
    (is_brief(versions) && is_brief(asked.text.trim())).then_some(())?;
    let pool = near(&clauses, &asked.text);
    let (shown, case) = choose(&pool)?;
    (shown.len() >= LEAST).then_some(())?;
    let labels = shown.into_iter().map(|near| {
        let is_plain = generator.kind == Kind::Several && near.why.lets_in();
        (if is_plain { "in" } else { role(near.why) }, near.text.clone())
    });
    let options = options(labels.collect())?;
    let case = generator.cases.iter().find(|it| it.name == case)?;
    let mut facts = facts(view, asked, SLOTS);
    facts.code("versions", versions);
    let computed = Computed { case, options, snippet: None, facts };
    // Cards say of each clause what it means.
    let is_like = |other: &&Asked| {
        let others = other.clauses().unwrap_or_default();
        other.at != asked.at
            && others.iter().any(|it| clauses.iter().any(|one| one.text == it.text))
    };
    let like = all.iter().filter(is_like).map(|other| other.at);
    let python = view.manifest.iter().filter_map(|it| it.python.as_ref()).map(|it| it.at);
    Some(posed(view, asked.at, like.chain(python), computed))
}
