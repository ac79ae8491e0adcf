//! A wrapper takes the place of the function without its metadata.

use crate::Span;
use crate::analysis::Safety;
use crate::decorator::{Decorator, Gives, Metadata};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule, imported};
use crate::names::{Bound, Use};
use crate::subject::Subject;
use crate::syntax::function::{arguments, decorators, parameters};
use crate::syntax::{Kind, kind};
use crate::walk;

use super::shared::{
    break_of, decorator_at, indentation, name_span, place_of, spreads, stars, users,
};

pub static RULE: Rule = Rule {
    id: "decorator-missing-wraps",
    kinds: &[Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &["general", "in-test"],
    fixes: &["add-wraps"],
    related: &["user"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("wrapper", SlotKind::Code, "the wrapper's name"),
    Slot::new("func", SlotKind::Code, "the parameter that the wrapper calls"),
    Slot::new("user", SlotKind::Code, "the first function decorated in this file"),
    Slot::new("wraps", SlotKind::Code, "the line that the fix adds: `@functools.wraps(func)`"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(decorator) = decorator_at(subject) else { return };
    if decorator.gives != Gives::Wrapper || decorator.metadata != Metadata::Own {
        return;
    }
    let users = users(subject, &decorator);
    if users.is_empty()
        && (!passes_everything_on(subject, &decorator) || is_helper(subject, &decorator))
    {
        return;
    }
    let names = subject.names();
    let mut facts = Facts::of(SLOTS);
    facts.code("wrapper", decorator.name_of(decorator.wrapper));
    facts.code("func", decorator.func);
    if let Some(user) = users.first() {
        facts.code("user", user.name(names));
    }
    let case = match users.is_empty() {
        _ if subject.settings().is_test => Some("in-test"),
        true => Some("general"),
        false => None,
    };
    let related = users.first().and_then(|user| place_of(subject, user)).into_iter().collect();
    found.push(Found { at: name_span(decorator.wrapper), case, facts, related });
}

/// True for a function that only this file knows, or that it calls as it calls any other: what that gives
/// may be a callback, whose name nobody asks for.
fn is_helper(subject: &Subject<'_>, decorator: &Decorator<'_>) -> bool {
    let names = subject.names();
    let is_private = decorator.name_of(decorator.outer()).starts_with('_');
    let own = decorator.outer().byte_range().into();
    let binding = names.scopes(decorator.item).and_then(|scopes| scopes.definition(own));
    let uses = binding.and_then(|binding| names.uses(Bound { item: decorator.item, binding }));
    // One that is misused above a definition was still meant for it.
    let decorates = |found: &Use<'_>| {
        let root = names.item(found.item).tree().map(|tree| tree.root_node());
        let at = found.reference.at;
        let path = root.and_then(|root| walk::path_to(root, at.start, at.end));
        path.is_some_and(|path| path.iter().any(|it| kind(*it) == Kind::Decorator))
    };
    is_private || uses.is_some_and(|uses| !uses.iter().all(decorates))
}

/// `def d(func)` with a wrapper that takes `*args, **kwargs` and hands both on.
fn passes_everything_on(subject: &Subject<'_>, decorator: &Decorator<'_>) -> bool {
    let required = parameters(decorator.function)
        .map_or(0, |all| all.iter().filter(|parameter| !parameter.is_optional()).count());
    let all = parameters(decorator.wrapper).unwrap_or_default();
    let stars = stars(subject, decorator.wrapper);
    required == 1
        && all.len() == 2
        && stars.0.is_some()
        && stars.1.is_some()
        && decorator.calls.iter().any(|call| {
            let given = arguments(call.node);
            given.len() == 2 && given.iter().all(|argument| spreads(subject, *argument, stars))
        })
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    let added = decorator_at(subject).and_then(|decorator| wraps(subject, &decorator));
    let plan = added.map(|(line, edits)| {
        let mut facts = found.facts.clone();
        facts.code("wraps", line);
        Plan { fix: "add-wraps", safety: Safety::Safe, facts, edits }
    });
    plan.into_iter().collect()
}

/// Takes the only decorator, which copies the metadata, away from the wrapper.
pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::FunctionDefinition], edits: without_wraps };

fn without_wraps(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let decorator = decorator_at(subject)?;
    let Metadata::Copied(_) = decorator.metadata else { return None };
    let [_] = decorators(decorator.wrapper_decorated?)[..] else { return None };
    let start = subject.span(decorator.wrapper_decorated?).start;
    Some(vec![(Span::new(start, subject.span(decorator.wrapper).start), String::new())])
}

/// The line `@functools.wraps(func)` for above the wrapper, and the edits that put it there.
pub(super) fn wraps(
    subject: &Subject<'_>,
    decorator: &Decorator<'_>,
) -> Option<(String, Vec<(Span, String)>)> {
    let indent = indentation(subject, decorator.wrapper)?;
    let at = subject.span(decorator.wrapper).start;
    let import = imported(subject, decorator.wrapper, "functools", "wraps");
    let line = format!("@{}({})", import.expression, decorator.func);
    let mut edits = vec![(Span::empty(at), format!("{line}{}{indent}", break_of(subject)))];
    edits.extend(import.edit);
    Some((line, edits))
}
