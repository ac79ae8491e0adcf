//! What an expression evaluates to, as far as the file tells.
//!
//! ```
//! use pygloss_core::value::{self, Object};
//! use pygloss_core::{Document, names::Names, names::node_with};
//! let document = Document::new("from collections import deque\nq = deque()\nprint(q)\n");
//! let root = document.items()[2].tree().unwrap().root_node();
//! let node = node_with(root, (6..7).into()).unwrap();
//! let value = value::of(Names::new(&document), 2, node).unwrap();
//! assert_eq!(value.object, Object::Called("collections.deque".to_owned()));
//! ```
//!
//! A provider asks [`of`] about a node, gets a [`Value`] or nothing, and looks at its
//! [`object`](Value::object):
//!
//! - [`Value::made_by`] is the key for tables of the standard library: `builtins.list` for a
//!   display, a comprehension or a call of `list`, `collections.deque` for `deque(…)`.
//! - [`Value::node`] in [`Value::item`] is where the value comes from: the display, the call that
//!   made it, the definition. So the arguments of the `deque(…)` behind a name are at hand.
//! - [`Value::once`] tells whether that place is run at most once per run of its scope. A fact about
//!   the *type* does not need it; one about the *object*, such as "this generator was used up
//!   before", does.
//!
//! # What is followed
//!
//! - A name that one statement of the file binds and none deletes, rebinds, augments or declares
//!   `global` or `nonlocal` elsewhere: `x = …`, `x: T = …`, `(x := …)`, `x, y = …, …`, `with … as x`
//!   where `__enter__` returns the manager, a definition, an import. A name that is bound in a
//!   branch only is either unbound or has that value.
//! - `self.x`, and `c.x` for an instance `c` of a class of the file, if the one assignment to an
//!   attribute `x` of anything in the whole file is that in the `__init__` of the class, or if there
//!   is none and the class body binds it once. No class above may bind it, and none below.
//! - Calls of functions, methods and classes of the file, and of dotted names.
//!
//! Parameters, loop variables, decorated functions, subscripts, and whatever else may be two things
//! are nothing.

mod attribute;
mod call;
mod elsewhere;
mod enter;
mod expression;
mod name;

pub(crate) use call::makes_only_instances;
pub(crate) use elsewhere::{Elsewhere, anywhere, elsewhere};

use crate::syntax::Node;

use crate::names::Names;

/// Names and attributes are followed this many steps.
const MAX_STEPS: usize = 8;

/// Expressions inside each other are followed this far, over all steps.
const MAX_DEPTH: usize = 50;

