//! What calls of functions and classes of other files give.

use super::attribute::Looked;
use super::call::of_function;
use super::name::is_unchanged;
use super::{At, Object, Value, makes_only_instances};
use crate::facts::classes::Class;
use crate::names::{Bound, Definition, Names};
use crate::scope::BindingKind;
use crate::syntax::{Field, Kind, Node, kind};

/// What a call of something that another file of the workspace defines gives.
#[derive(Clone, Debug)]
pub(crate) struct Elsewhere<'a> {
    /// The names of the file to which the definition in `object` belongs.
    pub names: Names<'a>,
    /// What it is.
    pub object: Object<'a>,
    /// Index of the item with `node`, in the file that was asked about.
    pub item: usize,
    /// The `call`.
    pub node: Node<'a>,
}

/// What the expression `node` of the item evaluates to, if that is what a call of a function, a
/// class or a method of another file gives. Nothing when that is not certain, and nothing for what
/// [`super::of`] finds in the file itself.
pub(crate) fn elsewhere<'a>(
    names: Names<'a>,
    item: usize,
    node: Node<'a>,
) -> Option<Elsewhere<'a>> {
    // Without a place no import can be followed.
    names.site()?;
    if let Some(found) = method_call(names, item, node) {
        return Some(found);
    }
    let value = super::of(names, item, node)?;
    let call = value.call().filter(|_| matches!(value.object, Object::Called(_)))?;
    let callee = Field::Function.of(call)?;
    let Definition { names: there, bound } = names.definition_anywhere(value.item, callee)?;
    let object = match bound.binding.kind {
        BindingKind::Class => instance(names, value.item, callee)?,
        BindingKind::Function => function(there, bound)?,
        _ => return None,
    };
    Some(Elsewhere { names: there, object, item: value.item, node: call })
}

/// What a call of the class that the expression is makes.
fn instance<'a>(names: Names<'a>, item: usize, callee: Node<'_>) -> Option<Object<'a>> {
    let class = Class::imported(names, item, callee).filter(|it| makes_only_instances(*it))?;
    Some(Object::Instance(super::Definition { item: class.item, node: class.node }))
}

/// What the expression evaluates to by [`super::of`], or else by [`elsewhere`].
pub(crate) fn anywhere<'a>(names: Names<'a>, item: usize, node: Node<'a>) -> Option<Elsewhere<'a>> {
    elsewhere(names, item, node).or_else(|| {
        let Value { object, item, node, .. } = super::of(names, item, node)?;
        Some(Elsewhere { names, object, item, node })
    })
}

fn function<'a>(names: Names<'a>, bound: Bound<'a>) -> Option<Object<'a>> {
    let node = names.node(bound).filter(|node| !node.is_broken())?;
    let at = At { names, item: bound.item, node, step: 0, depth: 0 };
    let is_plain = !bound.binding.conditional && is_unchanged(at, &[]);
    is_plain.then(|| of_function(at.definition()))
}

/// `c.m(…)` for an instance `c` of a class of another file.
fn method_call<'a>(names: Names<'a>, item: usize, node: Node<'a>) -> Option<Elsewhere<'a>> {
    let callee = Field::Function.of(node).filter(|_| kind(node) == Kind::Call)?;
    let object = Field::Object.of(callee).filter(|_| kind(callee) == Kind::Attribute)?;
    let owner = elsewhere(names, item, object)?;
    let Object::Instance(class) = owner.object else { return None };
    let there = owner.names;
    let name = names.item(item).text().get(Field::Attribute.of(callee)?.byte_range())?;
    // What this file sets on some object may be set on that one.
    names.items_with_attribute(name)?.is_empty().then_some(())?;
    let at = At { names: there, item: class.item, node: class.node, step: 0, depth: 0 };
    let looked = Looked::exactly(Class::new(there, class.item, class.node)?);
    let object = of_function(looked.method(at, name)?);
    Some(Elsewhere { names: there, object, item, node })
}
