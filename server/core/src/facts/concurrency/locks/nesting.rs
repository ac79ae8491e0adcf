//! Locks that are taken while a lock is held.

use super::super::code::{place, run_with, short};
use super::super::held::{Held, Place};
use super::holder;
use crate::facts::context_managers::items;
use crate::names::{Names, Receiver};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{arguments, is_async, is_generator};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Definition};

/// A call, with the lock held, of a function that takes it.
pub(super) struct Through<'a> {
    pub function: Definition<'a>,
    pub outer: usize,
    pub line: usize,
    pub inner: usize,
}

/// Two locks that are taken in both orders.
pub(super) struct Order {
    pub other: String,
    pub first: usize,
    pub second: usize,
}

/// The `with` statement that enters the lock at this place, and the number of its item.
fn entering<'a>(place: &Place<'a>) -> Option<(Node<'a>, usize)> {
    let with = *place.path.iter().rev().find(|node| kind(**node) == Kind::WithStatement)?;
    let index = items(with)?.iter().position(|item| item.expression == place.node())?;
    place.is_entered().then_some((with, index))
}

/// The `with` statements around the end of the path in the same function whose block, or whose
/// later item, that end is; with how many of their items are entered by then.
fn around<'a>(path: &[Node<'a>]) -> Vec<(Node<'a>, usize)> {
    let mut found = Vec::new();
    for pair in path.windows(2).rev() {
        let (node, child) = (pair[0], pair[1]);
        match kind(node) {
            Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition => break,
            Kind::WithStatement => {
                let Some(all) = items(node) else { continue };
                let end = path[path.len() - 1].start_byte();
                let entered = if Field::Body.of(node) == Some(child) {
                    all.len()
                } else {
                    all.iter().filter(|item| item.expression.end_byte() <= end).count()
                };
                found.push((node, entered));
            }
            _ => {}
        }
    }
    found
}

/// True when the two expressions of one function are the same object for sure: one name, or one
/// attribute of the same `self`.
fn is_same(subject: &Subject<'_>, one: &Place<'_>, expression: Node<'_>) -> bool {
    let text = subject.names().item(one.item).text();
    text.get(expression.byte_range()) == text.get(one.node().byte_range())
}

/// A place that takes the lock: behind `with`, or by `acquire()` that waits.
fn takes<'a>(subject: &Subject<'a>, place: &Place<'a>) -> bool {
    place.is_entered()
        || place
            .method(subject)
            .is_some_and(|(name, call)| name == "acquire" && arguments(call).is_empty())
}

/// Where it is taken in the block of a `with` that holds it already.
pub(super) fn twice<'a>(subject: &Subject<'a>, held: &Held<'a>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for inner in held.uses.iter().filter(|place| takes(subject, place)) {
        for (with, entered) in around(&inner.path) {
            let all = items(with).unwrap_or_default();
            let same = all.iter().take(entered).find(|item| {
                item.expression != inner.node()
                    && is_same(subject, inner, item.expression)
                    && held.uses.iter().any(|one| one.node() == item.expression)
            });
            if let Some(item) = same {
                found.push((place(subject, inner.item, item.expression), inner.line(subject)));
                break;
            }
        }
    }
    found.dedup();
    found
}

/// The line of the `with` that holds the lock already which the expression of the subject's item
/// enters once more, if that waits for ever.
pub(in crate::facts) fn held_already<'a>(
    subject: &Subject<'a>,
    path: &[Node<'a>],
    expression: Node<'a>,
) -> Option<usize> {
    let (names, item) = (subject.names(), subject.item());
    let lock = identity(names, item, expression).filter(|lock| lock.class == "Lock")?;
    for (with, entered) in around(path) {
        for other in items(with)?.iter().take(entered) {
            let is_same = other.expression != expression
                && subject.text(other.expression) == subject.text(expression)
                && identity(names, item, other.expression).is_some_and(|it| it.at == lock.at);
            if is_same {
                return Some(place(subject, item, other.expression));
            }
        }
    }
    None
}

/// A lock, known by the call that makes it.
struct Lock {
    at: (usize, usize),
    class: String,
}

fn identity<'a>(names: Names<'a>, item: usize, node: Node<'a>) -> Option<Lock> {
    if !matches!(kind(node), Kind::Identifier | Kind::Attribute) {
        return None;
    }
    let made = value::of(names, item, node)?;
    let (_, class) = holder(made.made_by()?)?;
    Some(Lock { at: (made.item, made.node.start_byte()), class: class.to_owned() })
}

