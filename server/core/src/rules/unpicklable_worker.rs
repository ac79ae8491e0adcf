//! A lambda or a nested function for another process, which cannot be pickled.
//!
//! Source: Library Reference, pickle, What can be pickled and unpickled?: functions defined at the top
//! level of a module; multiprocessing, Programming guidelines.

use crate::facts::concurrency::{StartMethod, Started, is_nested, start_method};
use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Place, Rule};
use crate::subject::Subject;
use crate::syntax::{Field, Kind};

use super::code::{callee_or_method, is_expected_to_fail, method};
use super::worker_target_called::POOL;

pub static RULE: Rule = Rule {
    id: "unpicklable-worker",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &["process"],
    fixes: &[],
    related: &["function"],
    check,
    fix: |_, _| Vec::new(),
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the lambda, or the name of the nested function"),
    Slot::new("taker", SlotKind::Code, "what is to run it: `pool.map`"),
];

/// What has something that takes a function for another process.
const TAKERS: &[&str] =
    &["concurrent.futures.ProcessPoolExecutor", "multiprocessing.Pool", "multiprocessing"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let (names, item) = (subject.names(), subject.item());
    // Most methods are called something else, which is quicker to see than what they are called on.
    let method = method(subject.node()).map(|(_, name)| subject.text(name));
    let may_take = method.is_none_or(|name| name == "submit" || POOL.contains(&name));
    if subject.callee().is_none() && !may_take {
        return;
    }
    let Some(name) = callee_or_method(subject) else { return };
    let Some((class, method)) = name.rsplit_once('.') else { return };
    if !TAKERS.contains(&class) {
        return;
    }
    let arguments = Arguments::of(subject.node(), subject.item_text());
    let (given, case) = match class {
        "concurrent.futures.ProcessPoolExecutor" if matches!(method, "submit" | "map") => {
            (arguments.get(0, "fn"), None)
        }
        "multiprocessing.Pool" if POOL.contains(&method) => (arguments.get(0, "func"), None),
        "multiprocessing" if method == "Process" => (arguments.get(1, "target"), Some("process")),
        _ => return,
    };
    let Some(given) = given.filter(|_| !arguments.spread) else { return };
    if is_expected_to_fail(subject) {
        return;
    }
    let definition = match Started::of(names, item, given) {
        Started::Lambda => None,
        Started::Function(function) if is_nested(names, function) => Some(function),
        _ => return,
    };
    // Where processes are forked, they have the function already.
    let is_forked = || match start_method(names) {
        StartMethod::Set(method) => method == "fork",
        StartMethod::Unknown => true,
        StartMethod::Default => false,
    };
    if case.is_some() && is_forked() {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("function", one_line(subject, given));
    if let Some(taker) = Field::Function.of(subject.node()) {
        facts.code("taker", one_line(subject, taker));
    }
    let related = definition.and_then(|function| {
        let item = subject.document().items()[function.item].id();
        let name = Field::Name.of(function.node)?;
        Some(Place { item, at: name.byte_range().into(), role: "function" })
    });
    let at = given.byte_range().into();
    found.push(Found { at, case, facts, related: related.into_iter().collect() });
}
