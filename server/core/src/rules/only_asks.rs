//! Coroutines that wait for an answer and change nothing, so that it does not matter which of them
//! runs first.

use crate::facts::concurrency::{AWAITABLE, callee, run_with};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Builtin, Definition, Object};
use crate::{Span, walk};

use super::code::{path_in, with_items};
use super::gather_unbounded::by_annotation;
use super::single_pass_list::PURE;

/// What a coroutine waits for.
#[derive(Clone, Debug, Default)]
pub(super) struct Asks {
    /// The call that goes to the network, as it is written.
    pub request: Option<String>,
    /// It is a coroutine of an `async def`, not anything that can be awaited.
    pub is_coroutine: bool,
    sleeps: bool,
}

/// Coroutines that await coroutines are followed this far.
const MAX_DEPTH: usize = 3;

/// Methods by which HTTP asks and changes nothing (RFC 9110, Safe Methods).
const SAFE: &[&str] = &["get", "head", "options"];

/// Clients, which a function may make for itself.
const CLIENTS: &[&str] = &["aiohttp.ClientSession", "httpx.AsyncClient"];

/// Methods that read an answer.
const READING: &[&str] = &["json", "raise_for_status", "read", "text"];

/// What the awaited `call` of an item waits for. Nothing when it may wait for nothing, when it may
/// change anything, and when a pause in it may be there for the sake of the other side.
pub(super) fn asks<'a>(subject: &Subject<'a>, item: usize, call: Node<'a>) -> Option<Asks> {
    let mut asks = Asks::default();
    awaited(subject, item, None, call, &mut asks, 0)?;
    let waits = asks.sleeps != asks.request.is_some();
    asks.is_coroutine = value::of(subject.names(), item, call)
        .is_some_and(|made| matches!(made.object, Object::Coroutine(_)));
    waits.then_some(asks)
}

/// Adds what a call does that is awaited. `function` is the one around it that is looked through.
fn awaited<'a>(
    subject: &Subject<'a>,
    item: usize,
    function: Option<Definition<'a>>,
    call: Node<'a>,
    asks: &mut Asks,
    depth: usize,
) -> Option<()> {
    let names = subject.names();
    let name = callee(names, item, call)
        .or_else(|| function.and_then(|function| by_annotation(subject, function, call)));
    if let Some(name) = name {
        if name == "asyncio.sleep" {
            asks.sleeps = true;
            return function.map(|_| ());
        }
        let is_network =
            subject.row(AWAITABLE, &name).is_some_and(|row| row.get("network").is_some());
        let is_safe = name.rsplit('.').next().is_some_and(|last| SAFE.contains(&last));
        (is_network && is_safe).then_some(())?;
        let written = names.item(item).text().get(Field::Function.of(call)?.byte_range())?;
        asks.request.get_or_insert_with(|| written.to_owned());
        return Some(());
    }
    let Object::Coroutine(function) = value::of(names, item, call)?.object else { return None };
    body(subject, function, asks, depth + 1)
}

