//! A list that serves as a queue or stack.
//!
//! Source: Python Tutorial, Data Structures, Using Lists as Stacks and as Queues.

use super::uses::{Role, Used, of_assigned};
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::arguments, kind};

pub static PROVIDER: Provider = Provider {
    name: "list-queue",
    doc: "a list display that a variable is bound to, if the file puts in and takes out; `@target` \
          is the `list`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("queue", SlotKind::Code, "the variable, if what goes in first comes out first"),
    Slot::new("stack", SlotKind::Code, "the variable, if what goes in last comes out first"),
    Slot::new("added", SlotKind::Lines, "the lines that put in"),
    Slot::new("taken", SlotKind::Lines, "the lines that take out"),
    Slot::new("front", SlotKind::Lines, "those of these lines that move all other elements"),
    Slot::new("add", SlotKind::Code, "the method of a deque that puts in"),
    Slot::new("take", SlotKind::Code, "the method of a deque that takes out"),
    Slot::new("blocked", SlotKind::Lines, "lines with what a deque cannot do: slices, `pop(i)`"),
];

/// What is done with the list.
#[derive(Clone, Copy, PartialEq)]
enum Done {
    AddEnd,
    AddFront,
    TakeEnd,
    TakeFront,
    Blocks,
    /// It is handed on or reordered.
    Leaves,
    Same,
}

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (name, uses) = of_assigned(subject.names(), subject.item(), subject.path())?;
    let done: Vec<(Done, usize)> = uses
        .iter()
        .map(|used| Some((done(subject, used), line(subject, used)?)))
        .collect::<Option<_>>()?;
    let lines = |wanted: &[Done]| {
        let mut found: Vec<usize> = Vec::new();
        found.extend(done.iter().filter(|(one, _)| wanted.contains(one)).map(|(_, line)| line));
        found.sort_unstable();
        found.dedup();
        found
    };
    let has = |wanted: Done| done.iter().any(|(one, _)| *one == wanted);
    // What gets it may reorder it.
    if has(Done::Leaves) {
        return None;
    }
    let ends = (has(Done::AddEnd), has(Done::AddFront), has(Done::TakeEnd), has(Done::TakeFront));
    let (order, add, take) = match ends {
        (true, false, false, true) => ("queue", "append", "popleft"),
        (false, true, true, false) => ("queue", "appendleft", "pop"),
        (true, false, true, false) => ("stack", "", ""),
        (false, true, false, true) => ("stack", "appendleft", "popleft"),
        _ => return None,
    };
    let mut facts = Facts::of(SLOTS);
    facts.code(order, name).code("add", add).code("take", take);
    facts.set("added", Value::Lines(lines(&[Done::AddEnd, Done::AddFront])));
    facts.set("taken", Value::Lines(lines(&[Done::TakeEnd, Done::TakeFront])));
    facts.set("front", Value::Lines(lines(&[Done::AddFront, Done::TakeFront])));
    if facts.get("front").is_some() {
        facts.set("blocked", Value::Lines(lines(&[Done::Blocks])));
    }
    Some(facts)
}

fn line(subject: &Subject<'_>, used: &Used<'_>) -> Option<usize> {
    let start = subject.document().start_of(used.item) + used.path.last()?.start_byte();
    Some(subject.document().text().line_of(start))
}

fn done(subject: &Subject<'_>, used: &Used<'_>) -> Done {
    match Role::of(&used.path) {
        Role::Method { name, call } => {
            let given = arguments(call);
            let first = given.first().map(|node: &Node<'_>| used.text(subject, *node));
            match (used.text(subject, name), first) {
                ("append", Some(_)) => Done::AddEnd,
                ("insert", Some("0")) => Done::AddFront,
                ("pop", None | Some("-1")) => Done::TakeEnd,
                ("pop", Some("0")) => Done::TakeFront,
                ("sort" | "reverse", _) => Done::Leaves,
                ("pop", _) => Done::Blocks,
                _ => Done::Same,
            }
        }
        Role::Subscript { index: Some(index), .. } if kind(index) == Kind::Slice => Done::Blocks,
        Role::Argument(call) => {
            let callee = call.child_in(Field::Function);
            let name = callee.and_then(|it| subject.names().qualified(used.item, it));
            let reads = name.is_some_and(|name| {
                matches!(&*name, "builtins.len" | "builtins.bool" | "builtins.print")
            });
            if reads { Done::Same } else { Done::Leaves }
        }
        Role::Other => Done::Leaves,
        _ => Done::Same,
    }
}

#[cfg(test)]
mod tests;
