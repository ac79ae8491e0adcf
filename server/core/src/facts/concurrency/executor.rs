//! `concurrent.futures` executors and `multiprocessing.Pool`.
//!
//! Source: Library Reference, concurrent.futures and multiprocessing; What's New In Python 3.13
//! and 3.14.

use super::code::{Around, is_guarded, line_of, name_of, place, short};
use super::gil::{EXPERIMENTAL, FREE_BUILD, NEW_GIL, OLD_GIL, set_gil};
use super::held::Held;
use super::started::{Started, computes, is_nested};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};
use crate::version::PythonVersion;

pub static PROVIDER: Provider = Provider {
    name: "executor",
    doc: "a call of `concurrent.futures.ThreadPoolExecutor`, `ProcessPoolExecutor` or \
          `InterpreterPoolExecutor`, or of `multiprocessing.Pool`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("threads", SlotKind::Code, "how many threads at most, for a pool of threads"),
    Slot::new("default-threads", SlotKind::Flag, "a pool of threads without a number"),
    Slot::new("processes", SlotKind::Code, "how many processes at most, for a pool of processes"),
    Slot::new("default-processes", SlotKind::Flag, "a pool of processes without a number"),
    Slot::new("interpreters", SlotKind::Flag, "a pool of interpreters"),
    Slot::new("too-old", SlotKind::Code, "the oldest Python of the code, if it has no such pool"),
    Slot::new("name", SlotKind::Code, "the name that keeps the pool"),
    Slot::new("submitted", SlotKind::Records(SUBMITTED), "functions of the file that it runs"),
    Slot::new("unpicklable", SlotKind::Records(UNPICKLABLE), "functions that cannot be pickled"),
    Slot::new("called", SlotKind::Records(UNPICKLABLE), "calls in place of a function"),
    Slot::new("computes", SlotKind::Codes, "functions run by threads that only compute"),
    Slot::new("unguarded", SlotKind::Flag, "processes start whenever the module is imported"),
    Slot::new("in-coroutine", SlotKind::Code, "the `async def` around, if a `with` enters it"),
    Slot::new("results", SlotKind::Lines, "where `map` is called: results come in order"),
    OLD_GIL,
    NEW_GIL,
    FREE_BUILD,
    EXPERIMENTAL,
];

static SUBMITTED: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("function-line", SlotKind::Line, "its line"),
    Slot::new("method", SlotKind::Code, "the method that takes it: `submit`"),
    Slot::new("line", SlotKind::Line, "the line of the call"),
];

static UNPICKLABLE: &[Slot] = &[
    Slot::new("code", SlotKind::Code, "what is handed over"),
    Slot::new("line", SlotKind::Line, "where"),
];

/// Methods that take a function first.
const METHODS: &[&str] = &[
    "submit",
    "map",
    "apply",
    "apply_async",
    "map_async",
    "imap",
    "imap_unordered",
    "starmap",
    "starmap_async",
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    let callee = call.child_in(Field::Function)?;
    let name = names.qualified(item, callee)?;
    let arguments = Arguments::of(call, subject.item_text());
    if arguments.spread {
        return None;
    }
    let keyword = if name == "multiprocessing.Pool" { "processes" } else { "max_workers" };
    let workers = arguments.get(0, keyword).filter(|node| kind(*node) != Kind::None);
    let workers = match workers {
        Some(node) => Some(short(names, item, node)?),
        None => None,
    };
    let mut facts = Facts::of(SLOTS);
    let (threads, processes) = match name.as_str() {
        "concurrent.futures.ThreadPoolExecutor" => (true, false),
        "concurrent.futures.ProcessPoolExecutor" | "multiprocessing.Pool" => (false, true),
        "concurrent.futures.InterpreterPoolExecutor" => (false, false),
        _ => return None,
    };
    match workers {
        Some(count) if threads => facts.code("threads", count),
        Some(count) if processes => facts.code("processes", count),
        None if threads => facts.flag("default-threads", true),
        None if processes => facts.flag("default-processes", true),
        _ => facts.flag("interpreters", true),
    };
    let target = subject.settings().target;
    if !threads && !processes && target < PythonVersion::py3(14) {
        facts.code("too-old", target.to_string());
    }
    if threads {
        set_gil(subject, &mut facts);
    }
    let around = Around::of(subject.path());
    let guarded = is_guarded(subject.path(), subject.item_text());
    facts.flag("unguarded", processes && around == Around::Module && !guarded);
    let entered = subject.ancestors().take(3).any(|node| kind(node) == Kind::WithItem);
    if let Some(function) = around.coroutine().filter(|_| entered) {
        facts.code("in-coroutine", subject.text(function.child_in(Field::Name)?));
    }
    if let Some(held) = Held::of(subject) {
        facts.code("name", held.name.as_str());
        used(subject, &held, threads, processes, &mut facts);
        if name != "multiprocessing.Pool" {
            facts.set("results", Value::Lines(held.calls(subject, &["map"])));
        }
    }
    Some(facts)
}

/// What the file does with the pool.
fn used(subject: &Subject<'_>, held: &Held<'_>, threads: bool, processes: bool, facts: &mut Facts) {
    let names = subject.names();
    let (mut submitted, mut unpicklable, mut called) = (vec![], vec![], vec![]);
    let mut computing: Vec<&str> = Vec::new();
    for place_of in &held.uses {
        let Some((method, call)) = place_of.method(subject) else { continue };
        if !METHODS.contains(&method) {
            continue;
        }
        let item = place_of.item;
        let arguments = Arguments::of(call, names.item(item).text());
        let Some(first) = arguments.positional.first().copied() else { continue };
        let line = place(subject, item, call);
        let mut other = Facts::of(UNPICKLABLE);
        if let Some(text) = short(names, item, first) {
            other.code("code", text);
        }
        other.line("line", line);
        match Started::of(names, item, first) {
            Started::Function(function) => {
                let mut record = Facts::of(SUBMITTED);
                record.code("function", name_of(names, function)).code("method", method);
                record.line("function-line", line_of(subject, function)).line("line", line);
                submitted.push(record);
                if processes && is_nested(names, function) {
                    unpicklable.push(other);
                }
                let name = name_of(names, function);
                if threads && computes(names, function) && !computing.contains(&name) {
                    computing.push(name);
                }
            }
            Started::Lambda if processes => unpicklable.push(other),
            Started::Result(_) => called.push(other),
            _ => {}
        }
    }
    facts.records("submitted", submitted).records("unpicklable", unpicklable);
    facts.records("called", called).codes("computes", computing);
}

#[cfg(test)]
mod tests;
