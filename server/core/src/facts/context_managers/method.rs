//! The methods of the protocol where they are defined.

use super::describe::line_in;
use super::users::entries;
use crate::facts::around::is_decorated;
use crate::facts::classes::Class;
use crate::facts::{Facts, Value};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{ParameterKind, parameters};
use crate::syntax::{Field, Kind, Node, kind};

/// The method that the subject is, the only binding of its name in the class body.
pub(crate) struct Own<'a> {
    pub class: Class<'a>,
    pub function: Node<'a>,
    pub name: &'a str,
    /// It belongs to `async with`.
    pub awaited: bool,
}

/// The subject, if it is a method with one of these names, for `with` and for `async with`.
pub(crate) fn own<'a>(subject: &Subject<'a>, names: [&str; 2]) -> Option<Own<'a>> {
    let function = subject.node();
    let name = subject.text(function.child_in(Field::Name)?);
    let awaited = names.iter().position(|other| *other == name)? == 1;
    let around = subject
        .ancestors()
        .find(|node| !matches!(kind(*node), Kind::Block | Kind::DecoratedDefinition))?;
    let class = Class::new(subject.names(), subject.item(), around)?;
    let bindings = subject.names().bindings_in(subject.item(), around, name);
    let is_the_one = matches!(bindings[..], [one] if one.kind == BindingKind::Function
        && !one.conditional
        && one.node.range() == function.byte_range());
    (is_the_one && !function.is_broken() && !is_decorated(function)).then_some(Own {
        class,
        function,
        name,
        awaited,
    })
}

/// True when the method can be called with so many arguments behind `self`.
pub(crate) fn takes(function: Node<'_>, count: usize) -> bool {
    let Some(parameters) = parameters(function) else { return true };
    let is_positional = |kind: ParameterKind| {
        matches!(kind, ParameterKind::PositionalOnly | ParameterKind::PositionalOrKeyword)
    };
    let positional: Vec<_> =
        parameters.iter().filter(|parameter| is_positional(parameter.kind)).collect();
    let required = positional.iter().filter(|parameter| parameter.default.is_none()).count();
    let has = |kind| parameters.iter().any(|parameter| parameter.kind == kind);
    let needs_keyword = parameters
        .iter()
        .any(|one| one.kind == ParameterKind::KeywordOnly && one.default.is_none());
    let is_enough = positional.len() > count || has(ParameterKind::VarPositional);
    required <= count + 1 && is_enough && !needs_keyword
}

/// Sets the lines of the `with` statements that call the class.
pub(crate) fn set_entries(subject: &Subject<'_>, own: &Own<'_>, facts: &mut Facts) {
    let found = entries(own.class, own.awaited);
    let mut lines: Vec<_> =
        found.iter().map(|entry| line_in(subject, entry.item, entry.with)).collect();
    lines.sort_unstable();
    lines.dedup();
    facts.set("entered", Value::Lines(lines));
}
