//! Locks and conditions: where they are held, and where that waits for ever.
//!
//! Source: Library Reference, threading, Lock, RLock and Condition Objects; asyncio,
//! Synchronization Primitives; multiprocessing, Synchronization primitives.

mod nesting;

use super::code::{Around, name_of, short};
use super::held::{Held, Place, sorted};
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::Definition;

pub(in crate::facts) use nesting::held_already;

pub static PROVIDER: Provider = Provider {
    name: "lock",
    doc: "a call of `Lock`, `RLock` or `Condition` of `threading` or `multiprocessing`, or of \
          `asyncio.Lock` or `asyncio.Condition`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("once", SlotKind::Code, "what is called, if its holder cannot take it again"),
    Slot::new("again", SlotKind::Code, "the same, if its holder can"),
    Slot::new("condition", SlotKind::Code, "the same, if it is a condition"),
    Slot::new("holder", SlotKind::Words(HOLDERS), "who holds it"),
    Slot::new("of-processes", SlotKind::Flag, "it is for processes"),
    Slot::new("tasks", SlotKind::Flag, "it is for coroutines of one event loop"),
    Slot::new("own", SlotKind::Code, "the function that makes it and alone uses it, in each call"),
    Slot::new("twice", SlotKind::Records(TWICE), "where its holder waits for itself"),
    Slot::new("through", SlotKind::Records(THROUGH), "calls that do so in another function"),
    Slot::new("order", SlotKind::Records(ORDER), "other locks that are taken in both orders"),
    Slot::new("name", SlotKind::Code, "the name that keeps it"),
    Slot::new("entered", SlotKind::Lines, "where a `with` holds it"),
    Slot::new("acquired", SlotKind::Lines, "where `acquire()` is called"),
    Slot::new("released", SlotKind::Lines, "where `release()` is called"),
    Slot::new("on-enter", SlotKind::Lines, "where a method for `with` calls `acquire()`"),
    Slot::new("on-exit", SlotKind::Lines, "where the one for its end calls `release()`"),
    Slot::new("waits", SlotKind::Lines, "`wait()` of a condition that stands in no `while`"),
];

static HOLDERS: &[&str] = &["thread", "process", "task"];

static TWICE: &[Slot] = &[
    Slot::new("outer", SlotKind::Line, "where it is taken"),
    Slot::new("inner", SlotKind::Line, "where it is taken again"),
];

static THROUGH: &[Slot] = &[
    Slot::new("outer", SlotKind::Line, "where it is taken"),
    Slot::new("function", SlotKind::Code, "the function that is called while it is held"),
    Slot::new("line", SlotKind::Line, "the line of the call"),
    Slot::new("inner", SlotKind::Line, "where that function takes it"),
];

static ORDER: &[Slot] = &[
    Slot::new("other", SlotKind::Code, "the other lock"),
    Slot::new("first", SlotKind::Line, "where the other one is taken while this one is held"),
    Slot::new("second", SlotKind::Line, "where this one is taken while the other one is held"),
];

