//! What must hold besides the shape of a decorator before an answer is certain.
//!
//! A function's metadata is data: anything that gets hold of the function can change it. So a
//! question is asked only when everything that is done with it in the file is seen.

use crate::Document;
use crate::decorator::{Applied, Decorator, Metadata};
use crate::names::Names;
use crate::scope::BindingKind;
use crate::syntax::function::{ParameterKind, arguments, own_nodes, parameters};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

/// True when the name of the function at module level is bound by `definition` alone, whatever the
/// program does.
pub(super) fn is_bound_once<'a>(names: Names<'a>, item: usize, definition: Node<'a>) -> bool {
    let Some(name) = definition.child_in(Field::Name) else { return false };
    let bindings = names.module_bindings(&names.item(item).text()[name.byte_range()]);
    let [bound] = bindings[..] else { return false };
    bound.item == item
        && bound.binding.kind == BindingKind::Function
        && bound.binding.at == name.byte_range().into()
        && !bound.binding.conditional
}

/// True when nothing in the file sets metadata of any object, as far as the file shows it: no
/// attribute `__…__` is assigned or deleted, and nothing that could do so by another way is named.
pub(super) fn leaves_metadata_alone(document: &Document) -> bool {
    document.items().iter().all(|item| {
        let text = item.text();
        if SETTERS.iter().any(|word| text.contains(word)) {
            return false;
        }
        if !text.contains("__") {
            return true;
        }
        item.tree().is_some_and(|tree| !has_dunder_target(tree.root_node(), text))
    })
}

/// Ways to an attribute that are no assignment.
const SETTERS: &[&str] = &[
    "setattr",
    "delattr",
    "update_wrapper",
    "__dict__",
    "__signature__",
    "vars(",
    "exec(",
    "eval(",
];

fn has_dunder_target(root: Node<'_>, text: &str) -> bool {
    let mut found = false;
    walk::until(root, |node| {
        let target = match kind(node) {
            Kind::Assignment
            | Kind::AugmentedAssignment
            | Kind::ForStatement
            | Kind::ForInClause => node.child_in(Field::Left),
            Kind::DeleteStatement | Kind::AsPatternTarget => Some(node),
            _ => None,
        };
        if let Some(target) = target {
            walk::until(target, |part| {
                let name = part.child_in(Field::Attribute);
                found |= name.is_some_and(|name| {
                    let name = &text[name.byte_range()];
                    name.starts_with("__") && name.ends_with("__")
                });
                found
            });
        }
        found
    });
    found
}

/// True for a decorator of the closed shape: between its `def` and its `return` the function is
/// given to nobody but `functools.wraps`, and the wrapper to nobody at all.
pub(super) fn is_closed(decorator: &Decorator<'_>) -> bool {
    let copied = match decorator.metadata {
        Metadata::Copied(node) => Some(node),
        Metadata::Own => None,
        Metadata::Unknown => return false,
    };
    let wrapper = decorator.name_of(decorator.wrapper);
    let mut closed = true;
    own_nodes(decorator.function, |node| {
        if kind(node) == Kind::Identifier && !copied.is_some_and(|copied| contains(copied, node)) {
            let text = decorator.text(node);
            closed &= text != decorator.func;
            closed &= text != wrapper || !is_handed_on(decorator.function, node);
        }
    });
    closed
}

fn contains(outer: Node<'_>, inner: Node<'_>) -> bool {
    outer.start_byte() <= inner.start_byte() && inner.end_byte() <= outer.end_byte()
}

/// Whether the identifier is anything but a returned value, the object of an attribute or the name
/// of its own `def`.
fn is_handed_on(function: Node<'_>, identifier: Node<'_>) -> bool {
    let path = walk::path_to(function, identifier.start_byte(), identifier.end_byte());
    let parent = path.as_ref().and_then(|path| path.iter().rev().nth(1).copied());
    !parent.is_some_and(|parent| {
        matches!(kind(parent), Kind::ReturnStatement | Kind::Attribute | Kind::FunctionDefinition)
    })
}

/// True when making the decorator and applying it raises nothing for the want or excess of
/// arguments.
pub(super) fn takes_its_arguments(
    names: Names<'_>,
    applied: &Applied<'_>,
    use_item: usize,
    call: Option<Node<'_>>,
) -> bool {
    let decorator = &applied.decorator;
    let made = match (decorator.factory, call) {
        (Some(factory), Some(call)) => fits(names, decorator.item, factory, use_item, call),
        (None, None) => true,
        _ => false,
    };
    let Some(parameters) = parameters(decorator.function) else { return false };
    let first = parameters.first().is_some_and(|first| {
        matches!(first.kind, ParameterKind::PositionalOnly | ParameterKind::PositionalOrKeyword)
            && decorator.text(first.name) == decorator.func
    });
    made && first && parameters[1..].iter().all(|parameter| parameter.is_optional())
}

fn fits(
    names: Names<'_>,
    item: usize,
    function: Node<'_>,
    use_item: usize,
    call: Node<'_>,
) -> bool {
    use ParameterKind::{
        KeywordOnly, PositionalOnly, PositionalOrKeyword, VarKeyword, VarPositional,
    };
    let Some(parameters) = parameters(function) else { return false };
    let text = names.item(item).text();
    let use_text = names.item(use_item).text();
    let mut positional = 0;
    let mut keywords = Vec::new();
    for argument in arguments(call) {
        match kind(argument) {
            Kind::ListSplat | Kind::DictionarySplat => return false,
            Kind::KeywordArgument => match argument.child_in(Field::Name) {
                Some(name) => keywords.push(&use_text[name.byte_range()]),
                None => return false,
            },
            _ => positional += 1,
        }
    }
    let has = |wanted| parameters.iter().any(|parameter| parameter.kind == wanted);
    let by_place = |kind| matches!(kind, PositionalOnly | PositionalOrKeyword);
    let places: Vec<_> = parameters.iter().filter(|p| by_place(p.kind)).collect();
    if positional > places.len() && !has(VarPositional) {
        return false;
    }
    let name =
        |parameter: &crate::syntax::function::Parameter<'_>| &text[parameter.name.byte_range()];
    let filled = &places[..positional.min(places.len())];
    let known = |keyword: &&str| {
        parameters.iter().any(|p| {
            matches!(p.kind, KeywordOnly | PositionalOrKeyword)
                && name(p) == *keyword
                && !filled.iter().any(|other| other.node.id() == p.node.id())
        })
    };
    let distinct =
        keywords.iter().enumerate().all(|(at, keyword)| !keywords[..at].contains(keyword));
    let keywords_fit = keywords.iter().all(|keyword| known(keyword) || has(VarKeyword));
    let complete = parameters.iter().all(|p| {
        p.is_optional()
            || filled.iter().any(|other| other.node.id() == p.node.id())
            || (p.kind != PositionalOnly && keywords.contains(&name(p)))
    });
    distinct && keywords_fit && complete
}
