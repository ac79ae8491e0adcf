//! One decorator line: what it makes of the function below, as far as the workspace can tell.

use super::decorated_function::{assignment, expression};
use super::decoration::called;
use super::registering::is_from_elsewhere;
use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::decorator::{Applied, Given, Gives, Metadata, applied, given, outcome};
use crate::subject::Subject;
use crate::syntax::function::{decorators, docstring};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "decorator-line",
    doc: "one decorator of a function; `@target` is the `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("assignment", SlotKind::Code, "the assignment that all decorators stand for"),
    Slot::new("name", SlotKind::Code, "the decorated function's name"),
    Slot::new("line", SlotKind::Line, "the line of the `def`"),
    Slot::new("decorator", SlotKind::Code, "the expression after `@`"),
    Slot::new("called", SlotKind::Flag, "the expression is a call, made once when the `def` runs"),
    Slot::new("count", SlotKind::Number, "how many decorators, if more than one"),
    Slot::new(
        "evaluated",
        SlotKind::Number,
        "its place in the order of evaluation, from 1, if more than one",
    ),
    Slot::new(
        "applied",
        SlotKind::Number,
        "its place in the order of application, from 1, if more than one",
    ),
    Slot::new(
        "factory",
        SlotKind::Code,
        "the function that the call calls, if it is known and makes the decorator",
    ),
    Slot::new(
        "plain",
        SlotKind::Code,
        "the function that decorates, if it is known and does so itself",
    ),
    Slot::new("defined", SlotKind::Line, "the line of that function"),
    Slot::new("inner", SlotKind::Code, "the decorator that the factory returns"),
    Slot::new("inner-line", SlotKind::Line, "its line"),
    Slot::new(
        "wrapper",
        SlotKind::Code,
        "the function that comes back for the decorated one, if this is not the topmost decorator",
    ),
    Slot::new("wrapper-line", SlotKind::Line, "its line"),
    Slot::new(
        "now",
        SlotKind::Code,
        "the wrapper, if this is the topmost decorator, so that the name is bound to it",
    ),
    Slot::new("dunder-name", SlotKind::Code, "`f.__name__`"),
    Slot::new(
        "renamed",
        SlotKind::Code,
        "what `__name__` is, if it is not the function's own name",
    ),
    Slot::new("kept", SlotKind::Code, "what `__name__` is, if it is still the function's own name"),
    Slot::new(
        "wraps-line",
        SlotKind::Line,
        "the line with `functools.wraps` that keeps it, if this decorator has it",
    ),
    Slot::new(
        "doc-lost",
        SlotKind::Flag,
        "the function has a docstring that its name no longer shows",
    ),
    Slot::new("doc-none", SlotKind::Flag, "the function has no docstring, but would lose it"),
    Slot::new("same", SlotKind::Line, "the line of the decorator, if it returns what it gets"),
    Slot::new("nothing", SlotKind::Line, "the line of the decorator, if it returns `None`"),
    Slot::new("unknown", SlotKind::Flag, "what the decorator returns is not known"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let line = subject.node();
    let decorated =
        subject.ancestors().next().filter(|node| kind(*node) == Kind::DecoratedDefinition)?;
    let function = decorated.child_in(Field::Definition)?;
    (kind(function) == Kind::FunctionDefinition && !decorated.is_broken()).then_some(())?;
    let name = subject.text(function.child_in(Field::Name)?);
    let all = decorators(decorated);
    let expressions: Vec<Node<'_>> = all.iter().map(|it| expression(*it)).collect::<Option<_>>()?;
    let place = all.iter().position(|other| other.id() == line.id())?;

    let mut facts = Facts::of(SLOTS);
    facts.code("name", name).code("assignment", assignment(subject, name, &expressions));
    facts.code("decorator", one_line(subject, expressions[place]));
    facts.line("line", subject.line(function));
    facts.flag("called", kind(expressions[place]) == Kind::Call);
    if all.len() > 1 {
        facts.number("count", all.len()).number("evaluated", place + 1);
        facts.number("applied", all.len() - place);
    }
    let names = subject.names();
    match applied(names, subject.item(), line) {
        Some(applied) if applied.fits() => describe(&applied, place == 0, &mut facts),
        Some(_) => return None,
        None => match given(names, subject.item(), line).map(|giver| (giver.function, giver.gives))
        {
            Some((decorator, Given::Same)) => drop(facts.line("same", decorator.line())),
            Some((decorator, Given::Nothing)) => drop(facts.line("nothing", decorator.line())),
            Some((_, Given::Nested(other))) => {
                facts.code(if place == 0 { "now" } else { "wrapper" }, other.name());
                facts.line("wrapper-line", other.line());
            }
            Some((_, Given::Class(_))) => {}
            None => {
                let callee = called(expressions[place]);
                facts.flag("unknown", is_from_elsewhere(names, subject.item(), callee));
            }
        },
    }
    if let Some(outcome) = outcome(names, subject.item(), decorated) {
        facts.code("dunder-name", format!("{name}.__name__"));
        let shown = outcome.shown.name();
        let slot = if outcome.shown.node.id() == function.id() { "kept" } else { "renamed" };
        facts.code(slot, format!("'{shown}'"));
        let documented = docstring(function, subject.item_text()).is_some();
        let lost = slot == "renamed" && outcome.shown.doc().is_none();
        facts.flag("doc-lost", lost && documented).flag("doc-none", lost && !documented);
    }
    Some(facts)
}

/// Who makes what, with the lines.
fn describe(applied: &Applied<'_>, topmost: bool, facts: &mut Facts) {
    let decorator = &applied.decorator;
    let line = |node: Node<'_>| decorator.line(node);
    facts.line("defined", line(decorator.outer()));
    match decorator.factory {
        Some(factory) => {
            facts.code("factory", decorator.name_of(factory));
            facts.code("inner", decorator.name_of(decorator.function));
            facts.line("inner-line", line(decorator.function));
        }
        None => {
            facts.code("plain", decorator.name_of(decorator.function));
        }
    }
    if decorator.gives == Gives::Wrapper {
        let wrapper = decorator.name_of(decorator.wrapper);
        facts.line("wrapper-line", line(decorator.wrapper));
        facts.code(if topmost { "now" } else { "wrapper" }, wrapper);
        if let Metadata::Copied(node) = decorator.metadata {
            facts.line("wraps-line", line(node));
        }
    }
}
