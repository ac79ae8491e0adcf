//! A method of a context manager that `with` cannot call, or must not.
//!
//! Source: Data model, With Statement Context Managers and Asynchronous Context Managers.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::classes::Own as ClassOwn;
use crate::facts::context_managers::{Own, cannot_be_awaited, own, raised, takes};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{ParameterKind, is_async, is_generator, parameters, statements};
use crate::syntax::{Field, Kind, Node, kind};

use super::shared::name_span;

pub static RULE: Rule = Rule {
    id: "exit-signature",
    kinds: &[Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &["enter", "async-enter", "async-exit", "plain"],
    fixes: &["take-all", "rename"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("method", SlotKind::Code, "`__enter__`, `__exit__` or the asynchronous one"),
    Slot::new("parameters", SlotKind::Code, "its parameters"),
    Slot::new("with", SlotKind::Code, "`with` or `async with`"),
    Slot::new("other", SlotKind::Code, "the name of the method for the other statement"),
];

const ENTER: [&str; 2] = ["__enter__", "__aenter__"];
const EXIT: [&str; 2] = ["__exit__", "__aexit__"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some((method, is_exit)) = method(subject) else { return };
    if subject.settings().is_test || is_interface(&method) || is_never_run(method.function) {
        return;
    }
    let Some(case) = fault(&method, is_exit) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("method", method.name).code("other", other(method.name));
    facts.code("with", if method.awaited { "async with" } else { "with" });
    if let Some(list) = Field::Parameters.of(method.function) {
        facts.code("parameters", one_line(subject, list));
    }
    found.push(Found { at: name_span(method.function), case, facts, related: Vec::new() });
}

fn method<'a>(subject: &Subject<'a>) -> Option<(Own<'a>, bool)> {
    let name = subject.text(Field::Name.of(subject.node())?);
    let is_exit = EXIT.contains(&name);
    if !is_exit && !ENTER.contains(&name) {
        return None;
    }
    Some((own(subject, if is_exit { EXIT } else { ENTER })?, is_exit))
}

/// Methods of an interface of `zope.interface` have no `self`.
fn is_interface(method: &Own<'_>) -> bool {
    let text = method.class.text();
    let bases = method.class.arguments().positional;
    bases.iter().any(|base| text[base.byte_range()].contains("Interface"))
}

/// True for a body that does nothing but to say that it is not to run, or that only stands for one.
fn is_never_run(function: Node<'_>) -> bool {
    let body = Field::Body.of(function).map(statements).unwrap_or_default();
    body.iter().all(|statement| match kind(*statement) {
        Kind::RaiseStatement | Kind::AssertStatement => true,
        Kind::ExpressionStatement => statement
            .named_child(0)
            .is_some_and(|inner| matches!(kind(inner), Kind::Ellipsis | Kind::String)),
        _ => false,
    })
}

/// Which case it is, if it is one at all.
fn fault(method: &Own<'_>, is_exit: bool) -> Option<Option<&'static str>> {
    let function = method.function;
    if !takes(function, if is_exit { 3 } else { 0 }) {
        return Some((!is_exit).then_some("enter"));
    }
    if method.awaited {
        let is_plain = cannot_be_awaited(raised(method.class, function, true));
        return is_plain.then_some(Some("plain"));
    }
    let is_coroutine = is_async(function) && !is_generator(function);
    // Beside the other method it may be meant for callers of its own.
    let is_alone = matches!(method.class.own(other(method.name)), ClassOwn::No);
    let case = if is_exit { "async-exit" } else { "async-enter" };
    (is_coroutine && is_alone).then_some(Some(case))
}

fn other(name: &str) -> &'static str {
    match name {
        "__enter__" => "__aenter__",
        "__exit__" => "__aexit__",
        "__aenter__" => "__enter__",
        _ => "__exit__",
    }
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (method, _) = method(subject)?;
    let facts = found.facts.clone();
    match found.case {
        Some("async-exit" | "async-enter") => Some(Plan {
            fix: "rename",
            safety: Safety::Review,
            facts,
            edits: renamed(subject, &method)?,
        }),
        None => {
            let edits = vec![(place_for_rest(subject, method.function)?, ", *exc_info".to_owned())];
            Some(Plan { fix: "take-all", safety: Safety::Safe, facts, edits })
        }
        _ => None,
    }
}

/// The names of this method and of the other one of the pair, if that is an `async def` as well.
fn renamed(subject: &Subject<'_>, method: &Own<'_>) -> Option<Vec<(Span, String)>> {
    let pair = if EXIT.contains(&method.name) { ENTER[0] } else { EXIT[0] };
    let ClassOwn::Yes(binding) = method.class.own(pair) else { return None };
    let bound = crate::names::Bound { item: method.class.item, binding };
    let partner = subject.names().node(bound).filter(|node| is_async(*node))?;
    let mut edits = Vec::new();
    for function in [method.function, partner] {
        let name = Field::Name.of(function)?;
        edits.push((subject.span(name), other(subject.text(name)).to_owned()));
    }
    Some(edits)
}

/// Behind the last parameter, where `*exc_info` takes what `with` gives and every call that worked
/// before still does. Nothing when there is more than positional parameters.
fn place_for_rest(subject: &Subject<'_>, function: Node<'_>) -> Option<Span> {
    let all = parameters(function)?;
    let is_positional = |kind: ParameterKind| kind == ParameterKind::PositionalOrKeyword;
    let is_free =
        all.iter().all(|one| is_positional(one.kind) && subject.text(one.name) != "exc_info");
    let last = all.last().filter(|_| is_free && all.len() < 4)?;
    Some(Span::empty(subject.span(last.node).end))
}
