//! A wrapper calls the function and does not return what it gives.

use crate::Span;
use crate::analysis::Safety;
use crate::decorator::{Decorator, Gives};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, own_nodes, returned, returns, statements};
use crate::syntax::{Field, Kind, Node, kind};

use super::shared::{break_of, decorator_at, indentation, place_of, users};

pub static RULE: Rule = Rule {
    id: "decorator-drops-result",
    kinds: &[Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["return-result"],
    related: &["user"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("wrapper", SlotKind::Code, "the wrapper's name"),
    Slot::new("func", SlotKind::Code, "the parameter that the wrapper calls"),
    Slot::new("user", SlotKind::Code, "a decorated function of this file that gives a value"),
];

/// Decorators whose names say that nobody waits for the result.
const FIRE_AND_FORGET: &[&str] = &[
    "background",
    "fire_and_forget",
    "in_background",
    "in_thread",
    "run_in_thread",
    "spawn",
    "task",
    "thread",
    "threaded",
];

/// What happens to the result of a call.
enum Dropped<'a> {
    /// The call is a statement.
    Statement(Node<'a>),
    /// It is assigned to a local variable that is not returned.
    Variable(Node<'a>),
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(decorator) = decorator_at(subject) else { return };
    let Some(drops) = drops(subject, &decorator) else { return };
    let names = subject.names();
    if FIRE_AND_FORGET.contains(&decorator.name_of(decorator.outer())) {
        return;
    }
    let users = users(subject, &decorator);
    let Some(user) = users.iter().find(|user| user.gives_value(names)) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("wrapper", decorator.name_of(decorator.wrapper));
    facts.code("func", decorator.func).code("user", user.name(names));
    let at = callee(drops[0].0).byte_range().into();
    found.push(Found {
        at,
        case: None,
        facts,
        related: place_of(subject, user).into_iter().collect(),
    });
}

fn callee(call: Node<'_>) -> Node<'_> {
    Field::Function.of(call).unwrap_or(call)
}

/// How the wrapper drops each result, if it drops them all and gives nothing itself.
fn drops<'a>(
    subject: &Subject<'a>,
    decorator: &Decorator<'a>,
) -> Option<Vec<(Node<'a>, Dropped<'a>)>> {
    let wrapper = decorator.wrapper;
    let gives_value = returns(wrapper).into_iter().any(|statement| returned(statement).is_some());
    if decorator.gives != Gives::Wrapper
        || gives_value
        || is_async(wrapper)
        || is_generator(wrapper)
        || !decorator.calls.iter().all(|call| call.own)
    {
        return None;
    }
    let mut found = Vec::new();
    own_nodes(wrapper, |node| {
        let value = match kind(node) {
            Kind::ExpressionStatement => node.named_child(0),
            Kind::Assignment => Field::Right.of(node),
            _ => None,
        };
        let is_call =
            |value: &Node<'a>| decorator.calls.iter().any(|call| call.node.id() == value.id());
        let Some(call) = value.filter(is_call) else { return };
        if kind(node) == Kind::ExpressionStatement {
            found.push((call, Dropped::Statement(node)));
        } else if is_unused_elsewhere(subject, decorator, node) {
            found.push((call, Dropped::Variable(node)));
        }
    });
    (found.len() == decorator.calls.len()).then_some(found)
}

/// True when the assignment is to a plain local variable that nothing outside can see.
fn is_unused_elsewhere<'a>(
    subject: &Subject<'a>,
    decorator: &Decorator<'a>,
    assignment: Node<'a>,
) -> bool {
    let left = Field::Left.of(assignment);
    let Some(left) = left.filter(|left| kind(*left) == Kind::Identifier) else { return false };
    let bound = subject.names().bindings_in(subject.item(), decorator.wrapper, subject.text(left));
    matches!(bound[..], [_])
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let decorator = decorator_at(subject)?;
    let drops = drops(subject, &decorator)?;
    let [(call, dropped)] = &drops[..] else { return None };
    let body = Field::Body.of(decorator.wrapper)?;
    let all = statements(body);
    let last = *all.last()?;
    let indent = indentation(subject, last)?;
    let start = subject.span(*call).start;
    let end = Span::empty(subject.span(last).end);
    let at_end = |name: &str| (end, format!("{}{indent}return {name}", break_of(subject)));
    let edits = match dropped {
        Dropped::Statement(statement) if statement.id() == last.id() => {
            vec![(Span::empty(start), "return ".to_owned())]
        }
        Dropped::Statement(statement) => {
            all.iter().find(|other| other.id() == statement.id())?;
            let name = ["result", "value", "outcome"].into_iter().find(|name| {
                !subject.names().is_hidden_at(subject.item(), decorator.wrapper.start_byte(), name)
                    && subject
                        .names()
                        .bindings_in(subject.item(), decorator.wrapper, name)
                        .is_empty()
            })?;
            vec![(Span::empty(start), format!("{name} = ")), at_end(name)]
        }
        Dropped::Variable(assignment) => {
            // The assignment must run on every way to the end.
            let is_direct = |other: &&Node<'_>| {
                other.named_child(0).is_some_and(|it| it.id() == assignment.id())
            };
            all.iter().find(is_direct)?;
            vec![at_end(subject.text(Field::Left.of(*assignment)?))]
        }
    };
    Some(Plan { fix: "return-result", safety: Safety::Review, facts: found.facts.clone(), edits })
}

/// Takes the `return` away from in front of the call.
pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::FunctionDefinition], edits: without_return };

fn without_return(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let decorator = decorator_at(subject)?;
    let last = *statements(Field::Body.of(decorator.wrapper)?).last()?;
    let call = returned(last).filter(|_| kind(last) == Kind::ReturnStatement)?;
    let [only] = &decorator.calls[..] else { return None };
    let edit = (Span::new(subject.span(last).start, subject.span(call).start), String::new());
    (only.node.id() == call.id()).then(|| vec![edit])
}
