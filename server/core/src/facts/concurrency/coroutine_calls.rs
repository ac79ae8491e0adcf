//! The calls of an `async def` in its file, and what becomes of each coroutine.

use super::code::coroutine_of;
use crate::facts::call_sites::calls_of;
use crate::facts::decoration::surroundings;
use crate::names::Names;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::Definition;
use crate::walk;

/// A call of the function.
#[derive(Clone, Debug)]
pub(super) struct Site<'a> {
    /// Index of the item.
    pub item: usize,
    /// The `call`.
    pub call: Node<'a>,
    pub fate: Fate<'a>,
}

/// What becomes of the coroutine that a call makes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fate<'a> {
    /// `await f()`.
    Awaited,
    /// `f()` as a statement.
    Dropped,
    /// `x = f()`.
    Assigned,
    /// `g(f())`: what is called, of which the packs know that it runs coroutines or not.
    Passed(Node<'a>),
    /// Anything else.
    Other,
}

/// The calls of the function, by its name or as a method of `self` or of an instance, in order.
pub(super) fn calls<'a>(subject: &Subject<'a>, function: Definition<'a>) -> Vec<Site<'a>> {
    let names = subject.names();
    let mut found: Vec<Site<'a>> = calls_of(names, function.item, function.node)
        .into_iter()
        .filter_map(|site| read(names, site.item, site.call))
        .collect();
    if found.is_empty() {
        found = method_calls(subject, function).unwrap_or_default();
    }
    found
}

fn read<'a>(names: Names<'a>, item: usize, call: Node<'a>) -> Option<Site<'a>> {
    let root = names.item(item).tree()?.root_node();
    let path = walk::path_to(root, call.start_byte(), call.end_byte())?;
    let index = path.iter().rposition(|node| *node == call)?;
    Some(Site { item, call, fate: fate(&path[..=index]) })
}

/// Calls of a method in the item of its class.
fn method_calls<'a>(subject: &Subject<'a>, function: Definition<'a>) -> Option<Vec<Site<'a>>> {
    let names = subject.names();
    let item = names.item(function.item);
    let root = item.tree()?.root_node();
    let path = walk::path_to(root, function.node.start_byte(), function.node.end_byte())?;
    let at = path.iter().rposition(|node| *node == function.node)?;
    let class = surroundings(&path[..at]).0?;
    if kind(class) != Kind::ClassDefinition {
        return None;
    }
    let name = item.text().get(Field::Name.of(function.node)?.byte_range())?;
    let mut found = Vec::new();
    walk::attributes(root, item.text(), name, |path| {
        let [.., call, callee] = *path else { return };
        if kind(call) == Kind::Call
            && Field::Function.of(call) == Some(callee)
            && coroutine_of(names, function.item, call) == Some(function)
        {
            found.push(Site { item: function.item, call, fate: fate(&path[..path.len() - 1]) });
        }
    });
    Some(found)
}

/// What becomes of the coroutine that the last node of the path makes.
fn fate<'a>(path: &[Node<'a>]) -> Fate<'a> {
    let mut child = path[path.len() - 1];
    let mut in_argument = false;
    for node in path[..path.len() - 1].iter().rev().copied() {
        match kind(node) {
            Kind::ParenthesizedExpression => {}
            Kind::Await if !in_argument => return Fate::Awaited,
            Kind::ExpressionStatement if !in_argument => return Fate::Dropped,
            Kind::Assignment | Kind::NamedExpression if !in_argument => return Fate::Assigned,
            Kind::Argument | Kind::ListSplat => in_argument = true,
            // `gather(*[f(x) for x in y])`.
            Kind::ListComprehension | Kind::GeneratorExpression
                if Field::Body.of(node) == Some(child) =>
            {
                in_argument = true;
            }
            Kind::Call if in_argument => {
                return node.child_in(Field::Function).map_or(Fate::Other, Fate::Passed);
            }
            _ => return Fate::Other,
        }
        child = node;
    }
    Fate::Other
}
