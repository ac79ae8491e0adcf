//! A function made in a loop outlives the turn, and looks up what the loop changes.

use crate::analysis::Safety;
use crate::facts::generators::{changed_by, function_name, loop_around, outlives_turn};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{ParameterKind, parameters};
use crate::syntax::{Field, Kind, Node, kind};
use crate::{Span, walk};

pub static RULE: Rule = Rule {
    id: "loop-closure",
    kinds: &[Kind::Lambda, Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["bind-default"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function's name, or `lambda`"),
    Slot::new("name", SlotKind::Code, "the variable that the loop changes"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some((depth, repeated)) = loop_around(subject) else { return };
    if !outlives_turn(subject, depth) || is_patch(subject, subject.path()[depth]) {
        return;
    }
    for at in changed_by(subject, repeated) {
        let mut facts = Facts::of(SLOTS);
        facts
            .code("function", function_name(subject))
            .code("name", &subject.item_text()[at.range()]);
        found.push(Found { at, case: None, facts, related: Vec::new() });
    }
}

/// True for what a test puts into an object for the few lines behind it.
fn is_patch(subject: &Subject<'_>, repeated: Node<'_>) -> bool {
    if !subject.settings().is_test {
        return false;
    }
    let (function, name) = (subject.node(), function_name(subject));
    let mut found = false;
    walk::until(repeated, |node| {
        let is_value = |value: Node<'_>| match kind(function) {
            Kind::Lambda => value == function,
            _ => kind(value) == Kind::Identifier && subject.text(value) == name,
        };
        found |= kind(node) == Kind::Assignment
            && Field::Left.of(node).is_some_and(|it| kind(it) == Kind::Attribute)
            && Field::Right.of(node).is_some_and(is_value);
        found
    });
    found
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let function = subject.node();
    let name = &subject.item_text()[found.at.range()];
    let all = parameters(function)?;
    let is_lambda = kind(function) == Kind::Lambda;
    let list = Field::Parameters.of(function);
    let collects = all.iter().find(|parameter| parameter.kind == ParameterKind::VarKeyword);
    let keyword_only = all.iter().any(|parameter| {
        matches!(parameter.kind, ParameterKind::VarPositional | ParameterKind::KeywordOnly)
    });
    let new = match (is_lambda, keyword_only) {
        (true, _) | (_, true) => format!("{name}={name}"),
        (false, false) => format!("*, {name}={name}"),
    };
    let edit = match (list, collects, all.last()) {
        (_, Some(collects), _) => (subject.span(collects.node).start, format!("{new}, ")),
        (_, None, Some(last)) => (subject.span(last.node).end, format!(", {new}")),
        (Some(list), None, None) => (subject.span(list).start + 1, new),
        (None, None, None) => {
            let word = subject.span(function).start + "lambda".len();
            (word, format!(" {new}"))
        }
    };
    let edits = vec![(Span::empty(edit.0), edit.1)];
    let facts = found.facts.clone();
    Some(Plan { fix: "bind-default", safety: Safety::Review, facts, edits })
}
