//! Whether a wrapper gets the metadata of the function it wraps.

use super::shape::is_name_of;
use super::{Decorator, Metadata};
use crate::names::Names;
use crate::syntax::function::{arguments, decorators, own_nodes, statements};
use crate::syntax::{Field, Kind, Node, kind};

/// Reads the wrapper's decorators and what the decorator does with the wrapper.
pub(super) fn of<'a>(names: Names<'a>, decorator: &Decorator<'a>) -> Metadata<'a> {
    if let Some(decorated) = decorator.wrapper_decorated {
        return by_decorators(names, decorator, &decorators(decorated));
    }
    let mut found = Metadata::Own;
    own_nodes(decorator.function, |node| {
        let here = match kind(node) {
            Kind::Call => by_call(names, decorator, node),
            Kind::Attribute => by_attribute(names, decorator, node),
            _ => Metadata::Own,
        };
        let here = match here {
            Metadata::Copied(call) if !always_runs(decorator.function, call) => Metadata::Unknown,
            other => other,
        };
        if here != Metadata::Own {
            found = if found == Metadata::Own { here } else { Metadata::Unknown };
        }
    });
    found
}

/// True when the call is a statement of the function's body, or the value of one, outside every
/// branch.
fn always_runs(function: Node<'_>, call: Node<'_>) -> bool {
    let body = function.child_in(Field::Body).map(statements).unwrap_or_default();
    body.into_iter().any(|statement| {
        let value = match kind(statement) {
            Kind::ExpressionStatement | Kind::ReturnStatement => statement.named_child(0),
            _ => None,
        };
        let value = value
            .filter(|value| kind(*value) != Kind::Assignment)
            .or_else(|| value.and_then(|assignment| assignment.child_in(Field::Right)));
        value == Some(call)
    })
}

/// `@functools.wraps(func)` as the only decorator copies; of another, or of several, nothing is
/// known.
fn by_decorators<'a>(
    names: Names<'a>,
    decorator: &Decorator<'a>,
    all: &[Node<'a>],
) -> Metadata<'a> {
    let [one] = all else { return Metadata::Unknown };
    let copies = statements(*one).first().is_some_and(|call| is_wraps(names, decorator, *call));
    if copies { Metadata::Copied(*one) } else { Metadata::Unknown }
}

/// A call that gets the wrapper and the function may copy from one to the other;
/// `functools.update_wrapper(wrapper, func)` does.
fn by_call<'a>(names: Names<'a>, decorator: &Decorator<'a>, call: Node<'a>) -> Metadata<'a> {
    let given = arguments(call);
    let is_wrapper = |node: &Node<'a>| is_wrapper(names, decorator, *node);
    if !given.iter().any(is_wrapper) {
        return Metadata::Own;
    }
    let callee = call.child_in(Field::Function);
    let name = callee.and_then(|callee| names.qualified(decorator.item, callee));
    match given[..] {
        [wrapper, func]
            if name.as_deref() == Some("functools.update_wrapper")
                && is_wrapper(&wrapper)
                && is_func(names, decorator, func) =>
        {
            Metadata::Copied(call)
        }
        [_] => by_callee(names, decorator, call),
        _ => Metadata::Unknown,
    }
}

/// What a call that gets the wrapper alone may do. `functools.wraps(func)(wrapper)` copies; so may
/// the result of any other call, and any variable of the decorator, which may hold such a result.
fn by_callee<'a>(names: Names<'a>, decorator: &Decorator<'a>, call: Node<'a>) -> Metadata<'a> {
    let Some(callee) = call.child_in(Field::Function) else { return Metadata::Unknown };
    match kind(callee) {
        Kind::Identifier if names.is_variable_of(decorator.item, callee, decorator.function) => {
            Metadata::Unknown
        }
        Kind::Identifier | Kind::Attribute => Metadata::Own,
        Kind::Call if is_wraps(names, decorator, callee) => Metadata::Copied(call),
        _ => Metadata::Unknown,
    }
}

/// `functools.wraps(func)`.
fn is_wraps<'a>(names: Names<'a>, decorator: &Decorator<'a>, call: Node<'a>) -> bool {
    let callee = call.child_in(Field::Function);
    kind(call) == Kind::Call
        && callee.and_then(|callee| names.qualified(decorator.item, callee)).as_deref()
            == Some("functools.wraps")
        && matches!(arguments(call)[..], [func] if is_func(names, decorator, func))
}

/// `wrapper.__name__`, `wrapper.__dict__` and the like: read or written, someone takes care of it.
fn by_attribute<'a>(
    names: Names<'a>,
    decorator: &Decorator<'a>,
    attribute: Node<'a>,
) -> Metadata<'a> {
    let parts = attribute.child_in(Field::Object).zip(attribute.child_in(Field::Attribute));
    let special = parts.is_some_and(|(object, name)| {
        is_wrapper(names, decorator, object) && decorator.text(name).starts_with("__")
    });
    if special { Metadata::Unknown } else { Metadata::Own }
}

fn is_wrapper<'a>(names: Names<'a>, decorator: &Decorator<'a>, node: Node<'a>) -> bool {
    is_name_of(names, decorator.item, node, decorator.function, decorator.wrapper)
}

fn is_func<'a>(names: Names<'a>, decorator: &Decorator<'a>, node: Node<'a>) -> bool {
    kind(node) == Kind::Identifier
        && decorator.text(node) == decorator.func
        && names.is_variable_of(decorator.item, node, decorator.function)
}
