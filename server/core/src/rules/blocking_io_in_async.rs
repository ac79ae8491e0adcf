//! A call in an `async def` that waits for a file, a process or the like, or long arithmetic.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::concurrency::{Around, blocking_in, blocks, helper, suspensions};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule, imported};
use crate::subject::Subject;
use crate::syntax::function::{arguments, own_nodes, statements};

use super::blocking_http_in_async::{requests, to_thread};
use super::code::{
    callee_name, method, number, own_function, plain_arguments, uses_other_loop, with_items,
};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};

pub static RULE: Rule = Rule {
    id: "blocking-io-in-async",
    kinds: &[Kind::Call, Kind::ForStatement],
    slots: SLOTS,
    cases: &["helper", "computing"],
    fixes: &["to-thread", "read-in-thread"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "what is called"),
    Slot::new("function", SlotKind::Code, "the `async def` around it"),
    Slot::new("inner", SlotKind::Code, "what the called function calls"),
    Slot::new("line", SlotKind::Line, "where"),
];

/// From this many rounds on a loop takes a noticeable part of a second.
const MANY: u64 = 1_000_000;

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(around) = Around::of(subject.path()).coroutine() else { return };
    let Some(name) = Field::Name.of(around) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("function", subject.text(name));
    let node = subject.node();
    if kind(node) == Kind::ForStatement {
        let is_slow = computes_long(subject) && !is_measured(subject, around);
        if is_slow && !uses_other_loop(subject) {
            let start = node.start_byte();
            let at = Span::new(start, start + "for".len());
            found.push(Found { at, case: Some("computing"), facts, related: Vec::new() });
        }
        return;
    }
    let Some(callee) = node.child_in(Field::Function) else { return };
    let Some(case) = blocking(subject, &mut facts) else { return };
    // Another framework has threads, files and processes of its own.
    if uses_other_loop(subject) {
        return;
    }
    facts.code("call", subject.text(callee));
    found.push(Found { at: callee.byte_range().into(), case, facts, related: Vec::new() });
}

