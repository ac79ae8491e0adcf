//! Where the file uses a decorator that it defines.

use super::Decorator;
use crate::names::{Bound, Names};
use crate::syntax::function::{decorators, is_async, is_generator, returned, returns, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

/// A function or class with a decorator of this file.
#[derive(Clone, Copy, Debug)]
pub struct User<'a> {
    /// Index of the item.
    pub item: usize,
    /// The `decorated_definition`.
    pub decorated: Node<'a>,
    /// The `function_definition` or `class_definition`.
    pub definition: Node<'a>,
    /// The `decorator` that names it.
    pub decorator: Node<'a>,
    /// True for `@d(…)`, false for `@d`.
    pub called: bool,
    /// Its place among the decorators, from the top and from 0.
    pub place: usize,
}

impl<'a> User<'a> {
    /// The name of the function or class.
    pub fn name(&self, names: Names<'a>) -> &'a str {
        let text = names.item(self.item).text();
        self.definition.child_in(Field::Name).map_or("", |name| &text[name.byte_range()])
    }

    /// True for a function, not a class.
    pub fn is_function(&self) -> bool {
        kind(self.definition) == Kind::FunctionDefinition
    }

    /// True when a call gives something: a generator, a coroutine, or what `return` names.
    pub fn gives_value(&self, names: Names<'a>) -> bool {
        let text = names.item(self.item).text();
        let is_value = |statement: &Node<'a>| {
            returned(*statement).is_some_and(|value| &text[value.byte_range()] != "None")
        };
        self.is_function()
            && (is_async(self.definition)
                || is_generator(self.definition)
                || returns(self.definition).iter().any(is_value))
    }
}

/// The definitions that `decorator` is applied to as it is meant to be: a factory called, a plain
/// decorator bare. Empty when another binding of the name could be meant.
pub fn users<'a>(names: Names<'a>, decorator: &Decorator<'a>) -> Vec<User<'a>> {
    let called = decorator.factory.is_some();
    // With decorators of its own its name is bound to what those return.
    if is_decorated(names, decorator.item, decorator.outer()) {
        return Vec::new();
    }
    uses_as_decorator(names, decorator.item, decorator.outer())
        .into_iter()
        .filter(|user| user.called == called)
        .collect()
}

/// True when a decorator stands above the definition.
pub(super) fn is_decorated<'a>(names: Names<'a>, item: usize, definition: Node<'a>) -> bool {
    let root = names.item(item).tree().map(|tree| tree.root_node());
    let path = root
        .and_then(|root| walk::path_to(root, definition.start_byte(), definition.end_byte()))
        .unwrap_or_default();
    let at = path.iter().rposition(|node| node.id() == definition.id());
    at.and_then(|at| path.get(at.checked_sub(1)?))
        .is_some_and(|around| kind(*around) == Kind::DecoratedDefinition)
}

/// Every `@name` and `@name(…)` in the file whose name can only be this function or class.
pub fn uses_as_decorator<'a>(names: Names<'a>, item: usize, definition: Node<'a>) -> Vec<User<'a>> {
    let binding =
        names.scopes(item).and_then(|scopes| scopes.definition(definition.byte_range().into()));
    let Some(binding) = binding else { return Vec::new() };
    let uses = names.uses(Bound { item, binding }).unwrap_or_default();
    uses.into_iter()
        .filter_map(|found| {
            let root = names.item(found.item).tree()?.root_node();
            let at = found.reference.at;
            user(found.item, &walk::path_to(root, at.start, at.end)?)
        })
        .collect()
}

/// Reads the path to a name in a decorator.
fn user<'a>(item: usize, path: &[Node<'a>]) -> Option<User<'a>> {
    let at = path.iter().rposition(|node| kind(*node) == Kind::Decorator)?;
    let (decorator, decorated) = (path[at], *path.get(at.checked_sub(1)?)?);
    let name = path.last()?;
    let expression = *statements(decorator).first()?;
    let called = match kind(expression) {
        Kind::Identifier => false,
        Kind::Call => {
            let callee = expression.child_in(Field::Function)?;
            (callee.id() == name.id()).then_some(())?;
            true
        }
        _ => return None,
    };
    (called || expression.id() == name.id()).then_some(())?;
    let definition = decorated.child_in(Field::Definition)?;
    (!decorated.is_broken()).then_some(())?;
    let place = decorators(decorated).iter().position(|other| other.id() == decorator.id())?;
    Some(User { item, decorated, definition, decorator, called, place })
}
