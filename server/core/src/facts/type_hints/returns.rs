//! The annotation of what a function returns.
//!
//! Sources: Language Reference, Function definitions; PEP 484, Annotating generator functions and
//! coroutines; PEP 525.

use super::super::source_text::one_line;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::annotation::{EAGER, IMPORTS, LATER, LAZY, MODERN, TARGET, TEXT, describe, head, inner};
use super::fits::{Literal, builtin, fits, literal};
use super::owner::Owner;
use crate::subject::Subject;
use crate::syntax::function::{
    docstring, is_async, is_generator, own_nodes, returned, returns, statements,
};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "return-annotation",
    doc: "the annotation behind `->`; `@target` is the `function_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function, if a call gives what is annotated"),
    Slot::new("coroutine", SlotKind::Code, "the function, if `await` gives it"),
    Slot::new("generator", SlotKind::Code, "the function, if a call gives a generator"),
    Slot::new("generator-kind", SlotKind::Words(GENERATORS), "what a call of it gives"),
    Slot::new("guard", SlotKind::Code, "the function, if its `True` narrows its argument"),
    Slot::new("undecorated", SlotKind::Code, "the function, if a decorator may change what it is"),
    Slot::new("decorators", SlotKind::Codes, "such decorators"),
    Slot::new("never", SlotKind::Code, "the function, if a call must not return"),
    Slot::new("annotation", SlotKind::Code, "the annotation as it is written"),
    Slot::new("awaited", SlotKind::Code, "`await f(…)`"),
    Slot::new("stored", SlotKind::Code, "where it is kept: `f.__annotations__['return']`"),
    EAGER,
    LAZY,
    TEXT,
    MODERN,
    TARGET,
    LATER,
    IMPORTS,
    Slot::new("wrong", SlotKind::Records(WRONG), "`return` statements with another type"),
    Slot::new("no-value", SlotKind::Flag, "no `return` has a value, and `None` is not allowed"),
    Slot::new("yields", SlotKind::Lines, "the lines with `yield`, if the type is no iterator"),
    Slot::new("use-iterator", SlotKind::Words(ITERATORS), "what a generator is annotated with"),
    Slot::new("awaits-twice", SlotKind::Flag, "an `async def` whose annotation is awaitable"),
];

static WRONG: &[Slot] = &[
    Slot::new("value", SlotKind::Code, "what is returned"),
    Slot::new("line", SlotKind::Line, "the line"),
];

static GENERATORS: &[&str] = &["a generator", "an asynchronous generator"];

static ITERATORS: &[&str] = &["`Iterator[…]`", "`AsyncIterator[…]`"];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let function = subject.node();
    if kind(function) != Kind::FunctionDefinition || function.is_broken() {
        return None;
    }
    let annotation = Field::ReturnType.of(function)?;
    let (names, item) = (subject.names(), subject.item());
    let owner = Owner::of(subject, function);
    let head = head(names, item, annotation);

    let mut facts = Facts::of(SLOTS);
    facts.code("annotation", one_line(subject, inner(annotation)));
    if let Some(stored) = owner.stored(subject, "return") {
        facts.code("stored", stored);
    }
    describe(subject, annotation, &mut facts);
    let decorators = owner.wrapped_by(subject);
    if !decorators.is_empty() {
        facts.code("undecorated", owner.name).codes("decorators", decorators);
        return Some(facts);
    }
    if is_generator(function) {
        facts.word("generator-kind", GENERATORS[usize::from(is_async(function))]);
        facts.code("generator", owner.name);
        generator(subject, annotation, &mut facts);
        return Some(facts);
    }
    if matches!(head.as_deref(), Some("typing.NoReturn" | "typing.Never")) {
        facts.code("never", owner.name);
        wrong(subject, annotation, &mut facts);
        return Some(facts);
    }
    if matches!(head.as_deref(), Some("typing.TypeGuard" | "typing.TypeIs")) {
        facts.code("guard", owner.name);
        return Some(facts);
    }
    if is_async(function) {
        facts.code("coroutine", owner.name).code("awaited", format!("await {}(…)", owner.name));
        let awaitable = ["Awaitable", "Coroutine"];
        facts.flag("awaits-twice", awaitable.iter().any(|name| is_of(head.as_deref(), name)));
    } else {
        facts.code("function", owner.name);
    }
    wrong(subject, annotation, &mut facts);
    let none = fits(names, item, annotation, Literal::None);
    facts.flag("no-value", none == Some(false) && runs_without_value(subject, function));
    Some(facts)
}

/// True for a class of `collections.abc`, also by its alias.
fn is_of(head: Option<&str>, class: &str) -> bool {
    head.and_then(|head| head.rsplit_once('.')).is_some_and(|(module, name)| {
        matches!(module, "typing" | "collections.abc") && name == class
    })
}

/// A generator of a type that no generator is.
fn generator(subject: &Subject<'_>, annotation: Node<'_>, facts: &mut Facts) {
    let function = subject.node();
    let (names, item) = (subject.names(), subject.item());
    let is_none = kind(inner(annotation)) == Kind::None;
    let class = builtin(names, item, annotation);
    let is_other = class.is_some_and(|class| class != "object");
    if !is_none && !is_other {
        return;
    }
    let mut lines = Vec::new();
    own_nodes(function, |node| {
        if kind(node) == Kind::Yield {
            lines.push(subject.line(node));
        }
    });
    lines.dedup();
    facts.set("yields", super::super::Value::Lines(lines));
    facts.word("use-iterator", ITERATORS[usize::from(is_async(function))]);
}

/// `return` statements whose value is a literal of another type.
fn wrong(subject: &Subject<'_>, annotation: Node<'_>, facts: &mut Facts) {
    let (names, item) = (subject.names(), subject.item());
    let mut records = Vec::new();
    for statement in returns(subject.node()) {
        let value = returned(statement);
        let found = match value {
            Some(value) if kind(value) == Kind::ExpressionList => Some(Literal::Tuple),
            Some(value) => literal(subject.item_text(), value),
            None => Some(Literal::None),
        };
        let Some(found) = found else { continue };
        let never = facts.get("never").is_some();
        if never || fits(names, item, annotation, found) == Some(false) {
            let mut record = Facts::of(WRONG);
            record.code("value", value.map_or("None".to_owned(), |node| one_line(subject, node)));
            record.line("line", subject.line(statement));
            records.push(record);
        }
    }
    facts.records("wrong", records);
}

/// True when the body does something, and neither returns nor raises: a call that returns does so at
/// its end.
fn runs_without_value(subject: &Subject<'_>, function: Node<'_>) -> bool {
    let Some(body) = Field::Body.of(function) else { return false };
    let mut ends_otherwise = false;
    own_nodes(function, |node| {
        ends_otherwise |= matches!(kind(node), Kind::RaiseStatement | Kind::ReturnStatement);
    });
    let doc = docstring(function, subject.item_text());
    let does_something = |statement: &Node<'_>| {
        kind(*statement) != Kind::PassStatement
            && statement.named_child(0).is_none_or(|node| {
                kind(node) != Kind::Ellipsis && doc.is_none_or(|doc| doc != node)
            })
    };
    !ends_otherwise && statements(body).iter().any(does_something)
}

#[cfg(test)]
mod tests;
