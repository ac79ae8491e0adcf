//! How much of an iterator its consumer takes, and whether another consumer was there before.
//!
//! Source: Library Reference, Built-in Types, Iterator Types: once `__next__()` has raised
//! `StopIteration`, it does so for ever.

use super::place::{Place, Role};
use crate::facts::decoration::Arguments;
use crate::facts::tables::Table;
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::names::{Bound, Use};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::is_generator, kind};
use crate::value::{self, Object};
use crate::walk;

/// Functions that iterate over an argument when they are called.
pub static CONSUMER: Table = Table {
    name: "consumer",
    doc: "a function or method that iterates over a positional argument when it is called",
    columns: &[
        Slot::new("does", SlotKind::Text, "what it does with the items: `adds the items up`"),
        Slot::new(
            "argument",
            SlotKind::Number,
            "the place of the iterable, from 0; 0 if not given",
        ),
        Slot::new("alone", SlotKind::Flag, "only a single positional argument is iterated over"),
        Slot::new("early", SlotKind::Flag, "it may stop before the end"),
        Slot::new("collects", SlotKind::Flag, "it stores all items itself, in a new object"),
        Slot::new("lists", SlotKind::Flag, "it makes a list or tuple of what is no list or tuple"),
        Slot::new("grows", SlotKind::Flag, "its object grows with each item that it takes"),
    ],
};

/// Functions that return an iterator.
pub static LAZY: Table = Table {
    name: "lazy-iterator",
    doc: "a function or class whose call returns an iterator",
    columns: &[
        Slot::new("gives", SlotKind::Text, "what its items are: `pairs of a number and an item`"),
        Slot::new("stores", SlotKind::Text, "what it keeps in memory, if it is more than one item"),
        Slot::new("ends", SlotKind::Text, "when it ends"),
        Slot::new("early", SlotKind::Text, "what it reads already when it is called"),
        Slot::new("caveat", SlotKind::Text, "what goes wrong with it"),
        Slot::new("since", SlotKind::Text, "the version of Python that brought it: `3.10`"),
        Slot::new("instead", SlotKind::Text, "what older versions use"),
        Slot::new("infinite", SlotKind::Flag, "it never ends by itself"),
        Slot::new("argument", SlotKind::Number, "the place of the first iterable, from 0"),
        Slot::new("all", SlotKind::Flag, "read to its end, it has read that iterable to its end"),
        Slot::new("alone", SlotKind::Flag, "`all` holds only without further positional arguments"),
        Slot::new("each", SlotKind::Flag, "`all` holds for the iterables behind it, too"),
    ],
};

/// Types, and functions whose results are iterated over.
pub static ITERABLE: Table = Table {
    name: "iterable",
    doc: "a type or a function, by what a `for` over an instance or over the result reads",
    columns: &[
        Slot::new("items", SlotKind::Text, "what its items are: `its keys`"),
        Slot::new("once", SlotKind::Flag, "the same object can be read once"),
    ],
};

/// How much of an iterator is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// All of it, unless an exception is raised.
    All,
    /// Maybe not all.
    Some,
    /// It cannot be told.
    Unknown,
}

/// Iterators over iterators are followed this far.
const MAX_WRAPPERS: usize = 5;

/// How much of the iterator at `place` is taken by the code around it.
pub(super) fn takes(subject: &Subject<'_>, place: &Place<'_>) -> Takes {
    takes_within(subject, place, 0)
}

fn takes_within(subject: &Subject<'_>, place: &Place<'_>, depth: usize) -> Takes {
    if depth > MAX_WRAPPERS {
        return Takes::Unknown;
    }
    let through = |node: Node<'_>| match Place::at(place.names, place.item, node) {
        Some(outer) => takes_within(subject, &outer, depth + 1),
        None => Takes::Unknown,
    };
    match place.role() {
        Role::For(statement) if leaves_early(statement) => Takes::Some,
        Role::For(_) | Role::YieldFrom | Role::Unpacked => Takes::All,
        Role::Membership => Takes::Some,
        Role::Clause(comprehension, true) => match kind(comprehension) {
            Kind::GeneratorExpression => through(comprehension),
            _ => Takes::All,
        },
        Role::Argument { call, position } => {
            let Some(name) = place.callee(call) else { return Takes::Unknown };
            if let Some(row) = consumer(subject, place, call, &name, position) {
                return if row.get("early").is_some() { Takes::Some } else { Takes::All };
            }
            match subject.row(&LAZY, &name) {
                Some(row) if reads_all(row, call, place.text(), position) => through(call),
                _ => Takes::Unknown,
            }
        }
        _ => Takes::Unknown,
    }
}

