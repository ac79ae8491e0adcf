//! The method resolution order of a class with several bases.
//!
//! Source: "The Python 2.3 Method Resolution Order", which all later versions use.

use super::super::{Candidate, Case, Computed, Find, Found, Generator, Role};
use super::made;
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::{self, Field};

pub static GENERATOR: Generator = Generator {
    name: "method-resolution-order",
    doc: "in which order an attribute is looked for in a class with several bases and what is above",
    kind: Kind::Order,
    asked: SLOTS,
    told: SLOTS,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::ClassDefinition], run),
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("line", SlotKind::Line, "its line"),
    Slot::new("bases", SlotKind::Codes, "its bases as they are written"),
];

static ROLES: &[Role] = &[
    Role::code("itself", "the class"),
    Role::code("above", "a class above it"),
    Role::code("object", "`object`"),
];

static CASES: &[Case] = &[Case {
    name: "always",
    doc: "the rule has no exception",
    right: "itself",
    wrong: &["above", "object"],
}];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let known = made(subject)?;
    let Some(Value::Codes(order)) = known.get("mro") else { return None };
    let Some(Value::Codes(bases)) = known.get("bases") else { return None };
    // A metaclass may have a method `mro` of its own.
    let all = subject.document().items();
    let is_plain = known.get("call").is_some()
        && !all.iter().any(|item| item.text().contains("def mro") || item.text().contains("mro ="));
    let differ = order.iter().enumerate().all(|(at, name)| !order[..at].contains(name));
    if !is_plain || !differ || bases.len() < 2 || !(4..=6).contains(&order.len()) {
        return None;
    }
    let role = |at: usize| match at {
        0 => "itself",
        at if at + 1 == order.len() => "object",
        _ => "above",
    };
    let option =
        |(at, name): (usize, &String)| Candidate { role: role(at), code: Some(name.clone()) };
    let options = order.iter().enumerate().map(option).collect();
    let node = subject.node();
    let mut facts = Facts::of(SLOTS);
    facts.code("class", subject.text(Field::Name.of(node)?)).line("line", subject.line(node));
    facts.codes("bases", bases.iter().cloned());
    let span = super::head(subject)?;
    let computed = Computed { case: &CASES[0], options, snippet: None, facts };
    Some(Found { computed, subject: span, from: vec![span] })
}
