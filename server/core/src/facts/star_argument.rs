//! `*x` and `**x` in a call: what is spread.
//!
//! Source: Python Language Reference, Expressions, Calls.

use super::around::{decorator_with, name_of, names_of, node_of, users};
use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::scope::Resolution;
use crate::subject::Subject;
use crate::syntax::function::{Parameter, ParameterKind, arguments, parameters, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "star-argument",
    doc: "`*x` or `**x` among the arguments of a call; `@target` is the `list_splat` or \
          `dictionary_splat`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("argument", SlotKind::Code, "the argument with its stars"),
    Slot::new("callee", SlotKind::Code, "what is called"),
    Slot::new("value", SlotKind::Code, "the expression behind the stars"),
    Slot::new("elements", SlotKind::Code, "the same behind one star, unless it is `collected`"),
    Slot::new("entries", SlotKind::Code, "the same behind two stars, unless it is `collected`"),
    Slot::new(
        "collected-tuple",
        SlotKind::Code,
        "the function whose `*args` is spread, if nothing else is done to it",
    ),
    Slot::new(
        "collected-dictionary",
        SlotKind::Code,
        "the function whose `**kwargs` is spread, if nothing else is done to it",
    ),
    Slot::new(
        "named",
        SlotKind::Codes,
        "other parameters of that function, whose arguments are not among the collected ones",
    ),
    Slot::new("count", SlotKind::Number, "how many elements, if it is a list or tuple display"),
    Slot::new("keywords", SlotKind::Codes, "the keywords written out in the call, for two stars"),
    Slot::new(
        "decorated",
        SlotKind::Codes,
        "the functions of the file that the callee stands for, as the parameter of a decorator",
    ),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let is_list = match kind(node) {
        Kind::ListSplat => true,
        Kind::DictionarySplat => false,
        _ => return None,
    };
    let call = subject.ancestors().nth(1).filter(|call| kind(*call) == Kind::Call)?;
    let value = *statements(node).first()?;
    let written = one_line(subject, value);
    let mut facts = Facts::of(SLOTS);
    facts.code("argument", one_line(subject, node)).code("value", &written);
    facts.code("callee", one_line(subject, call.child_in(Field::Function)?));
    match collected(subject, value, is_list) {
        Some((function, others)) => {
            let slot = if is_list { "collected-tuple" } else { "collected-dictionary" };
            facts.code(slot, name_of(subject, function)).codes("named", others);
        }
        None => {
            facts.code(if is_list { "elements" } else { "entries" }, &written);
        }
    }
    if let Some(count) = count(value) {
        facts.number("count", count);
    }
    if !is_list {
        let keywords = arguments(call)
            .into_iter()
            .filter(|argument| kind(*argument) == Kind::KeywordArgument)
            .filter_map(|argument| argument.child_in(Field::Name));
        facts.codes("keywords", keywords.map(|name| subject.text(name)));
    }
    facts.codes("decorated", decorated(subject, call));
    Some(facts)
}

/// The function around whose `*args` or `**kwargs` is `value`, spread as the call left it, and the
/// other parameters of it that take an argument of the call.
fn collected<'a>(
    subject: &Subject<'a>,
    value: Node<'a>,
    is_list: bool,
) -> Option<(Node<'a>, Vec<&'a str>)> {
    let (function, parameter, all) = star_parameter(subject, value)?;
    let (kind_wanted, beside) = if is_list {
        let beside = [ParameterKind::PositionalOnly, ParameterKind::PositionalOrKeyword];
        (ParameterKind::VarPositional, beside)
    } else {
        let beside = [ParameterKind::PositionalOrKeyword, ParameterKind::KeywordOnly];
        (ParameterKind::VarKeyword, beside)
    };
    if parameter.kind != kind_wanted || (!is_list && is_touched(subject, function, value)) {
        return None;
    }
    let others = all.iter().filter(|other| beside.contains(&other.kind));
    Some((function, others.map(|other| subject.text(other.name)).collect()))
}

/// The `*args` or `**kwargs` that an identifier can only be, with its function and all parameters
/// of that.
pub(super) fn star_parameter<'a>(
    subject: &Subject<'a>,
    identifier: Node<'_>,
) -> Option<(Node<'a>, Parameter<'a>, Vec<Parameter<'a>>)> {
    if kind(identifier) != Kind::Identifier {
        return None;
    }
    let scopes = subject.names().scopes(subject.item())?;
    let reference = scopes.reference_at(identifier.start_byte())?;
    let Resolution::Local(owner) = scopes.resolve(reference.scope, reference.name) else {
        return None;
    };
    let mut bindings = scopes.bindings(owner, reference.name);
    let binding = bindings.next().filter(|_| bindings.next().is_none())?;
    let function = node_of(subject, scopes, owner)?;
    if function.is_broken() {
        return None;
    }
    let all = parameters(function)?;
    let parameter = all.iter().copied().find(|parameter| {
        parameter.name.byte_range() == binding.at.range()
            && matches!(parameter.kind, ParameterKind::VarPositional | ParameterKind::VarKeyword)
    })?;
    Some((function, parameter, all))
}

/// True when the function may change the dictionary: it is used other than by being spread.
fn is_touched(subject: &Subject<'_>, function: Node<'_>, dictionary: Node<'_>) -> bool {
    let name = subject.text(dictionary);
    let mut touched = false;
    let body = function.child_in(Field::Body).unwrap_or(function);
    walk::until(body, |node| {
        let is_spread = kind(node) == Kind::DictionarySplat
            && statements(node).first().is_some_and(|inner| kind(*inner) == Kind::Identifier);
        touched |= kind(node) == Kind::Identifier && subject.text(node) == name;
        is_spread || touched
    });
    touched
}

/// The number of elements of a list or tuple display without stars in it.
fn count(value: Node<'_>) -> Option<usize> {
    matches!(kind(value), Kind::List | Kind::Tuple).then_some(())?;
    let elements = statements(value);
    elements.iter().all(|node| kind(*node) != Kind::ListSplat).then_some(elements.len())
}

/// The functions that a decorator's parameter stands for, when `call` calls it.
pub(super) fn decorated<'a>(subject: &Subject<'a>, call: Node<'a>) -> Vec<&'a str> {
    let functions = subject.ancestors().filter(|node| kind(*node) == Kind::FunctionDefinition);
    for function in functions {
        if let Some(decorator) = decorator_with(subject, function)
            && decorator.calls.iter().any(|inner| inner.node.id() == call.id())
        {
            return names_of(subject.names(), &users(subject.names(), &decorator));
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests;
