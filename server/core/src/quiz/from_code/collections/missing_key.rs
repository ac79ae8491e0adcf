//! What reading a missing key of a mapping gives.
//!
//! Source: Library Reference, Mapping Types, and collections: `Counter` gives 0 and adds nothing,
//! `defaultdict` calls its factory and adds the value.

use super::super::{Case, Computed, Find, Found, Generator, Role, is_brief};
use crate::facts::collections::container::Container;
use crate::facts::collections::uses::{Access, Role as Usage};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::{self, Field, kind};

pub static GENERATOR: Generator = Generator {
    name: "missing-key",
    doc: "what `d[key]` does without that key, for a `dict`, `OrderedDict`, `Counter` or `defaultdict`",
    kind: Kind::Choice,
    asked: ASKED,
    told: TOLD,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::Subscript], run),
};

static ASKED: &[Slot] = &[
    Slot::new("code", SlotKind::Code, "`d[key]`"),
    Slot::new("line", SlotKind::Line, "its line"),
    Slot::new("mapping", SlotKind::Code, "`d`"),
];

static TOLD: &[Slot] = &[
    ASKED[0],
    ASKED[1],
    ASKED[2],
    Slot::new("type", SlotKind::Code, "the class of the mapping"),
    Slot::new("made-line", SlotKind::Line, "the line on which the mapping is made"),
];

static ROLES: &[Role] = &[
    Role::words("error", "`KeyError` is raised"),
    Role::words("zero", "`0`, and nothing is added"),
    Role::words("added", "a new value, which is added under the key"),
    Role::words("none", "`None`, and nothing is added"),
];

static CASES: &[Case] = &[
    Case {
        name: "plain",
        doc: "a `dict` or `OrderedDict`",
        right: "error",
        wrong: &["zero", "added", "none"],
    },
    Case {
        name: "no-factory",
        doc: "a `defaultdict` without a factory",
        right: "error",
        wrong: &["zero", "added", "none"],
    },
    Case { name: "counter", doc: "a `Counter`", right: "zero", wrong: &["error", "added", "none"] },
    Case {
        name: "factory",
        doc: "a `defaultdict` whose factory is a builtin type",
        right: "added",
        wrong: &["error", "zero", "none"],
    },
];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let node = subject.node();
    let Usage::Subscript { index: Some(index), access: Access::Read, .. } =
        Usage::of_subscript(subject.path())?
    else {
        return None;
    };
    let receiver = Field::Value.of(node)?;
    if kind(index) == syntax::Kind::Slice || kind(receiver) != syntax::Kind::Identifier {
        return None;
    }
    let container = Container::of(subject, receiver)?;
    let case = match container.key.as_str() {
        "builtins.dict" | "collections.OrderedDict" => &CASES[0],
        "collections.Counter" => &CASES[2],
        "collections.defaultdict" => match container.has_factory(subject)? {
            false => &CASES[1],
            true => container.has_builtin_factory(subject).then_some(&CASES[3])?,
        },
        _ => return None,
    };
    let code = one_line(subject, node);
    let made_line = container.line(subject);
    let mut facts = Facts::of(TOLD);
    facts.code("code", &code).line("line", subject.line(node));
    facts.code("mapping", subject.text(receiver));
    facts.code("type", &container.name).line("made-line", made_line);
    let from = vec![container.span(subject), subject.span(node)];
    let computed = Computed::in_words(case, ROLES, facts);
    is_brief(&code).then(|| Found { computed, subject: subject.span(node), from })
}