/// Adds what the body of a coroutine function does.
fn body<'a>(
    subject: &Subject<'a>,
    function: Definition<'a>,
    asks: &mut Asks,
    depth: usize,
) -> Option<()> {
    (depth <= MAX_DEPTH).then_some(())?;
    // A nested function may read what the function around it binds.
    let path = path_in(subject, function.item, function.node)?;
    let around = &path[..path.len() - 1];
    let is_nested = |node: &Node<'_>| {
        matches!(kind(*node), Kind::FunctionDefinition | Kind::Lambda | Kind::DecoratedDefinition)
    };
    (!around.iter().any(is_nested)).then_some(())?;
    let mut calls = Vec::new();
    let mut is_harmless = true;
    run_with(Field::Body.of(function.node)?, |node| {
        is_harmless &= match kind(node) {
            Kind::Call => {
                calls.push(node);
                true
            }
            Kind::Assignment => Field::Left.of(node).is_some_and(is_local_target),
            Kind::ForStatement => {
                Field::Left.of(node).is_some_and(is_local_target) && !starts_async(node)
            }
            Kind::WithStatement => with_items(node).into_iter().all(|item| {
                let value = Field::Value.of(item).map(|value| match kind(value) {
                    Kind::AsPattern => value.named_child(0).unwrap_or(value),
                    _ => value,
                });
                starts_async(node) && value.is_some_and(|value| kind(value) == Kind::Call)
            }),
            Kind::Await => statements(node).first().is_some_and(|it| kind(*it) == Kind::Call),
            Kind::AugmentedAssignment
            | Kind::ClassDefinition
            | Kind::DeleteStatement
            | Kind::ForInClause
            | Kind::FunctionDefinition
            | Kind::GlobalStatement
            | Kind::ImportFromStatement
            | Kind::ImportStatement
            | Kind::Lambda
            | Kind::NonlocalStatement
            | Kind::Yield => kind(node) == Kind::ForInClause && !starts_async(node),
            _ => true,
        };
    });
    is_harmless.then_some(())?;
    for call in calls {
        if !is_known(subject, function, call) {
            awaited(subject, function.item, Some(function), call, asks, depth)?;
        }
    }
    Some(())
}

fn starts_async(node: Node<'_>) -> bool {
    node.child(0).is_some_and(|token| token.kind() == "async")
}

/// True for names and tuples of names.
fn is_local_target(target: Node<'_>) -> bool {
    let mut plain = true;
    walk::until(target, |node| {
        plain &= !matches!(kind(node), Kind::Attribute | Kind::Subscript);
        !plain
    });
    plain
}

/// True for a call that computes something, or reads an answer.
fn is_known<'a>(subject: &Subject<'a>, function: Definition<'a>, call: Node<'a>) -> bool {
    let names = subject.names();
    let Some(callee) = Field::Function.of(call) else { return false };
    if let Some(name) = names.qualified(function.item, callee) {
        let is_error =
            name.strip_prefix("builtins.").is_some_and(|last| last.starts_with(char::is_uppercase));
        let makes = |all: &[&str]| all.contains(&name.as_str());
        return is_error || makes(PURE) || makes(CLIENTS) || name == "json.loads";
    }
    let (Some(object), Some(word)) = (Field::Object.of(callee), Field::Attribute.of(callee)) else {
        return false;
    };
    let word = names.item(function.item).text().get(word.byte_range()).unwrap_or_default();
    if let Some(made) = value::of(names, function.item, object)
        && let Object::Builtin(of) = made.object
    {
        let is_own = made.item == function.item
            && Span::from(function.node.byte_range()).contains(made.node.byte_range().into());
        return !of.is_mutable() || of != Builtin::Bytearray && is_own;
    }
    READING.contains(&word) && arguments(call).is_empty() && is_answer(subject, function, object)
}

/// True for a variable of the function that holds what it asked for.
fn is_answer<'a>(subject: &Subject<'a>, function: Definition<'a>, object: Node<'a>) -> bool {
    let names = subject.names();
    let Some(bound) = names.binding(function.item, object) else { return false };
    let is_own = bound.item == function.item
        && matches!(bound.binding.kind, BindingKind::With | BindingKind::Assignment)
        && Span::from(function.node.byte_range()).contains(bound.binding.at);
    let Some(node) = names.node(bound).filter(|_| is_own) else { return false };
    let mut found = false;
    walk::until(node, |inner| {
        if kind(inner) == Kind::Call {
            let request = callee(names, function.item, inner)
                .or_else(|| by_annotation(subject, function, inner));
            found |= request
                .and_then(|name| subject.row(AWAITABLE, &name))
                .is_some_and(|row| row.get("network").is_some());
        }
        found || kind(inner) == Kind::Block
    });
    found
}
