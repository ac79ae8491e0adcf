//! What a decorator gives for the function or class that it gets, whatever its shape.

use super::Function;
use super::shape::{is_bound_once, is_name_of};
use super::users::is_decorated;
use crate::names::{Definition, Names};
use crate::scope::BindingKind;
use crate::syntax::function::{
    Nested, ParameterKind, decorators, is_async, is_generator, nested_functions, own_nodes,
    parameters, returned, returns, statements,
};
use crate::syntax::{Field, Kind, Node, flow::never_ends, kind};

/// A decorator line, and what comes back for what stands below.
#[derive(Clone, Copy, Debug)]
pub struct Giver<'a> {
    /// The function that the line names.
    pub function: Function<'a>,
    /// What comes back.
    pub gives: Given<'a>,
}

/// What comes back for a decorated function or class, on every way that ends.
#[derive(Clone, Copy, Debug)]
pub enum Given<'a> {
    /// The same object.
    Same,
    /// `None`.
    Nothing,
    /// A function that is defined in the decorator.
    Nested(Function<'a>),
    /// A class that is defined in the decorator; the node is its `class_definition`.
    Class(Function<'a>),
}

/// What a decorator line does, if it names a function of the workspace that has no decorators.
pub fn given<'a>(names: Names<'a>, item: usize, decorator: Node<'a>) -> Option<Giver<'a>> {
    let expression = *statements(decorator).first()?;
    let (callee, called) = match kind(expression) {
        Kind::Identifier | Kind::Attribute => (expression, false),
        Kind::Call => (Field::Function.of(expression)?, true),
        _ => return None,
    };
    let Definition { names, bound } = names.definition_anywhere(item, callee)?;
    let is_plain = bound.binding.kind == BindingKind::Function && !bound.binding.conditional;
    let node = names.node(bound).filter(|node| is_plain && !node.is_broken())?;
    let item = bound.item;
    (!is_decorated(names, item, node)).then_some(())?;
    let function = Function { names, item, node };
    let gives = if called {
        let inner = returned_function(function).filter(|inner| inner.decorated.is_none())?;
        of_argument(Function { node: inner.function, ..function })?
    } else {
        of_argument(function)?
    };
    Some(Giver { function, gives })
}

/// What the function gives when it is called with one argument.
fn of_argument(function: Function<'_>) -> Option<Given<'_>> {
    let Function { names, item, node } = function;
    is_called_at_once(node).then_some(())?;
    let all = parameters(node)?;
    let (first, rest) = all.split_first()?;
    let is_positional =
        matches!(first.kind, ParameterKind::PositionalOnly | ParameterKind::PositionalOrKeyword);
    (is_positional && rest.iter().all(|other| other.is_optional())).then_some(())?;
    let text = names.item(item).text();
    let name = &text[first.name.byte_range()];
    let something = |statement| returned(statement).filter(|value| kind(*value) != Kind::None);
    let values: Vec<Option<Node<'_>>> = returns(node).into_iter().map(something).collect();
    let ends = !never_ends(Field::Body.of(node)?);
    if values.iter().all(Option::is_none) {
        return (ends || !values.is_empty()).then_some(Given::Nothing);
    }
    if ends {
        return None;
    }
    let is_argument = |value: &Option<Node<'_>>| {
        value.is_some_and(|value| {
            kind(value) == Kind::Identifier
                && &text[value.byte_range()] == name
                && names.is_variable_of(item, value, node)
        })
    };
    if values.iter().all(is_argument) {
        return (names.bindings_in(item, node, name).len() == 1).then_some(Given::Same);
    }
    let Some(nested) = returned_function(function) else {
        let class = returned_class(function, &values)?;
        return Some(Given::Class(Function { node: class, ..function }));
    };
    let is_it = nested.decorated.is_none_or(|it| only_copies(names, item, it));
    is_it.then_some(Given::Nested(Function { node: nested.function, ..function }))
}

/// The class without decorators that is defined in the function, if all of these values are its name.
fn returned_class<'a>(function: Function<'a>, values: &[Option<Node<'a>>]) -> Option<Node<'a>> {
    let Function { names, item, node } = function;
    let mut classes = Vec::new();
    own_nodes(node, |node| {
        if kind(node) == Kind::ClassDefinition {
            classes.push(node);
        }
    });
    classes.into_iter().find(|class| {
        let is_it = |value: &Option<Node<'_>>| {
            value.is_some_and(|it| is_name_of(names, item, it, node, *class))
        };
        values.iter().all(is_it)
            && is_bound_once(names, item, node, *class)
            && !is_decorated(names, item, *class)
    })
}

/// The nested function that a function returns on every way.
fn returned_function<'a>(function: Function<'a>) -> Option<Nested<'a>> {
    let Function { names, item, node } = function;
    is_called_at_once(node).then_some(())?;
    let values: Vec<Node<'_>> = returns(node).into_iter().map(returned).collect::<Option<_>>()?;
    (!values.is_empty() && never_ends(Field::Body.of(node)?)).then_some(())?;
    nested_functions(node).into_iter().find(|nested| {
        let is_it = |value: &Node<'_>| is_name_of(names, item, *value, node, nested.function);
        values.iter().all(is_it) && is_bound_once(names, item, node, nested.function)
    })
}

/// False for functions whose call gives a coroutine or a generator.
fn is_called_at_once(function: Node<'_>) -> bool {
    !is_async(function) && !is_generator(function)
}

/// True when all decorators are `functools.wraps(…)`, which returns what it gets.
fn only_copies<'a>(names: Names<'a>, item: usize, decorated: Node<'a>) -> bool {
    decorators(decorated).into_iter().all(|line| {
        let call = statements(line).first().copied().filter(|it| kind(*it) == Kind::Call);
        let callee = call.and_then(|call| Field::Function.of(call));
        let name = callee.and_then(|callee| names.qualified(item, callee));
        name.as_deref() == Some("functools.wraps")
    })
}
