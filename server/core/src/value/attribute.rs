//! Attributes of instances of the file's classes.

use super::name::{is_unchanged, last_right, path_to};
use super::{At, Builtin, Definition, Object, Value, expression};
use crate::facts::classes::{Class, Lookup, Own};
use crate::facts::decoration::surroundings;
use crate::names::{Bound, Names, Receiver};
use crate::scope::BindingKind;
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

/// More classes below one than this are not looked at.
const MAX_SUBCLASSES: usize = 50;

pub(super) fn evaluate<'a>(at: At<'a>) -> Option<Value<'a>> {
    if let Some(name) = at.names.qualified(at.item, at.node) {
        return Value::new(Object::Named(name), at);
    }
    let name = at.text().get(Field::Attribute.of(at.node)?.byte_range())?;
    let Owner::Class(owner) = owner(at)? else { return None };
    match stores(at.names, name)?[..] {
        [] => owner.class_variable(at, name),
        [store] => owner.instance_variable(at, name, store),
        _ => None,
    }
}

/// What stands before the dot.
pub(super) enum Owner<'a> {
    /// A class of the file, or an instance of it.
    Class(Looked<'a>),
    /// An instance of a builtin type.
    Builtin(Builtin),
}

/// What stands before the dot of the `attribute`.
pub(super) fn owner<'a>(at: At<'a>) -> Option<Owner<'a>> {
    let object = Field::Object.of(at.node)?;
    let (item, node, exact) = match at.names.receiver(at.item, object) {
        Some(Receiver::Instance(class) | Receiver::Class(class)) => (at.item, class, false),
        Some(Receiver::Super(_)) => return None,
        None => match expression::evaluate(at.part(object))?.object {
            Object::Instance(class) | Object::Class(class) => (class.item, class.node, true),
            Object::Builtin(kind) => return Some(Owner::Builtin(kind)),
            _ => return None,
        },
    };
    Some(Owner::Class(Looked { class: Class::new(at.names, item, node)?, exact }))
}

/// The class that an attribute is looked up in.
pub(super) struct Looked<'a> {
    class: Class<'a>,
    /// False when the object may be of a subclass.
    exact: bool,
}

/// Where the file assigns an attribute.
#[derive(Clone, Copy)]
struct Store<'a> {
    item: usize,
    /// The `attribute`.
    node: Node<'a>,
}

impl<'a> Looked<'a> {
    /// For an instance of this class, and of no subclass.
    pub(super) fn exactly(class: Class<'a>) -> Self {
        Self { class, exact: true }
    }

    /// The method of that name, if it can only be a function of the file.
    pub(super) fn method(&self, at: At<'a>, name: &str) -> Option<Definition<'a>> {
        let Lookup::Found(class, binding) = self.class.lookup(name) else { return None };
        let bindings = at.names.bindings_in(class.item, class.node, name);
        let is_only = binding.kind == BindingKind::Function && bindings.len() == 1;
        if !is_only || !self.is_not_overridden(name) || !stores(at.names, name)?.is_empty() {
            return None;
        }
        let node = at.names.node(Bound { item: class.item, binding })?;
        let function = at.next(class.item, node);
        let is_plain = is_unchanged(function, &["builtins.staticmethod", "builtins.classmethod"]);
        (is_plain && !node.is_broken()).then_some(function.definition())
    }

    /// True when no class of the file below this one binds the name.
    fn is_not_overridden(&self, name: &str) -> bool {
        if self.exact {
            return true;
        }
        let mut pending = self.class.subclasses();
        let mut seen = 0;
        while let Some(class) = pending.pop() {
            seen += 1;
            if seen > MAX_SUBCLASSES || !matches!(class.own(name), Own::No) {
                return false;
            }
            pending.extend(class.subclasses());
        }
        true
    }

    /// `x = …` in the class body, which nothing sets on an instance.
    fn class_variable(&self, at: At<'a>, name: &str) -> Option<Value<'a>> {
        // A dataclass and the like set it on each instance.
        if !self.class.is_plain()
            || self.class.decorated().is_some()
            || !self.is_not_overridden(name)
        {
            return None;
        }
        let Own::Yes(binding) = self.class.own(name) else { return None };
        let bindings = at.names.bindings_in(self.class.item, self.class.node, name);
        let is_assigned =
            matches!(binding.kind, BindingKind::Assignment | BindingKind::AnnotatedAssignment);
        let value = self.class.value_of(binding).filter(|_| is_assigned && bindings.len() == 1)?;
        expression::evaluate(at.next(self.class.item, value))
    }

    /// `self.x = …` in the `__init__` of the class.
    fn instance_variable(&self, at: At<'a>, name: &str, store: Store<'a>) -> Option<Value<'a>> {
        let is_free = matches!(self.class.lookup(name), Lookup::Absent)
            && matches!(self.class.lookup("__setattr__"), Lookup::Absent)
            && self.is_not_overridden(name);
        let Own::Yes(init) = self.class.own("__init__") else { return None };
        let inits = at.names.bindings_in(self.class.item, self.class.node, "__init__");
        if !is_free || init.kind != BindingKind::Function || inits.len() != 1 {
            return None;
        }
        let path = path_to(at.names, store.item, store.node.byte_range().into())?;
        let (around, conditional) = surroundings(&path[..path.len() - 1]);
        let is_in_init = store.item == self.class.item
            && around.is_some_and(|around| init.node == around.byte_range().into())
            && is_unchanged(at.next(store.item, around?), &[]);
        let object = Field::Object.of(store.node)?;
        let is_self =
            at.names.receiver(store.item, object) == Some(Receiver::Instance(self.class.node));
        let assignment = *path.iter().rev().find(|node| kind(**node) == Kind::Assignment)?;
        let is_plain = Field::Left.of(assignment) == Some(store.node);
        if !is_in_init || !is_self || !is_plain {
            return None;
        }
        let value = last_right(assignment)?;
        let value = expression::evaluate(at.next(store.item, value))?;
        Some(Value { once: value.once && !conditional, ..value })
    }
}

/// Every assignment to an attribute of that name in the file, on whatever it is. Nothing when there
/// may be others.
fn stores<'a>(names: Names<'a>, attribute: &str) -> Option<Vec<Store<'a>>> {
    let mut found = Vec::new();
    for index in names.items_with_attribute(attribute)? {
        let item = names.item(index);
        let root = item.tree()?.root_node();
        (!root.is_broken()).then_some(())?;
        for at in item.scopes()?.stores_of(attribute) {
            let node = *walk::path_to(root, at.start, at.end)?.last()?;
            (kind(node) == Kind::Attribute && at == node.byte_range().into()).then_some(())?;
            found.push(Store { item: index, node });
        }
    }
    Some(found)
}
