//! A function that is called where it is to be handed over, and other slips on the way into a thread.
//!
//! Source: Library Reference, threading and multiprocessing, `Thread` and `Process`: `target` is what
//! `run()` calls, `args` a list or tuple, and `start()` what makes the thread.

use std::borrow::Cow;

use crate::Span;
use crate::analysis::Safety;
use crate::facts::concurrency::Started;
use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Builtin, Object};
use crate::walk;

use super::code::{bare, callee_or_method, is_expected_to_fail, method};

pub static RULE: Rule = Rule {
    id: "worker-target-called",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &["arguments", "run"],
    fixes: &["hand-over", "make-tuple", "start"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call in place of the function"),
    Slot::new("taker", SlotKind::Code, "what is to run it: `threading.Thread`"),
    Slot::new("arguments", SlotKind::Code, "what stands behind `args=`"),
    Slot::new("meant", SlotKind::Code, "what was meant"),
];

/// Methods of a pool that take a function first.
pub(super) const POOL: &[&str] = &[
    "apply",
    "apply_async",
    "imap",
    "imap_unordered",
    "map",
    "map_async",
    "starmap",
    "starmap_async",
];

/// Where the function stands among the arguments.
fn place(name: &str) -> Option<(usize, &'static str)> {
    let (class, function) = name.rsplit_once('.')?;
    Some(match (class, function) {
        ("threading", "Thread") | ("multiprocessing", "Process") => (1, "target"),
        ("threading", "Timer") => (1, "function"),
        ("asyncio", "to_thread") => (0, "func"),
        (_, "run_in_executor") if class.starts_with("asyncio.get_") => (1, "func"),
        (
            "concurrent.futures.ThreadPoolExecutor" | "concurrent.futures.ProcessPoolExecutor",
            "submit" | "map",
        ) => (0, "fn"),
        ("multiprocessing.Pool", _) if POOL.contains(&function) => (0, "func"),
        _ => return None,
    })
}

const WORKERS: &[&str] = &["threading.Thread", "multiprocessing.Process", "threading.Timer"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(name) = taker(subject) else { return };
    let takes = place(&name).is_some() || name.ends_with(".run");
    if !takes || is_expected_to_fail(subject) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    let Some(written) = Field::Function.of(subject.node()) else { return };
    facts.code("taker", one_line(subject, written));
    if let Some(call) = called(subject, &name) {
        facts.code("call", one_line(subject, call));
        if let Some((_, meant)) = handed_over(subject, &name, call) {
            facts.code("meant", meant);
        }
        let at = call.byte_range().into();
        found.push(Found { at, case: None, facts, related: Vec::new() });
    } else if let Some(given) = no_tuple(subject, &name) {
        facts.code("arguments", one_line(subject, given));
        facts.code("meant", format!("({},)", one_line(subject, bare(given))));
        let at = given.byte_range().into();
        found.push(Found { at, case: Some("arguments"), facts, related: Vec::new() });
    } else if let Some(at) = run(subject, &name) {
        facts.code("call", one_line(subject, subject.node()));
        let at = at.byte_range().into();
        found.push(Found { at, case: Some("run"), facts, related: Vec::new() });
    }
}

/// The dotted name of what the subject calls, if it may take a function. Most methods are called
/// something else, which is quicker to see than what they are called on.
fn taker<'s>(subject: &'s Subject<'_>) -> Option<Cow<'s, str>> {
    const METHODS: &[&str] = &["run", "run_in_executor", "submit"];
    let function = Field::Function.of(subject.node())?;
    if kind(function) == Kind::Attribute && subject.callee().is_none() {
        let method = subject.text(Field::Attribute.of(function)?);
        (METHODS.contains(&method) || POOL.contains(&method)).then_some(())?;
    }
    callee_or_method(subject)
}

/// The call that stands where a function is wanted.
fn called<'a>(subject: &Subject<'a>, name: &str) -> Option<Node<'a>> {
    let (position, keyword) = place(name)?;
    let arguments = Arguments::of(subject.node(), subject.item_text());
    let given = arguments.get(position, keyword).filter(|_| !arguments.spread)?;
    let started = Started::of(subject.names(), subject.item(), given);
    (kind(given) == Kind::Call && matches!(started, Started::Result(_))).then_some(given)
}

/// What stands behind `args=` and is one value in parentheses.
fn no_tuple<'a>(subject: &Subject<'a>, name: &str) -> Option<Node<'a>> {
    WORKERS.contains(&name).then_some(())?;
    let arguments = Arguments::of(subject.node(), subject.item_text());
    let given = arguments.keyword("args").filter(|_| !arguments.spread)?;
    (kind(given) == Kind::ParenthesizedExpression).then_some(())?;
    let value = value::of(subject.names(), subject.item(), bare(given))?;
    let is_one = match value.object {
        Object::Builtin(kind) => {
            use Builtin::{Bool, Bytes, Complex, Float, Int, None, Str};
            matches!(kind, Bool | Bytes | Complex | Float | Int | None | Str)
        }
        Object::Function(_) | Object::Lambda | Object::Class(_) => true,
        Object::Called(name) => ONE.contains(&name.as_str()),
        _ => false,
    };
    is_one.then_some(given)
}

/// What calls of these return cannot be iterated over.
const ONE: &[&str] = &[
    "multiprocessing.Event",
    "multiprocessing.Lock",
    "multiprocessing.Queue",
    "multiprocessing.Value",
    "queue.Queue",
    "threading.Event",
    "threading.Lock",
    "threading.RLock",
    "threading.Semaphore",
];

