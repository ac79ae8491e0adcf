//! `functools.wraps` and `update_wrapper` that copy nothing, the wrong way round, or in vain.
//!
//! Source: Library Reference, functools, `wraps()` and `update_wrapper()`.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{
    arguments, nested_functions, parameters, returned, returns, statements,
};
use crate::syntax::{Field, Kind, Node, kind};

use super::code::{is_expected_to_fail, own_function};

pub static RULE: Rule = Rule {
    id: "wraps-misused",
    kinds: &[Kind::Decorator, Kind::Call],
    slots: SLOTS,
    cases: &["itself", "swapped", "unused"],
    fixes: &["call-with", "copy-from", "swap", "return-wrapper"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("written", SlotKind::Code, "the decorator or the call"),
    Slot::new("wrapper", SlotKind::Code, "the nested function"),
    Slot::new("func", SlotKind::Code, "the parameter that holds the decorated function"),
    Slot::new("meant", SlotKind::Code, "what was meant"),
    Slot::new("decorator", SlotKind::Code, "the function around: the decorator"),
];

/// What is wrong, with the place that is marked.
struct Fault<'a> {
    case: Option<&'static str>,
    at: Node<'a>,
    wrapper: &'a str,
    func: Option<&'a str>,
    /// The function around the nested one.
    decorator: Node<'a>,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(fault) = fault(subject) else { return };
    if is_expected_to_fail(subject) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("written", one_line(subject, fault.at)).code("wrapper", fault.wrapper);
    if let Some(name) = Field::Name.of(fault.decorator) {
        facts.code("decorator", subject.text(name));
    }
    if let Some(func) = fault.func {
        facts.code("func", func);
        if let Some(meant) = meant(subject, &fault, func) {
            facts.code("meant", meant);
        }
    }
    let at = fault.at.byte_range().into();
    found.push(Found { at, case: fault.case, facts, related: Vec::new() });
}

fn fault<'a>(subject: &Subject<'a>) -> Option<Fault<'a>> {
    if kind(subject.node()) == Kind::Call { swapped(subject) } else { decorator(subject) }
}

/// `@wraps` without a call, on the wrapper itself, or on a wrapper that is not returned.
fn decorator<'a>(subject: &Subject<'a>) -> Option<Fault<'a>> {
    let expression = *statements(subject.node()).first()?;
    let callee = Field::Function.of(expression).filter(|_| kind(expression) == Kind::Call);
    let name = subject.names().qualified(subject.item(), callee.unwrap_or(expression))?;
    (name == "functools.wraps").then_some(())?;
    let mut around = subject.ancestors();
    let decorated = around.next()?;
    let function = Field::Definition.of(decorated)?;
    let outer = around.find(|node| kind(*node) != Kind::Block)?;
    if kind(function) != Kind::FunctionDefinition || kind(outer) != Kind::FunctionDefinition {
        return None;
    }
    let wrapper = subject.text(Field::Name.of(function)?);
    let func = called_parameter(subject, outer, function);
    let fault = |case, at| Some(Fault { case, at, wrapper, func, decorator: outer });
    if callee.is_none() {
        return fault(None, expression);
    }
    let arguments = Arguments::of(expression, subject.item_text());
    let source = arguments.get(0, "wrapped").filter(|_| !arguments.spread)?;
    if kind(source) != Kind::Identifier {
        return None;
    }
    let text = subject.text(source);
    if text == wrapper && is_function_of(subject, source, outer, wrapper) {
        return fault(Some("itself"), expression);
    }
    let is_unused = func == Some(text)
        && gives_only(subject, outer, text)
        && uses(subject, outer, wrapper) == Some(0);
    if is_unused { fault(Some("unused"), function_name(function)) } else { None }
}

fn function_name(function: Node<'_>) -> Node<'_> {
    Field::Name.of(function).unwrap_or(function)
}

/// The parameter of `outer` that `function` calls.
fn called_parameter<'a>(
    subject: &Subject<'a>,
    outer: Node<'a>,
    function: Node<'a>,
) -> Option<&'a str> {
    let names: Vec<&str> = parameters(outer)?.iter().map(|one| subject.text(one.name)).collect();
    let mut found: Option<&'a str> = None;
    let mut several = false;
    crate::syntax::function::own_nodes(function, |node| {
        let callee = Field::Function.of(node).filter(|_| kind(node) == Kind::Call);
        let Some(callee) = callee.filter(|it| kind(*it) == Kind::Identifier) else { return };
        let text = subject.text(callee);
        let is_it =
            names.contains(&text) && subject.names().is_variable_of(subject.item(), callee, outer);
        if is_it {
            several |= found.is_some_and(|other| other != text);
            found = Some(text);
        }
    });
    found.filter(|_| !several)
}

