//! The clean-up of a `@contextmanager` function stands behind a `yield` that no `try` protects.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::decoration::Decorated;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{own_nodes, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::code::contains;
use super::edit::{indented, unit};
use super::shared::{break_of, indentation};

pub static RULE: Rule = Rule {
    id: "contextmanager-no-finally",
    kinds: &[Kind::DecoratedDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["add-finally"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the decorated function"),
    Slot::new("cleanup", SlotKind::Code, "the first statement that is skipped"),
];

/// What the last name of a call says when it undoes something.
const CLEANING: &[&str] = &[
    "chdir",
    "cleanup",
    "clear",
    "close",
    "delete",
    "disable",
    "disconnect",
    "drop",
    "finish",
    "join",
    "kill",
    "pop",
    "release",
    "remove",
    "reset",
    "restore",
    "rmdir",
    "rmtree",
    "shutdown",
    "stop",
    "tearDown",
    "teardown",
    "terminate",
    "uninstall",
    "unlink",
    "unlock",
    "unpatch",
    "unregister",
    "unsubscribe",
    "wait_closed",
];

/// The `yield` statement, and what stands behind it.
struct Parts<'a> {
    statement: Node<'a>,
    after: Vec<Node<'a>>,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some((function, parts)) = parts(subject) else { return };
    let Some(first) = parts.after.iter().find(|node| cleans(subject, **node)) else { return };
    if parts.after.iter().any(|node| subject.text(*node).contains("commit")) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    if let Some(name) = Field::Name.of(function) {
        facts.code("function", subject.text(name));
    }
    facts.code("cleanup", crate::facts::source_text::one_line(subject, *first));
    let at = parts.statement.byte_range().into();
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

fn parts<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, Parts<'a>)> {
    let decorated = Decorated::of(subject)?;
    let managers = &["contextlib.contextmanager", "contextlib.asynccontextmanager"];
    let [only] = &decorated.all[..] else { return None };
    (only.is(managers) && only.call.is_none()).then_some(())?;
    let function = decorated.function()?;
    let mut yields = Vec::new();
    own_nodes(function, |node| {
        if kind(node) == Kind::Yield {
            yields.push(node);
        }
    });
    let [only] = yields[..] else { return None };
    let path = walk::path_to(function, only.start_byte(), only.end_byte())?;
    let at = path.iter().rposition(|node| kind(*node) == Kind::ExpressionStatement)?;
    let statement = path[at];
    // Directly in the body, as a statement or the value of an assignment.
    let [_, block] = path[..at] else { return None };
    let direct = statement.named_child(0).is_some_and(|inner| {
        inner == only || kind(inner) == Kind::Assignment && Field::Right.of(inner) == Some(only)
    });
    (direct && Field::Body.of(function) == Some(block)).then_some(())?;
    let all = statements(block);
    let place = all.iter().position(|node| *node == statement)?;
    let after = all[place + 1..].to_vec();
    let leaves = [Kind::ReturnStatement, Kind::RaiseStatement];
    let runs = !after.is_empty() && !after.iter().any(|node| contains(*node, &leaves));
    runs.then_some((function, Parts { statement, after }))
}

/// True for a statement that undoes something: a call with such a name, `del`, or an assignment to
/// an attribute or an element.
fn cleans(subject: &Subject<'_>, statement: Node<'_>) -> bool {
    match kind(statement) {
        Kind::DeleteStatement => true,
        Kind::ExpressionStatement => statement.named_child(0).is_some_and(|inner| {
            let inner = match kind(inner) {
                Kind::Await => inner.named_child(0).unwrap_or(inner),
                _ => inner,
            };
            match kind(inner) {
                Kind::Assignment => Field::Left
                    .of(inner)
                    .is_some_and(|left| matches!(kind(left), Kind::Attribute | Kind::Subscript)),
                Kind::Call => Field::Function.of(inner).is_some_and(|callee| {
                    let name = subject.text(callee);
                    let last = name.rsplit('.').next().unwrap_or(name).trim_start_matches('_');
                    CLEANING.iter().any(|word| {
                        last == *word
                            || last.strip_prefix(word).is_some_and(|rest| rest.starts_with('_'))
                    })
                }),
                _ => false,
            }
        }),
        Kind::IfStatement => {
            let body = Field::Consequence.of(statement);
            body.is_some_and(|body| statements(body).iter().all(|inner| cleans(subject, *inner)))
                && !contains(statement, &[Kind::ElseClause, Kind::ElifClause])
        }
        _ => false,
    }
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (function, parts) = parts(subject)?;
    // What belongs to success must not run after a failure.
    parts.after.iter().all(|node| cleans(subject, *node)).then_some(())?;
    let indent = indentation(subject, parts.statement)?;
    let step = unit(subject, function)?;
    let (first, last) = (parts.after.first()?, parts.after.last()?);
    let lines = break_of(subject);
    let inside = indented(subject, parts.statement, parts.statement, &step)?;
    let after = indented(subject, *first, *last, &step)?;
    let edits = vec![
        (subject.span(parts.statement), format!("try:{lines}{indent}{step}{inside}")),
        (
            Span::new(subject.span(*first).start, subject.span(*last).end),
            format!("finally:{lines}{indent}{step}{after}"),
        ),
    ];
    let facts = found.facts.clone();
    Some(Plan { fix: "add-finally", safety: Safety::Review, facts, edits })
}

/// Takes `try` and `finally` away from around a `yield`.
pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::TryStatement], edits: without_finally };

fn without_finally(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let tried = subject.node();
    let [body, clause] = statements(tried)[..] else { return None };
    let [only] = statements(body)[..] else { return None };
    let after = *statements(clause).last().filter(|_| kind(clause) == Kind::FinallyClause)?;
    let (outer, inner) = (indentation(subject, tried)?, indentation(subject, only)?);
    let (step, end) = (inner.strip_prefix(outer)?, subject.span(after).end);
    let is_plain = statements(after).iter().all(|it| subject.text(*it).lines().count() == 1);
    let lines: Vec<&str> =
        subject.text(after).lines().map(|line| line.strip_prefix(step).unwrap_or(line)).collect();
    let text = format!("{}{}{outer}{}", subject.text(only), break_of(subject), lines.join("\n"));
    (is_plain && !step.is_empty()).then(|| vec![(Span::new(subject.span(tried).start, end), text)])
}
