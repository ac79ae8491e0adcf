//! An asynchronous generator where `for`, `list` or `await` is given one.
//!
//! Source: Language Reference, Asynchronous generator functions and The async for statement.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Object};

use super::code::{is_expected_to_fail, may_be_caught, own_function, runs_in_async};

pub static RULE: Rule = Rule {
    id: "async-for-required",
    kinds: &[Kind::ForStatement, Kind::ForInClause, Kind::Call, Kind::Await],
    slots: SLOTS,
    cases: &["consumer", "awaited"],
    fixes: &["add-async", "make-list"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("generator", SlotKind::Code, "the asynchronous generator"),
    Slot::new("consumer", SlotKind::Code, "what it is given to: `list`"),
];

/// Builtins that iterate over their only argument.
const CONSUMERS: &[&str] = &[
    "all",
    "any",
    "dict",
    "enumerate",
    "frozenset",
    "iter",
    "list",
    "max",
    "min",
    "next",
    "set",
    "sorted",
    "sum",
    "tuple",
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some((generator, case)) = generator(subject) else { return };
    if is_expected_to_fail(subject) || may_be_caught(subject, subject.path()) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("generator", one_line(subject, generator));
    if let Some(callee) = Field::Function.of(subject.node()).filter(|_| case == Some("consumer")) {
        facts.code("consumer", one_line(subject, callee));
    }
    found.push(Found { at: generator.byte_range().into(), case, facts, related: Vec::new() });
}

/// The expression that is an asynchronous generator, and the case.
fn generator<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, Option<&'static str>)> {
    let node = subject.node();
    let (expression, case) = match kind(node) {
        Kind::ForStatement | Kind::ForInClause => {
            let is_async = node.child(0).is_some_and(|word| word.kind() == "async");
            (Field::Right.of(node).filter(|_| !is_async)?, None)
        }
        Kind::Await => (*statements(node).first()?, Some("awaited")),
        _ => {
            let name = subject.callee()?;
            let name = name.strip_prefix("builtins.")?;
            let all = arguments(node);
            let [only] = all[..] else { return None };
            (CONSUMERS.contains(&name).then_some(only)?, Some("consumer"))
        }
    };
    if kind(expression) == Kind::GeneratorExpression {
        return None;
    }
    // Without the word there is no asynchronous generator in the file.
    subject.names().mentions_any(&["async"]).then_some(())?;
    let value = value::of(subject.names(), subject.item(), expression)?;
    matches!(value.object, Object::AsyncGenerator(_)).then_some((expression, case))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (generator, case) = generator(subject)?;
    let node = subject.node();
    let (fix, edit) = match case {
        None => {
            can_wait(subject).then_some(())?;
            ("add-async", (Span::empty(subject.span(node).start), "async ".to_owned()))
        }
        Some("consumer") => {
            runs_in_async(subject).then_some(())?;
            let name = subject.callee()?;
            let (open, close) = match &*name {
                "builtins.list" => ('[', ']'),
                "builtins.set" => ('{', '}'),
                _ => return None,
            };
            let names = subject.names();
            let item = "item";
            let is_free = !names.is_hidden_at(subject.item(), node.start_byte(), item);
            is_free.then_some(())?;
            let source = subject.text(generator);
            let text = format!("{open}{item} async for {item} in {source}{close}");
            ("make-list", (subject.span(node), text))
        }
        _ => return None,
    };
    Some(Plan { fix, safety: Safety::Safe, facts: found.facts.clone(), edits: vec![edit] })
}

/// True where `async for` may stand: the loop, or the comprehension around a clause, runs in an
/// `async def`. A generator expression would become an asynchronous one, which is another thing.
fn can_wait(subject: &Subject<'_>) -> bool {
    let around = subject.ancestors().next().map(kind);
    let in_comprehension = kind(subject.node()) == Kind::ForInClause;
    runs_in_async(subject)
        && own_function(subject).is_some()
        && (!in_comprehension || around != Some(Kind::GeneratorExpression))
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::ForStatement], edits: without_async };

fn without_async(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let node = subject.node();
    let word = node.child(0).filter(|word| word.kind() == "async")?;
    let value = value::of(subject.names(), subject.item(), Field::Right.of(node)?)?;
    matches!(value.object, Object::AsyncGenerator(_)).then_some(())?;
    let next = subject.span(word.next_sibling()?).start;
    Some(vec![(Span::new(subject.span(word).start, next), String::new())])
}