/// The name of the method in `thread.run()`, where nothing starts the thread.
fn run<'a>(subject: &Subject<'a>, name: &str) -> Option<Node<'a>> {
    let class = name.strip_suffix(".run").filter(|class| WORKERS[..2].contains(class))?;
    let (object, called) = method(subject.node())?;
    let value = value::of(subject.names(), subject.item(), object)?;
    (value.made_by() == Some(class)).then_some(())?;
    let is_started = kind(object) == Kind::Identifier && starts(subject, object)?;
    (!is_started).then_some(called)
}

/// Whether `start()` is called on what the name is bound to.
fn starts<'a>(subject: &Subject<'a>, object: Node<'a>) -> Option<bool> {
    let names = subject.names();
    let mut is_started = false;
    for used in names.uses(names.binding(subject.item(), object)?)? {
        let root = names.item(used.item).tree()?.root_node();
        let at = used.reference.at;
        let path = walk::path_to(root, at.start, at.end)?;
        let [.., parent, _] = path[..] else { continue };
        let text = names.item(used.item).text();
        is_started |=
            Field::Attribute.of(parent).is_some_and(|it| &text[it.byte_range()] == "start");
    }
    Some(is_started)
}

/// The argument that is replaced, and what by, so that the function itself is handed over.
fn handed_over<'a>(
    subject: &Subject<'a>,
    name: &str,
    call: Node<'a>,
) -> Option<(Node<'a>, String)> {
    let given = Arguments::of(call, subject.item_text());
    let around = Arguments::of(subject.node(), subject.item_text());
    let function = one_line(subject, Field::Function.of(call)?);
    (!given.spread).then_some(())?;
    let positional: Vec<String> =
        given.positional.iter().map(|node| one_line(subject, *node)).collect();
    let keywords: Vec<(&str, String)> =
        given.keywords.iter().map(|(key, node)| (*key, one_line(subject, *node))).collect();
    if WORKERS.contains(&name) {
        let is_free = around.keyword("args").is_none() && around.keyword("kwargs").is_none();
        (is_free && around.positional.is_empty()).then_some(())?;
        let mut text = function;
        match &positional[..] {
            [] => {}
            [one] => text.push_str(&format!(", args=({one},)")),
            all => text.push_str(&format!(", args=({})", all.join(", "))),
        }
        if !keywords.is_empty() {
            let pairs: Vec<String> =
                keywords.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
            text.push_str(&format!(", kwargs={{{}}}", pairs.join(", ")));
        }
        return Some((call, text));
    }
    let takes_arguments = name.ends_with(".submit") || name.ends_with("to_thread");
    let is_last = around.positional.last() == Some(&call) && around.keywords.is_empty();
    let is_plain = keywords.is_empty() || takes_arguments;
    let is_known = takes_arguments || name.ends_with(".run_in_executor");
    (is_known && is_last && is_plain).then_some(())?;
    let pairs = keywords.iter().map(|(key, value)| format!("{key}={value}"));
    let all: Vec<String> = std::iter::once(function).chain(positional).chain(pairs).collect();
    Some((call, all.join(", ")))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let name = taker(subject)?;
    let facts = found.facts.clone();
    let (fix, edits) = match found.case {
        Some("arguments") => {
            let given = no_tuple(subject, &name)?;
            let end = *statements(given).last()?;
            let place = Span::empty(subject.span(end).end);
            ("make-tuple", vec![(place, ",".to_owned())])
        }
        Some(_) => ("start", vec![(subject.span(run(subject, &name)?), "start".to_owned())]),
        None => {
            let (call, text) = handed_over(subject, &name, called(subject, &name)?)?;
            ("hand-over", vec![(subject.span(call), text)])
        }
    };
    Some(Plan { fix, safety: Safety::Review, facts, edits })
}

pub static INVERSE: Inverse = Inverse { rule: &RULE, kinds: &[Kind::Call], edits: with_call };

/// The function called on the spot, with the arguments that the worker was to give it.
fn with_call(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let name = taker(subject)?;
    let (position, keyword) = place(&name)?;
    let all = Arguments::of(subject.node(), subject.item_text());
    let given = all.get(position, keyword).filter(|_| !all.spread)?;
    let function = Started::of(subject.names(), subject.item(), given).function()?;
    (kind(function.node) == Kind::FunctionDefinition).then_some(())?;
    let span = |end: Node<'_>| Span::new(subject.span(given).start, subject.span(end).end);
    let call = |rest: &str| format!("{}({rest})", subject.text(given));
    if !WORKERS.contains(&&*name) {
        let at = all.positional.iter().position(|one| *one == given)?;
        let last = *all.positional.last().filter(|_| all.keywords.is_empty())?;
        let rest = all.positional[at + 1..].iter().map(|one| subject.text(*one));
        return Some(vec![(span(last), call(&rest.collect::<Vec<_>>().join(", ")))]);
    }
    let Some(tuple) = all.keyword("args") else {
        return Some(vec![(subject.span(given), call(""))]);
    };
    // `args` stands behind `target`, and nothing between them.
    let next = subject.ancestors().next().map(|_| arguments(subject.node()))?;
    let at = next.iter().position(|one| one.byte_range().contains(&given.start_byte()))?;
    let behind = *next.get(at + 1).filter(|one| one.end_byte() == tuple.end_byte())?;
    let inner = (kind(tuple) == Kind::Tuple).then(|| statements(tuple))?;
    let inner: Vec<_> = inner.into_iter().map(|one| subject.text(one)).collect();
    Some(vec![(span(behind), call(&inner.join(", ")))])
}