/// The value of an expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Value<'a> {
    /// What it is.
    pub object: Object<'a>,
    /// Index of the item with `node`.
    pub item: usize,
    /// The expression or definition that makes it, or for a dotted name the expression that names
    /// it.
    pub node: Node<'a>,
    /// False when it is bound in a branch or loop on the way, so that there may be none, or several
    /// over time.
    pub once: bool,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object<'a> {
    /// An instance of exactly this builtin type.
    Builtin(Builtin),
    /// A module, class, function or anything else from elsewhere, by its dotted name.
    Named(String),
    /// What a call of the thing with this dotted name returns. For a class that is an instance, but
    /// whether it is one is for a table to say.
    Called(String),
    /// A function of the file without decorators that change it.
    Function(Definition<'a>),
    /// A `lambda`.
    Lambda,
    /// A class of the file.
    Class(Definition<'a>),
    /// An instance of a class of the file, not of a subclass; `node` is the `class_definition`, or
    /// the `call` of `collections.namedtuple` or `typing.NamedTuple` that makes the class.
    Instance(Definition<'a>),
    /// A generator of this function of the file, or of this generator expression.
    Generator(Definition<'a>),
    /// An asynchronous generator, likewise.
    AsyncGenerator(Definition<'a>),
    /// A coroutine of this `async def` of the file.
    Coroutine(Definition<'a>),
    /// What this function of the file returns to its caller, or, if it is an `async def`, to an
    /// `await`.
    Returned(Definition<'a>),
}

/// A definition of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition<'a> {
    /// Index of the item.
    pub item: usize,
    /// The `function_definition`, `class_definition`, generator expression or call.
    pub node: Node<'a>,
}

/// A type of the `builtins` module whose instances displays, literals and calls make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Builtin {
    Bool,
    Bytearray,
    Bytes,
    Complex,
    Dict,
    Float,
    Frozenset,
    Int,
    List,
    None,
    Set,
    Str,
    Tuple,
}

impl Builtin {
    /// The dotted name of the type.
    pub fn qualified(self) -> &'static str {
        match self {
            Self::Bool => "builtins.bool",
            Self::Bytearray => "builtins.bytearray",
            Self::Bytes => "builtins.bytes",
            Self::Complex => "builtins.complex",
            Self::Dict => "builtins.dict",
            Self::Float => "builtins.float",
            Self::Frozenset => "builtins.frozenset",
            Self::Int => "builtins.int",
            Self::List => "builtins.list",
            Self::None => "types.NoneType",
            Self::Set => "builtins.set",
            Self::Str => "builtins.str",
            Self::Tuple => "builtins.tuple",
        }
    }

    /// True for the types whose instances can change.
    pub fn is_mutable(self) -> bool {
        matches!(self, Self::Bytearray | Self::Dict | Self::List | Self::Set)
    }
}

impl<'a> Value<'a> {
    /// The dotted name of the builtin type, or of what was called, for values made from outside the
    /// file: the key for a table.
    pub fn made_by(&self) -> Option<&str> {
        match &self.object {
            Object::Builtin(kind) => Some(kind.qualified()),
            Object::Called(name) => Some(name),
            _ => None,
        }
    }

    /// True for an instance of exactly this builtin type.
    pub fn is(&self, kind: Builtin) -> bool {
        self.object == Object::Builtin(kind)
    }

    /// The `call` that made the value, if one did.
    pub fn call(&self) -> Option<Node<'a>> {
        use crate::syntax::{Kind, kind};
        (kind(self.node) == Kind::Call).then_some(self.node)
    }

    fn new(object: Object<'a>, at: At<'a>) -> Option<Self> {
        Some(Self { object, item: at.item, node: at.node, once: true })
    }

    fn builtin(kind: Builtin, at: At<'a>) -> Option<Self> {
        Self::new(Object::Builtin(kind), at)
    }
}

/// What the expression `node` of the item evaluates to. Nothing when that is not certain.
pub fn of<'a>(names: Names<'a>, item: usize, node: Node<'a>) -> Option<Value<'a>> {
    expression::evaluate(At { names, item, node, step: 0, depth: 0 })
}

/// The method of a class of the file that `attribute`, such as `self.run`, can only be.
pub fn method<'a>(names: Names<'a>, item: usize, attribute: Node<'a>) -> Option<Definition<'a>> {
    use crate::syntax::{Field, Kind, kind};
    if kind(attribute) != Kind::Attribute || attribute.is_broken() {
        return None;
    }
    let at = At { names, item, node: attribute, step: 0, depth: 0 };
    let name = at.text().get(Field::Attribute.of(attribute)?.byte_range())?;
    match attribute::owner(at)? {
        attribute::Owner::Class(class) => class.method(at, name),
        attribute::Owner::Builtin(_) => None,
    }
}

/// An expression, and how far it is from the first one.
#[derive(Clone, Copy)]
struct At<'a> {
    names: Names<'a>,
    item: usize,
    node: Node<'a>,
    step: usize,
    depth: usize,
}

impl<'a> At<'a> {
    /// A part of the same expression.
    fn part(self, node: Node<'a>) -> Self {
        Self { node, depth: self.depth + 1, ..self }
    }

    /// One step further.
    fn next(self, item: usize, node: Node<'a>) -> Self {
        Self { item, node, step: self.step + 1, depth: self.depth + 1, ..self }
    }

    fn text(&self) -> &'a str {
        self.names.item(self.item).text()
    }

    fn definition(&self) -> Definition<'a> {
        Definition { item: self.item, node: self.node }
    }
}

#[cfg(test)]
mod tests;
