//! Whose `__annotations__` an annotation goes to.

use super::super::around::is_decorated;
use super::super::call_sites::is_only_meaning;
use super::super::decoration::{Decorated, surroundings};
use super::super::source_text::one_line;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

/// A function on the subject's path, and the class whose method it is.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    pub function: Node<'a>,
    pub name: &'a str,
    /// The class in whose body the function stands.
    pub class: Option<Node<'a>>,
}

/// Decorators that leave the types of arguments alone.
const HARMLESS: &[&str] = &[
    "abc.abstractmethod",
    "builtins.classmethod",
    "builtins.property",
    "builtins.staticmethod",
    "contextlib.asynccontextmanager",
    "contextlib.contextmanager",
    "functools.cache",
    "functools.cached_property",
    "functools.lru_cache",
    "functools.wraps",
    "typing.final",
    "typing.overload",
    "typing.override",
    "warnings.deprecated",
];

/// Decorators with which a call still gives what the function gives.
const TRANSPARENT: &[&str] = &[
    "abc.abstractmethod",
    "builtins.classmethod",
    "builtins.staticmethod",
    "functools.cache",
    "functools.lru_cache",
    "functools.wraps",
    "typing.final",
    "typing.overload",
    "typing.override",
    "warnings.deprecated",
];

impl<'a> Owner<'a> {
    /// The function, which must be a node of the subject's path.
    pub fn of(subject: &Subject<'a>, function: Node<'a>) -> Self {
        let path = subject.path();
        let at = path.iter().position(|node| *node == function).unwrap_or(0);
        let (around, _) = surroundings(&path[..at]);
        let class = around.filter(|node| kind(*node) == Kind::ClassDefinition);
        let name = function.child_in(Field::Name).map_or("", |name| subject.text(name));
        Self { function, name, class }
    }

    /// The decorators of which it is not known whether they check arguments.
    pub fn decorators(&self, subject: &Subject<'a>) -> Vec<String> {
        self.decorators_besides(subject, HARMLESS)
    }

    /// The decorators that decide what a call gives.
    pub fn wrapped_by(&self, subject: &Subject<'a>) -> Vec<String> {
        self.decorators_besides(subject, TRANSPARENT)
    }

    fn decorators_besides(&self, subject: &Subject<'a>, known: &[&str]) -> Vec<String> {
        let Some(above) = self.function.parent() else { return Vec::new() };
        let decorated = Decorated::read(subject.names(), subject.item(), above);
        let all = decorated.map(|decorated| decorated.all).unwrap_or_default();
        let unknown = all.iter().filter(|one| !one.is(known));
        unknown.map(|one| one_line(subject, one.callee)).collect()
    }

    /// The expression for the annotation with this key; nothing when the name of the function may
    /// mean something else, or the key is mangled.
    pub fn stored(&self, subject: &Subject<'a>, key: &str) -> Option<String> {
        let is_hidden = is_private(key) || is_private(self.name) || subject.settings().is_stub;
        if is_hidden || is_decorated(self.function) {
            return None;
        }
        let (names, item) = (subject.names(), subject.item());
        let Some(class) = self.class else {
            let path = is_only_meaning(names, item, self.function).then_some(self.name)?;
            return Some(format!("{path}.__annotations__['{key}']"));
        };
        let bound = names.bindings_in(item, class, self.name);
        if bound.len() != 1 || bound[0].conditional || !is_only_meaning(names, item, class) {
            return None;
        }
        let class = subject.text(class.child_in(Field::Name)?);
        Some(format!("{class}.{}.__annotations__['{key}']", self.name))
    }
}

/// True for names that a class body mangles (Language Reference, Identifiers).
pub fn is_private(name: &str) -> bool {
    name.starts_with("__") && !name.ends_with("__")
}
