//! Coroutines that do not need each other are awaited one after the other.
//!
//! Source: Library Reference, asyncio, Running Tasks Concurrently and Task Groups.

use crate::Span;
use crate::facts::context_managers::CONTEXT_MANAGER;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Place, Rule};
use crate::scope::Resolution;
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};
use crate::walk;

use super::code::{
    callee_name, is_quiet, method, path_in, runs_in_async, uses_other_loop, with_items,
};
use super::only_asks::{Asks, asks};
use super::sequential_await_fix;

pub static RULE: Rule = Rule {
    id: "sequential-await",
    kinds: &[Kind::Await],
    slots: SLOTS,
    cases: &["each"],
    fixes: &["gather", "gather-bounded", "task-group"],
    related: &["waits"],
    check,
    fix: sequential_await_fix::fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("first", SlotKind::Code, "the call that is awaited first"),
    Slot::new("next", SlotKind::Code, "the call behind it"),
    Slot::new("function", SlotKind::Code, "what is called for each item"),
    Slot::new("items", SlotKind::Code, "what there is a call for each of"),
];

/// Awaits that need not wait for each other.
pub(super) enum Sequence<'a> {
    /// `a = await f()` and the statements behind it.
    Steps(Vec<Step<'a>>),
    /// One for each item.
    Each(Each<'a>),
}

/// `name = await call`
pub(super) struct Step<'a> {
    pub statement: Node<'a>,
    pub name: Node<'a>,
    pub call: Node<'a>,
    pub asks: Asks,
}

/// `[await call for target in items]`, or a loop that appends what it awaits.
pub(super) struct Each<'a> {
    pub call: Node<'a>,
    pub target: Node<'a>,
    pub items: Node<'a>,
    /// The clauses behind the element, as they are to be written.
    pub clauses: String,
    pub asks: Asks,
    /// The statement that is put in order.
    pub statement: Node<'a>,
    /// The comprehension; else the assignment of the empty list in front of the loop.
    pub place: Result<Node<'a>, Node<'a>>,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(sequence) = sequence(subject) else { return };
    let mut facts = Facts::of(SLOTS);
    let at = subject.node().byte_range().into();
    let item = subject.document().items()[subject.item()].id();
    let (case, related) = match &sequence {
        Sequence::Steps(steps) => {
            let [first, next, ..] = &steps[..] else { return };
            facts.code("first", one_line(subject, first.call));
            facts.code("next", one_line(subject, next.call));
            let place =
                |step: &Step<'_>| Place { item, at: step.call.byte_range().into(), role: "waits" };
            (None, steps[1..].iter().map(place).collect())
        }
        Sequence::Each(each) => {
            let Some(callee) = Field::Function.of(each.call) else { return };
            facts.code("function", one_line(subject, callee));
            facts.code("items", one_line(subject, each.items));
            (Some("each"), Vec::new())
        }
    };
    found.push(Found { at, case, facts, related });
}

/// The awaits of which the subject is the first.
pub(super) fn sequence<'a>(subject: &Subject<'a>) -> Option<Sequence<'a>> {
    let around = subject.ancestors().next()?;
    matches!(kind(around), Kind::Assignment | Kind::ListComprehension | Kind::Argument)
        .then_some(())?;
    called(subject.node())?;
    let path = path_in(subject, subject.item(), subject.node())?;
    (runs_in_async(subject) && !uses_other_loop(subject)).then_some(())?;
    let [.., parent, waiting] = path[..] else { return None };
    let call = called(waiting)?;
    let sequence = match kind(parent) {
        Kind::Assignment => match steps(subject, &path) {
            Some(steps) => Sequence::Steps(steps),
            None => Sequence::Each(named(subject, &path, call)?),
        },
        Kind::ListComprehension => Sequence::Each(comprehension(subject, &path, call)?),
        Kind::Argument => Sequence::Each(appended(subject, &path, call)?),
        _ => return None,
    };
    (!may_be_seen(subject, &path)).then_some(sequence)
}

/// The call that is awaited, if nothing else is called for its sake.
fn called(waiting: Node<'_>) -> Option<Node<'_>> {
    let [call] = statements(waiting)[..] else { return None };
    let callee = Field::Function.of(call).filter(|_| kind(call) == Kind::Call)?;
    let is_plain = |argument: Node<'_>| {
        let value = Field::Value.of(argument).filter(|_| kind(argument) == Kind::KeywordArgument);
        is_quiet(argument) || is_text_of_names(value.unwrap_or(argument))
    };
    (is_quiet(callee) && arguments(call).into_iter().all(is_plain)).then_some(call)
}

