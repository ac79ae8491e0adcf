//! What a function changes that others see.

use super::code::run_with;
use crate::names::Names;
use crate::scope::MODULE;
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::Definition;
use crate::walk;

/// Statements such as `x += 1` in the function on what other threads see too: a variable declared
/// `global` or `nonlocal`, or an attribute of `self`. Nothing when a lock may be held.
pub(super) fn unlocked_updates<'a>(names: Names<'a>, function: Definition<'a>) -> Vec<Node<'a>> {
    let mut found = Vec::new();
    let Some(body) = Field::Body.of(function.node) else { return found };
    let text = names.item(function.item).text();
    let mut is_careful = false;
    run_with(body, |node| {
        is_careful |= kind(node) == Kind::Attribute
            && Field::Attribute.of(node).is_some_and(|it| &text[it.byte_range()] == "acquire");
    });
    if is_careful {
        return found;
    }
    let mut updates = Vec::new();
    run_with(body, |node| {
        if kind(node) == Kind::AugmentedAssignment {
            updates.push(node);
        }
    });
    for update in updates {
        let in_with = walk::path_to(body, update.start_byte(), update.end_byte())
            .is_none_or(|path| path.iter().any(|node| kind(*node) == Kind::WithStatement));
        let left = Field::Left.of(update);
        if !in_with && left.is_some_and(|left| is_shared(names, function, left)) {
            found.push(update);
        }
    }
    found
}

fn is_shared(names: Names<'_>, function: Definition<'_>, target: Node<'_>) -> bool {
    let item = function.item;
    match kind(target) {
        Kind::Identifier => {
            let Some(scopes) = names.scopes(item) else { return false };
            let Some(here) = scopes.scope_of(function.node.byte_range().into()) else {
                return false;
            };
            let at = target.byte_range().into();
            scopes
                .all_bindings()
                .iter()
                .any(|binding| binding.at == at && binding.from == here && binding.scope != here)
        }
        Kind::Attribute => Field::Object.of(target).is_some_and(|object| {
            matches!(
                names.receiver(item, object),
                Some(crate::names::Receiver::Instance(_) | crate::names::Receiver::Class(_))
            )
        }),
        _ => false,
    }
}

/// The module's variable that an identifier means.
pub(super) fn module_variable<'a>(
    names: Names<'a>,
    item: usize,
    identifier: Node<'a>,
) -> Option<&'a str> {
    let bound = names.binding(item, identifier)?;
    (bound.binding.scope == MODULE).then(|| &names.item(item).text()[identifier.byte_range()])
}
