//! A statement makes something lazy and drops it: nothing of it ever runs.

use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Place, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, statements};
use crate::syntax::{Field, Kind, kind};

use super::code::{
    as_statement, callee_name, contains, function_called, is_expected_to_fail, own_function,
    plain_arguments,
};
use super::edit::unit;
use super::shared::{break_of, indentation};

pub static RULE: Rule = Rule {
    id: "lazy-result-discarded",
    kinds: &[Kind::Call, Kind::GeneratorExpression],
    slots: SLOTS,
    cases: &["expression", "generator"],
    fixes: &["loop-over-it", "yield-from-it", "use-it-up"],
    related: &["definition"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("function", SlotKind::Code, "what is called"),
    Slot::new("loop", SlotKind::Code, "the head of the loop that does the work"),
];

const LAZY: &[&str] = &["builtins.enumerate", "builtins.filter", "builtins.map", "builtins.zip"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let node = subject.node();
    // A test may make an iterator just to see it go.
    if subject.settings().is_test || as_statement(subject).is_none() || is_expected_to_fail(subject)
    {
        return;
    }
    let at = node.byte_range().into();
    if kind(node) == Kind::GeneratorExpression {
        let (case, facts) = (Some("expression"), Facts::of(SLOTS));
        found.push(Found { at, case, facts, related: Vec::new() });
        return;
    }
    let Some(callee) = Field::Function.of(node) else { return };
    let facts = || {
        let mut facts = Facts::of(SLOTS);
        facts
            .code("call", crate::facts::source_text::one_line(subject, node))
            .code("function", subject.text(callee));
        facts
    };
    if callee_name(subject, node).is_some_and(|name| LAZY.contains(&&*name)) {
        found.push(Found { at, case: None, facts: facts(), related: Vec::new() });
        return;
    }
    // Most files have no generator function, which is quicker to see in the text.
    if !subject.names().mentions_any(&["yield"]) {
        return;
    }
    let Some((item, function)) = function_called(subject, subject.item(), callee) else { return };
    if !is_generator(function) {
        return;
    }
    let Some(name) = Field::Name.of(function) else { return };
    let item = subject.document().items()[item].id();
    let place = Place { item, at: name.byte_range().into(), role: "definition" };
    found.push(Found { at, case: Some("generator"), facts: facts(), related: vec![place] });
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    let plans = match found.case {
        Some("expression") => vec![loop_over_expression(subject, found)],
        Some("generator") => vec![yield_from(subject, found), use_up(subject, found)],
        _ => vec![loop_over_map(subject, found)],
    };
    plans.into_iter().flatten().collect()
}

/// `for` with this head and one line below it, in place of the statement.
fn looped(
    subject: &Subject<'_>,
    found: &Found,
    fix: &'static str,
    head: String,
    inner: &[String],
) -> Option<Plan> {
    let statement = as_statement(subject)?;
    let indent = indentation(subject, statement)?;
    let step = own_function(subject)
        .and_then(|function| unit(subject, function))
        .unwrap_or_else(|| "    ".to_owned());
    let lines = break_of(subject);
    let mut text = head.clone();
    for (depth, line) in inner.iter().enumerate() {
        text.push_str(&format!("{lines}{indent}{}{line}", step.repeat(depth + 1)));
    }
    let mut facts = found.facts.clone();
    facts.code("loop", head.trim_end_matches(':'));
    let edits = vec![(subject.span(statement), text)];
    Some(Plan { fix, safety: Safety::Review, facts, edits })
}

fn loop_over_map(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let call = subject.node();
    let is_map = callee_name(subject, call)? == "builtins.map";
    let (positional, keywords) = plain_arguments(call)?;
    let [function, iterable] = positional[..] else { return None };
    let names_it = matches!(kind(function), Kind::Identifier | Kind::Attribute);
    (is_map && keywords.is_empty() && names_it && !contains(iterable, &[Kind::Yield]))
        .then_some(())?;
    let names = subject.names();
    let free = ["item", "element", "value"].into_iter().find(|name| {
        !names.is_hidden_at(subject.item(), call.start_byte(), name)
            && names.module_bindings(name).is_empty()
            && subject.document().items_that_use(name).is_empty()
    })?;
    let head = format!("for {free} in {}:", subject.text(iterable));
    let body = format!("{}({free})", subject.text(function));
    looped(subject, found, "loop-over-it", head, &[body])
}

/// `(f(x) for x in xs if x)` as a loop, if its variable is no other variable of the scope.
fn loop_over_expression(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let node = subject.node();
    let parts = statements(node);
    let [body, clause, conditions @ ..] = &parts[..] else { return None };
    let one_clause = kind(*clause) == Kind::ForInClause
        && conditions.len() <= 1
        && conditions.iter().all(|part| kind(*part) == Kind::IfClause);
    let target = Field::Left.of(*clause).filter(|_| one_clause)?;
    let name = subject.text(target);
    let names = subject.names();
    let is_free = kind(target) == Kind::Identifier
        && names.module_bindings(name).is_empty()
        && subject.document().items_that_use(name).is_empty()
        && names.scopes(subject.item()).is_some_and(|scopes| {
            let number = scopes.number(name);
            let bindings = scopes.all_bindings().iter().filter(|it| Some(it.name) == number);
            bindings.count() == 1
        });
    is_free.then_some(())?;
    let head = subject.text(*clause);
    let mut inner = Vec::new();
    inner.extend(conditions.iter().map(|part| format!("{}:", subject.text(*part))));
    inner.push(subject.text(*body).to_owned());
    looped(subject, found, "loop-over-it", format!("{head}:"), &inner)
}

fn yield_from(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let function = own_function(subject)?;
    let call = subject.node();
    let callee = Field::Function.of(call)?;
    let (_, called) = function_called(subject, subject.item(), callee)?;
    (is_generator(function) && !is_async(function) && !is_async(called)).then_some(())?;
    let at = subject.span(call).start;
    let edits = vec![(crate::Span::empty(at), "yield from ".to_owned())];
    let facts = found.facts.clone();
    Some(Plan { fix: "yield-from-it", safety: Safety::Review, facts, edits })
}

fn use_up(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let call = subject.node();
    let callee = Field::Function.of(call)?;
    let (_, called) = function_called(subject, subject.item(), callee)?;
    let asynchronous = is_async(called);
    let in_async = own_function(subject).is_some_and(is_async);
    (!asynchronous || in_async).then_some(())?;
    let word = if asynchronous { "async for" } else { "for" };
    let head = format!("{word} _ in {}:", subject.text(call));
    looped(subject, found, "use-it-up", head, &["pass".to_owned()])
}

pub static INVERSE: Inverse = Inverse { rule: &RULE, kinds: &[Kind::Yield], edits: without_yield };

fn without_yield(subject: &Subject<'_>) -> Option<Vec<(crate::Span, String)>> {
    as_statement(subject)?;
    let call = subject.node().named_child(0).filter(|it| kind(*it) == Kind::Call)?;
    let is_from = subject.node().child(1).is_some_and(|word| word.kind() == "from");
    let callee = Field::Function.of(call).filter(|_| is_from)?;
    let (_, called) = function_called(subject, subject.item(), callee)?;
    let start = subject.span(subject.node()).start;
    let edit = (crate::Span::new(start, subject.span(call).start), String::new());
    is_generator(called).then(|| vec![edit])
}
