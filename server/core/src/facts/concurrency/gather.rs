//! `asyncio.gather`: which coroutines overlap, where each result goes.
//!
//! Source: Library Reference, asyncio, Coroutines and Tasks, Running Tasks Concurrently.

use super::blocking_call::blocking_in;
use super::code::{coroutine_of, name_of, never_waits, place, short};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::value::Definition;

pub static PROVIDER: Provider = Provider {
    name: "gather",
    doc: "a call of `asyncio.gather`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("calls", SlotKind::Codes, "the arguments, if there are several without `*`"),
    Slot::new("only", SlotKind::Code, "the argument, if there is one without `*`"),
    Slot::new("each", SlotKind::Code, "the call in `*[f(x) for x in xs]`, the only argument"),
    Slot::new("spread", SlotKind::Code, "another argument with `*`, the only one"),
    Slot::new("targets", SlotKind::Records(TARGETS), "names that get the results"),
    Slot::new("blocking", SlotKind::Records(BLOCKING), "coroutine functions that block the loop"),
    Slot::new("through", SlotKind::Codes, "coroutine functions that never give up control"),
    Slot::new("as-results", SlotKind::Flag, "`return_exceptions=True`"),
    Slot::new("raises", SlotKind::Flag, "without it"),
    Slot::new("dropped", SlotKind::Flag, "the result is neither awaited nor kept"),
];

static TARGETS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name"),
    Slot::new("call", SlotKind::Code, "the argument whose result it gets"),
];

static BLOCKING: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the coroutine function"),
    Slot::new("call", SlotKind::Code, "the call in it that blocks"),
    Slot::new("line", SlotKind::Line, "the line of that"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    let callee = call.child_in(Field::Function)?;
    if names.qualified(item, callee).as_deref() != Some("asyncio.gather") {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let all = statements(call.child_in(Field::Arguments)?);
    let plain: Vec<Node<'_>> =
        all.iter().copied().filter(|node| kind(*node) != Kind::KeywordArgument).collect();
    let is_splat = |node: &Node<'_>| kind(*node) == Kind::ListSplat;
    if plain.iter().any(|node| kind(*node) == Kind::DictionarySplat) {
        return None;
    }
    let mut running = plain.clone();
    match plain[..] {
        [one] if is_splat(&one) => {
            let inner = *statements(one).first()?;
            match repeated(inner) {
                Some(each) => {
                    facts.code("each", short(names, item, each)?);
                    running = vec![each];
                }
                None => {
                    facts.code("spread", short(names, item, inner)?);
                    running.clear();
                }
            }
        }
        [one] => {
            facts.code("only", short(names, item, one)?);
        }
        _ if plain.is_empty() || plain.iter().any(is_splat) => return None,
        _ => {
            let texts: Option<Vec<String>> =
                plain.iter().map(|node| short(names, item, *node)).collect();
            facts.codes("calls", texts?);
            targets(subject, &plain, &mut facts);
        }
    }
    functions(subject, &running, &mut facts);
    let arguments = Arguments::of(call, subject.item_text());
    match arguments.keyword("return_exceptions").map(kind) {
        Some(Kind::True) => facts.flag("as-results", true),
        None | Some(Kind::False) => facts.flag("raises", true),
        _ => &mut facts,
    };
    let parent = subject.ancestors().next()?;
    facts.flag("dropped", kind(parent) == Kind::ExpressionStatement);
    Some(facts)
}

/// The call in `[f(x) for x in xs]` or `(f(x) for x in xs)`.
fn repeated(node: Node<'_>) -> Option<Node<'_>> {
    let is_it = matches!(kind(node), Kind::ListComprehension | Kind::GeneratorExpression);
    Field::Body.of(node).filter(|body| is_it && kind(*body) == Kind::Call)
}

/// `a, b = await asyncio.gather(f(), g())`.
fn targets(subject: &Subject<'_>, calls: &[Node<'_>], facts: &mut Facts) -> Option<()> {
    let mut around = subject.ancestors();
    let awaits = around.next().filter(|node| kind(*node) == Kind::Await)?;
    let assignment = around.next().filter(|node| kind(*node) == Kind::Assignment)?;
    let left = Field::Left.of(assignment)?;
    let is_list = matches!(kind(left), Kind::PatternList | Kind::TuplePattern);
    let names = statements(left);
    let is_plain = names.iter().all(|node| kind(*node) == Kind::Identifier);
    if Field::Right.of(assignment) != Some(awaits)
        || !is_list
        || !is_plain
        || names.len() != calls.len()
    {
        return None;
    }
    let records = names.iter().zip(calls).filter_map(|(name, call)| {
        let mut record = Facts::of(TARGETS);
        record.code("name", subject.text(*name));
        record.code("call", short(subject.names(), subject.item(), *call)?);
        Some(record)
    });
    facts.records("targets", records.collect());
    Some(())
}

/// What is known about the coroutine functions.
fn functions<'a>(subject: &Subject<'a>, calls: &[Node<'a>], facts: &mut Facts) {
    let names = subject.names();
    let mut seen: Vec<Definition<'a>> = Vec::new();
    for call in calls {
        let found = coroutine_of(names, subject.item(), *call);
        seen.extend(found.filter(|function| !seen.contains(function)));
    }
    let mut blocking = Vec::new();
    for function in &seen {
        let Some((call, _)) = blocking_in(subject, *function) else { continue };
        let Some(text) = short(names, function.item, call) else { continue };
        let mut record = Facts::of(BLOCKING);
        record.code("function", name_of(names, *function)).code("call", text);
        record.line("line", place(subject, function.item, call));
        blocking.push(record);
    }
    facts.records("blocking", blocking);
    let through = seen.iter().filter(|function| never_waits(function.node));
    facts.codes("through", through.map(|function| name_of(names, *function)));
}

#[cfg(test)]
mod tests;
