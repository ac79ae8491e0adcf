//! Reads the shape of a decorator's definition.

use super::{Decorator, Gives, Inner, Metadata, metadata};
use crate::names::Names;
use crate::syntax::function::{
    Nested, is_async, is_generator, nested_functions, own_nodes, parameters, returned, returns,
};
use crate::syntax::{Field, Kind, Node, flow::never_ends, kind};
use crate::walk;

/// The decorator that `function` is, or makes as a factory.
pub fn read<'a>(names: Names<'a>, item: usize, function: Node<'a>) -> Option<Decorator<'a>> {
    if kind(function) != Kind::FunctionDefinition || function.is_broken() {
        return None;
    }
    // Most functions hold no other, which is quicker to see in the text.
    let body = Field::Body.of(function)?;
    memchr::memmem::find(&names.item(item).text().as_bytes()[body.byte_range()], b"def")?;
    let nested = nested_functions(function);
    if nested.is_empty() || is_async(function) || is_generator(function) {
        return None;
    }
    plain(names, item, function, &nested).or_else(|| factory(names, item, function, &nested))
}

fn plain<'a>(
    names: Names<'a>,
    item: usize,
    function: Node<'a>,
    nested: &[Nested<'a>],
) -> Option<Decorator<'a>> {
    let text = names.item(item).text();
    let mut found: Option<(Nested<'a>, &'a str, Vec<Inner<'a>>)> = None;
    // Each function is gone through once, however many parameters there are.
    let all: Vec<_> = nested.iter().map(|wrapper| bare_calls(wrapper.function)).collect();
    for parameter in parameters(function)? {
        let func = &text[parameter.name.byte_range()];
        for (&wrapper, calls) in nested.iter().zip(&all) {
            let is_func = |call: &&BareCall<'a>| {
                &text[call.callee.byte_range()] == func
                    && names.is_variable_of(item, call.callee, function)
            };
            let calls: Vec<_> = calls.iter().filter(is_func).map(|call| call.inner).collect();
            if !calls.is_empty() && found.replace((wrapper, func, calls)).is_some() {
                return None;
            }
        }
    }
    let (wrapper, func, calls) = found?;
    is_bound_once(names, item, function, wrapper.function).then_some(())?;
    // A parameter that is rebound may be another function by the time it is called.
    (names.bindings_in(item, function, func).len() == 1).then_some(())?;
    let mut decorator = Decorator {
        names,
        item,
        factory: None,
        function,
        func,
        wrapper: wrapper.function,
        wrapper_decorated: wrapper.decorated,
        calls,
        gives: Gives::Other,
        metadata: Metadata::Unknown,
    };
    decorator.metadata = metadata::of(names, &decorator);
    decorator.gives = gives(names, &decorator);
    Some(decorator)
}

fn factory<'a>(
    names: Names<'a>,
    item: usize,
    function: Node<'a>,
    nested: &[Nested<'a>],
) -> Option<Decorator<'a>> {
    let [inner] = nested else { return None };
    if inner.decorated.is_some() || is_async(inner.function) || is_generator(inner.function) {
        return None;
    }
    let mut decorator = plain(names, item, inner.function, &nested_functions(inner.function))?;
    is_bound_once(names, item, function, inner.function).then_some(())?;
    let all = returns(function);
    let gives_it = |statement: &Node<'a>| {
        returned(*statement)
            .is_some_and(|value| is_name_of(names, item, value, function, inner.function))
    };
    let body = Field::Body.of(function)?;
    if all.is_empty() || !all.iter().all(gives_it) || !never_ends(body) {
        return None;
    }
    decorator.factory = Some(function);
    Some(decorator)
}

/// A call of a bare name in a nested function.
struct BareCall<'a> {
    callee: Node<'a>,
    inner: Inner<'a>,
}

/// The calls of bare names inside `wrapper`, in order.
fn bare_calls(wrapper: Node<'_>) -> Vec<BareCall<'_>> {
    let is_bare = |node: Node<'_>| kind(node) == Kind::Call && callee(node).is_some();
    let mut own = Vec::new();
    own_nodes(wrapper, |node| {
        if is_bare(node) {
            own.push(node.id());
        }
    });
    let mut own = own.into_iter().peekable();
    let mut found = Vec::new();
    if let Some(body) = Field::Body.of(wrapper) {
        walk::until(body, |node| {
            if let Some(callee) = callee(node).filter(|_| kind(node) == Kind::Call) {
                // Both walks come by the nodes in the same order.
                let is_own = own.next_if_eq(&node.id()).is_some();
                found.push(BareCall { callee, inner: Inner { node, own: is_own } });
            }
            false
        });
    }
    found
}

/// The identifier that a call calls.
fn callee(call: Node<'_>) -> Option<Node<'_>> {
    Field::Function.of(call).filter(|callee| kind(*callee) == Kind::Identifier)
}

fn gives<'a>(names: Names<'a>, decorator: &Decorator<'a>) -> Gives<'a> {
    let &Decorator { item, function, wrapper, .. } = decorator;
    let values: Vec<Option<Node<'a>>> = returns(function).into_iter().map(returned).collect();
    let Some(body) = Field::Body.of(function) else { return Gives::Other };
    let reaches_end = !never_ends(body);
    if values.iter().all(Option::is_none) {
        return if reaches_end || !values.is_empty() { Gives::Nothing } else { Gives::Other };
    }
    if reaches_end {
        return Gives::Other;
    }
    let is_wrapper = |value: &Option<Node<'a>>| {
        value.is_some_and(|value| {
            is_name_of(names, item, value, function, wrapper)
                || decorator.metadata == Metadata::Copied(value)
        })
    };
    if values.iter().all(is_wrapper) {
        return Gives::Wrapper;
    }
    let called = |value: &Option<Node<'a>>| {
        let call = value.filter(|value| kind(*value) == Kind::Call)?;
        let callee = Field::Function.of(call)?;
        is_name_of(names, item, callee, function, wrapper).then_some(call)
    };
    match values.iter().map(called).collect::<Option<Vec<_>>>() {
        Some(calls) if !calls.is_empty() => Gives::WrapperCall(calls[0]),
        _ => Gives::Other,
    }
}

/// True when `node` is the name of `nested`, a function defined in `function`.
pub(super) fn is_name_of(
    names: Names<'_>,
    item: usize,
    node: Node<'_>,
    function: Node<'_>,
    nested: Node<'_>,
) -> bool {
    let text = names.item(item).text();
    let name = Field::Name.of(nested).map(|name| &text[name.byte_range()]);
    kind(node) == Kind::Identifier
        && name == Some(&text[node.byte_range()])
        && names.is_variable_of(item, node, function)
}

/// True when nothing but the definition of `nested` binds its name in `function`.
pub(super) fn is_bound_once(
    names: Names<'_>,
    item: usize,
    function: Node<'_>,
    nested: Node<'_>,
) -> bool {
    let text = names.item(item).text();
    let Some(name) = Field::Name.of(nested) else { return false };
    let bindings = names.bindings_in(item, function, &text[name.byte_range()]);
    matches!(bindings[..], [binding] if !binding.conditional)
}
