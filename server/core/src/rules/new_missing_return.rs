//! `__new__` makes an object and does not return it.
//!
//! Source: Data model, `object.__new__()`: the return value should be the new object instance.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::classes::Class;
use crate::facts::context_managers::{raised, ways};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, own_nodes, returned, returns, statements};
use crate::syntax::{Field, Kind, Node, expression::method, kind};

use super::shared::{break_of, indentation, name_span};

pub static RULE: Rule = Rule {
    id: "new-missing-return",
    kinds: &[Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["return-it"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("made", SlotKind::Code, "the call that makes the object"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let function = subject.node();
    let is_new = Field::Name.of(function).is_some_and(|name| subject.text(name) == "__new__");
    if !is_new || subject.settings().is_test || is_async(function) || is_generator(function) {
        return;
    }
    let Some(class) = class(subject) else { return };
    let Some(made) = made(subject) else { return };
    let gives_something = returns(function)
        .into_iter()
        .any(|statement| returned(statement).is_some_and(|value| kind(value) != Kind::None));
    let ends = ways(raised(class, function, false)).is_some_and(|ways| !ways.only_raises());
    if gives_something || !ends {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("class", class.name());
    facts.code("made", crate::facts::source_text::one_line(subject, made));
    found.push(Found { at: name_span(function), case: None, facts, related: Vec::new() });
}

/// The class whose body defines the subject, without decorators, and nothing else of the name.
fn class<'a>(subject: &Subject<'a>) -> Option<Class<'a>> {
    let mut around = subject.ancestors();
    around.next().filter(|node| kind(*node) == Kind::Block)?;
    let class = Class::new(subject.names(), subject.item(), around.next()?)?;
    let bindings = subject.names().bindings_in(subject.item(), class.node, "__new__");
    matches!(bindings[..], [one] if one.kind == BindingKind::Function).then_some(class)
}

/// The call of the `__new__` of another class.
fn made<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    let mut found = None;
    own_nodes(subject.node(), |node| {
        let is_new = method(node).is_some_and(|(_, name)| subject.text(name) == "__new__");
        if is_new && found.is_none() {
            found = Some(node);
        }
    });
    found
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let function = subject.node();
    returns(function).is_empty().then_some(())?;
    let made = made(subject)?;
    let body = statements(Field::Body.of(function)?);
    let last = *body.last()?;
    // The statement that makes the object runs whatever happens.
    let (statement, inner) = body
        .iter()
        .filter(|it| kind(**it) == Kind::ExpressionStatement)
        .find_map(|it| Some((*it, it.named_child(0)?)).filter(|(_, inner)| holds(*inner, made)))?;
    let edits = if inner == made {
        (statement == last).then_some(())?;
        vec![(Span::empty(subject.span(statement).start), "return ".to_owned())]
    } else {
        let name = Field::Left.of(inner).filter(|left| kind(*left) == Kind::Identifier)?;
        let indent = indentation(subject, last)?;
        let line = format!("{}{indent}return {}", break_of(subject), subject.text(name));
        vec![(Span::empty(subject.span(last).end), line)]
    };
    Some(Plan { fix: "return-it", safety: Safety::Review, facts: found.facts.clone(), edits })
}

/// True for the call itself, or an assignment of it.
fn holds(inner: Node<'_>, made: Node<'_>) -> bool {
    inner == made || kind(inner) == Kind::Assignment && Field::Right.of(inner) == Some(made)
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::FunctionDefinition], edits: without_return };

fn without_return(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let function = subject.node();
    let is_new = Field::Name.of(function).is_some_and(|name| subject.text(name) == "__new__");
    let [only] = returns(function)[..] else { return None };
    let value = returned(only).filter(|_| is_new)?;
    let body = statements(Field::Body.of(function)?);
    let [.., before, last] = body[..] else {
        let start = subject.span(only).start;
        let edit = (Span::new(start, subject.span(value).start), String::new());
        return (made(subject) == Some(value)).then(|| vec![edit]);
    };
    (last == only).then_some(())?;
    if made(subject) == Some(value) {
        let start = subject.span(only).start;
        return Some(vec![(Span::new(start, subject.span(value).start), String::new())]);
    }
    let span = Span::new(subject.span(before).end, subject.span(last).end);
    // Any linter sees a variable that nothing reads.
    let is_read = kind(value) == Kind::Identifier
        && body.iter().filter(|it| **it != last).any(|it| is_used(subject, *it, value));
    is_read.then(|| vec![(span, String::new())])
}

/// True when the statement uses the variable, other than to bind it.
fn is_used(subject: &Subject<'_>, statement: Node<'_>, variable: Node<'_>) -> bool {
    let name = subject.text(variable);
    let Some(scopes) = subject.names().scopes(subject.item()) else { return false };
    let within = Span::from(statement.byte_range());
    let bound = |at: Span| scopes.all_bindings().iter().any(|it| it.at == at);
    scopes
        .references()
        .iter()
        .any(|it| scopes.name(it.name) == name && within.contains(it.at) && !bound(it.at))
}
