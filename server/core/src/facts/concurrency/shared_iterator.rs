//! A generator that several threads take from.
//!
//! Source: Language Reference, Generator-iterator methods: a generator that runs
//! already raises `ValueError`; What's New In Python 3.15, threading.

use super::code::{Around, name_of, place};
use super::held::sorted;
use super::started::{Model, is_repeated, starts};
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::value::{self, Definition, Object};

pub static PROVIDER: Provider = Provider {
    name: "shared-iterator",
    doc: "a name for a generator that several threads take from, where a function takes from it or \
          where it is handed to threads; `@target` is the `identifier`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name of the generator"),
    Slot::new("made", SlotKind::Line, "where the generator is made"),
    Slot::new("function", SlotKind::Code, "the function that threads run"),
    Slot::new("threads", SlotKind::Lines, "where these threads are made"),
    Slot::new("handed", SlotKind::Code, "the name, if it is handed to threads that a loop starts"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, node) = (subject.names(), subject.item(), subject.node());
    let found = value::of(names, item, node)?;
    if !matches!(found.object, Object::Generator(_)) || kind(found.node) == Kind::Identifier {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    facts.line("made", place(subject, found.item, found.node));
    if let Some(call) = handed(subject) {
        let path = subject.path();
        let repeated = is_repeated(subject.item_text(), path, call);
        // One that is made in each turn is not shared.
        let is_outside = found.item != item || !in_same_loop(path, found.node);
        (repeated && is_outside).then_some(())?;
        facts.code("handed", subject.text(node));
        return Some(facts);
    }
    let Around::Function(function) = Around::of(subject.path()) else { return None };
    let is_inside = found.item == item
        && function.start_byte() <= found.node.start_byte()
        && found.node.end_byte() <= function.end_byte();
    if is_inside || !takes(subject) || may_be_locked(subject, function) {
        return None;
    }
    let function = Definition { item, node: function };
    let starts: Vec<_> =
        starts(subject, function).into_iter().filter(|one| one.model == Model::Thread).collect();
    let overlap = starts.len() > 1 || starts.iter().any(|one| one.repeated);
    overlap.then_some(())?;
    facts.code("name", subject.text(node)).code("function", name_of(names, function));
    facts.set("threads", Value::Lines(sorted(starts.iter().map(|one| one.line))));
    Some(facts)
}

/// The call that hands the subject to a thread: `Thread(target=f, args=(g,))`, `pool.submit(f, g)`.
fn handed<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    let (names, item) = (subject.names(), subject.item());
    let call = subject.ancestors().take(4).find(|node| kind(*node) == Kind::Call)?;
    match super::code::callee(names, item, call)?.as_str() {
        "threading.Thread" => {
            let [.., keyword, tuple, _] = *subject.path() else { return None };
            let is_args = kind(keyword) == Kind::KeywordArgument
                && matches!(kind(tuple), Kind::Tuple | Kind::List)
                && subject.text(Field::Name.of(keyword)?) == "args";
            is_args.then_some(call)
        }
        "concurrent.futures.ThreadPoolExecutor.submit" => {
            let all = crate::syntax::function::arguments(call);
            all.iter().skip(1).any(|one| *one == subject.node()).then_some(call)
        }
        _ => None,
    }
}

/// True when a loop around the end of the path holds the node, too.
fn in_same_loop(path: &[Node<'_>], node: Node<'_>) -> bool {
    path.iter().any(|around| {
        matches!(kind(*around), Kind::ForStatement | Kind::WhileStatement)
            && around.start_byte() <= node.start_byte()
            && node.end_byte() <= around.end_byte()
    })
}

/// True when the code here asks the generator for items.
fn takes(subject: &Subject<'_>) -> bool {
    let node = subject.node();
    let mut above = subject.ancestors();
    let Some(parent) = above.next() else { return false };
    match kind(parent) {
        Kind::ForStatement => Field::Right.of(parent) == Some(node),
        Kind::Argument => above.next().is_some_and(|call| {
            let callee = Field::Function.of(call);
            let name = callee.and_then(|it| subject.names().qualified(subject.item(), it));
            name.as_deref() == Some("builtins.next") && statements(parent).first() == Some(&node)
        }),
        _ => false,
    }
}

/// True when a lock may keep the threads apart.
fn may_be_locked(subject: &Subject<'_>, function: Node<'_>) -> bool {
    subject.text(function).contains("acquire")
        || subject
            .ancestors()
            .take_while(|node| *node != function)
            .any(|node| kind(node) == Kind::WithStatement)
}

#[cfg(test)]
mod tests;
