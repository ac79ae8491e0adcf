//! `asyncio.run`, and `get_event_loop`.
//!
//! Source: Library Reference, asyncio, Runners: `run` makes a loop, runs the coroutine, cancels
//! what is left and closes the loop; it raises `RuntimeError` while a loop runs. Event Loop,
//! `get_event_loop`; What's New In Python 3.14.

use super::code::{Around, Coroutine, has_other_loops, is_guarded, name_of, short, suspensions};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::is_async, kind};
use crate::value::{self, Object};
use crate::version::PythonVersion;

pub static RUN: Provider = Provider {
    name: "asyncio-run",
    doc: "a call of `asyncio.run`; `@target` is the `call`",
    slots: RUN_SLOTS,
    run,
};

static RUN_SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the `async def` whose coroutine it runs"),
    Slot::new("function-line", SlotKind::Line, "its line"),
    Slot::new("other", SlotKind::Code, "the argument, if that `async def` is not known"),
    Slot::new("uncalled", SlotKind::Code, "an `async def` that is passed without being called"),
    Slot::new("plain", SlotKind::Code, "a plain function whose result is passed"),
    Slot::new("nested-in", SlotKind::Code, "the `async def` that the call stands in"),
    Slot::new("on-import", SlotKind::Flag, "it runs whenever the module is imported"),
    Slot::new("in-loop", SlotKind::Line, "the line of a loop around it"),
    Slot::new("never-waits", SlotKind::Code, "the `async def`, if it never gives up control"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    let callee = call.child_in(Field::Function)?;
    if names.qualified(item, callee).as_deref() != Some("asyncio.run") {
        return None;
    }
    let arguments = Arguments::of(call, subject.item_text());
    let main = arguments.get(0, "main").filter(|_| !arguments.spread)?;
    let mut facts = Facts::of(RUN_SLOTS);
    let around = Around::of(subject.path());
    if let Some(function) = around.coroutine() {
        facts.code("nested-in", subject.text(function.child_in(Field::Name)?));
        return Some(facts);
    }
    let value = value::of(names, item, main).map(|value| value.object);
    if let Some(coroutine) = Coroutine::of(names, item, main) {
        let (name, function) = (coroutine.name(), coroutine.function.node);
        facts.code("function", name).line("function-line", coroutine.line(function));
        let body = function.child_in(Field::Body)?;
        if suspensions(body).is_empty() {
            facts.code("never-waits", name);
        }
    } else {
        match value {
            Some(Object::Function(function)) if is_async(function.node) => {
                facts.code("uncalled", name_of(names, function));
                return Some(facts);
            }
            _ => facts.code("other", short(names, item, main)?),
        };
    }
    let guarded = is_guarded(subject.path(), subject.item_text());
    facts.flag("on-import", around == Around::Module && !guarded);
    let mut loops =
        subject.ancestors().take_while(|node| !matches!(kind(*node), Kind::FunctionDefinition));
    if let Some(around) =
        loops.find(|node| matches!(kind(*node), Kind::ForStatement | Kind::WhileStatement))
    {
        facts.line("in-loop", subject.line(around));
    }
    Some(facts)
}

pub static GET: Provider = Provider {
    name: "get-event-loop",
    doc: "a call of `asyncio.get_event_loop`, or of a function of the loop policies; `@target` is \
          the `call`",
    slots: GET_SLOTS,
    run: get,
};

static GET_SLOTS: &[Slot] = &[
    Slot::new("running", SlotKind::Code, "the `async def` around, where a loop runs"),
    Slot::new("plain", SlotKind::Code, "the plain function around"),
    Slot::new("module", SlotKind::Flag, "it stands in the module"),
    Slot::new("policy", SlotKind::Code, "what is called, if it belongs to the loop policies"),
    Slot::new("before-fourteen", SlotKind::Flag, "the code runs on a Python older than 3.14"),
];

/// Deprecated since 3.14 (What's New In Python 3.14, asyncio).
const POLICIES: &[&str] = &[
    "asyncio.AbstractEventLoopPolicy",
    "asyncio.DefaultEventLoopPolicy",
    "asyncio.WindowsProactorEventLoopPolicy",
    "asyncio.WindowsSelectorEventLoopPolicy",
    "asyncio.get_event_loop_policy",
    "asyncio.set_event_loop_policy",
];

fn get(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    let callee = subject.node().child_in(Field::Function)?;
    let name = names.qualified(subject.item(), callee)?;
    let mut facts = Facts::of(GET_SLOTS);
    if POLICIES.contains(&name.as_str()) {
        facts.code("policy", short(names, subject.item(), callee)?);
        return Some(facts);
    }
    if name != "asyncio.get_event_loop" || has_other_loops(names) {
        return None;
    }
    let function_name = |node: Node<'_>| node.child_in(Field::Name).map(|it| subject.text(it));
    match Around::of(subject.path()) {
        around @ Around::Function(function) => match around.coroutine() {
            Some(_) => facts.code("running", function_name(function)?),
            None => facts.code("plain", function_name(function)?),
        },
        Around::Module => facts.flag("module", true),
        _ => return None,
    };
    let old = subject.settings().target < PythonVersion::py3(14);
    facts.flag("before-fourteen", old && facts.get("running").is_none());
    Some(facts)
}

#[cfg(test)]
mod tests;
