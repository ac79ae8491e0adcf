//! What `isinstance` makes of a generic type.
//!
//! Source: Library Reference, Generic Alias Type: the call raises `TypeError` for a generic alias with
//! parameters. A class is asked about the type of the container alone.

use super::super::{Case, Computed, Find, Found, Generator, Role, is_brief};
use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::{self, Field, kind};

pub static GENERATOR: Generator = Generator {
    name: "instance-check",
    doc: "what `isinstance(x, T)` looks at, for a builtin container or a parametrized one",
    kind: Kind::Choice,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::Call], run),
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("line", SlotKind::Line, "its line"),
    Slot::new("value", SlotKind::Code, "what is checked"),
    Slot::new("type", SlotKind::Code, "the second argument"),
];

static ROLES: &[Role] = &[
    Role::words("container", "the type of the container, and nothing in it"),
    Role::words("items", "the type of the container, and of each item"),
    Role::words("first", "the type of the container, and of its first item"),
    Role::words("error", "nothing: `TypeError` is raised"),
];

static CASES: &[Case] = &[
    Case {
        name: "class",
        doc: "the second argument is a class",
        right: "container",
        wrong: &["items", "first", "error"],
    },
    Case {
        name: "parametrized",
        doc: "the second argument is a type with parameters",
        right: "error",
        wrong: &["container", "items", "first"],
    },
];

/// Builtin containers that take parameters (PEP 585).
const CONTAINERS: &[&str] =
    &["builtins.dict", "builtins.frozenset", "builtins.list", "builtins.set", "builtins.tuple"];

/// Their aliases.
const ALIASES: &[&str] =
    &["typing.Dict", "typing.FrozenSet", "typing.List", "typing.Set", "typing.Tuple"];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let call = subject.node();
    if subject.callee()? != "builtins.isinstance" {
        return None;
    }
    let arguments = Arguments::of(call, subject.item_text());
    let ([value, tested], false, true) =
        (&arguments.positional[..], arguments.spread, arguments.keywords.is_empty())
    else {
        return None;
    };
    let name = |node| subject.names().qualified(subject.item(), node);
    let case = match kind(*tested) {
        syntax::Kind::Identifier if CONTAINERS.contains(&name(*tested)?.as_str()) => &CASES[0],
        syntax::Kind::Subscript => {
            let generic = name(Field::Value.of(*tested)?)?;
            let known = CONTAINERS.iter().chain(ALIASES).any(|known| *known == generic);
            known.then_some(&CASES[1])?
        }
        _ => return None,
    };
    let [text, value, tested] = [call, *value, *tested].map(|node| one_line(subject, node));
    let is_clear = is_brief(&text);
    let mut facts = Facts::of(SLOTS);
    facts.code("call", text).line("line", subject.line(call));
    facts.code("value", value).code("type", tested);
    let span = subject.span(call);
    let computed = Computed::in_words(case, ROLES, facts);
    is_clear.then(|| Found { computed, subject: span, from: vec![span] })
}