/// Calls in a block that holds the lock, of functions that take it themselves.
pub(super) fn through<'a>(subject: &Subject<'a>, held: &Held<'a>) -> Vec<Through<'a>> {
    let names = subject.names();
    let mut found: Vec<Through<'a>> = Vec::new();
    for outer in &held.uses {
        let Some((with, _)) = entering(outer) else { continue };
        let Some(body) = Field::Body.of(with) else { continue };
        let mut calls = Vec::new();
        run_with(body, |node| {
            if kind(node) == Kind::Call {
                calls.push(node);
            }
        });
        for call in calls {
            let Some(function) = called(names, outer, call) else { continue };
            let Some(inner) = taken_in(subject, held, outer, function) else { continue };
            found.push(Through {
                function,
                outer: outer.line(subject),
                line: place(subject, outer.item, call),
                inner,
            });
        }
    }
    found
}

/// The function or method of the file that the call runs at once. A method must be one of the object
/// whose lock is held.
fn called<'a>(names: Names<'a>, outer: &Place<'a>, call: Node<'a>) -> Option<Definition<'a>> {
    let callee = Field::Function.of(call)?;
    let found = match (kind(callee), kind(outer.node())) {
        (Kind::Identifier, Kind::Identifier) => {
            let bound = names.definition(outer.item, callee)?;
            let node = names.node(bound)?;
            let is_plain = bound.binding.kind == BindingKind::Function
                && !bound.binding.conditional
                && !crate::facts::around::is_decorated(node);
            is_plain.then_some(Definition { item: bound.item, node })?
        }
        (Kind::Attribute, Kind::Attribute) => {
            let (mine, theirs) = (Field::Object.of(callee)?, Field::Object.of(outer.node())?);
            let text = names.item(outer.item).text();
            let is_self = matches!(names.receiver(outer.item, mine), Some(Receiver::Instance(_)));
            let is_same = text.get(mine.byte_range()) == text.get(theirs.byte_range());
            (is_self && is_same).then_some(())?;
            value::method(names, outer.item, callee)?
        }
        _ => return None,
    };
    (!is_async(found.node) && !is_generator(found.node)).then_some(found)
}

/// The line on which the function takes the lock.
fn taken_in<'a>(
    subject: &Subject<'a>,
    held: &Held<'a>,
    outer: &Place<'a>,
    function: Definition<'a>,
) -> Option<usize> {
    let body = Field::Body.of(function.node)?;
    let inner = held.uses.iter().find(|place| {
        let nearest = place.path.iter().rev().find(|node| {
            matches!(kind(**node), Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition)
        });
        place.item == function.item
            && nearest == Some(&function.node)
            && body.start_byte() <= place.node().start_byte()
            && takes(subject, place)
            && (kind(outer.node()) == Kind::Identifier || belongs(subject, place))
    })?;
    Some(inner.line(subject))
}

/// True for an attribute of the `self` of its method.
fn belongs(subject: &Subject<'_>, place: &Place<'_>) -> bool {
    Field::Object.of(place.node()).is_some_and(|object| {
        matches!(subject.names().receiver(place.item, object), Some(Receiver::Instance(_)))
    })
}

/// Other locks that the file takes both inside and around this one.
pub(super) fn orders<'a>(subject: &Subject<'a>, held: &Held<'a>) -> Vec<Order> {
    let names = subject.names();
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for place_of in &held.uses {
        let Some((with, index)) = entering(place_of) else { continue };
        let item = place_of.item;
        for (statement, entered) in around(&place_of.path) {
            for other in items(statement).unwrap_or_default().iter().take(entered) {
                if let Some(lock) = identity(names, item, other.expression) {
                    outside.push((lock.at, place_of.line(subject)));
                }
            }
        }
        let mut later: Vec<Node<'a>> = items(with).unwrap_or_default()[index + 1..]
            .iter()
            .map(|item| item.expression)
            .collect();
        if let Some(body) = Field::Body.of(with) {
            run_with(body, |node| {
                if kind(node) == Kind::WithStatement {
                    later.extend(items(node).unwrap_or_default().iter().map(|it| it.expression));
                }
            });
        }
        for other in later {
            let lock = identity(names, item, other);
            let text = short(names, item, other);
            if let Some((lock, text)) = lock.zip(text) {
                inside.push((lock.at, text, place(subject, item, other)));
            }
        }
    }
    let mut found: Vec<Order> = Vec::new();
    let mine = (subject.item(), subject.node().start_byte());
    for (at, other, first) in inside {
        let second = outside.iter().find(|(outer, _)| *outer == at).map(|(_, line)| *line);
        if let Some(second) = second
            && at != mine
            && found.iter().all(|order| order.other != other)
        {
            found.push(Order { other, first, second });
        }
    }
    found
}
