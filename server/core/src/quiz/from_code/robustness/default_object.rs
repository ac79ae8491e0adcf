//! How many objects the default of a parameter makes in several calls.
//!
//! Source: Language Reference, Function definitions: default values are evaluated when the function
//! definition is executed, once.

use super::super::{Case, Computed, Find, Found, Generator, Role, is_brief};
use crate::facts::around::is_decorated;
use crate::facts::robustness::mutable_default;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::function::{docstring, is_async, is_generator, statements};
use crate::syntax::{self, Field, Node, kind};
use crate::value::{self, Builtin, Object};

pub static GENERATOR: Generator = Generator {
    name: "default-object",
    doc: "how many objects three calls without the argument get: the default is one that can change, \
          or `None` for which the body makes a new one first thing",
    kind: Kind::Choice,
    asked: ASKED,
    told: TOLD,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::DefaultParameter, syntax::Kind::TypedDefaultParameter], run),
};

static ASKED: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("line", SlotKind::Line, "the line of its `def`"),
    Slot::new("parameter", SlotKind::Code, "the parameter"),
    Slot::new("object", SlotKind::Code, "the expression that makes the object"),
];

static TOLD: &[Slot] = &[
    ASKED[0],
    ASKED[1],
    ASKED[2],
    ASKED[3],
    Slot::new("made-line", SlotKind::Line, "the line of that expression"),
];

static ROLES: &[Role] = &[
    Role::words("with-def", "one, when the `def` runs"),
    Role::words("first-call", "one, at the first call"),
    Role::words("each-call", "three, one at each call"),
    Role::words("four", "four: one when the `def` runs, one at each call"),
];

static CASES: &[Case] = &[
    Case {
        name: "default",
        doc: "the expression is the default",
        right: "with-def",
        wrong: &["first-call", "each-call", "four"],
    },
    Case {
        name: "body",
        doc: "the default is `None`, and the expression stands in the body",
        right: "each-call",
        wrong: &["with-def", "first-call", "four"],
    },
];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let node = subject.node();
    let function = subject.ancestors().nth(1)?;
    let is_plain = kind(function) == syntax::Kind::FunctionDefinition
        && !is_decorated(function)
        && !is_async(function)
        && !is_generator(function)
        && !function.is_broken();
    if !is_plain {
        return None;
    }
    let (parameter, default) = (Field::Name.of(node)?, Field::Value.of(node)?);
    let (case, made) = match kind(default) {
        syntax::Kind::None => (&CASES[1], made_first(subject, function, parameter)?),
        _ => (&CASES[0], mutable_default(subject)?.default),
    };
    let object = one_line(subject, made);
    let name = Field::Name.of(function)?;
    let mut facts = Facts::of(TOLD);
    facts.code("function", subject.text(name)).line("line", subject.line(function));
    facts.code("parameter", subject.text(parameter)).code("object", &object);
    facts.line("made-line", subject.line(made));
    let computed = Computed::in_words(case, ROLES, facts);
    let subject_span = subject.span(node);
    is_brief(&object).then(|| Found {
        computed,
        subject: subject_span,
        from: vec![subject_span, subject.span(made)],
    })
}

/// The new object in `if x is None: x = …`, if that is what the body begins with.
fn made_first<'a>(
    subject: &Subject<'a>,
    function: Node<'a>,
    parameter: Node<'a>,
) -> Option<Node<'a>> {
    let all = statements(Field::Body.of(function)?);
    let doc = docstring(function, subject.item_text());
    let first = *all.get(usize::from(doc.is_some()))?;
    if kind(first) != syntax::Kind::IfStatement || first.child_in(Field::Alternative).is_some() {
        return None;
    }
    let name = subject.text(parameter);
    let condition = first.child_in(Field::Condition)?;
    let only = statements(first.child_in(Field::Consequence)?);
    let [statement] = only[..] else { return None };
    let assignment = statement.named_child(0)?;
    let left = Field::Left.of(assignment)?;
    let is_it = one_line(subject, condition) == format!("{name} is None")
        && kind(assignment) == syntax::Kind::Assignment
        && subject.text(left) == name;
    let right = Field::Right.of(assignment).filter(|_| is_it)?;
    let made = value::of(subject.names(), subject.item(), right)?;
    let is_display =
        matches!(made.object, Object::Builtin(Builtin::List | Builtin::Dict | Builtin::Set));
    (is_display && made.node.byte_range() == right.byte_range()).then_some(right)
}
