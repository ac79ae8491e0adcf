//! What a function that makes decorators does: the shape of its definition, and where the file
//! uses it.
//!
//! The shape is the closed one of the textbooks: a function takes a function and returns a nested
//! one that calls it, maybe made by a factory. Whatever differs is not described here, and facts
//! that need the shape are left out.

mod given;
mod metadata;
mod outcome;
mod shape;
mod users;

use crate::modules::Line;
use crate::names::Names;
use crate::syntax::{Field, Node, function::parameters};

pub use given::{Given, Giver, given};
pub use outcome::{Applied, Function, Outcome, applied, outcome};
pub use shape::read;
pub use users::{User, users, uses_as_decorator};

/// A decorator and where it is defined.
#[derive(Clone, Debug)]
pub struct Decorator<'a> {
    /// The names of the file that defines it, to which its item and nodes belong.
    pub names: Names<'a>,
    /// Index of the item it is defined in.
    pub item: usize,
    /// The function whose call with arguments makes the decorator, if there is one.
    pub factory: Option<Node<'a>>,
    /// The function that takes a function.
    pub function: Node<'a>,
    /// The parameter that the wrapper calls.
    pub func: &'a str,
    /// The nested function that calls it.
    pub wrapper: Node<'a>,
    /// The `decorated_definition` around the wrapper, if it has decorators.
    pub wrapper_decorated: Option<Node<'a>>,
    /// The calls of `func` in the wrapper, in order.
    pub calls: Vec<Inner<'a>>,
    /// What comes back for the function.
    pub gives: Gives<'a>,
    /// Whether the wrapper gets the function's metadata.
    pub metadata: Metadata<'a>,
}

/// A call of the decorated function.
#[derive(Clone, Copy, Debug)]
pub struct Inner<'a> {
    /// The `call`.
    pub node: Node<'a>,
    /// True when it runs as part of the wrapper's own body, not in a function nested in it.
    pub own: bool,
}

/// What a decorator returns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gives<'a> {
    /// The wrapper, on every way.
    Wrapper,
    /// The result of calling the wrapper, on every way; the first such call.
    WrapperCall(Node<'a>),
    /// Nothing: no `return` with a value, and the end of the body can be reached.
    Nothing,
    /// Anything else.
    Other,
}

/// Whether the wrapper carries the metadata of the function (`functools.WRAPPER_ASSIGNMENTS`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Metadata<'a> {
    /// It has its own.
    Own,
    /// `functools.wraps(func)` or `functools.update_wrapper(wrapper, func)` copies it; the
    /// decorator or the call.
    Copied(Node<'a>),
    /// Something happens to the wrapper that may or may not copy it.
    Unknown,
}

impl<'a> Decorator<'a> {
    /// The function that the file knows the decorator by: the factory, or the decorator itself.
    pub fn outer(&self) -> Node<'a> {
        self.factory.unwrap_or(self.function)
    }

    /// True when a call with one argument hands that over as the function, as `@` does.
    pub fn takes_one(&self) -> bool {
        let Some(all) = parameters(self.function) else { return false };
        let needed = all.iter().filter(|one| !one.is_optional()).count();
        needed <= 1 && all.first().is_some_and(|one| self.text(one.name) == self.func)
    }

    /// The text of a node of its item.
    pub fn text(&self, node: Node<'_>) -> &'a str {
        &self.names.item(self.item).text()[node.byte_range()]
    }

    /// The name of one of its functions.
    pub fn name_of(&self, function: Node<'_>) -> &'a str {
        function.child_in(Field::Name).map_or("", |name| self.text(name))
    }

    /// The line on which a node of its item starts.
    pub fn line(&self, node: Node<'_>) -> Line {
        self.names.line(self.item, node)
    }
}

#[cfg(test)]
mod tests;