/// True when the identifier means the function `name` that `outer` defines, once.
fn is_function_of(subject: &Subject<'_>, node: Node<'_>, outer: Node<'_>, name: &str) -> bool {
    let bindings = subject.names().bindings_in(subject.item(), outer, name);
    matches!(bindings[..], [one] if one.kind == BindingKind::Function)
        && subject.names().is_variable_of(subject.item(), node, outer)
}

/// True when every way out of the function gives this parameter.
fn gives_only(subject: &Subject<'_>, outer: Node<'_>, func: &str) -> bool {
    let all = returns(outer);
    !all.is_empty()
        && all.into_iter().all(|statement| {
            returned(statement)
                .is_some_and(|value| kind(value) == Kind::Identifier && subject.text(value) == func)
        })
        && Field::Body.of(outer).is_some_and(crate::syntax::flow::never_ends)
}

/// How often the variable of `outer` is read.
fn uses(subject: &Subject<'_>, outer: Node<'_>, name: &str) -> Option<usize> {
    let bindings = subject.names().bindings_in(subject.item(), outer, name);
    let [binding] = bindings[..] else { return None };
    let bound = crate::names::Bound { item: subject.item(), binding };
    Some(subject.names().uses(bound)?.len())
}

/// `update_wrapper(func, wrapper)`: the function gets the metadata of its wrapper.
fn swapped<'a>(subject: &Subject<'a>) -> Option<Fault<'a>> {
    (subject.callee()? == "functools.update_wrapper").then_some(())?;
    let arguments = Arguments::of(subject.node(), subject.item_text());
    (!arguments.spread).then_some(())?;
    let [first, second] = [arguments.get(0, "wrapper")?, arguments.get(1, "wrapped")?];
    if [first, second].iter().any(|node| kind(*node) != Kind::Identifier) {
        return None;
    }
    let outer = own_function(subject)?;
    let (func, wrapper) = (subject.text(first), subject.text(second));
    let is_parameter = parameters(outer)?.iter().any(|one| subject.text(one.name) == func)
        && subject.names().bindings_in(subject.item(), outer, func).len() == 1
        && subject.names().is_variable_of(subject.item(), first, outer);
    let nested = nested_functions(outer).into_iter();
    let mut nested = nested.filter(|one| one.decorated.is_none()).map(|one| one.function);
    let function = nested
        .find(|one| Field::Name.of(*one).is_some_and(|name| subject.text(name) == wrapper))?;
    let is_it = is_parameter
        && is_function_of(subject, second, outer, wrapper)
        && called_parameter(subject, outer, function) == Some(func);
    let at = subject.node();
    let fault = Fault { case: Some("swapped"), at, wrapper, func: Some(func), decorator: outer };
    is_it.then_some(fault)
}

fn meant(subject: &Subject<'_>, fault: &Fault<'_>, func: &str) -> Option<String> {
    let text = one_line(subject, fault.at);
    Some(match fault.case {
        None => format!("@{text}({func})"),
        Some("itself") => {
            let callee = Field::Function.of(fault.at)?;
            format!("@{}({func})", one_line(subject, callee))
        }
        Some("swapped") => {
            let callee = Field::Function.of(fault.at)?;
            format!("{}({}, {func})", one_line(subject, callee), fault.wrapper)
        }
        _ => format!("return {}", fault.wrapper),
    })
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let fault = fault(subject)?;
    let func = fault.func?;
    let (fix, edits) = match fault.case {
        None => {
            let end = Span::empty(subject.span(fault.at).end);
            ("call-with", vec![(end, format!("({func})"))])
        }
        Some("swapped") => {
            let arguments = Arguments::of(fault.at, subject.item_text());
            let [first, second] = arguments.positional[..] else { return None };
            let edits = vec![
                (subject.span(first), fault.wrapper.to_owned()),
                (subject.span(second), func.to_owned()),
            ];
            ("swap", edits)
        }
        Some("itself") => {
            let arguments = Arguments::of(fault.at, subject.item_text());
            let source = arguments.get(0, "wrapped")?;
            ("copy-from", vec![(subject.span(source), func.to_owned())])
        }
        _ => {
            let values = returns(fault.decorator).into_iter().filter_map(returned);
            let edits = values.map(|it| (subject.span(it), fault.wrapper.to_owned())).collect();
            ("return-wrapper", edits)
        }
    };
    Some(Plan { fix, safety: Safety::Review, facts: found.facts.clone(), edits })
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::Decorator], edits: without_call };

fn without_call(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let call = statements(subject.node()).first().copied()?;
    let callee = Field::Function.of(call).filter(|_| kind(call) == Kind::Call)?;
    let [only] = arguments(call)[..] else { return None };
    let is_it = kind(only) == Kind::Identifier
        && subject.names().qualified(subject.item(), callee)? == "functools.wraps";
    let span = Span::new(subject.span(callee).end, subject.span(call).end);
    is_it.then(|| vec![(span, String::new())])
}
