//! Calls of methods of a `contextlib.ExitStack`.
//!
//! Source: Library Reference, contextlib, `ExitStack`.

use crate::facts::call_sites::path_of;
use crate::facts::decoration::surroundings;
use crate::facts::source_text::one_line_in;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::names::Names;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::arguments, kind};
use crate::value::{self, Object};

pub static PROVIDER: Provider = Provider {
    name: "exit-stack",
    doc: "a call of a method of a `contextlib.ExitStack` or `AsyncExitStack`; `@target` is the \
          `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("stack", SlotKind::Code, "the stack"),
    Slot::new("enters", SlotKind::Code, "what `enter_context` enters"),
    Slot::new("awaits", SlotKind::Flag, "it is `enter_async_context`"),
    Slot::new("callback", SlotKind::Code, "the call that `callback` registers"),
    Slot::new("pushes", SlotKind::Code, "what `push` registers the exit of"),
    Slot::new("pops", SlotKind::Flag, "it is `pop_all`"),
    Slot::new("closes", SlotKind::Flag, "it is `close`"),
    Slot::new("order", SlotKind::Records(ORDER), "all registrations on the stack, the last first"),
    Slot::new("in-loop", SlotKind::Flag, "one of them may be made several times, or not at all"),
];

static ORDER: &[Slot] = &[
    Slot::new("what", SlotKind::Code, "what is left or called"),
    Slot::new("line", SlotKind::Line, "the line that registers it"),
];

/// What a method registers: the manager that is left, or the call that is made.
enum Registered {
    Enter(String),
    Callback(String),
    Push(String),
}

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let names = subject.names();
    let callee = call.child_in(Field::Function).filter(|it| kind(*it) == Kind::Attribute)?;
    let object = callee.child_in(Field::Object)?;
    let method = subject.text(callee.child_in(Field::Attribute)?);
    let is_known = [
        "enter_context",
        "enter_async_context",
        "callback",
        "push_async_callback",
        "push",
        "push_async_exit",
        "pop_all",
        "close",
        "aclose",
    ];
    if !is_known.contains(&method) {
        return None;
    }
    let value = value::of(names, subject.item(), object)?;
    let Object::Called(made) = &value.object else { return None };
    let is_stack = ["contextlib.ExitStack", "contextlib.AsyncExitStack"].contains(&made.as_str());
    is_stack.then_some(())?;
    let mut facts = Facts::of(SLOTS);
    facts.code("stack", subject.text(object));
    facts.flag("awaits", method == "enter_async_context");
    facts.flag("pops", method == "pop_all").flag("closes", matches!(method, "close" | "aclose"));
    match registered(subject.item_text(), method, call) {
        Some(Registered::Enter(what)) => drop(facts.code("enters", what)),
        Some(Registered::Callback(what)) => drop(facts.code("callback", what)),
        Some(Registered::Push(what)) => drop(facts.code("pushes", what)),
        None if matches!(method, "pop_all" | "close" | "aclose") => {}
        None => return None,
    }
    if kind(object) == Kind::Identifier {
        order(subject, names, object, &mut facts);
    }
    Some(facts)
}

fn registered(text: &str, method: &str, call: Node<'_>) -> Option<Registered> {
    let given = arguments(call);
    let first = *given.first()?;
    if matches!(kind(first), Kind::ListSplat | Kind::DictionarySplat | Kind::KeywordArgument) {
        return None;
    }
    let text_of = |node| one_line_in(text, node);
    match method {
        "enter_context" | "enter_async_context" => Some(Registered::Enter(text_of(first))),
        "push" | "push_async_exit" => Some(Registered::Push(text_of(first))),
        "callback" | "push_async_callback" => {
            let rest: Vec<_> = given[1..].iter().map(|node| text_of(*node)).collect();
            Some(Registered::Callback(format!("{}({})", text_of(first), rest.join(", "))))
        }
        _ => None,
    }
}

/// The registrations in the order in which they are undone, if every use of the name is one.
fn order<'a>(
    subject: &Subject<'a>,
    names: Names<'a>,
    object: Node<'a>,
    facts: &mut Facts,
) -> Option<()> {
    let bound = names.binding(subject.item(), object)?;
    let document = subject.document();
    let mut found = Vec::new();
    let mut in_loop = false;
    for used in names.uses(bound)? {
        let path = path_of(names, &used)?;
        let [.., call, attribute, name] = path[..] else { return None };
        let is_call = kind(attribute) == Kind::Attribute
            && attribute.child_in(Field::Object) == Some(name)
            && kind(call) == Kind::Call
            && call.child_in(Field::Function) == Some(attribute);
        if !is_call || used.reference.scope != bound.binding.from || used.item != bound.item {
            return None;
        }
        let text = names.item(used.item).text();
        let method = attribute.child_in(Field::Attribute)?;
        let method = &text[method.byte_range()];
        let what = match registered(text, method, call)? {
            Registered::Enter(what) | Registered::Callback(what) | Registered::Push(what) => what,
        };
        in_loop |= surroundings(&path).1;
        let mut record = Facts::of(ORDER);
        record.code("what", what);
        record.line(
            "line",
            document.text().line_of(document.start_of(used.item) + call.start_byte()),
        );
        found.push(record);
    }
    found.reverse();
    facts.flag("in-loop", in_loop);
    facts.records("order", found);
    Some(())
}

#[cfg(test)]
mod tests;
