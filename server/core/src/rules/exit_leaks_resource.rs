//! `__exit__` leaves open what `__init__` or `__enter__` opened.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::lint::{Found, Place, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{docstring, parameters, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::code::called_name;
use super::edit::indented;
use super::shared::{break_of, indentation};

pub static RULE: Rule = Rule {
    id: "exit-leaks-resource",
    kinds: &[Kind::ClassDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["release-it"],
    related: &["exit"],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("attribute", SlotKind::Code, "the attribute: `self.file`"),
    Slot::new("call", SlotKind::Code, "the call whose result it is"),
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("method", SlotKind::Code, "`__exit__` or `__aexit__`"),
    Slot::new("release", SlotKind::Code, "the call that is missing"),
];

/// Methods that may give the resource back.
const RELEASING: &[&str] = &[
    "__exit__",
    "abort",
    "aclose",
    "cleanup",
    "close",
    "detach",
    "disconnect",
    "kill",
    "quit",
    "release",
    "shutdown",
    "stop",
    "terminate",
];

/// A function in the body of the class.
#[derive(Clone, Copy)]
struct Method<'a> {
    name: &'a str,
    node: Node<'a>,
    decorated: bool,
}

/// An attribute that holds something open.
struct Held<'a> {
    /// `self.file`, where it is assigned.
    target: Node<'a>,
    name: &'a str,
    call: Node<'a>,
    release: &'a str,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let class = subject.node();
    if subject.settings().is_test || !is_plain(subject, class) {
        return;
    }
    let methods = methods(subject, class);
    let Some(exit) = exit(&methods) else { return };
    let Some(name) = Field::Name.of(class) else { return };
    for held in held(subject, &methods) {
        if !leaks(subject, &methods, exit, &held) {
            continue;
        }
        let attribute = subject.text(held.target);
        let mut facts = Facts::of(SLOTS);
        facts.code("attribute", attribute).code("class", subject.text(name));
        facts.code("method", exit.name).code("release", format!("{attribute}.{}()", held.release));
        if let Some(callee) = held.call.child_in(Field::Function) {
            facts.code("call", subject.text(callee));
        }
        let place = Field::Name.of(exit.node).unwrap_or(exit.node).byte_range().into();
        let item = subject.document().items()[subject.item()].id();
        let related = vec![Place { item, at: place, role: "exit" }];
        found.push(Found { at: held.target.byte_range().into(), case: None, facts, related });
    }
}

/// True for a class without bases and decorators, so that nothing but its body says what it does.
fn is_plain(subject: &Subject<'_>, class: Node<'_>) -> bool {
    let decorated =
        subject.ancestors().next().is_some_and(|node| kind(node) == Kind::DecoratedDefinition);
    let bases = Field::Superclasses.of(class).map(statements).unwrap_or_default();
    let is_object = |base: &Node<'_>| {
        subject.names().qualified(subject.item(), *base).as_deref() == Some("builtins.object")
    };
    !decorated && bases.iter().all(is_object)
}

fn methods<'a>(subject: &Subject<'a>, class: Node<'a>) -> Vec<Method<'a>> {
    let all = Field::Body.of(class).map(statements).unwrap_or_default();
    let methods = all.into_iter().filter_map(|node| {
        let inner = node.child_in(Field::Definition);
        let decorated = kind(node) == Kind::DecoratedDefinition;
        let node = if decorated { inner? } else { node };
        (kind(node) == Kind::FunctionDefinition).then_some(())?;
        Some(Method { name: subject.text(Field::Name.of(node)?), node, decorated })
    });
    methods.collect()
}

fn exit<'a>(methods: &[Method<'a>]) -> Option<Method<'a>> {
    let mut exits = methods.iter().filter(|one| matches!(one.name, "__exit__" | "__aexit__"));
    exits.next().copied().filter(|one| !one.decorated && exits.next().is_none())
}

