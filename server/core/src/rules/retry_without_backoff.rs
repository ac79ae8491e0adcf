//! A request that is tried again without a pause, or always after the same one.
//!
//! Source: RFC 9110, 503 Service Unavailable and Retry-After; the documentation of tenacity.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::concurrency::callee;
use crate::facts::generators::loop_around;
use crate::facts::robustness::REQUESTS;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, flow::never_ends, kind};
use crate::walk;

use super::code::{callee_name, contains};

pub static RULE: Rule = Rule {
    id: "retry-without-backoff",
    kinds: &[Kind::TryStatement],
    slots: SLOTS,
    cases: &["same-pause"],
    fixes: &["back-off"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the request"),
    Slot::new("pause", SlotKind::Code, "the call that waits"),
    Slot::new("longer", SlotKind::Code, "how long it could wait instead"),
];

const SLEEPS: &[&str] = &["asyncio.sleep", "time.sleep"];

/// A request that is tried again.
struct Retry<'a> {
    request: Node<'a>,
    pauses: Vec<Node<'a>>,
    around: Node<'a>,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(retry) = retry(subject) else { return };
    let Some(request) = Field::Function.of(retry.request) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("call", one_line(subject, request));
    let case = match retry.pauses[..] {
        [] => None,
        [pause] => {
            facts.code("pause", one_line(subject, pause));
            Some("same-pause")
        }
        _ => return,
    };
    let at = retry.pauses.first().copied().unwrap_or(request);
    found.push(Found { at: at.byte_range().into(), case, facts, related: Vec::new() });
}

/// The subject, if it is the whole of a loop that ends when the request succeeds, and goes on when it
/// fails.
fn retry<'a>(subject: &Subject<'a>) -> Option<Retry<'a>> {
    let (at, _) = loop_around(subject)?;
    let around = subject.path()[at];
    let body = Field::Body.of(around)?;
    // The loop counts, or has no end.
    let counts = match kind(around) {
        Kind::WhileStatement => true,
        Kind::ForStatement => {
            let right = Field::Right.of(around)?;
            callee_name(subject, right).as_deref() == Some("builtins.range")
        }
        _ => false,
    };
    (counts && subject.path().get(at + 1) == Some(&body)).then_some(())?;
    (subject.path().get(at + 2) == Some(&subject.node())).then_some(())?;
    let tried = Field::Body.of(subject.node())?;
    let request = request(subject, tried)?;
    let clauses = statements(subject.node());
    let otherwise = clauses.iter().find(|it| kind(**it) == Kind::ElseClause);
    let leaves = [Kind::ReturnStatement, Kind::BreakStatement];
    let succeeds = contains(tried, &leaves) || otherwise.is_some_and(|it| contains(*it, &leaves));
    let goes_on = clauses.iter().filter(|it| kind(**it) == Kind::ExceptClause).any(|clause| {
        let suite = statements(*clause).into_iter().find(|it| kind(*it) == Kind::Block);
        suite.is_some_and(|suite| !leaves_loop(suite))
    });
    (succeeds && goes_on).then_some(())?;
    let pauses = pauses(subject, body)?;
    Some(Retry { request, pauses, around })
}

/// True when every way through the suite leaves the loop.
fn leaves_loop(suite: Node<'_>) -> bool {
    never_ends(suite) && !contains(suite, &[Kind::ContinueStatement])
}

/// The only request in the suite.
fn request<'a>(subject: &Subject<'a>, suite: Node<'a>) -> Option<Node<'a>> {
    let mut found = Vec::new();
    walk::until(suite, |node| {
        if kind(node) == Kind::Call
            && callee(subject.names(), subject.item(), node)
                .is_some_and(|name| subject.row(&REQUESTS, &name).is_some())
        {
            found.push(node);
        }
        matches!(kind(node), Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition)
    });
    let [only] = found[..] else { return None };
    Some(only)
}

/// Calls in the loop that wait; nothing when one waits for a time that is not written there, or
/// something else may wait.
fn pauses<'a>(subject: &Subject<'a>, body: Node<'a>) -> Option<Vec<Node<'a>>> {
    let (mut found, mut is_known) = (Vec::new(), true);
    walk::until(body, |node| {
        if kind(node) != Kind::Call {
            return false;
        }
        let name = callee_name(subject, node).unwrap_or_default();
        if SLEEPS.contains(&&*name) {
            let is_number = matches!(
                arguments(node)[..],
                [only] if matches!(kind(only), Kind::Integer | Kind::Float)
            );
            is_known &= is_number;
            found.push(node);
        } else if let Some(callee) = Field::Function.of(node) {
            let text = subject.text(callee).to_lowercase();
            let waits = ["sleep", "wait", "backoff", "back_off", "delay", "retry"];
            is_known &= !waits.iter().any(|word| text.contains(word));
        }
        false
    });
    is_known.then_some(found)
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

/// Twice the pause for each turn.
fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let retry = retry(subject)?;
    let [pause] = retry.pauses[..] else { return None };
    let target = Field::Left.of(retry.around).filter(|it| kind(*it) == Kind::Identifier)?;
    let range = arguments(Field::Right.of(retry.around)?);
    (range.len() == 1 && subject.text(target) != "_").then_some(())?;
    let [seconds] = arguments(pause)[..] else { return None };
    let longer = match subject.text(seconds) {
        "1" => format!("2 ** {}", subject.text(target)),
        seconds => format!("{seconds} * 2 ** {}", subject.text(target)),
    };
    let mut facts = found.facts.clone();
    facts.code("longer", &longer);
    let edits = vec![(subject.span(seconds), longer)];
    Some(Plan { fix: "back-off", safety: Safety::Review, facts, edits })
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::BinaryOperator], edits: same_pause };

/// `sleep(x)` for `sleep(x * 2 ** n)`.
fn same_pause(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let call = subject.ancestors().nth(1).filter(|it| kind(*it) == Kind::Call)?;
    let is_pause = callee_name(subject, call).is_some_and(|name| SLEEPS.contains(&&*name));
    let operator = |node: Node<'_>| Some(subject.text(Field::Operator.of(node)?));
    let (left, right) = (Field::Left.of(subject.node())?, Field::Right.of(subject.node())?);
    let seconds = match operator(subject.node())? {
        "**" if subject.text(left) == "2" => "1",
        "*" if operator(right)? == "**" => subject.text(left),
        _ => return None,
    };
    // Linters report a variable of a loop that is used nowhere.
    let looped = subject.ancestors().find(|it| kind(*it) == Kind::ForStatement)?;
    let target = Field::Left.of(looped)?;
    let mut uses = 0;
    walk::until(Field::Body.of(looped)?, |node| {
        let is_it = kind(node) == Kind::Identifier && subject.text(node) == subject.text(target);
        uses += usize::from(is_it);
        false
    });
    (uses > 1).then_some(())?;
    is_pause.then(|| vec![(subject.span(subject.node()), seconds.to_owned())])
}