/// True for `f"{name}/{other}"`.
fn is_text_of_names(node: Node<'_>) -> bool {
    let mut plain = kind(node) == Kind::String;
    walk::until(node, |inner| {
        if kind(inner) == Kind::Interpolation {
            let parts = statements(inner);
            plain &= matches!(parts[..], [only] if kind(only) == Kind::Identifier);
        }
        !plain
    });
    plain
}

/// The statements from the subject's on that are independent.
fn steps<'a>(subject: &Subject<'a>, path: &[Node<'a>]) -> Option<Vec<Step<'a>>> {
    let [.., suite, own, _, _] = path[..] else { return None };
    let all = statements(suite);
    let at = all.iter().position(|other| *other == own)?;
    let mut first = at;
    while first > 0 && shape(all[first - 1]).is_some() {
        first -= 1;
    }
    let mut group: Vec<Step<'a>> = Vec::new();
    for (number, statement) in all.iter().enumerate().skip(first) {
        let step = step(subject, *statement);
        let fits = step.as_ref().is_some_and(|step| {
            !group.iter().any(|earlier| needs(subject, step, subject.text(earlier.name)))
        });
        if !fits {
            if number > at {
                break;
            }
            group.clear();
        }
        group.extend(step);
        if shape(*statement).is_none() {
            break;
        }
    }
    (group.len() > 1 && group[0].statement == own).then_some(group)
}

/// The name and the call of `name = await call`.
fn shape(statement: Node<'_>) -> Option<(Node<'_>, Node<'_>)> {
    let assignment = expression(statement).filter(|it| kind(*it) == Kind::Assignment)?;
    let name = Field::Left.of(assignment).filter(|it| kind(*it) == Kind::Identifier)?;
    let waiting = Field::Right.of(assignment).filter(|it| kind(*it) == Kind::Await)?;
    Field::Type.of(assignment).is_none().then_some((name, called(waiting)?))
}

fn step<'a>(subject: &Subject<'a>, statement: Node<'a>) -> Option<Step<'a>> {
    let (name, call) = shape(statement)?;
    let asks = asks(subject, subject.item(), call)?;
    Some(Step { statement, name, call, asks })
}

/// True when the step names the variable.
fn needs(subject: &Subject<'_>, step: &Step<'_>, variable: &str) -> bool {
    let mut found = subject.text(step.name) == variable;
    walk::until(step.call, |node| {
        found |= kind(node) == Kind::Identifier && subject.text(node) == variable;
        found
    });
    found
}

fn comprehension<'a>(subject: &Subject<'a>, path: &[Node<'a>], call: Node<'a>) -> Option<Each<'a>> {
    let [.., list, waiting] = path[..] else { return None };
    let parts = statements(list);
    let (clause, conditions) = match &parts[..] {
        [body, clause, conditions @ ..] if *body == waiting => (*clause, conditions),
        _ => return None,
    };
    let is_plain = kind(clause) == Kind::ForInClause
        && clause.child(0).is_some_and(|word| word.kind() == "for")
        && conditions.iter().all(|it| kind(*it) == Kind::IfClause && is_quiet(*it));
    let (target, items) = (Field::Left.of(clause)?, Field::Right.of(clause)?);
    (is_plain && are_at_hand(subject, items)).then_some(())?;
    let clauses: Vec<String> = parts[1..].iter().map(|part| one_line(subject, *part)).collect();
    let at =
        path.windows(2).rposition(|pair| matches!(kind(pair[0]), Kind::Block | Kind::Module))?;
    Some(Each {
        call,
        target,
        items,
        clauses: clauses.join(" "),
        asks: asks(subject, subject.item(), call)?,
        statement: path[at + 1],
        place: Ok(list),
    })
}

/// A loop of which the whole body is `found.append(await f(x))`.
fn appended<'a>(subject: &Subject<'a>, path: &[Node<'a>], call: Node<'a>) -> Option<Each<'a>> {
    let [.., suite, looped, body, statement, append, _, _] = path[..] else { return None };
    let is_whole = statements(body)[..] == [statement] && expression(statement) == Some(append);
    is_whole.then(|| collected(subject, suite, looped, append, call))?
}

/// A loop of which the whole body is `one = await f(x)` and `found.append(one)`.
fn named<'a>(subject: &Subject<'a>, path: &[Node<'a>], call: Node<'a>) -> Option<Each<'a>> {
    let [.., suite, looped, body, own, assignment, _] = path[..] else { return None };
    let [first, second] = statements(body)[..] else { return None };
    let append = expression(second).filter(|_| first == own)?;
    let (name, given) = (Field::Left.of(assignment)?, *arguments(append).first()?);
    let (list, _) = method(append)?;
    let is_passed_on = [name, given].iter().all(|it| kind(*it) == Kind::Identifier)
        && subject.text(name) == subject.text(given)
        && Field::Type.of(assignment).is_none()
        && ![call, list].into_iter().any(|node| mentions(subject, node, name));
    (is_passed_on && !is_read_behind(subject, looped, name)).then_some(())?;
    collected(subject, suite, looped, append, call)
}