/// What `__init__` and `__enter__` open and keep.
fn held<'a>(subject: &Subject<'a>, methods: &[Method<'a>]) -> Vec<Held<'a>> {
    let opening = |one: &&Method<'_>| matches!(one.name, "__init__" | "__enter__" | "__aenter__");
    let mut found = Vec::new();
    for method in methods.iter().filter(opening) {
        let Some(own) = own_name(subject, method.node) else { continue };
        crate::syntax::function::own_nodes(method.node, |node| {
            if kind(node) == Kind::Assignment {
                found.extend(assigned(subject, node, own));
            }
        });
    }
    found
}

/// `self.file = open(…)`.
fn assigned<'a>(subject: &Subject<'a>, node: Node<'a>, own: &str) -> Option<Held<'a>> {
    let (target, call) = (Field::Left.of(node)?, Field::Right.of(node)?);
    let name = attribute_of(subject, target, own).filter(|_| kind(call) == Kind::Call)?;
    let row = subject.resource(&called_name(subject, call)?)?;
    let Some(Value::Code(release)) = row.get("release") else { return None };
    Some(Held { target, name, call, release })
}

/// The name of the first parameter.
fn own_name<'a>(subject: &Subject<'a>, function: Node<'_>) -> Option<&'a str> {
    Some(subject.text(parameters(function)?.first()?.name))
}

/// `x` in `self.x`.
fn attribute_of<'a>(subject: &Subject<'a>, node: Node<'_>, own: &str) -> Option<&'a str> {
    let object = Field::Object.of(node).filter(|_| kind(node) == Kind::Attribute)?;
    (subject.text(object) == own).then_some(subject.text(Field::Attribute.of(node)?))
}

/// True when no method but those that open it does more with the attribute than call its methods,
/// and `__exit__` does nothing that might release it.
fn leaks(subject: &Subject<'_>, methods: &[Method<'_>], exit: Method<'_>, held: &Held<'_>) -> bool {
    let only_calls = methods.iter().all(|method| {
        let own = own_name(subject, method.node);
        own.is_none_or(|own| only_calls(subject, *method, own, held))
    });
    only_calls && exit_is_known(subject, methods, exit)
}

fn only_calls(subject: &Subject<'_>, method: Method<'_>, own: &str, held: &Held<'_>) -> bool {
    let mut fine = true;
    let mut path: Vec<Node<'_>> = Vec::new();
    walk::until(method.node, |node| {
        while path.last().is_some_and(|last| last.end_byte() <= node.start_byte()) {
            path.pop();
        }
        if attribute_of(subject, node, own) == Some(held.name) {
            let around = path.iter().rev();
            let mut around = around.map(|node| (kind(*node), *node));
            fine &= match around.next() {
                // `self.x.read()`
                Some((Kind::Attribute, outer)) => {
                    let name = Field::Attribute.of(outer).map_or("", |name| subject.text(name));
                    let called = around
                        .next()
                        .is_some_and(|(_, call)| call.child_in(Field::Function) == Some(outer));
                    called && !RELEASING.contains(&name) && name != held.release
                }
                Some((Kind::Assignment, outer)) => {
                    let value = Field::Right.of(outer);
                    let is_none = value.is_some_and(|value| kind(value) == Kind::None);
                    value == Some(held.call) || is_none
                }
                Some((Kind::ReturnStatement, _)) => {
                    matches!(method.name, "__enter__" | "__aenter__")
                }
                Some((Kind::ForStatement, outer)) => Field::Right.of(outer) == Some(node),
                _ => false,
            };
        }
        path.push(node);
        !fine
    });
    fine
}

