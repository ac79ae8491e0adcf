//! A plain wrapper works around a call that only makes a coroutine.

use crate::Span;
use crate::analysis::Safety;
use crate::decorator::{Decorator, Gives};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, own_nodes};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::shared::{decorator_at, name_span, place_of, users};

pub static RULE: Rule = Rule {
    id: "decorator-sync-wraps-async",
    kinds: &[Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["make-async"],
    related: &["user"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("wrapper", SlotKind::Code, "the wrapper's name"),
    Slot::new("func", SlotKind::Code, "the parameter that the wrapper calls"),
    Slot::new("user", SlotKind::Code, "the first decorated `async def` of this file"),
];

/// Names of functions that tell coroutines from other values.
const TESTS: &[&str] = &[
    "iscoroutinefunction",
    "iscoroutine",
    "isawaitable",
    "isasyncgenfunction",
    "markcoroutinefunction",
    "ensure_future",
    "create_task",
    "run_coroutine_threadsafe",
    "run_until_complete",
    "async_to_sync",
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(decorator) = decorator_at(subject) else { return };
    let wrapper = decorator.wrapper;
    if decorator.gives != Gives::Wrapper || is_async(wrapper) || is_generator(wrapper) {
        return;
    }
    let users = users(subject, &decorator);
    // What an inner decorator makes of the coroutine function is not known here.
    let Some(user) = users.iter().find(|user| is_async(user.definition) && is_innermost(user))
    else {
        return;
    };
    if is_generator(user.definition)
        || knows_coroutines(subject, &decorator)
        || !works_around(subject, &decorator)
    {
        return;
    }
    let names = subject.names();
    let mut facts = Facts::of(SLOTS);
    facts.code("wrapper", decorator.name_of(wrapper)).code("func", decorator.func);
    facts.code("user", user.name(names));
    let related = place_of(subject, user).into_iter().collect();
    found.push(Found { at: name_span(wrapper), case: None, facts, related });
}

fn is_innermost(user: &crate::decorator::User<'_>) -> bool {
    user.place + 1 == crate::syntax::function::decorators(user.decorated).len()
}

fn knows_coroutines(subject: &Subject<'_>, decorator: &Decorator<'_>) -> bool {
    let mut found = false;
    walk::until(decorator.outer(), |node| {
        found |= kind(node) == Kind::Identifier && TESTS.contains(&subject.text(node));
        found
    });
    found
}

/// True when every call of the function is one whose result is kept or returned, and at least one
/// of them has something around it or behind it.
fn works_around<'a>(subject: &Subject<'a>, decorator: &Decorator<'a>) -> bool {
    let Some(body) = Field::Body.of(decorator.wrapper) else { return false };
    let mut worked = false;
    for call in &decorator.calls {
        let Some(path) = walk::path_to(body, call.node.start_byte(), call.node.end_byte()) else {
            return false;
        };
        let Some(at) = path.iter().position(|node| node.id() == call.node.id()) else {
            return false;
        };
        let Some(parent) = at.checked_sub(1).map(|at| path[at]) else { return false };
        let enclosed = path[..at].iter().any(|node| {
            matches!(
                kind(*node),
                Kind::TryStatement
                    | Kind::WithStatement
                    | Kind::WhileStatement
                    | Kind::ForStatement
            )
        });
        worked |= match kind(parent) {
            Kind::ReturnStatement => enclosed,
            Kind::Assignment => match Field::Left.of(parent) {
                Some(left) if kind(left) == Kind::Identifier => {
                    if is_handed_on(subject, decorator, subject.text(left)) {
                        return false;
                    }
                    enclosed || has_next(path[at.saturating_sub(2)])
                }
                _ => return false,
            },
            _ => return false,
        };
    }
    worked
}

/// True when something follows the statement that is not a `return`.
fn has_next(statement: Node<'_>) -> bool {
    let next = statement.next_named_sibling();
    next.is_some_and(|next| kind(next) != Kind::ReturnStatement)
}

/// True when the variable is used in another way than being returned: it may reach something that
/// runs the coroutine.
fn is_handed_on(subject: &Subject<'_>, decorator: &Decorator<'_>, name: &str) -> bool {
    let mut all = 0;
    let mut plain = 0;
    own_nodes(decorator.wrapper, |node| {
        all += usize::from(kind(node) == Kind::Identifier && subject.text(node) == name);
        let inner = match kind(node) {
            Kind::ReturnStatement => node.named_child(0),
            Kind::Assignment => Field::Left.of(node),
            _ => None,
        };
        plain += usize::from(
            inner.is_some_and(|it| kind(it) == Kind::Identifier && subject.text(it) == name),
        );
    });
    all != plain
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    let Some(decorator) = decorator_at(subject) else { return Vec::new() };
    let users = users(subject, &decorator);
    let all_async =
        users.iter().all(|user| is_async(user.definition) && !is_generator(user.definition));
    if !all_async || !decorator.calls.iter().all(|call| call.own) {
        return Vec::new();
    }
    let mut edits = vec![(Span::empty(subject.span(decorator.wrapper).start), "async ".to_owned())];
    for call in &decorator.calls {
        edits.push((Span::empty(subject.span(call.node).start), "await ".to_owned()));
    }
    vec![Plan { fix: "make-async", safety: Safety::Review, facts: found.facts.clone(), edits }]
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::FunctionDefinition], edits: without_async };

/// A plain wrapper that awaits nothing.
fn without_async(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let decorator = decorator_at(subject)?;
    let wrapper = Some(decorator.wrapper).filter(|wrapper| is_async(*wrapper))?;
    let without = |node: Node<'_>, inner: Node<'_>| {
        (Span::new(subject.span(node).start, subject.span(inner).start), String::new())
    };
    let mut edits = vec![without(wrapper, wrapper.child(1)?)];
    own_nodes(wrapper, |node| {
        let inner = node.named_child(0).filter(|_| kind(node) == Kind::Await);
        edits.extend(inner.map(|inner| without(node, inner)));
    });
    (edits.len() == decorator.calls.len() + 1).then_some(edits)
}
