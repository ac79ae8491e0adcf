//! What generators know about a function with decorators.

use super::Evidence;

/// A function at module level whose name is bound by its decorated definition and nothing else, in
/// a file where that can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecoratedFunction {
    /// Its name as it is written.
    pub name: String,
    /// Line of the `def`, from 0.
    pub line: usize,
    /// From the top down; at least one.
    pub decorators: Vec<DecoratorLine>,
    /// What the function's own `__doc__` is.
    pub docstring: Docstring,
    /// What `inspect.signature` prints for the function without its decorators.
    pub signature: Option<String>,
    /// What its decorator makes of it, when it has one and that is certain.
    pub outcome: Option<Outcome>,
    /// The definition, and what `outcome` follows from.
    pub evidence: Evidence,
}

/// One line `@…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecoratorLine {
    /// The expression after `@` on one line.
    pub text: String,
    /// Its line, from 0.
    pub line: usize,
}

/// The value of a `__doc__`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Docstring {
    /// No docstring: `None`.
    Missing,
    /// A docstring of one line of plain text.
    Line(String),
    /// A docstring that is not worth or not safe to be written out.
    Other,
}

/// What decorating made of the name. The decorator is defined in this file and puts a wrapper in the
/// function's place; nothing else touches `__name__`, `__doc__` or `__wrapped__`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What the name is bound to.
    pub how: How,
    /// Name of the function after `@`, which is or makes the decorator.
    pub decorator: String,
    /// Line of its `def`, from 0.
    pub decorator_line: usize,
    /// What `inspect.signature` prints for it.
    pub decorator_signature: Option<String>,
    /// Name of the function that it returns and that then takes the decorated one, for a decorator
    /// with arguments.
    pub inner: Option<String>,
    /// The function that is returned in place of the decorated one.
    pub wrapper: Wrapper,
}

/// What a decorated name is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The wrapper, with its own metadata.
    Replaced,
    /// The wrapper, with the function's metadata by `functools.wraps(func)` with no other argument.
    Wrapped,
}

/// The function that a decorator defines and returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapper {
    /// Its name.
    pub name: String,
    /// Line of its `def`, from 0.
    pub line: usize,
    /// Its own docstring.
    pub docstring: Docstring,
    /// What `inspect.signature` prints for it without `functools.wraps`.
    pub signature: Option<String>,
}
