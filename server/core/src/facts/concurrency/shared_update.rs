//! `x += 1` on shared state in a function that runs in threads or processes.
//!
//! Source: Library FAQ, What kinds of global value mutation are thread-safe; Language Reference,
//! Augmented assignment statements: the target is read, the operation done, the target written.

use super::code::{Around, name_of, short};
use super::shared_state::unlocked_updates;
use super::started::{Model, starts};
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};
use crate::value::Definition;

pub static PROVIDER: Provider = Provider {
    name: "shared-update",
    doc: "an augmented assignment, with no lock around, to a variable of the module or of a \
          function around or to an attribute of `self`, in a function that the file runs in \
          threads or processes; `@target` is the `augmented_assignment`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("statement", SlotKind::Code, "the statement, in a function that threads run"),
    Slot::new("single", SlotKind::Code, "the same, if no two of them are seen to overlap"),
    Slot::new("copied", SlotKind::Code, "the same, in a function that processes run"),
    Slot::new("by-threads", SlotKind::Flag, "threads run the function"),
    Slot::new("variable", SlotKind::Code, "what is changed"),
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("threads", SlotKind::Lines, "where threads are made that run it"),
    Slot::new("processes", SlotKind::Lines, "where processes are made that run it"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    if kind(subject.node()) != Kind::AugmentedAssignment {
        return None;
    }
    let Around::Function(node) = Around::of(subject.path()) else { return None };
    let function = Definition { item: subject.item(), node };
    if !unlocked_updates(names, function).contains(&subject.node()) {
        return None;
    }
    let starts = starts(subject, function);
    let lines = |model: Model| -> Vec<usize> {
        let found = starts.iter().filter(|start| start.model == model);
        super::held::sorted(found.map(|start| start.line))
    };
    let (threads, processes) = (lines(Model::Thread), lines(Model::Process));
    // Methods may be of different objects.
    let is_plain = Field::Left.of(subject.node()).is_some_and(|it| kind(it) == Kind::Identifier);
    let statement = short(names, subject.item(), subject.node())?;
    let mut facts = Facts::of(SLOTS);
    if !threads.is_empty() {
        let threads = starts.iter().filter(|start| start.model == Model::Thread);
        let overlap =
            threads.clone().any(|start| start.repeated) || is_plain && threads.count() > 1;
        facts.code(if overlap { "statement" } else { "single" }, statement);
    } else if !processes.is_empty() {
        facts.code("copied", statement);
    } else {
        return None;
    }
    facts.code("variable", short(names, subject.item(), Field::Left.of(subject.node())?)?);
    facts.code("function", name_of(names, function));
    facts.flag("by-threads", !threads.is_empty());
    facts.set("threads", Value::Lines(threads)).set("processes", Value::Lines(processes));
    Some(facts)
}

#[cfg(test)]
mod tests;
