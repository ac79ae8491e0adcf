//! The metaclass of a class that has bases.
//!
//! Source: Language Reference, Determining the appropriate metaclass: the most derived one of those
//! that are given and those of the bases.

use super::super::{Candidate, Case, Computed, Find, Found, Generator, Role};
use super::{head, made};
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::{self, Field};

pub static GENERATOR: Generator = Generator {
    name: "metaclass-of-class",
    doc: "what `type(C)` is for a class with a base that names no metaclass itself",
    kind: Kind::Choice,
    asked: ASKED,
    told: TOLD,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::ClassDefinition], run),
};

static ASKED: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("line", SlotKind::Line, "its line"),
    Slot::new("bases", SlotKind::Codes, "its bases as they are written"),
];

static TOLD: &[Slot] = &[
    ASKED[0],
    ASKED[1],
    ASKED[2],
    Slot::new("metaclass", SlotKind::Code, "its metaclass"),
    Slot::new("from", SlotKind::Code, "the base that brings the metaclass"),
];

static ROLES: &[Role] = &[
    Role::code("type", "`type`"),
    Role::code("brought", "the metaclass that a base brings"),
    Role::code("abstract", "`ABCMeta`"),
    Role::code("base", "the first base"),
    Role::code("object", "`object`"),
];

static CASES: &[Case] = &[
    Case {
        name: "plain",
        doc: "no base has another metaclass than `type`",
        right: "type",
        wrong: &["abstract", "base", "object"],
    },
    Case {
        name: "inherited",
        doc: "a base brings a metaclass",
        right: "brought",
        wrong: &["type", "base", "object"],
    },
];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let known = made(subject)?;
    known.get("call")?;
    let Some(Value::Codes(bases)) = known.get("bases") else { return None };
    let node = subject.node();
    let head = head(subject)?;
    if subject.document().text().slice(head).contains("metaclass") {
        return None;
    }
    let base = bases[0].as_str();
    let mut facts = Facts::of(TOLD);
    facts.code("class", subject.text(Field::Name.of(node)?)).line("line", subject.line(node));
    facts.codes("bases", bases.iter().cloned());
    let text = |role, text: &str| Candidate { role, code: Some(text.to_owned()) };
    let (case, second) = match (known.get("metaclass"), known.get("from")) {
        (Some(Value::Code(name)), Some(Value::Code(from))) => {
            facts.code("metaclass", name).code("from", from);
            (&CASES[1], text("brought", name))
        }
        (None, _) => {
            facts.code("metaclass", "type");
            (&CASES[0], text("abstract", "ABCMeta"))
        }
        _ => return None,
    };
    let options = vec![text("type", "type"), second, text("base", base), text("object", "object")];
    let label = |at: usize| options[at].code.as_deref();
    let differ = (0..options.len()).all(|at| (0..at).all(|other| label(at) != label(other)));
    let is_plain = base.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte));
    let computed = Computed { case, options, snippet: None, facts };
    (differ && is_plain).then(|| Found { computed, subject: head, from: vec![head] })
}
