//! What runs in which order when a class statement with hooks runs.
//!
//! Source: Language Reference, Customizing class creation; PEP 487.

use super::super::{Candidate, Case, Computed, Find, Found, Generator, Role};
use super::{head, made};
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::{self, Field};

pub static GENERATOR: Generator = Generator {
    name: "class-creation-order",
    doc: "in which order the hooks of a class statement begin to run; at least two of them are in \
          the file",
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
    Slot::new("metaclass", SlotKind::Code, "its metaclass"),
    Slot::new("parent", SlotKind::Code, "the class whose `__init_subclass__` runs"),
    Slot::new("attribute", SlotKind::Code, "an attribute with `__set_name__`"),
];

static ROLES: &[Role] = &[
    Role::words("prepare", "`__prepare__` of the metaclass"),
    Role::words("body", "the body of the class"),
    Role::words("new", "`__new__` of the metaclass"),
    Role::words("set-name", "`__set_name__` of an attribute"),
    Role::words("init-subclass", "`__init_subclass__` of a class above"),
    Role::words("init", "`__init__` of the metaclass"),
];

static CASES: &[Case] = &[Case {
    name: "always",
    doc: "the rule has no exception",
    right: "body",
    wrong: &["prepare", "new", "set-name", "init-subclass", "init"],
}];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let known = made(subject)?;
    let call = known.get("call")?;
    let has = |slot: &str| known.get(slot).is_some();
    let one_attribute = match known.get("set-name") {
        Some(Value::Records(records)) => records.first().filter(|_| records.len() == 1),
        _ => None,
    };
    let steps = [
        ("prepare", has("prepare")),
        ("body", true),
        ("new", has("new")),
        ("set-name", one_attribute.is_some()),
        ("init-subclass", has("parent")),
        ("init", has("init")),
    ];
    let options: Vec<_> = steps
        .iter()
        .filter(|(_, runs)| *runs)
        .map(|(role, _)| Candidate { role, code: None })
        .collect();
    if options.len() < 3 {
        return None;
    }
    let node = subject.node();
    let mut facts = Facts::of(SLOTS);
    facts.code("class", subject.text(Field::Name.of(node)?)).line("line", subject.line(node));
    if let Value::Code(call) = call {
        facts.code("metaclass", call.split('(').next().unwrap_or_default());
    }
    facts.take("parent", &known, "parent");
    if let Some(record) = one_attribute {
        facts.take("attribute", record, "attribute");
    }
    let span = head(subject)?;
    let computed = Computed { case: &CASES[0], options, snippet: None, facts };
    Some(Found { computed, subject: span, from: vec![span] })
}
