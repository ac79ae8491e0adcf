//! Names that one statement binds.

use super::{At, Definition, Object, Value, enter, expression};
use crate::facts::classes::Class;
use crate::facts::decoration::Decorated;
use crate::names::{Bound, Meaning};
use crate::scope::{Binding, BindingKind};
use crate::syntax::{Field, Kind, Node, function::statements, kind, quirks};
use crate::{Span, walk};

/// Decorators that return the function they get, or call it when they are called (Library
/// Reference, abc, functools and typing).
const UNCHANGED: &[&str] = &[
    "abc.abstractmethod",
    "functools.wraps",
    "typing.final",
    "typing.no_type_check",
    "typing.override",
];

pub(super) fn evaluate<'a>(at: At<'a>) -> Option<Value<'a>> {
    if let Some(name) = at.names.qualified(at.item, at.node) {
        return Value::new(Object::Named(name), at);
    }
    let bound = single(at)?;
    match bound.binding.kind {
        BindingKind::Function => function(at, bound),
        BindingKind::Class => {
            let class = Class::resolve(at.names, at.item, at.node)?;
            let definition = Definition { item: class.item, node: class.node };
            Value::new(Object::Class(definition), at.next(class.item, class.node))
        }
        _ => {
            let value = bound_value(at, bound)?;
            Some(Value { once: value.once && !bound.binding.conditional, ..value })
        }
    }
}

/// The one binding of the name that is more than a bare annotation.
fn single<'a>(at: At<'a>) -> Option<Bound<'a>> {
    let (Meaning::Local(_, mut bindings) | Meaning::Module(mut bindings)) =
        at.names.meaning(at.item, at.node)
    else {
        return None;
    };
    bindings.retain(|bound| bound.binding.kind != BindingKind::Declaration);
    let [bound] = bindings[..] else { return None };
    let Binding { scope, from, kind, .. } = *bound.binding;
    // A walrus in a comprehension binds in the scope around it.
    (scope == from || kind == BindingKind::NamedExpression).then_some(bound)
}

fn function<'a>(at: At<'a>, bound: Bound<'a>) -> Option<Value<'a>> {
    let node = at.names.node(bound).filter(|node| !node.is_broken())?;
    let at = at.next(bound.item, node);
    let is_plain = !bound.binding.conditional && is_unchanged(at, &[]);
    is_plain.then_some(())?;
    Value::new(Object::Function(at.definition()), at)
}

/// True when the definition has no decorator but those that return the function, of which the reader says
/// so, or that are in `also`.
pub(super) fn is_unchanged(at: At<'_>, also: &[&str]) -> bool {
    let Some(path) = path_to(at.names, at.item, at.node.byte_range().into()) else { return false };
    let Some(index) = path.iter().rposition(|node| *node == at.node) else { return false };
    let Some(around) = index.checked_sub(1).and_then(|index| path.get(index)) else { return false };
    if kind(*around) != Kind::DecoratedDefinition {
        return true;
    }
    Decorated::read(at.names, at.item, *around).is_some_and(|decorated| {
        decorated.all.iter().all(|one| {
            one.is(UNCHANGED)
                || one.is(also) && one.call.is_none()
                || one.name.as_deref().is_some_and(|name| at.names.keeps(name))
        })
    })
}

fn bound_value<'a>(at: At<'a>, bound: Bound<'a>) -> Option<Value<'a>> {
    let path = path_to(at.names, bound.item, bound.binding.node)?;
    let text = at.names.item(bound.item).text();
    if path.iter().any(|node| quirks::is_torn(*node, text)) {
        return None;
    }
    let node =
        *path.iter().rev().find(|node| Span::from(node.byte_range()) == bound.binding.node)?;
    let name = bound.binding.at;
    match bound.binding.kind {
        BindingKind::Assignment | BindingKind::AnnotatedAssignment => {
            let right = last_right(node)?;
            let part = part(Field::Left.of(node)?, right, name)?;
            expression::evaluate(at.next(bound.item, part))
        }
        BindingKind::NamedExpression => {
            expression::evaluate(at.next(bound.item, Field::Value.of(node)?))
        }
        BindingKind::With => enter::evaluate(at.next(bound.item, node), &path, name),
        _ => None,
    }
}

/// The value of `a = b = value`.
pub(super) fn last_right(mut assignment: Node<'_>) -> Option<Node<'_>> {
    loop {
        let right = Field::Right.of(assignment)?;
        if kind(right) != Kind::Assignment {
            return Some(right);
        }
        assignment = right;
    }
}

/// The part of the value that `target` gives to the name at `name`.
fn part<'a>(target: Node<'a>, value: Node<'a>, name: Span) -> Option<Node<'a>> {
    if Span::from(target.byte_range()) == name {
        return Some(value);
    }
    let is_list = |node| {
        matches!(kind(node), Kind::PatternList | Kind::TuplePattern | Kind::ExpressionList)
            || kind(node) == Kind::Tuple
    };
    if !is_list(target) || !is_list(value) {
        return None;
    }
    let (targets, values) = (statements(target), statements(value));
    let starred = |node: &Node<'_>| matches!(kind(*node), Kind::ListSplat | Kind::ListSplatPattern);
    if targets.len() != values.len() || targets.iter().chain(&values).any(starred) {
        return None;
    }
    let index = targets.iter().position(|one| Span::from(one.byte_range()) == name)?;
    values.get(index).copied()
}

/// From the root of the item to the node with these bytes, or the smallest around them.
pub(super) fn path_to<'a>(
    names: crate::names::Names<'a>,
    item: usize,
    span: Span,
) -> Option<Vec<Node<'a>>> {
    walk::path_to(names.item(item).tree()?.root_node(), span.start, span.end)
}
