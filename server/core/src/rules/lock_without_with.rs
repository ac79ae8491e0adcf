//! A lock is acquired and released by hand.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::context_managers::{is_async, items};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};

use super::code::{contains, is_made_by, method};
use super::edit::{indented, unwrapped};
use super::shared::{break_of, indentation};
use crate::syntax::expression::{expression, next_statement};

pub static RULE: Rule = Rule {
    id: "lock-without-with",
    kinds: &[Kind::ExpressionStatement],
    slots: SLOTS,
    cases: &["protected"],
    fixes: &["use-with", "use-with-also-after-exception"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("lock", SlotKind::Code, "the lock"),
    Slot::new("with", SlotKind::Code, "the head of the statement that takes its place"),
];

const PLAIN: &[&str] = &[
    "multiprocessing.BoundedSemaphore",
    "multiprocessing.Condition",
    "multiprocessing.Lock",
    "multiprocessing.RLock",
    "multiprocessing.Semaphore",
    "threading.BoundedSemaphore",
    "threading.Condition",
    "threading.Lock",
    "threading.RLock",
    "threading.Semaphore",
];

const ASYNC: &[&str] =
    &["asyncio.BoundedSemaphore", "asyncio.Condition", "asyncio.Lock", "asyncio.Semaphore"];

/// A lock that is held by hand.
struct Held<'a> {
    lock: Node<'a>,
    asynchronous: bool,
    /// What runs under the lock: the first and the last statement.
    inside: (Node<'a>, Node<'a>),
    /// The statement that releases it, or the `try` whose `finally` does.
    end: Node<'a>,
    protected: bool,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(held) = held(subject) else { return };
    let mut facts = Facts::of(SLOTS);
    let lock = subject.text(held.lock);
    let word = if held.asynchronous { "async with" } else { "with" };
    facts.code("lock", lock).code("with", format!("{word} {lock}:"));
    let case = held.protected.then_some("protected");
    let at = subject.node().byte_range().into();
    found.push(Found { at, case, facts, related: Vec::new() });
}

fn held<'a>(subject: &Subject<'a>) -> Option<Held<'a>> {
    let statement = subject.node();
    let mut call = expression(statement)?;
    let asynchronous = kind(call) == Kind::Await;
    if asynchronous {
        call = call.named_child(0)?;
    }
    let lock = called(subject, call, "acquire")?;
    let makers = if asynchronous { ASYNC } else { PLAIN };
    is_made_by(subject, subject.item(), lock, makers).then_some(())?;
    let next = next_statement(statement)?;
    if kind(next) == Kind::TryStatement {
        return protected(subject, lock, asynchronous, next);
    }
    let name = subject.text(lock);
    let mut last = next;
    (!releases(subject, next, name)).then_some(())?;
    loop {
        let after = next_statement(last)?;
        if releases(subject, after, name) {
            break;
        }
        last = after;
    }
    let end = next_statement(last)?;
    // A second release, or a way out between, is more than `with` stands for.
    let plain = |node: Node<'a>| {
        !subject.text(node).contains(&format!("{name}.release"))
            && !subject.text(node).contains(&format!("{name}.acquire"))
            && !contains(
                node,
                &[
                    Kind::ReturnStatement,
                    Kind::BreakStatement,
                    Kind::ContinueStatement,
                    Kind::Yield,
                ],
            )
    };
    let mut at = Some(next);
    while let Some(node) = at.filter(|node| *node != end) {
        plain(node).then_some(())?;
        at = next_statement(node);
    }
    Some(Held { lock, asynchronous, inside: (next, last), end, protected: false })
}

/// `try: … finally: lock.release()` behind the call.
fn protected<'a>(
    subject: &Subject<'a>,
    lock: Node<'a>,
    asynchronous: bool,
    statement: Node<'a>,
) -> Option<Held<'a>> {
    let body = Field::Body.of(statement)?;
    let mut clauses = statements(statement).into_iter().filter(|clause| *clause != body);
    let (Some(finally), None) = (clauses.next(), clauses.next()) else { return None };
    let [block] = statements(finally)[..] else { return None };
    let [release] = statements(block)[..] else { return None };
    let is_it = kind(finally) == Kind::FinallyClause
        && releases(subject, release, subject.text(lock))
        && !subject.text(body).contains(&format!("{}.release", subject.text(lock)));
    is_it.then_some(())?;
    let all = statements(body);
    let inside = (*all.first()?, *all.last()?);
    Some(Held { lock, asynchronous, inside, end: statement, protected: true })
}

/// The object of `object.name()` without arguments.
fn called<'a>(subject: &Subject<'a>, call: Node<'a>, name: &str) -> Option<Node<'a>> {
    let (object, method) = method(call)?;
    let plain = matches!(kind(object), Kind::Identifier | Kind::Attribute);
    (plain && subject.text(method) == name && arguments(call).is_empty()).then_some(object)
}

fn releases(subject: &Subject<'_>, statement: Node<'_>, lock: &str) -> bool {
    expression(statement)
        .and_then(|call| called(subject, call, "release"))
        .is_some_and(|object| subject.text(object) == lock)
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let held = held(subject)?;
    let indent = indentation(subject, subject.node())?;
    let word = if held.asynchronous { "async with" } else { "with" };
    let head = format!("{word} {}:{}", subject.text(held.lock), break_of(subject));
    let (first, last) = held.inside;
    let start = subject.span(subject.node()).start;
    let (fix, text, safety) = if held.protected {
        let step = indentation(subject, first)?.strip_prefix(indent)?;
        let inside = indented(subject, first, last, "")?;
        ("use-with", format!("{head}{indent}{step}{inside}"), Safety::Safe)
    } else {
        let step = if indent.starts_with('\t') { "\t" } else { "    " };
        let inside = indented(subject, first, last, step)?;
        let text = format!("{head}{indent}{step}{inside}");
        ("use-with-also-after-exception", text, Safety::Review)
    };
    let edits = vec![(Span::new(start, subject.span(held.end).end), text)];
    Some(Plan { fix, safety, facts: found.facts.clone(), edits })
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::WithStatement], edits: by_hand };

/// `acquire()` and `release()` around what runs under the lock.
fn by_hand(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let with = subject.node();
    let [only] = &items(with)?[..] else { return None };
    let lock = Some(only.expression).filter(|_| only.target.is_none())?;
    let asynchronous = is_async(with);
    let makers = if asynchronous { ASYNC } else { PLAIN };
    is_made_by(subject, subject.item(), lock, makers).then_some(())?;
    let (lock, indent, lines) =
        (subject.text(lock), indentation(subject, with)?, break_of(subject));
    let word = if asynchronous { "await " } else { "" };
    let inside = unwrapped(subject, with)?;
    let text =
        format!("{word}{lock}.acquire(){lines}{indent}{inside}{lines}{indent}{lock}.release()");
    Some(vec![(subject.span(with), text)])
}