/// `found = []` and a loop that does nothing but to append what `call` gives.
fn collected<'a>(
    subject: &Subject<'a>,
    suite: Node<'a>,
    looped: Node<'a>,
    append: Node<'a>,
    call: Node<'a>,
) -> Option<Each<'a>> {
    let is_loop = kind(looped) == Kind::ForStatement
        && looped.child(0).is_some_and(|word| word.kind() == "for")
        && Field::Alternative.of(looped).is_none();
    let (list, word) = method(append).filter(|_| is_loop)?;
    (subject.text(word) == "append" && arguments(append).len() == 1).then_some(())?;
    let all = statements(suite);
    let at = all.iter().position(|other| *other == looped)?;
    let made = *all.get(at.checked_sub(1)?)?;
    let assignment = expression(made).filter(|it| kind(*it) == Kind::Assignment)?;
    let (left, right) = (Field::Left.of(assignment)?, Field::Right.of(assignment)?);
    let is_empty = kind(right) == Kind::List && statements(right).is_empty();
    let is_it = kind(left) == Kind::Identifier && subject.text(left) == subject.text(list);
    let (target, items) = (Field::Left.of(looped)?, Field::Right.of(looped)?);
    let is_apart = ![call, target, items].into_iter().any(|node| mentions(subject, node, list));
    (is_empty && is_it && is_apart && are_at_hand(subject, items)).then_some(())?;
    (!is_read_behind(subject, looped, target)).then_some(())?;
    let clauses = format!("for {} in {}", one_line(subject, target), one_line(subject, items));
    let asks = asks(subject, subject.item(), call)?;
    Some(Each { call, target, items, clauses, asks, statement: looped, place: Err(made) })
}

fn mentions(subject: &Subject<'_>, node: Node<'_>, name: Node<'_>) -> bool {
    let mut found = false;
    walk::until(node, |inner| {
        found |= kind(inner) == Kind::Identifier && subject.text(inner) == subject.text(name);
        found
    });
    found
}

/// True when the variables of the loop, which a comprehension would not leave behind, are used outside
/// of it.
fn is_read_behind(subject: &Subject<'_>, looped: Node<'_>, target: Node<'_>) -> bool {
    let Some(scopes) = subject.names().scopes(subject.item()) else { return true };
    let (own, target) = (Span::from(looped.byte_range()), Span::from(target.byte_range()));
    scopes.all_bindings().iter().filter(|it| target.contains(it.at)).any(|bound| {
        let is_it = Resolution::Local(bound.scope);
        // Of a `global` or `nonlocal` name not all uses are here.
        bound.scope != bound.from
            || scopes.references().iter().any(|it| {
                it.name == bound.name
                    && !own.contains(it.at)
                    && scopes.resolve(it.scope, it.name) == is_it
            })
    })
}

/// True when an exception may be caught around the end of the path, so that code behind it could see which
/// of the calls went well.
fn may_be_seen(subject: &Subject<'_>, path: &[Node<'_>]) -> bool {
    let passes = |with: Node<'_>| {
        with_items(with).into_iter().all(|item| {
            let value = Field::Value.of(item).map(|value| match kind(value) {
                Kind::AsPattern => value.named_child(0).unwrap_or(value),
                _ => value,
            });
            let row = value
                .and_then(|value| callee_name(subject, value))
                .and_then(|name| subject.row(&CONTEXT_MANAGER, &name));
            row.is_some_and(|row| row.get("passes").is_some())
        })
    };
    for pair in path.windows(2).rev() {
        let (around, inner) = (pair[0], pair[1]);
        if Field::Body.of(around) != Some(inner) {
            continue;
        }
        match kind(around) {
            Kind::FunctionDefinition => return false,
            Kind::WithStatement if !passes(around) => return true,
            Kind::TryStatement
                if statements(around).iter().any(|it| kind(*it) == Kind::ExceptClause) =>
            {
                return true;
            }
            _ => {}
        }
    }
    false
}

/// True for items that nothing has to be run for.
fn are_at_hand(subject: &Subject<'_>, items: Node<'_>) -> bool {
    is_quiet(items)
        || kind(items) == Kind::Call
            && callee_name(subject, items)
                .is_some_and(|name| matches!(&*name, "builtins.range" | "builtins.enumerate"))
            && arguments(items).into_iter().all(is_quiet)
}
