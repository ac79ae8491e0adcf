//! `yield`: what is handed out, what comes back, and what stays open while the body is paused.
//!
//! Source: Language Reference, Yield expressions; PEP 342, PEP 380.

use super::function::{has, is_delegation, yields};
use super::place::brief;
use super::takes::generator_around;
use crate::facts::decoration::Decorated;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::function::{is_async, own_nodes, returned, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Object};

pub static YIELD: Provider = Provider {
    name: "yield",
    doc: "`yield`, not `yield from`, in a function that no decorator makes something else of; \
          `@target` is the `yield`",
    slots: YIELD_SLOTS,
    run: run_yield,
};

static YIELD_SLOTS: &[Slot] = &[
    Slot::new("sync", SlotKind::Code, "the function, if it is no `async def`"),
    Slot::new("async", SlotKind::Code, "the function, if it is an `async def`"),
    Slot::new("value", SlotKind::Code, "what is handed out; `None` without an expression"),
    Slot::new("long", SlotKind::Flag, "what is handed out is too long to be written out"),
    Slot::new("received", SlotKind::Code, "the name that gets what is sent"),
    Slot::new("next", SlotKind::Line, "the line of the statement behind it in the same suite"),
    Slot::new("loop", SlotKind::Line, "the line of the loop that goes on behind it"),
    Slot::new("last", SlotKind::Flag, "nothing stands behind it: the generator ends"),
    Slot::new("with", SlotKind::Lines, "lines of the `with` around it, which stay open"),
    Slot::new("finally", SlotKind::Line, "the line of the `finally` around it"),
    Slot::new(
        "swallows",
        SlotKind::Line,
        "the line of an `except` around it that catches even the end",
    ),
    Slot::new("count", SlotKind::Number, "how many `yield` the function has, if more than one"),
    Slot::new("same", SlotKind::Code, "the name of a list or dict that is handed out each time"),
];

pub static YIELD_FROM: Provider = Provider {
    name: "yield-from",
    doc: "`yield from`; `@target` is the `yield`",
    slots: FROM_SLOTS,
    run: run_from,
};

static FROM_SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function with the `yield from`"),
    Slot::new("source", SlotKind::Code, "what it reads"),
    Slot::new("long", SlotKind::Flag, "what it reads is too long to be written out"),
    Slot::new("short", SlotKind::Flag, "there is a loop to be written out"),
    Slot::new(
        "loop",
        SlotKind::Block,
        "the loop that does the same for a reader that sends nothing",
    ),
    Slot::new("inner", SlotKind::Code, "the generator function of the file that it reads from"),
    Slot::new("inner-line", SlotKind::Line, "the line of its `def`"),
    Slot::new("itself", SlotKind::Flag, "that is the function itself"),
    Slot::new("returns", SlotKind::Lines, "lines of `return` with a value in that function"),
    Slot::new("result", SlotKind::Code, "the name that gets the value of that `return`"),
    Slot::new("unused", SlotKind::Flag, "that function returns a value, and nobody gets it here"),
    Slot::new("no-result", SlotKind::Code, "the name that gets `None`"),
];

fn run_yield(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    if is_delegation(node) {
        return None;
    }
    let function = plain_generator(subject)?;
    let mut facts = Facts::of(YIELD_SLOTS);
    let name = subject.text(Field::Name.of(function)?);
    facts.code(if is_async(function) { "async" } else { "sync" }, name);
    match statements(node).first() {
        None => facts.code("value", "None"),
        Some(value) => {
            let code = brief(subject.item_text(), *value);
            facts.flag("long", code.is_empty()).code("value", code)
        }
    };
    let path = subject.path();
    let at = path.iter().rposition(|one| *one == function)?;
    if let Some(target) = assigned(path) {
        facts.code("received", subject.text(target));
    }
    after(subject, &path[at..], &mut facts);
    around(subject, &path[at..], &mut facts);
    let count = yields(function).len();
    if count > 1 {
        facts.number("count", count);
    }
    same_object(subject, function, &mut facts);
    Some(facts)
}

/// The function around the subject, if it is a generator function whose caller gets its generator.
pub(super) fn plain_generator<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    let path = subject.path();
    let function = generator_around(&path[..path.len() - 1])?;
    let at = path.iter().rposition(|one| *one == function)?;
    let around = path[at.checked_sub(1)?];
    if kind(around) == Kind::DecoratedDefinition {
        let decorated = Decorated::read(subject.names(), subject.item(), around)?;
        let keeps = ["builtins.staticmethod", "builtins.classmethod", "typing.override"];
        decorated.all.iter().all(|one| one.is(&keeps)).then_some(())?;
    }
    Some(function)
}

/// The name in `name = yield …`.
fn assigned<'a>(path: &[Node<'a>]) -> Option<Node<'a>> {
    let mut end = path.len() - 1;
    while kind(*path.get(end.checked_sub(1)?)?) == Kind::ParenthesizedExpression {
        end -= 1;
    }
    let assignment = path[end - 1];
    let is_value =
        kind(assignment) == Kind::Assignment && Field::Right.of(assignment) == Some(path[end]);
    Field::Left.of(assignment).filter(|left| is_value && kind(*left) == Kind::Identifier)
}

