//! What the methods of a class do with attributes of `self`.

use super::super::classes::Class;
use crate::builtins::CHANGING_METHODS;
use crate::names::Receiver;
use crate::syntax::{Field, Kind, Node, kind};
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

/// Everything that the methods of the class write through `self`, in order of position.
pub(in crate::facts) fn writes<'a>(class: Class<'a>) -> Vec<Write<'a>> {
    written(class, None)
}

/// What they write through `self` to the attribute of this name.
pub(in crate::facts) fn writes_of<'a>(class: Class<'a>, name: &str) -> Vec<Write<'a>> {
    written(class, Some(name))
}

fn written<'a>(class: Class<'a>, only: Option<&str>) -> Vec<Write<'a>> {
    let mut found = Found { class, only, all: Vec::new() };
    walk::until(class.node, |node| {
        match kind(node) {
            Kind::Assignment => found.targets(node),
            Kind::AugmentedAssignment => {
                if let Some(left) = Field::Left.of(node) {
                    let (node, access) = match kind(left) {
                        Kind::Subscript => (left.child_in(Field::Value), Access::Changed),
                        _ => (Some(left), Access::Augmented),
                    };
                    found.push(node, access);
                }
            }
            Kind::Call => {
                let callee = node.child_in(Field::Function);
                if let Some(callee) = callee.filter(|callee| kind(*callee) == Kind::Attribute)
                    && let Some(method) = callee.child_in(Field::Attribute)
                    && CHANGING_METHODS.contains(&&class.text()[method.byte_range()])
                {
                    found.push(callee.child_in(Field::Object), Access::Changed);
                }
            }
            _ => {}
        }
        false
    });
    found.all
}

/// What was found so far.
struct Found<'a, 'n> {
    class: Class<'a>,
    /// The only name that is asked about.
    only: Option<&'n str>,
    all: Vec<Write<'a>>,
}

impl<'a> Found<'a, '_> {
    fn targets(&mut self, assignment: Node<'a>) {
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
                self.push(node.child_in(Field::Value), Access::Changed);
                true
            }
            _ => {
                self.push(Some(node), Access::Assigned);
                true
            }
        });
    }

    fn push(&mut self, node: Option<Node<'a>>, access: Access) {
        let Some(node) = node.filter(|node| kind(*node) == Kind::Attribute) else { return };
        let (Some(object), Some(name)) = (Field::Object.of(node), Field::Attribute.of(node)) else {
            return;
        };
        let name = &self.class.text()[name.byte_range()];
        if self.only.is_some_and(|only| only != name) {
            return;
        }
        let receiver = self.class.names.receiver(self.class.item, object);
        if receiver == Some(Receiver::Instance(self.class.node)) {
            self.all.push(Write { name, node, access });
        }
    }
}
