//! A pool or a session that is made anew in each turn of a loop.
//!
//! Source: Library Reference, concurrent.futures and multiprocessing; the documentation of requests
//! and aiohttp on sessions.

use crate::facts::generators::loop_around;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Rule};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, flow::never_ends, kind};
use crate::walk;

pub static RULE: Rule = Rule {
    id: "pool-per-item",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &["session"],
    fixes: &[],
    related: &[],
    check,
    fix: |_, _| Vec::new(),
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "what is called"),
    Slot::new("loop", SlotKind::Line, "the line of the loop"),
];

const POOLS: &[&str] = &[
    "concurrent.futures.ProcessPoolExecutor",
    "concurrent.futures.ThreadPoolExecutor",
    "multiprocessing.Pool",
];

const SESSIONS: &[&str] =
    &["aiohttp.ClientSession", "httpx.AsyncClient", "httpx.Client", "requests.Session"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let case = match subject.callee().as_deref() {
        Some(name) if POOLS.contains(&name) => None,
        Some(name) if SESSIONS.contains(&name) => Some("session"),
        _ => return,
    };
    if subject.settings().is_test {
        return;
    }
    let Some((at, _)) = loop_around(subject) else { return };
    let around = subject.path()[at];
    let Some(body) = Field::Body.of(around).filter(|_| kind(around) == Kind::ForStatement) else {
        return;
    };
    if never_ends(body) || depends_on_turn(subject, at) {
        return;
    }
    let Some(callee) = Field::Function.of(subject.node()) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("call", one_line(subject, callee)).line("loop", subject.line(around));
    found.push(Found { at: callee.byte_range().into(), case, facts, related: Vec::new() });
}

/// True when the arguments name something that is bound in the loop, or the loop counts attempts.
fn depends_on_turn(subject: &Subject<'_>, at: usize) -> bool {
    let around = subject.path()[at];
    let head = Field::Right.of(around).map_or("", |right| subject.text(right)).to_lowercase();
    let target = Field::Left.of(around).map_or("", |left| subject.text(left)).to_lowercase();
    if ["attempt", "retr", "tries", "worker", "thread"]
        .iter()
        .any(|word| head.contains(word) || target.contains(word))
    {
        return true;
    }
    let Some(scopes) = subject.names().scopes(subject.item()) else { return true };
    let bound: Vec<&str> = scopes
        .all_bindings()
        .iter()
        .filter(|binding| around.byte_range().contains(&binding.at.start))
        .map(|binding| scopes.name(binding.name))
        .collect();
    let mut depends = false;
    if let Some(arguments) = Field::Arguments.of(subject.node()) {
        walk::until(arguments, |node| {
            depends |= kind(node) == Kind::Identifier && bound.contains(&subject.text(node));
            depends
        });
    }
    depends
}
