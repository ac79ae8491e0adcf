//! `__exit__` and `__aexit__` in a class: what becomes of an exception.
//!
//! Source: Python Language Reference, Data model, With Statement Context Managers.

use super::describe::{exits, line_in, raised};
use super::enter::cannot_be_awaited;
use super::method::{Own, own, set_entries, takes};
use super::slots::SOMETIMES;
use super::truth::{Raised, Truth};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::function::{ParameterKind, is_async, is_generator, parameters, statements};
use crate::syntax::{Field, Kind, Node, flow::never_ends, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "exit-method",
    doc: "the method `__exit__` or `__aexit__` of a class; `@target` is the `function_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "`C.__exit__`"),
    Slot::new("with", SlotKind::Code, "`with` or `async with`"),
    Slot::new("entered", SlotKind::Lines, "`with` statements of the file that call the class"),
    Slot::new("type", SlotKind::Code, "the parameter that gets the type of the exception"),
    Slot::new("value", SlotKind::Code, "the parameter that gets the exception"),
    Slot::new("traceback", SlotKind::Code, "the parameter that gets the traceback"),
    Slot::new("rest", SlotKind::Code, "the `*` parameter that gets all three"),
    Slot::new("cannot-be-called", SlotKind::Code, "its parameters, if it cannot take three"),
    Slot::new("must-be-async", SlotKind::Flag, "what `__aexit__` returns cannot be awaited"),
    Slot::new("must-be-plain", SlotKind::Flag, "`__exit__` is an `async def`"),
    Slot::new("passes", SlotKind::Flag, "an exception of the block passes on"),
    Slot::new("replaces", SlotKind::Lines, "`raise` in an `__exit__` that drops nothing"),
    Slot::new("exit", SlotKind::Code, "the same as `name`, where it drops an exception or raises"),
    Slot::new("swallows-all", SlotKind::Lines, "`return` lines, if every exception is dropped"),
    Slot::new("always-raises", SlotKind::Flag, "it raises on every way"),
    Slot::new("may-drop", SlotKind::Flag, "it may drop an exception"),
    Slot::new(
        "sometimes",
        SlotKind::Records(SOMETIMES),
        "ways on which an exception is dropped, in the branch of an `if`",
    ),
    Slot::new("also", SlotKind::Records(SOMETIMES), "such ways that stand in no `if`"),
    Slot::new("decides", SlotKind::Records(SOMETIMES), "values that decide it, true ones drop it"),
    Slot::new("success-only", SlotKind::Lines, "lines that do not run if the block raised"),
    Slot::new("success-when", SlotKind::Codes, "the conditions that keep them from it"),
    Slot::new("failure-only", SlotKind::Lines, "lines that run only if the block raised"),
    Slot::new("raises-again", SlotKind::Lines, "lines that raise the exception that was passed"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let own = own(subject, ["__exit__", "__aexit__"])?;
    let mut facts = Facts::of(SLOTS);
    let name = format!("{}.{}", own.class.name(), own.name);
    facts.code("name", name.as_str());
    facts.code("with", if own.awaited { "async with" } else { "with" });
    set_entries(subject, &own, &mut facts);
    if !takes(own.function, 3) {
        let list = own.function.child_in(Field::Parameters)?;
        facts.code("cannot-be-called", one_line(subject, list));
        return Some(facts);
    }
    if is_generator(own.function) {
        return None;
    }
    let raised = raised(own.class, own.function, true);
    if is_async(own.function) != own.awaited {
        let is_unfit = !own.awaited || cannot_be_awaited(raised);
        facts.flag(if own.awaited { "must-be-async" } else { "must-be-plain" }, is_unfit);
        return is_unfit.then_some(facts);
    }
    set_parameters(subject, &own, &mut facts)?;
    exits(own.class, own.function, own.awaited, &mut facts);
    let drops = ["swallows-all", "always-raises", "may-drop", "replaces"];
    if drops.iter().any(|slot| facts.get(slot).is_some()) {
        facts.code("exit", name);
    }
    branches(subject, raised, &mut facts);
    Some(facts)
}

fn set_parameters(subject: &Subject<'_>, own: &Own<'_>, facts: &mut Facts) -> Option<()> {
    let parameters = parameters(own.function)?;
    for (index, parameter) in parameters.iter().enumerate() {
        match (parameter.kind, index) {
            (ParameterKind::VarPositional, 1) => {
                facts.code("rest", subject.text(parameter.name));
            }
            (ParameterKind::PositionalOnly | ParameterKind::PositionalOrKeyword, 1..=3) => {
                let slot = ["type", "value", "traceback"][index - 1];
                facts.code(slot, subject.text(parameter.name));
            }
            _ => {}
        }
    }
    Some(())
}

/// The branches that depend on whether there is an exception, and `raise` of it.
fn branches(subject: &Subject<'_>, raised: Raised<'_>, facts: &mut Facts) {
    let (mut success, mut failure, mut again) = (Vec::new(), Vec::new(), Vec::new());
    let mut conditions: Vec<String> = Vec::new();
    let line = |node: Node<'_>| line_in(subject, raised.item, node);
    let Some(body) = raised.function.child_in(Field::Body) else { return };
    walk::until(body, |node| {
        match kind(node) {
            Kind::IfStatement => {
                let (Some(condition), Some(suite)) =
                    (node.child_in(Field::Condition), node.child_in(Field::Consequence))
                else {
                    return false;
                };
                if raised.asks_for_exception(condition) {
                    let lines = statements(suite).into_iter().map(line);
                    if raised.truth(condition) == Truth::False {
                        success.extend(lines);
                        conditions.push(one_line(subject, condition));
                    } else {
                        failure.extend(lines);
                    }
                }
            }
            Kind::RaiseStatement if raised.raises_again(node) => again.push(line(node)),
            _ => {}
        }
        matches!(
            kind(node),
            Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda | Kind::TryStatement
        )
    });
    for (index, statement) in statements(body).into_iter().enumerate() {
        let condition = statement.child_in(Field::Condition);
        let Some(condition) = condition.filter(|_| kind(statement) == Kind::IfStatement) else {
            continue;
        };
        let leaves = statement.child_in(Field::Consequence).is_some_and(never_ends);
        let is_taken = raised.asks_for_exception(condition)
            && raised.truth(condition) == Truth::True
            && leaves;
        let behind: Vec<_> = statements(body).into_iter().skip(index + 1).map(line).collect();
        if is_taken && !behind.is_empty() {
            success.extend(behind);
            conditions.push(one_line(subject, condition));
            break;
        }
    }
    success.sort_unstable();
    success.dedup();
    facts.set("success-only", Value::Lines(success)).codes("success-when", conditions);
    facts.set("failure-only", Value::Lines(failure)).set("raises-again", Value::Lines(again));
}

#[cfg(test)]
mod tests;