/// Which case it is if the subject, a call, blocks, and no other rule says so.
fn blocking(subject: &Subject<'_>, facts: &mut Facts) -> Option<Option<&'static str>> {
    let call = subject.node();
    if returns_at_once(subject, call) {
        return None;
    }
    if blocks(subject, subject.item(), call).is_some() {
        let is_other = requests(subject, call)
            || callee_name(subject, call).is_some_and(|name| name == "time.sleep")
            || is_joined_late(subject, call);
        return (!is_other).then_some(None);
    }
    let names = subject.names();
    let helper = helper(names, subject.item(), call)?;
    let (inner, _) = blocking_in(subject, helper)?;
    let text = names.item(helper.item).text();
    let callee = inner.child_in(Field::Function)?;
    let document = subject.document();
    let line = document.text().line_of(document.start_of(helper.item) + inner.start_byte());
    facts.code("inner", &text[callee.byte_range()]).line("line", line);
    Some(Some("helper"))
}

/// True when an argument says that the call is not to wait.
fn returns_at_once(subject: &Subject<'_>, call: Node<'_>) -> bool {
    arguments(call).into_iter().any(|argument| {
        let value = match kind(argument) {
            Kind::KeywordArgument => Field::Value.of(argument).unwrap_or(argument),
            _ => argument,
        };
        matches!(subject.text(value), "0" | "0.0") || subject.text(value).contains("NOHANG")
    })
}

/// True for `thread.join()` behind an `await`: what was awaited may have told that it is at its end.
fn is_joined_late(subject: &Subject<'_>, call: Node<'_>) -> bool {
    let is_join = method(call).is_some_and(|(_, name)| subject.text(name) == "join");
    let Some(body) = own_function(subject).and_then(|function| Field::Body.of(function)) else {
        return false;
    };
    is_join && suspensions(body).iter().any(|node| node.start_byte() < call.start_byte())
}

const CLOCKS: &[&str] = &[
    "time.monotonic",
    "time.perf_counter",
    "time.process_time",
    "time.time",
    "timeit.default_timer",
];

/// True when the function looks at a clock: how long it takes is what it is for.
fn is_measured(subject: &Subject<'_>, function: Node<'_>) -> bool {
    let mut measured = false;
    own_nodes(function, |node| {
        measured |= kind(node) == Kind::Call
            && callee_name(subject, node).is_some_and(|name| CLOCKS.contains(&&*name));
    });
    measured
}

/// True for a `for` over a long `range` that never gives its turn away.
fn computes_long(subject: &Subject<'_>) -> bool {
    let node = subject.node();
    let count = Field::Right.of(node).and_then(|call| {
        let is_range = callee_name(subject, call)? == "builtins.range";
        let all = arguments(call);
        let end = match all[..] {
            [end] | [_, end] => end,
            _ => return None,
        };
        is_range.then(|| number(subject.text(end)))?
    });
    let leaves = |kinds: &[Kind]| {
        Field::Body.of(node).is_some_and(|body| super::code::contains(body, kinds))
    };
    count.is_some_and(|count| count >= MANY)
        && suspensions(node).is_empty()
        && !leaves(&[Kind::ReturnStatement, Kind::BreakStatement, Kind::RaiseStatement])
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    if kind(subject.node()) != Kind::Call {
        return Vec::new();
    }
    let row = blocks(subject, subject.item(), subject.node());
    let in_thread = row.is_none_or(|row| row.get("thread").is_some());
    let plan = if in_thread { to_thread(subject, found) } else { read_in_thread(subject, found) };
    plan.into_iter().collect()
}

/// `text = await asyncio.to_thread(Path(path).read_text)` for `with open(path) as file:` around
/// `text = file.read()`.
fn read_in_thread(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let call = subject.node();
    let with = subject.ancestors().find(|node| kind(*node) == Kind::WithStatement)?;
    let [item] = with_items(with)[..] else { return None };
    let pattern = item.child_in(Field::Value).filter(|it| kind(*it) == Kind::AsPattern)?;
    let alias = Field::Alias.of(pattern)?.named_child(0)?;
    let is_it = pattern.named_child(0) == Some(call)
        && with.child(0).is_some_and(|word| word.kind() == "with");
    let [statement] = statements(Field::Body.of(with)?)[..] else { return None };
    let read = match kind(statement) {
        Kind::ReturnStatement => statement.named_child(0)?,
        _ => {
            let assignment = expression(statement).filter(|it| kind(*it) == Kind::Assignment)?;
            Field::Right.of(assignment)?
        }
    };
    let (object, name) = method(read).filter(|_| is_it)?;
    let is_read = subject.text(object) == subject.text(alias)
        && subject.text(name) == "read"
        && arguments(read).is_empty();
    (is_read && is_used_once(subject, alias)).then_some(())?;
    let (positional, keywords) = plain_arguments(call)?;
    let (path, mode) = match positional[..] {
        [path] => (path, "r"),
        [path, mode] => (path, subject.text(mode).trim_matches(['"', '\''])),
        _ => return None,
    };
    let function = match mode {
        "r" | "rt" => "read_text",
        "rb" => "read_bytes",
        _ => return None,
    };
    let mut given = String::new();
    for keyword in keywords {
        let key = Field::Name.of(keyword)?;
        matches!(subject.text(key), "encoding" | "errors").then_some(())?;
        given.push_str(", ");
        given.push_str(subject.text(keyword));
    }
    let thread = imported(subject, call, "asyncio", "to_thread");
    let class = imported(subject, call, "pathlib", "Path");
    let path = subject.text(path);
    let new =
        format!("await {}({}({path}).{function}{given})", thread.expression, class.expression);
    let (start, end) = (statement.start_byte(), statement.end_byte());
    let text = subject.item_text();
    let whole = format!("{}{new}{}", &text[start..read.start_byte()], &text[read.end_byte()..end]);
    let mut edits = vec![(subject.span(with), whole)];
    edits.extend(thread.edit);
    edits.extend(class.edit);
    let facts = found.facts.clone();
    Some(Plan { fix: "read-in-thread", safety: Safety::Review, facts, edits })
}

/// True when the name that a `with` binds is used once in the function.
fn is_used_once(subject: &Subject<'_>, alias: Node<'_>) -> bool {
    let mut count = 0;
    if let Some(function) = own_function(subject) {
        own_nodes(function, |node| {
            let is_it = kind(node) == Kind::Identifier && subject.text(node) == subject.text(alias);
            count += usize::from(is_it && node != alias);
        });
    }
    count == 1
}

pub static INVERSE: Inverse = Inverse { rule: &RULE, kinds: &[Kind::Await], edits: without_thread };

/// What linters know to block.
const KNOWN_ELSEWHERE: &[&str] = &["os.", "subprocess."];

/// `f(x)` for `await asyncio.to_thread(f, x)`.
fn without_thread(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let call = subject.node().named_child(0).filter(|it| kind(*it) == Kind::Call)?;
    (callee_name(subject, call)? == "asyncio.to_thread").then_some(())?;
    let list = Field::Arguments.of(call)?;
    let given = arguments(call);
    let function = *given.first()?;
    let name = subject.names().qualified(subject.item(), function).unwrap_or_default();
    (!KNOWN_ELSEWHERE.iter().any(|known| name.starts_with(known))).then_some(())?;
    let rest = given.get(1).map_or(subject.span(list).end - 1, |next| subject.span(*next).start);
    let head = Span::new(subject.span(subject.node()).start, rest);
    Some(vec![(head, format!("{}(", subject.text(function)))])
}
