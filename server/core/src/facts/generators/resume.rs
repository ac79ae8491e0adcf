//! `send()`, `throw()` and `close()` of a generator of the file.
//!
//! Source: Language Reference, Generator-iterator methods; PEP 342.

use super::function::{is_delegation, yields};
use super::place::{Place, brief};
use super::takes::used_up_before;
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::names::Names;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::own_nodes, kind};
use crate::value::{self, Object};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "generator-method",
    doc: "a call of `send`, `throw` or `close` on a generator of a function of the file; \
          `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("generator", SlotKind::Code, "the generator"),
    Slot::new("function", SlotKind::Code, "the generator function"),
    Slot::new("line", SlotKind::Line, "the line of its `def`"),
    Slot::new("sent", SlotKind::Code, "what is sent"),
    Slot::new("thrown", SlotKind::Code, "what is thrown"),
    Slot::new("closed", SlotKind::Code, "the generator, if it is closed"),
    Slot::new("sent-early", SlotKind::Code, "what is sent before it was started, if not `None`"),
    Slot::new("thrown-early", SlotKind::Code, "what is thrown before it was started"),
    Slot::new("closed-early", SlotKind::Code, "the generator, closed before it was started"),
    Slot::new("yields", SlotKind::Lines, "lines with `yield` where it may be paused"),
    Slot::new("receivers", SlotKind::Records(RECEIVERS), "names that get what is sent"),
    Slot::new("unused", SlotKind::Flag, "no `yield` of the function uses what is sent"),
    Slot::new("finally", SlotKind::Lines, "lines of `finally` in the function"),
];

static RECEIVERS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name"),
    Slot::new("line", SlotKind::Line, "the line of its `yield`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let names = subject.names();
    let method = call.child_in(Field::Function)?;
    (kind(method) == Kind::Attribute).then_some(())?;
    let object = Field::Object.of(method)?;
    let found = value::anywhere(names, subject.item(), object)?;
    let Object::Generator(definition) = found.object else { return None };
    let there = found.names;
    (kind(definition.node) == Kind::FunctionDefinition).then_some(())?;
    // After its end each of them does something else.
    let place = Place::at(names, subject.item(), object)?;
    used_up_before(subject, &place).is_none().then_some(())?;
    let text = there.item(definition.item).text();
    let code = brief(subject.item_text(), object);
    let mut facts = Facts::of(SLOTS);
    facts.code("generator", code.as_str());
    facts.code("function", &text[Field::Name.of(definition.node)?.byte_range()]);
    facts.line("line", there.line(definition.item, definition.node));
    let arguments = Arguments::of(call, subject.item_text());
    let first = arguments.positional.first().map(|node| brief(subject.item_text(), *node));
    let fresh = kind(object) == Kind::Call || is_first_use(names, subject, object);
    match subject.text(Field::Attribute.of(method)?) {
        "send" => {
            let [only] = arguments.positional[..] else { return None };
            let sent = first.filter(|code| !code.is_empty()).unwrap_or("…".to_owned());
            if fresh && is_surely_something(names, subject, only) {
                facts.code("sent-early", sent);
                return Some(facts);
            }
            facts.code("sent", sent);
            receivers(there, definition, &mut facts);
        }
        "throw" => {
            let thrown = first.filter(|code| !code.is_empty())?;
            facts.code(if fresh { "thrown-early" } else { "thrown" }, thrown);
        }
        "close" => {
            facts.code(if fresh { "closed-early" } else { "closed" }, code);
        }
        _ => return None,
    }
    if facts.get("thrown-early").is_none() && facts.get("closed-early").is_none() {
        paused(there, definition, &mut facts);
    }
    Some(facts)
}

/// Where the generator may be paused, and what runs when it ends there.
fn paused(names: Names<'_>, definition: value::Definition<'_>, facts: &mut Facts) {
    let line = |node| names.line(definition.item, node);
    facts.lines("yields", yields(definition.node).into_iter().map(line));
    if facts.get("sent").is_some() {
        return;
    }
    let mut lines = Vec::new();
    own_nodes(definition.node, |node| {
        if kind(node) == Kind::FinallyClause {
            lines.push(line(node));
        }
    });
    facts.lines("finally", lines);
}

/// The names in `name = yield …` of the function.
fn receivers(names: Names<'_>, definition: value::Definition<'_>, facts: &mut Facts) {
    let text = names.item(definition.item).text();
    let (mut records, mut used) = (Vec::new(), false);
    for node in yields(definition.node) {
        let path = walk::path_to(definition.node, node.start_byte(), node.end_byte());
        let Some(path) = path else { continue };
        let at = path.iter().rposition(|other| *other == node).unwrap_or(0);
        let outer =
            path[..at].iter().rev().find(|parent| kind(**parent) != Kind::ParenthesizedExpression);
        let Some(outer) = outer else { continue };
        used |= kind(*outer) != Kind::ExpressionStatement || is_delegation(node);
        let left = Field::Left
            .of(*outer)
            .filter(|left| kind(*outer) == Kind::Assignment && kind(*left) == Kind::Identifier);
        if let Some(left) = left {
            let mut record = Facts::of(RECEIVERS);
            record.code("name", &text[left.byte_range()]);
            record.line("line", names.line(definition.item, node));
            records.push(record);
        }
    }
    facts.flag("unused", !used).records("receivers", records);
}

/// True when no other use of the name stands above this one, and no loop is around it.
fn is_first_use(names: Names<'_>, subject: &Subject<'_>, object: Node<'_>) -> bool {
    if kind(object) != Kind::Identifier {
        return false;
    }
    let Some(bound) = names.binding(subject.item(), object) else { return false };
    let Some(uses) = names.uses(bound) else { return false };
    let here = (subject.item(), object.start_byte());
    let Some(scopes) = names.scopes(subject.item()) else { return false };
    let Some(reference) = scopes.reference_at(object.start_byte()) else { return false };
    let is_single = bound.binding.scope == reference.scope && !bound.binding.conditional;
    let others = uses.iter().any(|used| {
        (used.item, used.reference.at.start) < here || used.reference.scope != reference.scope
    });
    let Some(place) = Place::at(names, subject.item(), object) else { return false };
    let repeated = place
        .path
        .iter()
        .any(|node| matches!(kind(*node), Kind::ForStatement | Kind::WhileStatement));
    is_single && !others && !repeated
}

/// True for a value that is not `None`.
fn is_surely_something(names: Names<'_>, subject: &Subject<'_>, node: Node<'_>) -> bool {
    let Some(place) = Place::at(names, subject.item(), node) else { return false };
    let found = value::of(names, subject.item(), place.node());
    matches!(found.map(|found| found.object), Some(Object::Builtin(builtin)) if builtin != value::Builtin::None)
}

#[cfg(test)]
mod tests;
