//! A function with decorators: what the `@` lines stand for.
//!
//! Source: Python Language Reference, Compound statements, Function definitions. Decorator
//! expressions are evaluated when the function is defined, in the scope that contains it, from the
//! top down; their values are called with the function from the bottom up.

use super::decoration::{Decorated, Decoration, called};
use super::properties::ACCESSORS;
use super::registering::{is_from_elsewhere, returns_its_argument};
use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::decorator::{Given, Giver, applied, given};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "decorated-function",
    doc: "a function with at least one decorator; `@target` is the `decorated_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the function's name"),
    Slot::new(
        "assignment",
        SlotKind::Code,
        "the assignment that the decorators stand for: `f = a(b(f))`",
    ),
    Slot::new("decorator", SlotKind::Code, "the expression after `@`, if there is one decorator"),
    Slot::new("line", SlotKind::Line, "the line of the `def`"),
    Slot::new("count", SlotKind::Number, "how many decorators, if more than one"),
    Slot::new(
        "evaluated",
        SlotKind::Codes,
        "the decorator expressions from the top down, if more than one",
    ),
    Slot::new(
        "applied",
        SlotKind::Codes,
        "the decorator expressions from the bottom up, if more than one",
    ),
    Slot::new(
        "called",
        SlotKind::Code,
        "the topmost decorator, if more than one: callers meet its result first. Not of a property",
    ),
    Slot::new(
        "steps",
        SlotKind::Records(STEPS),
        "the decorators from the top down, if more than one",
    ),
    Slot::new(
        "calls",
        SlotKind::Codes,
        "the decorator expressions that are calls, made once when the `def` runs",
    ),
    Slot::new(
        "unknown",
        SlotKind::Codes,
        "the decorator expressions of which is not known what they return",
    ),
    Slot::new("unchanged", SlotKind::Codes, "the decorators that return the function they get"),
    Slot::new("coroutine", SlotKind::Flag, "the function is an `async def`"),
    Slot::new("method", SlotKind::Flag, "the function stands directly in a class body"),
    Slot::new("only", SlotKind::Flag, "there is one decorator"),
];

static STEPS: &[Slot] = &[
    Slot::new("decorator", SlotKind::Code, "the expression after `@`"),
    Slot::new("line", SlotKind::Line, "its line"),
    Slot::new("evaluated", SlotKind::Number, "its place in the order of evaluation, from 1"),
    Slot::new("applied", SlotKind::Number, "its place in the order of application, from 1"),
];

const PROPERTIES: &[&str] =
    &["builtins.property", "functools.cached_property", "abc.abstractproperty"];

