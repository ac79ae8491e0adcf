//! What the methods of a class do with attributes of `self`.

use tree_sitter::Node;

use super::super::classes::Class;
use crate::names::Receiver;
use crate::syntax::{Field, Kind, kind};
use crate::walk;

/// How an attribute is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::facts) enum Access {
    /// `self.x = …`, also in a tuple.
    Assigned,
    /// `self.x += …`.
    Augmented,
    /// `self.x.append(…)`, `self.x[k] = …`: the object is changed.
    Changed,
}

/// One place.
#[derive(Clone, Copy, Debug)]
pub(in crate::facts) struct Write<'a> {
    /// The attribute, mangled if it is private.
    pub name: &'a str,
    /// The `attribute`.
    pub node: Node<'a>,
    /// What happens to it.
    pub access: Access,
}

/// Methods of the builtin mutable types that change the object (Library Reference, Built-in Types).
const CHANGING: &[&str] = &[
    "add",
    "append",
    "clear",
    "discard",
    "extend",
    "insert",
    "pop",
    "popitem",
    "remove",
    "reverse",
    "setdefault",
    "sort",
    "update",
];

/// Everything that the methods of the class write through `self`, in order of position.
pub(in crate::facts) fn writes<'a>(class: Class<'a>) -> Vec<Write<'a>> {
    let mut found = Vec::new();
    walk::until(class.node, |node| {
        match kind(node) {
            Kind::Assignment => targets(class, node, &mut found),
            Kind::AugmentedAssignment => {
                if let Some(left) = Field::Left.of(node) {
                    let (node, access) = match kind(left) {
                        Kind::Subscript => (left.child_by_field_name("value"), Access::Changed),
                        _ => (Some(left), Access::Augmented),
                    };
                    push(class, node, access, &mut found);
                }
            }
            Kind::Call => {
                let callee = node.child_by_field_name("function");
                if let Some(callee) = callee.filter(|callee| kind(*callee) == Kind::Attribute)
                    && let Some(method) = callee.child_by_field_name("attribute")
                    && CHANGING.contains(&&class.text()[method.byte_range()])
                {
                    push(class, callee.child_by_field_name("object"), Access::Changed, &mut found);
                }
            }
            _ => {}
        }
        false
    });
    found
}

fn targets<'a>(class: Class<'a>, assignment: Node<'a>, found: &mut Vec<Write<'a>>) {
    // `self.x: int` without a value assigns nothing.
    if Field::Right.of(assignment).is_none() {
        return;
    }
    let Some(left) = Field::Left.of(assignment) else { return };
    walk::until(left, |node| match kind(node) {
        Kind::PatternList | Kind::TuplePattern | Kind::ListPattern | Kind::ListSplatPattern => {
            false
        }
        Kind::Subscript => {
            push(class, node.child_by_field_name("value"), Access::Changed, found);
            true
        }
        _ => {
            push(class, Some(node), Access::Assigned, found);
            true
        }
    });
}

fn push<'a>(class: Class<'a>, node: Option<Node<'a>>, access: Access, found: &mut Vec<Write<'a>>) {
    let Some(node) = node.filter(|node| kind(*node) == Kind::Attribute) else { return };
    let (Some(object), Some(name)) =
        (node.child_by_field_name("object"), node.child_by_field_name("attribute"))
    else {
        return;
    };
    let receiver = class.names.receiver(class.item, object);
    if receiver == Some(Receiver::Instance(class.node)) {
        found.push(Write { name: &class.text()[name.byte_range()], node, access });
    }
}
