//! What `as` binds in a `with` on an instance of a class of the reader's.
//!
//! Source: Language Reference, The with statement: the return value of `__enter__` is assigned to the
//! target.

use super::super::{Case, Computed, Find, Found, Generator, Role, is_brief};
use crate::facts::{Facts, Slot, SlotKind, Value, provider};
use crate::quiz::Kind;
use crate::subject::Subject;
use crate::syntax::{self, Node, kind};

pub static GENERATOR: Generator = Generator {
    name: "as-binding",
    doc: "what `as` binds, by an `__enter__` that returns its object on every way, or nothing",
    kind: Kind::Choice,
    asked: ASKED,
    told: TOLD,
    roles: ROLES,
    cases: CASES,
    find: Find::At(&[syntax::Kind::Identifier], run),
};

static ASKED: &[Slot] = &[
    Slot::new("target", SlotKind::Code, "the name behind `as`"),
    Slot::new("expression", SlotKind::Code, "what stands in front of it"),
    Slot::new("line", SlotKind::Line, "its line"),
];

static TOLD: &[Slot] = &[
    ASKED[0],
    ASKED[1],
    ASKED[2],
    Slot::new("enter", SlotKind::Code, "the method with its class: `C.__enter__`"),
    Slot::new("enter-line", SlotKind::Line, "its line"),
];

static ROLES: &[Role] = &[
    Role::words("manager", "the context manager itself"),
    Role::words("nothing", "`None`"),
    Role::words("class", "its class"),
    Role::words("method", "its method `__enter__`"),
];

static CASES: &[Case] = &[
    Case {
        name: "itself",
        doc: "`__enter__` returns its object",
        right: "manager",
        wrong: &["nothing", "class", "method"],
    },
    Case {
        name: "nothing",
        doc: "it returns nothing",
        right: "nothing",
        wrong: &["manager", "class", "method"],
    },
];

fn run(subject: &Subject<'_>) -> Option<Found> {
    let around = subject.ancestors().next()?;
    (kind(around) == syntax::Kind::AsPatternTarget).then_some(())?;
    let known = (provider("as-target")?.run)(subject)?;
    let has = |slot: &str| known.get(slot).is_some();
    let case = match (has("gives-itself"), has("gives-nothing")) {
        (true, false) => &CASES[0],
        (false, true) => &CASES[1],
        _ => return None,
    };
    let unsure = ["missing", "needs-async", "needs-plain", "not-an-instance", "base"];
    let is_sure = has("enter-line") && !unsure.iter().any(|slot| has(slot));
    let Some(Value::Code(text)) = known.get("text").filter(|_| is_sure) else { return None };
    is_brief(text).then_some(())?;
    let mut facts = Facts::of(TOLD);
    facts.code("expression", text).line("line", subject.line(subject.node()));
    for slot in ["target", "enter", "enter-line"] {
        facts.take(slot, &known, slot);
    }
    let span = subject.span(subject.node());
    let mut from = vec![span];
    from.extend(method_line(subject, &known));
    Some(Found { computed: Computed::in_words(case, ROLES, facts), subject: span, from })
}

/// The whole definition of the method, on which the answer rests.
fn method_line(subject: &Subject<'_>, known: &Facts) -> Option<crate::Span> {
    let Some(Value::Line(line)) = known.get("enter-line") else { return None };
    let text = subject.document().text();
    let start = text.line_content(line.number).start;
    let item = subject.document().item_at(start)?;
    let begin = subject.document().start_of(item);
    let root = subject.document().items()[item].tree()?.root_node();
    let end = text.line_content(line.number).end - begin;
    let path = crate::walk::path_to(root, end - 1, end)?;
    let is_function = |node: &&Node<'_>| kind(**node) == syntax::Kind::FunctionDefinition;
    let function = path.iter().rev().find(is_function)?;
    Some(crate::Span::from(function.byte_range()).shifted(begin))
}