/// An assignment longer than this is shown with `…` for the arguments.
const LONG: usize = 100;

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    if kind(node) != Kind::DecoratedDefinition {
        return None;
    }
    let function = node.child_in(Field::Definition)?;
    if kind(function) != Kind::FunctionDefinition {
        return None;
    }
    let name = subject.text(function.child_in(Field::Name)?);
    let decorators: Vec<Node<'_>> =
        node.named_children().filter(|child| kind(*child) == Kind::Decorator).collect();
    let expressions: Vec<Node<'_>> =
        decorators.iter().map(|d| expression(*d)).collect::<Option<_>>()?;
    if expressions.is_empty() {
        return None;
    }
    let texts: Vec<String> = expressions.iter().map(|node| one_line(subject, *node)).collect();

    let mut facts = Facts::of(SLOTS);
    facts.code("name", name).code("assignment", assignment(subject, name, &expressions));
    facts.line("line", subject.line(function));
    facts.flag("coroutine", function.child(0).is_some_and(|token| token.kind() == "async"));
    facts.flag("method", in_class(subject));
    let is_call = |(node, _): &(&Node<'_>, _)| kind(**node) == Kind::Call;
    facts.codes(
        "calls",
        expressions.iter().zip(&texts).filter(is_call).map(|(_, text)| text.clone()),
    );
    let names = subject.names();
    let unknown = expressions.iter().zip(&decorators).zip(&texts).filter(|((node, line), _)| {
        is_from_elsewhere(names, subject.item(), called(**node))
            && applied(names, subject.item(), **line).is_none()
            && given(names, subject.item(), **line).is_none()
    });
    facts.codes("unknown", unknown.map(|(_, text)| text.clone()));
    if let Some(decorated) = Decorated::of(subject) {
        let unchanged = decorated.all.iter().zip(&texts);
        let unchanged = unchanged.filter(|(one, _)| {
            let is_same = |giver: Giver<'_>| matches!(giver.gives, Given::Same);
            returns_its_argument(one) || given(names, subject.item(), one.node).is_some_and(is_same)
        });
        facts.codes("unchanged", unchanged.map(|(_, text)| text.clone()));
    }
    match texts.as_slice() {
        [one] => {
            facts.code("decorator", one).flag("only", true);
        }
        [outermost, ..] => {
            let count = texts.len();
            facts.number("count", count);
            let makes_property = Decorated::of(subject)
                .and_then(|it| it.all.into_iter().next())
                .is_some_and(|first| is_property(subject, &first));
            if !makes_property {
                facts.code("called", outermost);
            }
            facts.codes("evaluated", texts.iter().cloned());
            facts.codes("applied", texts.iter().rev().cloned());
            let steps = decorators.iter().zip(&texts).enumerate().map(|(i, (decorator, text))| {
                let mut step = Facts::of(STEPS);
                step.code("decorator", text).line("line", subject.line(*decorator));
                step.number("evaluated", i + 1).number("applied", count - i);
                step
            });
            facts.records("steps", steps.collect());
        }
        [] => return None,
    }
    Some(facts)
}

/// True for what makes a property, and for `@x.setter`.
fn is_property(subject: &Subject<'_>, decoration: &Decoration<'_>) -> bool {
    let is_accessor = |word: Node<'_>| ACCESSORS.contains(&subject.text(word));
    decoration.is(PROPERTIES)
        || kind(decoration.callee) == Kind::Attribute
            && Field::Attribute.of(decoration.callee).is_some_and(is_accessor)
}

/// What stands behind the `@`.
pub(super) fn expression(decorator: Node<'_>) -> Option<Node<'_>> {
    decorator.named_children().find(|child| kind(*child) != Kind::Comment)
}

/// `f = a(b(f))`, with the arguments left out if it gets long.
pub(super) fn assignment(subject: &Subject<'_>, name: &str, expressions: &[Node<'_>]) -> String {
    let write = |short: bool| {
        let mut out = format!("{name} = ");
        for node in expressions {
            out.push_str(&callee(subject, *node, short));
            out.push('(');
        }
        out.push_str(name);
        out.extend(std::iter::repeat_n(')', expressions.len()));
        out
    };
    let full = write(false);
    if full.chars().count() <= LONG { full } else { write(true) }
}

/// The decorator expression in a place where it is called: in parentheses unless it binds as
/// tightly as a call (Language Reference, Expressions, Primaries).
fn callee(subject: &Subject<'_>, node: Node<'_>, short: bool) -> String {
    match kind(node) {
        Kind::Call if short => {
            let function = node.child_in(Field::Function).map(|f| one_line(subject, f));
            let has_arguments = node
                .child_in(Field::Arguments)
                .is_some_and(|arguments| arguments.named_child_count() > 0);
            let dots = if has_arguments { "…" } else { "" };
            format!("{}({dots})", function.unwrap_or_default())
        }
        Kind::Identifier
        | Kind::Attribute
        | Kind::Call
        | Kind::Subscript
        | Kind::ParenthesizedExpression => one_line(subject, node),
        _ => format!("({})", one_line(subject, node)),
    }
}

fn in_class(subject: &Subject<'_>) -> bool {
    let mut around = subject.ancestors();
    around.next().is_some_and(|node| kind(node) == Kind::Block)
        && around.next().is_some_and(|node| kind(node) == Kind::ClassDefinition)
}
