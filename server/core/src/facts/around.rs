//! The functions around a construct, and the decorator that one of them belongs to.

use super::call_sites::is_only_meaning;
use crate::Span;
use crate::decorator::{self, Decorator, Gives, Metadata, User};
use crate::names::{Names, node_with};
use crate::scope::{ItemScopes, ScopeId, ScopeKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

/// The function or lambda in whose body or parameters the subject stands.
pub(super) fn function_around<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    subject.ancestors().find(|node| matches!(kind(*node), Kind::FunctionDefinition | Kind::Lambda))
}

/// The decorator that `function`, a function on the subject's path, is the wrapper, the decorator
/// proper or the factory of.
pub(super) fn decorator_with<'a>(
    subject: &Subject<'a>,
    function: Node<'_>,
) -> Option<Decorator<'a>> {
    let functions =
        subject.path().iter().filter(|node| kind(**node) == Kind::FunctionDefinition).copied();
    functions.filter_map(|node| decorator::read(subject.names(), subject.item(), node)).find(
        |found| {
            let parts = [Some(found.wrapper), Some(found.function), found.factory];
            parts.into_iter().flatten().any(|part| part.id() == function.id())
        },
    )
}

/// The functions in the file whose names are bound to the wrapper itself.
pub(super) fn wrapped<'a>(names: Names<'a>, decorator: &Decorator<'a>) -> Vec<User<'a>> {
    let plain =
        decorator.wrapper_decorated.is_none() || matches!(decorator.metadata, Metadata::Copied(_));
    if plain { wrapped_by(names, decorator) } else { Vec::new() }
}

/// The functions in the file whose names are bound to what the name of the wrapper is bound to: no
/// other decorator stands above it, and all that comes back is the wrapper.
pub(super) fn wrapped_by<'a>(names: Names<'a>, decorator: &Decorator<'a>) -> Vec<User<'a>> {
    if decorator.gives != Gives::Wrapper {
        return Vec::new();
    }
    let mut users = users(names, decorator);
    users.retain(|user| user.place == 0 && is_only_meaning(names, user.item, user.definition));
    users
}

/// The functions in the file that `decorator` is applied to. None when the decorator is decorated
/// itself, and so may be something else.
pub(super) fn users<'a>(names: Names<'a>, decorator: &Decorator<'a>) -> Vec<User<'a>> {
    if is_decorated(decorator.outer()) {
        return Vec::new();
    }
    let mut users = decorator::users(names, decorator);
    users.retain(User::is_function);
    users
}

/// The names of these functions, each once.
pub(super) fn names_of<'a>(names: Names<'a>, users: &[User<'a>]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for user in users {
        let name = user.name(names);
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// True for a definition with decorators.
pub(crate) fn is_decorated(definition: Node<'_>) -> bool {
    definition.parent().is_some_and(|parent| kind(parent) == Kind::DecoratedDefinition)
}

/// The name of a function; `lambda` for one without.
pub(super) fn name_of<'a>(subject: &Subject<'a>, function: Node<'_>) -> &'a str {
    function.child_in(Field::Name).map_or("lambda", |name| subject.text(name))
}

/// The node that makes a scope of the subject's item.
pub(super) fn node_of<'a>(
    subject: &Subject<'a>,
    scopes: &ItemScopes,
    scope: ScopeId,
) -> Option<Node<'a>> {
    node_with(subject.path()[0], scopes.scopes()[scope].span)
}

/// True for the scopes whose variables a nested function can keep.
pub(super) fn is_function(scopes: &ItemScopes, scope: ScopeId) -> bool {
    matches!(scopes.scopes()[scope].kind, ScopeKind::Function | ScopeKind::Lambda)
}

/// The line of the file, from 0, of a place of the subject's item.
pub(super) fn line_of(subject: &Subject<'_>, at: Span) -> usize {
    subject.document().text().line_of(subject.document().start_of(subject.item()) + at.start)
}

/// The lines of these places, each once, in order.
pub(super) fn lines_of(subject: &Subject<'_>, places: impl Iterator<Item = Span>) -> Vec<usize> {
    let mut lines: Vec<usize> = places.map(|at| line_of(subject, at)).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}