/// Where the body goes on. `path` leads from the function to the `yield`.
fn after(subject: &Subject<'_>, path: &[Node<'_>], facts: &mut Facts) {
    let is_statement =
        path.iter().rev().skip(1).take(2).any(|node| kind(*node) == Kind::ExpressionStatement);
    if !is_statement {
        return;
    }
    for pair in path.windows(2).rev() {
        let [parent, child] = *pair else { return };
        match kind(parent) {
            Kind::Block => {
                let next = statements(parent)
                    .into_iter()
                    .find(|statement| statement.start_byte() >= child.end_byte());
                if let Some(next) = next {
                    facts.line("next", subject.line(next));
                    return;
                }
            }
            Kind::ForStatement | Kind::WhileStatement if Field::Body.of(parent) == Some(child) => {
                facts.line("loop", subject.line(parent));
                return;
            }
            // The clauses behind it depend on what happens in the body.
            Kind::TryStatement | Kind::WithStatement | Kind::FinallyClause => return,
            Kind::FunctionDefinition => {
                facts.flag("last", true);
                return;
            }
            _ => {}
        }
    }
}

/// What stays open, and what runs when the generator is closed here.
fn around(subject: &Subject<'_>, path: &[Node<'_>], facts: &mut Facts) {
    let mut open = Vec::new();
    for pair in path.windows(2) {
        let [parent, child] = *pair else { return };
        let in_body = Field::Body.of(parent) == Some(child);
        match kind(parent) {
            Kind::WithStatement if in_body => open.push(subject.line(parent)),
            Kind::TryStatement if in_body => {
                for clause in statements(parent) {
                    match kind(clause) {
                        Kind::FinallyClause => drop(facts.line("finally", subject.line(clause))),
                        Kind::ExceptClause if catches_exit(subject, clause) => {
                            facts.line("swallows", subject.line(clause));
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    facts.set("with", Value::Lines(open));
}

/// True for `except:` and the like that neither raises nor returns nor leaves the loop.
fn catches_exit(subject: &Subject<'_>, clause: Node<'_>) -> bool {
    let parts = statements(clause);
    let ends = [Kind::RaiseStatement, Kind::ReturnStatement, Kind::BreakStatement];
    let catches = match parts[..] {
        [block] => kind(block) == Kind::Block,
        [exception, _] => {
            subject.names().qualified(subject.item(), exception).is_some_and(|name| {
                matches!(name.as_str(), "builtins.BaseException" | "builtins.GeneratorExit")
            })
        }
        _ => false,
    };
    catches && !has(clause, &ends)
}

/// `yield x` of one mutable object that is changed and handed out again.
fn same_object(subject: &Subject<'_>, function: Node<'_>, facts: &mut Facts) {
    let Some(name) = statements(subject.node()).first().copied() else { return };
    if kind(name) != Kind::Identifier {
        return;
    }
    let Some(found) = value::of(subject.names(), subject.item(), name) else { return };
    let Object::Builtin(builtin) = found.object else { return };
    // Made once before the loop, so that every turn hands out the same object.
    let path = subject.path();
    let outer = path.iter().find(|node| {
        matches!(kind(**node), Kind::ForStatement | Kind::WhileStatement)
            && function.start_byte() < node.start_byte()
    });
    let is_outside = outer.is_some_and(|outer| found.node.end_byte() <= outer.start_byte());
    let is_here = found.item == subject.item() && function.start_byte() < found.node.start_byte();
    if builtin.is_mutable() && found.once && is_here && is_outside {
        facts.code("same", subject.text(name));
    }
}

fn run_from(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    if !is_delegation(node) {
        return None;
    }
    let function = plain_generator(subject).filter(|it| !is_async(*it))?;
    let source = *statements(node).first()?;
    let mut facts = Facts::of(FROM_SLOTS);
    facts.code("function", subject.text(Field::Name.of(function)?));
    let code = brief(subject.item_text(), source);
    facts.flag("long", code.is_empty());
    if !code.is_empty() {
        facts.flag("short", true);
        facts.set("loop", Value::Block(format!("for item in {code}:\n    yield item")));
    }
    facts.code("source", code);
    let names = subject.names();
    let value = value::anywhere(names, subject.item(), source);
    let there = value.as_ref().map_or(names, |value| value.names);
    let target = assigned(subject.path());
    match value.as_ref().map(|value| &value.object) {
        Some(Object::Generator(inner)) if kind(inner.node) == Kind::FunctionDefinition => {
            let text = there.item(inner.item).text();
            facts.code("inner", &text[Field::Name.of(inner.node)?.byte_range()]);
            facts.line("inner-line", there.line(inner.item, inner.node));
            facts.flag("itself", inner.node == function);
            let mut lines = Vec::new();
            own_nodes(inner.node, |node| {
                if kind(node) == Kind::ReturnStatement && returned(node).is_some() {
                    lines.push(there.line(inner.item, node));
                }
            });
            let path = subject.path();
            let is_statement =
                path.get(path.len() - 2).is_some_and(|it| kind(*it) == Kind::ExpressionStatement);
            match target {
                Some(target) if lines.is_empty() => facts.code("no-result", subject.text(target)),
                Some(target) => facts.code("result", subject.text(target)),
                None => facts.flag("unused", is_statement && !lines.is_empty()),
            };
            facts.lines("returns", lines);
        }
        Some(Object::Builtin(_)) => {
            if let Some(target) = target {
                facts.code("no-result", subject.text(target));
            }
        }
        _ => {}
    }
    Some(facts)
}

#[cfg(test)]
mod tests;