/// The modules with locks, and the classes of each.
fn holder(name: &str) -> Option<(&'static str, &str)> {
    let (module, class) = name.rsplit_once('.')?;
    let holder = match module {
        "threading" => "thread",
        "multiprocessing" => "process",
        "asyncio" if class != "RLock" => "task",
        _ => return None,
    };
    matches!(class, "Lock" | "RLock" | "Condition").then_some((holder, class))
}

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let name = subject.callee()?;
    let (holder, class) = holder(&name)?;
    let written = short(subject.names(), subject.item(), Field::Function.of(call)?)?;
    let mut facts = Facts::of(SLOTS);
    let slot = match class {
        "Lock" => "once",
        "RLock" => "again",
        _ => "condition",
    };
    facts.code(slot, written).word("holder", holder);
    facts.flag("of-processes", holder == "process").flag("tasks", holder == "task");
    let Some(held) = Held::of(subject) else { return Some(facts) };
    facts.code("name", held.name.as_str());
    facts.set("entered", Value::Lines(held.entered(subject)));
    set_calls(subject, &held, &mut facts);
    if class == "Condition" {
        let lonely = held.uses.iter().filter(|used| {
            used.method(subject).is_some_and(|(name, _)| name == "wait") && !in_while(&used.path)
        });
        facts.set("waits", Value::Lines(sorted(lonely.map(|used| used.line(subject)))));
    }
    if class == "Lock" {
        let mut records = Vec::new();
        for (outer, inner) in nesting::twice(subject, &held) {
            let mut record = Facts::of(TWICE);
            record.line("outer", outer).line("inner", inner);
            records.push(record);
        }
        facts.records("twice", records);
        let mut records = Vec::new();
        for found in nesting::through(subject, &held) {
            let mut record = Facts::of(THROUGH);
            record.line("outer", found.outer).line("line", found.line).line("inner", found.inner);
            record.code("function", name_of(subject.names(), found.function));
            records.push(record);
        }
        facts.records("through", records);
    }
    if class != "Condition" {
        let mut records = Vec::new();
        for found in nesting::orders(subject, &held) {
            let mut record = Facts::of(ORDER);
            record.code("other", found.other).line("first", found.first);
            record.line("second", found.second);
            records.push(record);
        }
        facts.records("order", records);
    }
    if let Some(function) = own(subject, &held) {
        facts.code("own", function);
    }
    Some(facts)
}

/// Sets the lines of `acquire()` and `release()`: apart those of a class that is itself for `with`.
fn set_calls(subject: &Subject<'_>, held: &Held<'_>, facts: &mut Facts) {
    let lines = |method: &str, functions: &[&str]| {
        let (within, others): (Vec<_>, Vec<_>) = held
            .uses
            .iter()
            .filter(|place| place.method(subject).is_some_and(|(name, _)| name == method))
            .partition(|place| match Around::of(&place.path) {
                Around::Function(node) => {
                    let function = Definition { item: place.item, node };
                    functions.contains(&name_of(subject.names(), function))
                }
                _ => false,
            });
        let lines = |places: Vec<&Place<'_>>| sorted(places.iter().map(|it| it.line(subject)));
        (lines(within), lines(others))
    };
    let (on_enter, acquired) = lines("acquire", &["__enter__", "__aenter__"]);
    let (on_exit, released) = lines("release", &["__exit__", "__aexit__"]);
    if on_enter.is_empty() || on_exit.is_empty() {
        facts.set("acquired", Value::Lines(held.calls(subject, &["acquire"])));
        facts.set("released", Value::Lines(held.calls(subject, &["release"])));
        return;
    }
    facts.set("on-enter", Value::Lines(on_enter)).set("on-exit", Value::Lines(on_exit));
    facts.set("acquired", Value::Lines(acquired)).set("released", Value::Lines(released));
}

/// True for what stands in a `while` of its function.
fn in_while(path: &[Node<'_>]) -> bool {
    path.iter()
        .rev()
        .take_while(|node| !matches!(kind(**node), Kind::FunctionDefinition | Kind::Lambda))
        .any(|node| kind(*node) == Kind::WhileStatement)
}

/// The function that makes the lock in every call, and in which alone it is held.
fn own<'a>(subject: &Subject<'a>, held: &Held<'a>) -> Option<&'a str> {
    let Around::Function(function) = Around::of(subject.path()) else { return None };
    let only_here = held.is_variable
        && !held.uses.is_empty()
        && held.uses.iter().all(|used| {
            let is_held = used.is_entered()
                || used
                    .method(subject)
                    .is_some_and(|(name, _)| matches!(name, "acquire" | "release"));
            is_held && Around::of(&used.path) == Around::Function(function)
        });
    only_here.then(|| Some(subject.text(Field::Name.of(function)?)))?
}

#[cfg(test)]
mod tests;
