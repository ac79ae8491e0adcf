//! `defaultdict([])`: a value where a function is wanted; `deque(5)`: a number where elements are.
//!
//! Source: Library Reference, collections, defaultdict objects and deque objects.

use crate::analysis::Safety;
use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Kind, Node, kind};
use crate::value::{self, Builtin, Object};

use super::code::{is_expected_to_fail, may_be_caught};

pub static RULE: Rule = Rule {
    id: "defaultdict-bad-factory",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &["deque"],
    fixes: &["use-type", "use-maxlen"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("given", SlotKind::Code, "the argument"),
    Slot::new("type", SlotKind::Code, "the type whose call gives that value"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let case = match subject.callee().as_deref() {
        Some("collections.defaultdict") => None,
        Some("collections.deque") => Some("deque"),
        _ => return,
    };
    if may_be_caught(subject, subject.path()) || is_expected_to_fail(subject) {
        return;
    }
    let Some((given, kind)) = given(subject) else { return };
    let fits = match case {
        None => kind == Builtin::None,
        Some(_) => !matches!(kind, Builtin::Int | Builtin::Float | Builtin::Bool),
    };
    if fits {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("call", one_line(subject, subject.node())).code("given", one_line(subject, given));
    if let Some(name) = type_of(subject, given, kind) {
        facts.code("type", name);
    }
    found.push(Found { at: given.byte_range().into(), case, facts, related: Vec::new() });
}

/// The first argument, if it is of a builtin type.
fn given<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, Builtin)> {
    let arguments = Arguments::of(subject.node(), subject.item_text());
    let first = *arguments.positional.first().filter(|_| !arguments.spread)?;
    match value::of(subject.names(), subject.item(), first)?.object {
        Object::Builtin(kind) => Some((first, kind)),
        _ => None,
    }
}

/// The type that makes an empty value like the argument; nothing when the argument is not empty, or
/// only a name.
fn type_of(subject: &Subject<'_>, given: Node<'_>, builtin: Builtin) -> Option<&'static str> {
    let text = subject.text(given);
    let is_empty = match kind(given) {
        Kind::List | Kind::Dictionary | Kind::Tuple => statements(given).is_empty(),
        Kind::Call => arguments(given).is_empty(),
        Kind::String => matches!(text, "''" | "\"\""),
        Kind::Integer => text == "0",
        Kind::Float => text == "0.0",
        Kind::False => true,
        _ => false,
    };
    let name = builtin.qualified().strip_prefix("builtins.").filter(|_| is_empty)?;
    let names = subject.names();
    let is_free = !names.is_hidden_at(subject.item(), given.start_byte(), name)
        && names.module_bindings(name).is_empty();
    is_free.then_some(name)
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (given, builtin) = given(subject)?;
    let facts = found.facts.clone();
    let span = subject.span(given);
    if found.case.is_some() {
        let is_only = arguments(subject.node()).len() == 1 && builtin == Builtin::Int;
        let text = format!("maxlen={}", subject.text(given));
        return is_only.then(|| Plan {
            fix: "use-maxlen",
            safety: Safety::Safe,
            facts,
            edits: vec![(span, text)],
        });
    }
    let name = type_of(subject, given, builtin)?;
    Some(Plan {
        fix: "use-type",
        safety: Safety::Safe,
        facts,
        edits: vec![(span, name.to_owned())],
    })
}

pub static INVERSE: Inverse = Inverse { rule: &RULE, kinds: &[Kind::Call], edits: with_value };

/// An empty value in place of its type.
fn with_value(subject: &Subject<'_>) -> Option<Vec<(crate::Span, String)>> {
    (subject.callee()? == "collections.defaultdict").then_some(())?;
    let first = *arguments(subject.node()).first()?;
    let name = subject.names().qualified(subject.item(), first)?;
    let value = match name.strip_prefix("builtins.")? {
        "list" => "[]",
        "dict" => "{}",
        "int" => "0",
        "set" => "set()",
        _ => return None,
    };
    Some(vec![(subject.span(first), value.to_owned())])
}