/// The row of the consumer `name` that iterates over the argument at `position` of `call`.
pub(super) fn consumer<'a>(
    subject: &Subject<'a>,
    place: &Place<'_>,
    call: Node<'_>,
    name: &str,
    position: usize,
) -> Option<&'a Facts> {
    let row = subject.row(&CONSUMER, name)?;
    let wanted = number(row, "argument").unwrap_or(0);
    let arguments = Arguments::of(call, place.text());
    let fits = !arguments.spread
        && position == wanted
        && (row.get("alone").is_none() || arguments.positional.len() == 1);
    fits.then_some(row)
}

fn reads_all(row: &Facts, call: Node<'_>, text: &str, position: usize) -> bool {
    let first = number(row, "argument").unwrap_or(0);
    let arguments = Arguments::of(call, text);
    let is_it = position == first || position > first && row.get("each").is_some();
    let is_alone = row.get("alone").is_none() || arguments.positional.len() == first + 1;
    row.get("all").is_some() && !arguments.spread && is_it && is_alone
}

fn number(row: &Facts, column: &str) -> Option<usize> {
    match row.get(column) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    }
}

/// True when a `break` leaves the loop.
pub(super) fn leaves_early(statement: Node<'_>) -> bool {
    break_of(statement).is_some()
}

/// The first `break` that leaves the loop itself.
pub(super) fn break_of(statement: Node<'_>) -> Option<Node<'_>> {
    let mut found = None;
    walk::until(Field::Body.of(statement)?, |node| {
        if kind(node) == Kind::BreakStatement && found.is_none() {
            found = Some(node);
        }
        if matches!(kind(node), Kind::ForStatement | Kind::WhileStatement) {
            // A `break` in its `else` leaves the loop around.
            if let Some(otherwise) = Field::Alternative.of(node) {
                walk::until(otherwise, |inner| {
                    if kind(inner) == Kind::BreakStatement && found.is_none() {
                        found = Some(inner);
                    }
                    is_own_world(inner)
                });
            }
            return true;
        }
        is_own_world(node)
    });
    found
}

fn is_own_world(node: Node<'_>) -> bool {
    matches!(kind(node), Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda)
}

/// True for the values that can be iterated over once, and end.
pub(super) fn is_single_use(subject: &Subject<'_>, object: &Object<'_>) -> bool {
    match object {
        Object::Generator(definition) => !super::function::is_infinite(definition.node),
        Object::Called(name) => {
            subject.row(&LAZY, name).is_some_and(|row| row.get("infinite").is_none())
        }
        _ => false,
    }
}

/// Where the iterator that a name is bound to was surely used up before the place, which uses the
/// name: the first such use. Nothing unless the name has one binding and that gives an iterator.
pub(super) fn used_up_before<'a>(subject: &Subject<'a>, place: &Place<'a>) -> Option<Place<'a>> {
    let value = value::anywhere(place.names, place.item, place.node())?;
    is_single_use(subject, &value.object).then(|| read_before(subject, place))?
}

/// Where what a name is bound to was surely read from its start to its end before the place, which
/// uses the name: the first such use. Nothing unless the name has one binding.
pub(crate) fn read_before<'a>(subject: &Subject<'a>, place: &Place<'a>) -> Option<Place<'a>> {
    let names = place.names;
    let node = place.node();
    if kind(node) != Kind::Identifier {
        return None;
    }
    let bound = names.binding(place.item, node)?;
    let uses = names.uses(bound)?;
    let here = names.scopes(place.item)?.reference_at(node.start_byte())?;
    let here = Use { item: place.item, reference: here };
    uses.iter()
        .filter(|found| is_before(bound, found, &here))
        .filter_map(|found| Place::of_use(names, found))
        .find(|earlier| runs_before(earlier, place) && takes(subject, earlier) == Takes::All)
}

/// True when `found` stands before `here` in the scope of the binding, and the binding is not
/// between them.
fn is_before(bound: Bound<'_>, found: &Use<'_>, here: &Use<'_>) -> bool {
    let owner = bound.binding.scope;
    let at = |used: &Use<'_>| (used.item, used.reference.at.start);
    let binding = (bound.item, bound.binding.at.start);
    let same = found.reference.scope == owner && here.reference.scope == owner;
    let annotated = found.reference.in_annotation || here.reference.in_annotation;
    same && !annotated && at(found) < at(here) && !(at(found) < binding && binding < at(here))
}

/// True when the expression `earlier`, and what consumes it, has run whenever `later` runs.
fn runs_before(earlier: &Place<'_>, later: &Place<'_>) -> bool {
    let Some(index) = statement_of(&earlier.path) else { return false };
    let statement = earlier.path[index];
    if earlier.path[index..].iter().any(|node| may_be_skipped(*node)) {
        return false;
    }
    if earlier.item != later.item {
        return index == 1;
    }
    let suite = earlier.path[index - 1];
    let Some(at) = later.path.iter().position(|node| *node == suite) else { return false };
    let Some(other) = later.path.get(at + 1) else { return false };
    if *other != statement {
        return statement.end_byte() <= other.start_byte();
    }
    if kind(statement) == Kind::IfStatement {
        let condition = statement.child_in(Field::Condition);
        let is_in = |place: &Place<'_>| place.path.iter().any(|node| Some(*node) == condition);
        return is_in(earlier) && !is_in(later);
    }
    // Operands are evaluated from the left to the right (Language Reference, Evaluation order).
    let is_plain = matches!(
        kind(statement),
        Kind::ExpressionStatement | Kind::ReturnStatement | Kind::AssertStatement
    ) && !earlier.path[index..].iter().chain(&later.path[at + 1..]).any(|node| {
        matches!(
            kind(*node),
            Kind::Assignment | Kind::ListSplat | Kind::KeywordArgument | Kind::DictionarySplat
        ) || is_comprehension(*node)
    });
    is_plain && earlier.node().end_byte() <= later.node().start_byte() && !nested(earlier, later)
}

/// True when the later expression is an argument of the consumer of the earlier one, and so comes
/// first.
fn nested(earlier: &Place<'_>, later: &Place<'_>) -> bool {
    let call = earlier.path.iter().rev().find(|node| kind(**node) == Kind::Call);
    call.is_none_or(|call| later.path.iter().any(|node| node == call))
}

pub(super) fn is_comprehension(node: Node<'_>) -> bool {
    matches!(
        kind(node),
        Kind::ListComprehension
            | Kind::SetComprehension
            | Kind::DictionaryComprehension
            | Kind::GeneratorExpression
    )
}

/// Index in the path of the statement that the expression is part of.
pub(super) fn statement_of(path: &[Node<'_>]) -> Option<usize> {
    let suite = path.iter().rposition(|node| matches!(kind(*node), Kind::Block | Kind::Module))?;
    (suite + 1 < path.len()).then_some(suite + 1)
}

/// True for what may not evaluate all of its parts.
fn may_be_skipped(node: Node<'_>) -> bool {
    match kind(node) {
        Kind::BooleanOperator
        | Kind::ConditionalExpression
        | Kind::ElifClause
        | Kind::ElseClause
        | Kind::ExceptClause
        | Kind::CaseClause
        | Kind::Lambda
        | Kind::WhileStatement
        | Kind::TryStatement => true,
        Kind::ComparisonOperator => node.named_child_count() > 2,
        _ => false,
    }
}

/// The function around a place, if it is a generator function.
pub(super) fn generator_around<'a>(path: &[Node<'a>]) -> Option<Node<'a>> {
    let around = path.iter().rev().find(|node| {
        matches!(kind(**node), Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition)
    })?;
    (kind(*around) == Kind::FunctionDefinition && is_generator(*around)).then_some(*around)
}
