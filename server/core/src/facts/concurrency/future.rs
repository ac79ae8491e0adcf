//! Futures of `concurrent.futures`: `result()`, `as_completed` and `wait`.
//!
//! Source: Library Reference, concurrent.futures, Future Objects and Module Functions.

use super::code::{Around, callee, place, short};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::names::Names;
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "future",
    doc: "a call of `result` or `exception` of a future that an executor of `concurrent.futures` \
          made, or of `as_completed` or `wait`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("result", SlotKind::Code, "the future whose `result()` is called"),
    Slot::new("exception", SlotKind::Code, "the future whose `exception()` is called"),
    Slot::new("submitted", SlotKind::Code, "the call that made it"),
    Slot::new("submitted-line", SlotKind::Line, "its line"),
    Slot::new("at-once", SlotKind::Flag, "it waits right behind that call"),
    Slot::new("finished", SlotKind::Line, "the loop over `as_completed` that hands it out"),
    Slot::new("timeout", SlotKind::Code, "how many seconds it waits at most"),
    Slot::new("completed", SlotKind::Code, "what `as_completed` is given"),
    Slot::new("waited", SlotKind::Code, "what `wait` is given"),
    Slot::new("until", SlotKind::Code, "`return_when` of `wait`, if it is given"),
    Slot::new("coroutine", SlotKind::Code, "the `async def` whose event loop it blocks"),
];

const SUBMITS: &[&str] = &[
    "concurrent.futures.ThreadPoolExecutor.submit",
    "concurrent.futures.ProcessPoolExecutor.submit",
    "concurrent.futures.InterpreterPoolExecutor.submit",
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    let arguments = Arguments::of(call, subject.item_text());
    if arguments.spread {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let mut blocks = true;
    let timeout = match subject.callee().as_deref() {
        Some("concurrent.futures.as_completed") => {
            facts.code("completed", short(names, item, arguments.get(0, "fs")?)?);
            arguments.get(1, "timeout")
        }
        Some("concurrent.futures.wait") => {
            facts.code("waited", short(names, item, arguments.get(0, "fs")?)?);
            if let Some(until) = arguments.get(2, "return_when") {
                facts.code("until", short(names, item, until)?);
            }
            arguments.get(1, "timeout")
        }
        Some(_) => return None,
        None => {
            let function = Field::Function.of(call).filter(|it| kind(*it) == Kind::Attribute)?;
            let slot = match subject.text(Field::Attribute.of(function)?) {
                "result" => "result",
                "exception" => "exception",
                _ => return None,
            };
            let object = Field::Object.of(function)?;
            match future(names, item, object)? {
                Future::Submitted(at, made) => {
                    facts.code("submitted", short(names, at, made)?);
                    facts.line("submitted-line", place(subject, at, made));
                    facts.flag("at-once", made == object);
                }
                Future::Finished(repeated) => {
                    facts.line("finished", place(subject, item, repeated));
                    blocks = false;
                }
            }
            facts.code(slot, short(names, item, object)?);
            arguments.get(0, "timeout")
        }
    };
    if let Some(timeout) = timeout.filter(|it| kind(*it) != Kind::None) {
        facts.code("timeout", short(names, item, timeout)?);
    }
    if let Some(function) = Around::of(subject.path()).coroutine().filter(|_| blocks) {
        facts.code("coroutine", subject.text(Field::Name.of(function)?));
    }
    Some(facts)
}

enum Future<'a> {
    /// What `submit` of an executor returned: its item, and the call.
    Submitted(usize, Node<'a>),
    /// The target of this loop over `as_completed`.
    Finished(Node<'a>),
}

/// The future that the expression is.
fn future<'a>(names: Names<'a>, item: usize, node: Node<'a>) -> Option<Future<'a>> {
    let submits = |item: usize, call: Node<'a>| {
        callee(names, item, call).is_some_and(|name| SUBMITS.contains(&name.as_str()))
    };
    if kind(node) == Kind::Call {
        return submits(item, node).then_some(Future::Submitted(item, node));
    }
    let bound = names.binding(item, node)?;
    let statement = names.node(bound)?;
    let left = Field::Left.of(statement)?;
    let right = Field::Right.of(statement)?;
    if bound.binding.at != left.byte_range().into() {
        return None;
    }
    match bound.binding.kind {
        BindingKind::Assignment if submits(bound.item, right) => {
            Some(Future::Submitted(bound.item, right))
        }
        BindingKind::For if bound.item == item => {
            let function = Field::Function.of(right).filter(|_| kind(right) == Kind::Call)?;
            let name = names.qualified(item, function)?;
            (name == "concurrent.futures.as_completed").then_some(Future::Finished(statement))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
