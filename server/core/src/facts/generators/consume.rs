//! Calls and `in` that read a generator or another iterator of the file.
//!
//! Source: Library Reference, Built-in Functions; Language Reference, Membership test operations.

use super::function::is_infinite;
use super::place::{Place, Role, brief};
use super::takes::{CONSUMER, LAZY, consumer, is_single_use, used_up_before};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::value::{self, Object};

pub static PROVIDER: Provider = Provider {
    name: "consume-call",
    doc: "a call of a function in the table `consumer` with an iterator of the file; `@target` is \
          the `call`",
    slots: SLOTS,
    run,
};

pub static MEMBERSHIP: Provider = Provider {
    name: "in-iterator",
    doc: "`in` or `not in` with an iterator of the file on the right; `@target` is the \
          `comparison_operator`",
    slots: SLOTS,
    run: run_in,
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "what is called"),
    Slot::new("does", SlotKind::Text, "what it does with the items"),
    Slot::new("item", SlotKind::Code, "what `in` looks for"),
    Slot::new("source", SlotKind::Code, "the iterator"),
    Slot::new("generator", SlotKind::Code, "the generator function of the file"),
    Slot::new("line", SlotKind::Line, "the line of its `def`"),
    Slot::new("early", SlotKind::Code, "the iterator, if it may not be read to its end"),
    Slot::new("all", SlotKind::Code, "the name of the iterator, if it is read to its end"),
    Slot::new("fresh", SlotKind::Code, "the call that makes an iterator for this alone"),
    Slot::new("passed", SlotKind::Code, "the name of the iterator that `in` takes items of"),
    Slot::new("endless", SlotKind::Code, "what is called, if it never returns"),
    Slot::new(
        "endless-in",
        SlotKind::Code,
        "the iterator without end, in which `in` may search for ever",
    ),
    Slot::new("empty", SlotKind::Line, "where the iterator was read to its end before"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let here = Place::of(subject);
    let name = here.callee(call)?;
    // Containers have cards of their own.
    (!name.starts_with("collections.")).then_some(())?;
    subject.row(&CONSUMER, &name)?;
    let arguments = Arguments::of(call, subject.item_text());
    let mut all = arguments.positional.iter().enumerate();
    let (source, row) = all.find_map(|(position, node)| {
        let row = consumer(subject, &here, call, &name, position)?;
        Some((*node, row))
    })?;
    let mut facts = Facts::of(SLOTS);
    let endless = describe(subject, source, &mut facts)?;
    let code = brief(subject.item_text(), call.child_in(Field::Function)?);
    let written = facts.get("source").cloned();
    facts.take("does", row, "does");
    match (endless, row.get("early").is_some(), written) {
        (true, false, _) => drop(facts.code("endless", code.as_str())),
        _ if facts.get("empty").is_some() => {}
        (_, true, Some(Value::Code(source))) if facts.get("fresh").is_none() => {
            facts.code("early", source);
        }
        (_, false, Some(Value::Code(source))) if facts.get("fresh").is_none() => {
            facts.code("all", source);
        }
        _ => {}
    }
    facts.code("function", code);
    Some(facts)
}

fn run_in(subject: &Subject<'_>) -> Option<Facts> {
    let operands = statements(subject.node());
    let [item, source] = operands[..] else { return None };
    let place = Place::at(subject.names(), subject.item(), source)?;
    matches!(place.role(), Role::Membership).then_some(())?;
    let mut facts = Facts::of(SLOTS);
    let endless = describe(subject, source, &mut facts)?;
    let code = brief(subject.item_text(), item);
    facts.code("item", if code.is_empty() { "…".to_owned() } else { code });
    if facts.get("fresh").is_none() && facts.get("empty").is_none() {
        facts.code("passed", brief(subject.item_text(), source));
    }
    if endless && let Some(Value::Code(code)) = facts.get("source").cloned() {
        facts.code("endless-in", code);
    }
    Some(facts)
}

/// Says which iterator `source` is, and whether it has no end. Nothing for what is none.
fn describe<'a>(subject: &Subject<'a>, source: Node<'a>, facts: &mut Facts) -> Option<bool> {
    let names = subject.names();
    // These have cards of their own.
    if kind(source) == Kind::GeneratorExpression {
        return None;
    }
    let found = value::anywhere(names, subject.item(), source)?;
    let endless = match &found.object {
        Object::Generator(definition) => is_infinite(definition.node),
        Object::Called(name) => {
            subject.row(&LAZY, name).is_some_and(|row| row.get("infinite").is_some())
        }
        _ => false,
    };
    (endless || is_single_use(subject, &found.object)).then_some(())?;
    let code = Some(brief(subject.item_text(), source)).filter(|code| !code.is_empty())?;
    facts.code("source", code.as_str());
    if kind(source) == Kind::Call {
        facts.code("fresh", code);
    }
    if let Object::Generator(definition) = found.object
        && let Some(name) = Field::Name.of(definition.node)
    {
        let there = found.names;
        facts.code("generator", &there.item(definition.item).text()[name.byte_range()]);
        facts.line("line", there.line(definition.item, definition.node));
    }
    let place = Place::at(names, subject.item(), source)?;
    if let Some(earlier) = used_up_before(subject, &place) {
        facts.line("empty", earlier.line(subject));
    }
    Some(endless)
}

#[cfg(test)]
mod tests;
