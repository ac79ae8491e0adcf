//! Threads run a function that only computes.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::concurrency::{
    Around, Held, Model, Started, computes, is_guarded, is_nested, name_of, starts,
};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Place, Plan, Rule, imported_name};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::Definition;

use super::code::callee_name;
use super::edit::at_hand;

pub static RULE: Rule = Rule {
    id: "threads-for-cpu-bound",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &[],
    fixes: &["use-processes"],
    related: &["function"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[Slot::new("function", SlotKind::Code, "the function that computes")];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let call = subject.node();
    if subject.settings().is_test {
        return;
    }
    let function = match callee_name(subject, call).as_deref() {
        Some("threading.Thread") => threads(subject),
        Some("concurrent.futures.ThreadPoolExecutor") => pool(subject),
        _ => return,
    };
    let Some(function) = function else { return };
    let Some(callee) = call.child_in(Field::Function) else { return };
    let names = subject.names();
    let mut facts = Facts::of(SLOTS);
    facts.code("function", name_of(names, function));
    let item = subject.document().items()[function.item].id();
    let name = Field::Name.of(function.node).unwrap_or(function.node);
    let related = vec![Place { item, at: name.byte_range().into(), role: "function" }];
    found.push(Found { at: callee.byte_range().into(), case: None, facts, related });
}

/// What `Thread(target=…)` runs, if it computes in several threads at a time.
fn threads<'a>(subject: &Subject<'a>) -> Option<Definition<'a>> {
    let arguments = Arguments::of(subject.node(), subject.item_text());
    let target = arguments.keyword("target").filter(|_| !arguments.spread)?;
    // A thread in the background is there for something else to go on.
    let in_background = arguments.keyword("daemon").is_some();
    let function = Started::of(subject.names(), subject.item(), target).function()?;
    (!in_background && computes_in_many(subject, function)).then_some(function)
}

fn computes_in_many<'a>(subject: &Subject<'a>, function: Definition<'a>) -> bool {
    if !computes(subject.names(), function) {
        return false;
    }
    let starts = starts(subject, function);
    let threads: Vec<_> = starts.iter().filter(|one| one.model == Model::Thread).collect();
    threads.len() == starts.len() && (threads.len() > 1 || threads.iter().any(|one| one.repeated))
}

/// The functions that the pool runs; nothing when it runs something else, too.
fn run_by_pool<'a>(subject: &Subject<'a>) -> Option<Vec<Definition<'a>>> {
    let names = subject.names();
    let held = Held::of(subject)?;
    let mut all = Vec::new();
    for place in &held.uses {
        if place.is_entered() {
            continue;
        }
        let (method, call) = place.method(subject)?;
        match method {
            "submit" | "map" => {
                let arguments = Arguments::of(call, names.item(place.item).text());
                let first = *arguments.positional.first()?;
                all.push(Started::of(names, place.item, first).function()?);
            }
            "shutdown" => {}
            _ => return None,
        }
    }
    Some(all)
}

fn pool<'a>(subject: &Subject<'a>) -> Option<Definition<'a>> {
    let arguments = Arguments::of(subject.node(), subject.item_text());
    let workers = arguments.get(0, "max_workers").filter(|_| !arguments.spread);
    if arguments.spread || workers.is_some_and(|count| subject.text(count) == "1") {
        return None;
    }
    let all = run_by_pool(subject)?;
    let first = *all.first()?;
    all.iter().all(|function| computes_in_many(subject, *function)).then_some(first)
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

/// A pool of processes, where its functions can be handed over.
fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let call = subject.node();
    let callee = call.child_in(Field::Function)?;
    let name = callee_name(subject, call)?;
    (name == "concurrent.futures.ThreadPoolExecutor").then_some(())?;
    let can_be_pickled = |function: &Definition<'_>| {
        !is_nested(subject.names(), *function) && !is_method(subject, *function)
    };
    run_by_pool(subject)?.iter().all(can_be_pickled).then_some(())?;
    let arguments = Arguments::of(call, subject.item_text());
    let only_workers = arguments.positional.len() <= 1
        && arguments.keywords.iter().all(|(name, _)| *name == "max_workers");
    let runs_on_import = Around::of(subject.path()) == Around::Module
        && !is_guarded(subject.path(), subject.item_text());
    (only_workers && !runs_on_import).then_some(())?;
    let import = imported_name(subject, call, "concurrent.futures", "ProcessPoolExecutor")?;
    let mut edits = vec![(subject.span(callee), import.expression)];
    edits.extend(import.edit);
    let facts = found.facts.clone();
    Some(Plan { fix: "use-processes", safety: Safety::Review, facts, edits })
}

fn is_method(subject: &Subject<'_>, function: Definition<'_>) -> bool {
    let path = super::code::path_in(subject, function.item, function.node).unwrap_or_default();
    path.iter().any(|node: &Node<'_>| kind(*node) == Kind::ClassDefinition)
}

pub static INVERSE: Inverse = Inverse { rule: &RULE, kinds: &[Kind::Call], edits: with_threads };

fn with_threads(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    (subject.callee()? == "concurrent.futures.ProcessPoolExecutor").then_some(())?;
    let callee = Field::Function.of(subject.node())?;
    let threads = at_hand(subject, "concurrent.futures", "ThreadPoolExecutor")?;
    Some(vec![(subject.span(callee), threads)])
}