/// True when all that `__exit__` does with `self` is read attributes, set them, and call methods of
/// the class of which the same is true.
fn exit_is_known(subject: &Subject<'_>, methods: &[Method<'_>], exit: Method<'_>) -> bool {
    let mut reached = vec![exit];
    let mut at = 0;
    while let Some(method) = reached.get(at).copied() {
        at += 1;
        let Some(own) = own_name(subject, method.node) else { return false };
        let Some(body) = Field::Body.of(method.node) else { return false };
        let mut known = true;
        let mut objects = Vec::new();
        walk::until(body, |node| {
            if let Some(name) = attribute_of(subject, node, own) {
                objects.extend(Field::Object.of(node));
                known &= !name.starts_with("__");
                if let Some(called) = methods.iter().find(|one| one.name == name)
                    && reached.iter().all(|one| one.node != called.node)
                {
                    known &= !called.decorated;
                    reached.push(*called);
                }
            } else if kind(node) == Kind::Call {
                let callee = node.child_in(Field::Function);
                // Anything that an attribute holds may know this object.
                known &= callee.is_none_or(|callee| {
                    attribute_of(subject, callee, own)
                        .is_none_or(|name| methods.iter().any(|one| one.name == name))
                        && subject.text(callee) != "super"
                });
            } else if kind(node) == Kind::Identifier && subject.text(node) == own {
                known &= objects.contains(&node);
            }
            !known
        });
        if !known {
            return false;
        }
    }
    true
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let class = subject.node();
    let methods = methods(subject, class);
    let exit = exit(&methods)?;
    let all = held(subject, &methods);
    let held = all.iter().find(|held| Span::from(held.target.byte_range()) == found.at)?;
    let own = own_name(subject, exit.node)?;
    let attribute = format!("{own}.{}", held.name);
    let body = statements(Field::Body.of(exit.node)?);
    let doc = docstring(exit.node, subject.item_text());
    let first = *body.get(usize::from(doc.is_some()))?;
    let indent = indentation(subject, first)?;
    let step = if indent.contains('\t') { "\t" } else { "    " };
    let line_break = break_of(subject);
    let call = format!("{attribute}.{}()", held.release);
    let release = |indent: &str| match may_be_none(subject, &methods, held) {
        true => format!("if {attribute} is not None:{line_break}{indent}{step}{call}"),
        false => call.clone(),
    };
    let last = *body.last()?;
    let edit = if kind(first) == Kind::PassStatement && first == last {
        (subject.span(first), release(indent))
    } else if uses(subject, &body, own) {
        // It may need what is released, so that comes last, whatever happens before.
        let deeper = format!("{indent}{step}");
        let inner = indented(subject, first, last, step)?;
        let span = Span::new(subject.span(first).start, subject.span(last).end);
        let text = format!(
            "try:{line_break}{deeper}{inner}{line_break}{indent}finally:{line_break}{deeper}{}",
            release(&deeper)
        );
        (span, text)
    } else {
        let text = format!("{}{line_break}{indent}", release(indent));
        (Span::empty(subject.span(first).start), text)
    };
    let facts = found.facts.clone();
    Some(Plan { fix: "release-it", safety: Safety::Review, facts, edits: vec![edit] })
}

/// True when the statements name the object.
fn uses(subject: &Subject<'_>, body: &[Node<'_>], own: &str) -> bool {
    let mut found = false;
    for statement in body {
        walk::until(*statement, |node| {
            found |= kind(node) == Kind::Identifier && subject.text(node) == own;
            found
        });
    }
    found
}

/// True when the attribute is set to `None`, too.
fn may_be_none(subject: &Subject<'_>, methods: &[Method<'_>], held: &Held<'_>) -> bool {
    let mut found = false;
    for method in methods {
        let Some(own) = own_name(subject, method.node) else { continue };
        walk::until(method.node, |node| {
            let is_it = kind(node) == Kind::Assignment
                && Field::Left.of(node).and_then(|left| attribute_of(subject, left, own))
                    == Some(held.name);
            found |= is_it && Field::Right.of(node).is_some_and(|it| kind(it) == Kind::None);
            found
        });
    }
    found
}
