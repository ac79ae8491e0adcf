//! `with` where only `async with` works, and the other way round.
//!
//! Source: Language Reference, The async with statement; Data model, Asynchronous Context Managers.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::classes::{Class, Lookup};
use crate::facts::context_managers::{Manager, items, manager};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

use super::code::{is_expected_to_fail, may_be_caught, own_function, runs_in_async};

pub static RULE: Rule = Rule {
    id: "async-with-required",
    kinds: &[Kind::WithStatement],
    slots: SLOTS,
    cases: &["plain"],
    fixes: &["add-async", "drop-async"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[Slot::new("manager", SlotKind::Code, "what is entered")];

/// Which statement an object can be entered with.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Fits {
    plain: bool,
    awaited: bool,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let is_async = is_async(subject.node());
    if is_expected_to_fail(subject)
        || may_be_caught(subject, subject.path())
        || own_function(subject).is_none()
    {
        return;
    }
    for item in items(subject.node()).unwrap_or_default() {
        let Some(fits) = fits(subject, item.expression) else { continue };
        let wanted = Fits { plain: is_async, awaited: !is_async };
        if fits != wanted {
            continue;
        }
        let mut facts = Facts::of(SLOTS);
        facts.code("manager", one_line(subject, item.expression));
        let at = item.expression.byte_range().into();
        let case = is_async.then_some("plain");
        found.push(Found { at, case, facts, related: Vec::new() });
    }
}

fn is_async(with: Node<'_>) -> bool {
    with.child(0).is_some_and(|word| word.kind() == "async")
}

fn fits<'a>(subject: &Subject<'a>, expression: Node<'a>) -> Option<Fits> {
    match manager(subject, expression)?.manager {
        Manager::Instance(class) => of_class(class),
        Manager::Generator(found) => Some(Fits { plain: !found.awaited, awaited: found.awaited }),
        Manager::Known(row) => {
            let has = |flag| row.get(flag).is_some();
            Some(Fits { plain: has("plain"), awaited: has("awaited") })
        }
        Manager::Class(_) => None,
    }
}

/// What the methods of a class of the file allow.
fn of_class(class: Class<'_>) -> Option<Fits> {
    let defines = |one: &str, other: &str| match (class.lookup(one), class.lookup(other)) {
        (Lookup::Found(..), Lookup::Found(..)) => Some(true),
        (Lookup::Absent, Lookup::Absent) => Some(false),
        _ => None,
    };
    let plain = defines("__enter__", "__exit__")?;
    let awaited = defines("__aenter__", "__aexit__")?;
    Some(Fits { plain, awaited })
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

/// All items must want the other statement.
fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let with = subject.node();
    let wanted = Fits { plain: is_async(with), awaited: !is_async(with) };
    let all = items(with)?;
    all.iter().all(|item| fits(subject, item.expression) == Some(wanted)).then_some(())?;
    let start = subject.span(with).start;
    let (fix, edit) = if wanted.plain {
        let word = with.child(1)?;
        ("drop-async", (Span::new(start, subject.span(word).start), String::new()))
    } else {
        runs_in_async(subject).then_some(())?;
        ("add-async", (Span::empty(start), "async ".to_owned()))
    };
    Some(Plan { fix, safety: Safety::Safe, facts: found.facts.clone(), edits: vec![edit] })
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::WithStatement], edits: without_async };

fn without_async(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let with = subject.node();
    let is_awaited =
        |expression| fits(subject, expression) == Some(Fits { plain: false, awaited: true });
    let is_it = is_async(with) && items(with)?.iter().all(|item| is_awaited(item.expression));
    // Two plain ones inside each other could be one, as other linters say.
    let is_alone = !stands_in_or_around(subject, with);
    let word = subject.span(with.child(1).filter(|_| is_it && is_alone)?);
    Some(vec![(Span::new(subject.span(with).start, word.start), String::new())])
}

/// True when another `with` is all that stands in this one, or this one is all that stands in another.
fn stands_in_or_around(subject: &Subject<'_>, with: Node<'_>) -> bool {
    let is_with = |node: Node<'_>| kind(node) == Kind::WithStatement;
    let inner = Field::Body.of(with).map(statements);
    let outer = subject.ancestors().nth(1).filter(|it| is_with(*it));
    inner.is_some_and(|body| matches!(body[..], [only] if is_with(only)))
        || outer.and_then(|it| Field::Body.of(it)).is_some_and(|body| statements(body).len() == 1)
}
