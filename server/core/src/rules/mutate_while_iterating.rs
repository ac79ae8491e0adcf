//! A loop changes the list, dictionary, set or deque that it walks over.
//!
//! Source: Library Reference, Built-in Types, Dictionary view objects; Language Reference, The for
//! statement.

use crate::analysis::Safety;
use crate::facts::collections::CHANGED_ITERABLE;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::arguments, kind};
use crate::walk;

use super::code::{is_expected_to_fail, may_be_caught, method};

pub static RULE: Rule = Rule {
    id: "mutate-while-iterating",
    kinds: &[Kind::Call, Kind::Subscript],
    slots: SLOTS,
    cases: &["may-raise", "skips"],
    fixes: &["walk-over-copy"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("change", SlotKind::Code, "the operation"),
    Slot::new("container", SlotKind::Code, "what it changes"),
    Slot::new("type", SlotKind::Code, "its type"),
    Slot::new("loop", SlotKind::Line, "the line of the loop"),
    Slot::new("copy", SlotKind::Code, "what to walk over instead: `list(d.items())`"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let is_in_loop = || subject.ancestors().any(|node| kind(node) == Kind::ForStatement);
    if subject.settings().is_test || !is_in_loop() || is_expected_to_fail(subject) {
        return;
    }
    let Some(read) = (CHANGED_ITERABLE.run)(subject) else { return };
    let effects = [("raises", None), ("may-raise", Some("may-raise")), ("skips", Some("skips"))];
    let effect = effects.into_iter().find(|(slot, _)| read.get(slot).is_some());
    let Some((slot, case)) = effect else { return };
    // `x[key] = …` often gives a key that is there another value.
    if kind(subject.node()) == Kind::Subscript && case == Some("may-raise") {
        return;
    }
    if case != Some("skips") && may_be_caught(subject, subject.path()) {
        return;
    }
    if case == Some("skips") && is_put_back(subject) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.take("change", &read, slot);
    for slot in ["container", "type", "loop", "copy"] {
        facts.take(slot, &read, slot);
    }
    let at = subject.node().byte_range().into();
    found.push(Found { at, case, facts, related: Vec::new() });
}

/// True when what is taken out is put back at once: `xs.insert(0, xs.pop(i))`.
fn is_put_back(subject: &Subject<'_>) -> bool {
    let around = subject.ancestors().filter_map(method);
    let mut names = around.map(|(_, name)| subject.text(name));
    names.any(|name| matches!(name, "insert" | "append"))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

/// A copy behind the `in` of the loop.
fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let Some(Value::Code(copy)) = found.facts.get("copy") else { return None };
    let names = subject.names();
    let is_free = !names.is_hidden_at(subject.item(), subject.node().start_byte(), "list")
        && names.module_bindings("list").is_empty();
    let is_it = |iterable: &Node<'_>| format!("list({})", one_line(subject, *iterable)) == *copy;
    let loops = subject.ancestors().filter(|node| kind(*node) == Kind::ForStatement);
    let iterable = loops.filter_map(|node| Field::Right.of(node)).find(is_it)?;
    is_free.then_some(())?;
    let edits = vec![(subject.span(iterable), copy.clone())];
    let facts = found.facts.clone();
    Some(Plan { fix: "walk-over-copy", safety: Safety::Review, facts, edits })
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::ForStatement], edits: without_copy };

fn without_copy(subject: &Subject<'_>) -> Option<Vec<(crate::Span, String)>> {
    let copy = Field::Right.of(subject.node()).filter(|it| kind(*it) == Kind::Call)?;
    let name = subject.names().qualified(subject.item(), Field::Function.of(copy)?)?;
    let [only] = arguments(copy)[..] else { return None };
    let is_it = name == "builtins.list" && kind(only) != Kind::GeneratorExpression;
    (!reads_by_key(subject, only)).then_some(())?;
    is_it.then(|| vec![(subject.span(copy), subject.text(only).to_owned())])
}

/// True when the loop reads `walked[key]`: linters would then want `items()`.
fn reads_by_key(subject: &Subject<'_>, walked: Node<'_>) -> bool {
    let mut found = false;
    let (target, body) = (Field::Left.of(subject.node()), Field::Body.of(subject.node()));
    walk::until(body.unwrap_or(subject.node()), |node| {
        let text = |field: Field| field.of(node).map(|part| subject.text(part));
        found |= kind(node) == Kind::Subscript
            && text(Field::Value) == Some(subject.text(walked))
            && text(Field::Subscript) == target.map(|it| subject.text(it));
        found || kind(node) == Kind::DeleteStatement
    });
    found
}
