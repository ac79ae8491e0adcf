//! How the time of an operation grows with its container.
//!
//! The costs are rows of the pack; see [`crate::facts`].

use super::super::{Case, Computed, Find, Found, Generator, Role, is_brief};
use crate::facts::{Facts, Slot, SlotKind, Value, provider};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::{self, Field, function::arguments, kind};

pub static GENERATOR: Generator = Generator {
    name: "operation-cost",
    doc: "whether `in`, `pop`, `insert` and their like cost `O(1)` or `O(n)`, for a container of the \
          table `container`",
    kind: Kind::Choice,
    asked: ASKED,
    told: TOLD,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::Call, syntax::Kind::ComparisonOperator], run),
};

static ASKED: &[Slot] = &[
    Slot::new("operation", SlotKind::Code, "the operation"),
    Slot::new("line", SlotKind::Line, "its line"),
    Slot::new("container", SlotKind::Code, "the container"),
];

static TOLD: &[Slot] = &[
    ASKED[0],
    ASKED[1],
    ASKED[2],
    Slot::new("type", SlotKind::Code, "the class of the container"),
    Slot::new("does", SlotKind::Text, "what the operation does, from the table `container-cost`"),
];

static ROLES: &[Role] = &[
    Role::words("constant", "it does not grow with the number of elements"),
    Role::words("logarithmic", "it grows with the logarithm of the number"),
    Role::words("linear", "it grows as the number does"),
    Role::words("quadratic", "it grows with the square of the number"),
];

static CASES: &[Case] = &[
    Case {
        name: "constant",
        doc: "it costs `O(1)`",
        right: "constant",
        wrong: &["logarithmic", "linear", "quadratic"],
    },
    Case {
        name: "linear",
        doc: "it costs `O(n)`",
        right: "linear",
        wrong: &["constant", "logarithmic", "quadratic"],
    },
];

/// Methods whose cost differs between containers, or between their ends.
const METHODS: &[&str] =
    &["appendleft", "count", "index", "insert", "pop", "popitem", "popleft", "remove"];

/// True for `in`, and for a call of a method whose cost does not hang on a number in a variable.
fn is_worth_a_question(subject: &Subject<'_>) -> bool {
    let node = subject.node();
    if kind(node) == syntax::Kind::ComparisonOperator {
        return true;
    }
    let callee = node.child_in(Field::Function);
    let name = callee.and_then(|callee| Field::Attribute.of(callee));
    let name = name.map_or("", |name| subject.text(name));
    let first = arguments(node).first().map(|argument| subject.text(*argument));
    METHODS.contains(&name)
        && (!matches!(name, "insert" | "pop") || matches!(first, None | Some("0")))
}

fn run(subject: &Subject<'_>) -> Option<Found> {
    if !is_worth_a_question(subject) {
        return None;
    }
    let known = (provider("container-operation")?.run)(subject)?;
    let code = |slot: &str| match known.get(slot) {
        Some(Value::Code(text)) => Some(text.as_str()),
        _ => None,
    };
    let case = match code("cost")? {
        "O(1)" => &CASES[0],
        "O(n)" => &CASES[1],
        _ => return None,
    };
    let (operation, container) = (code("operation")?, code("container")?);
    let node = subject.node();
    let mut facts = Facts::of(TOLD);
    facts.code("operation", operation).line("line", subject.line(node));
    facts.code("container", container).code("type", code("type")?).take("does", &known, "does");
    known.get("does")?;
    let span = subject.span(node);
    let is_clear = is_brief(operation) && is_brief(container);
    let computed = Computed::in_words(case, ROLES, facts);
    is_clear.then(|| Found { computed, subject: span, from: vec![span] })
}
