//! `__iter__`, `__next__` and `__getitem__` of a class: what a `for` over an instance does.
//!
//! Source: Library Reference, Built-in Types, Iterator Types; Data model, Emulating container types.

use super::consumers::{CONSUMERS, HELD, Sites};
use super::iteration::{Iter, kind_of_iter};
use super::place::{brief, callee};
use crate::facts::around::is_decorated;
use crate::facts::classes::{Base, Class, Lookup, Own};
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::names::{Bound, Names, Receiver};
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, own_nodes, returned, returns, statements};
use crate::syntax::{Field, Kind, Node, flow::never_ends, kind};
use crate::value::{self, Builtin, Object};

pub static ITER: Provider = Provider {
    name: "iter-method",
    doc: "the method `__iter__` of a class; `@target` is the `function_definition`",
    slots: ITER_SLOTS,
    run: run_iter,
};

static ITER_SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("fresh", SlotKind::Code, "the class, if it is a generator function"),
    Slot::new("itself", SlotKind::Code, "the class, if it returns `self`"),
    Slot::new("other", SlotKind::Code, "what it returns otherwise"),
    Slot::new("next", SlotKind::Line, "the line of the `__next__` that goes with `self`"),
    Slot::new("no-next", SlotKind::Flag, "it returns `self`, which has no `__next__`: `TypeError`"),
    Slot::new("no-iterator", SlotKind::Code, "the type of what it returns, if that is no iterator"),
    Slot::new("nothing", SlotKind::Flag, "it returns nothing: `TypeError`"),
    Slot::new("resets", SlotKind::Lines, "lines that assign attributes of `self`"),
    Slot::new("consumers", SlotKind::Records(CONSUMERS), "what reads a new instance here"),
    Slot::new("held", SlotKind::Records(HELD), "names that hold an instance"),
];

/// The class whose body the subject, a method, is bound in by its name.
fn class_of<'a>(subject: &Subject<'a>) -> Option<Class<'a>> {
    let method = subject.node();
    let block = subject.ancestors().next()?;
    let node = subject.ancestors().nth(1)?;
    let is_member = kind(block) == Kind::Block && kind(node) == Kind::ClassDefinition;
    let class = Class::new(subject.names(), subject.item(), node).filter(|_| is_member)?;
    let name = subject.text(Field::Name.of(method)?);
    let own = class.own(name);
    let is_last = matches!(own, Own::Yes(binding) if binding.node == method.byte_range().into());
    (is_last && !is_async(method) && !is_decorated(method)).then_some(class)
}

fn run_iter(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    let method = subject.node();
    let class = class_of(subject)?;
    let mut facts = Facts::of(ITER_SLOTS);
    facts.code("class", class.name());
    match kind_of_iter(names, subject.item(), method) {
        Iter::Generator => drop(facts.code("fresh", class.name())),
        Iter::Itself => {
            facts.code("itself", class.name());
            match class.lookup_anywhere("__next__") {
                Lookup::Found(owner, binding) => {
                    let next = owner.names.node(Bound { item: owner.item, binding })?;
                    facts.line("next", owner.line_at(next.start_byte()));
                }
                Lookup::Absent if class.is_plain_anywhere() => drop(facts.flag("no-next", true)),
                _ => {}
            }
            facts.set("resets", Value::Lines(resets(subject, method)));
        }
        Iter::Other => other(subject, method, &mut facts)?,
    }
    let sites = Sites::of(subject, subject.item(), class.node);
    facts.records("consumers", sites.consumers(subject, false));
    facts.records("held", sites.held(subject));
    Some(facts)
}

/// An `__iter__` that returns one other thing, or nothing.
fn other(subject: &Subject<'_>, method: Node<'_>, facts: &mut Facts) -> Option<()> {
    let all = returns(method);
    let body = Field::Body.of(method)?;
    // A stub, an abstract method and the like.
    let is_empty = statements(body).iter().all(|statement| {
        matches!(
            kind(*statement),
            Kind::PassStatement | Kind::ExpressionStatement | Kind::RaiseStatement
        )
    });
    match all[..] {
        [] if !is_empty && !never_ends(body) => drop(facts.flag("nothing", true)),
        [only] => {
            let value = returned(only)?;
            let code = brief(subject.item_text(), value);
            facts.code("other", if code.is_empty() { "…" } else { &code });
            let found = value::of(subject.names(), subject.item(), value);
            if let Some(Object::Builtin(builtin)) = found.map(|found| found.object)
                && builtin != Builtin::None
            {
                let name = builtin.qualified();
                facts.code("no-iterator", name.strip_prefix("builtins.").unwrap_or(name));
            }
        }
        _ => return None,
    }
    Some(())
}

/// The lines of a method that assign attributes of `self`.
fn resets(subject: &Subject<'_>, method: Node<'_>) -> Vec<usize> {
    let mut lines = Vec::new();
    own_nodes(method, |node| {
        let target = match kind(node) {
            Kind::Assignment | Kind::AugmentedAssignment => Field::Left.of(node),
            _ => None,
        };
        let object = target
            .filter(|target| kind(*target) == Kind::Attribute)
            .and_then(|target| Field::Object.of(target));
        if let Some(object) = object
            && let Some(Receiver::Instance(_)) = subject.names().receiver(subject.item(), object)
        {
            lines.push(subject.line(node));
        }
    });
    lines.dedup();
    lines
}

pub static NEXT: Provider = Provider {
    name: "next-method",
    doc: "the method `__next__` of a class; `@target` is the `function_definition`",
    slots: NEXT_SLOTS,
    run: run_next,
};

static NEXT_SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("stops", SlotKind::Lines, "lines that raise `StopIteration`"),
    Slot::new("delegates", SlotKind::Lines, "lines that call `next()` without a default"),
    Slot::new("looped", SlotKind::Code, "the class, if its `__iter__` returns `self`"),
    Slot::new("alone", SlotKind::Code, "the class, if its `__iter__` returns something else"),
    Slot::new("other", SlotKind::Line, "the line of that `__iter__`"),
    Slot::new(
        "unlooped",
        SlotKind::Code,
        "the class, if it has no `__iter__` or that is not known",
    ),
    Slot::new("endless", SlotKind::Flag, "nothing ends the loops that `__iter__` lets run it"),
    Slot::new("never", SlotKind::Flag, "nothing in it raises `StopIteration`, and no loop runs it"),
    Slot::new("none-if", SlotKind::Line, "the line of an `if` behind which it returns `None`"),
    Slot::new("generator", SlotKind::Flag, "it has a `yield`: each call gives a new generator"),
    Slot::new("no-iter", SlotKind::Flag, "the class has no `__iter__`: no `for` takes it"),
    Slot::new("iter", SlotKind::Line, "the line of its `__iter__`"),
    Slot::new("state", SlotKind::Lines, "lines that assign attributes of `self`"),
    Slot::new("consumers", SlotKind::Records(CONSUMERS), "what reads a new instance here"),
];

fn run_next(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    let method = subject.node();
    let class = class_of(subject)?;
    let mut facts = Facts::of(NEXT_SLOTS);
    facts.code("class", class.name());
    let is_looped = loops(class, &mut facts)?;
    if is_generator(method) {
        facts.flag("generator", true);
        return Some(facts);
    }
    let (mut stops, mut delegates, mut unsure) = (Vec::new(), Vec::new(), false);
    own_nodes(method, |node| match kind(node) {
        Kind::RaiseStatement => match raised(subject, node).as_deref() {
            Some("builtins.StopIteration") => stops.push(subject.line(node)),
            Some(name) if name.starts_with("builtins.") => {}
            _ => unsure = true,
        },
        Kind::Call => match callee(names, subject.item(), node).as_deref() {
            Some("builtins.next") => {
                let count = crate::syntax::function::arguments(node).len();
                if count == 1 {
                    delegates.push(subject.line(node));
                }
            }
            Some(name) if name.starts_with("builtins.") && name != "builtins.super" => {}
            // Anything else may raise it.
            _ => unsure = true,
        },
        _ => {}
    });
    let never = stops.is_empty() && delegates.is_empty() && !unsure;
    facts.flag("endless", never && is_looped).flag("never", never && !is_looped);
    facts.set("stops", Value::Lines(stops)).set("delegates", Value::Lines(delegates));
    let body = Field::Body.of(method)?;
    let last = statements(body).last().copied()?;
    let is_open = kind(last) == Kind::IfStatement
        && statements(last)
            .iter()
            .all(|part| !matches!(kind(*part), Kind::ElseClause | Kind::ElifClause))
        && !never_ends(body);
    let gives = returns(method).into_iter().any(|it| returned(it).is_some());
    if is_open && gives {
        facts.line("none-if", subject.line(last));
    }
    facts.set("state", Value::Lines(resets(subject, method)));
    let sites = Sites::of(subject, subject.item(), class.node);
    facts.records("consumers", sites.consumers(subject, false));
    Some(facts)
}

/// Bases whose `__iter__` returns `self`.
const ITERATORS: &[&str] = &["collections.abc.Iterator", "typing.Iterator"];

/// Whether a loop over an instance calls its `__next__`, with what is said about that.
fn loops(class: Class<'_>, facts: &mut Facts) -> Option<bool> {
    let name = class.name();
    match class.lookup_anywhere("__iter__") {
        Lookup::Absent if class.is_plain_anywhere() => drop(facts.flag("no-iter", true)),
        Lookup::Found(owner, binding) => {
            let iter = owner.names.node(Bound { item: owner.item, binding })?;
            let line = owner.line_at(iter.start_byte());
            let is_known = kind(iter) == Kind::FunctionDefinition && !is_decorated(iter);
            match is_known.then(|| kind_of_iter(owner.names, owner.item, iter)) {
                Some(Iter::Itself) => {
                    facts.code("looped", name).line("iter", line);
                    return Some(true);
                }
                Some(Iter::Generator) => {
                    facts.code("alone", name).line("other", line);
                    return Some(false);
                }
                Some(Iter::Other) if gives_fresh(owner.names, owner.item, iter) => {
                    facts.code("alone", name).line("other", line);
                    return Some(false);
                }
                _ => {}
            }
        }
        Lookup::Absent => {}
        _ => {
            let is_iterator = |base: &Base<'_>| matches!(base, Base::Known(name) if ITERATORS.contains(&name.as_str()));
            if class.bases().first().is_some_and(is_iterator) {
                facts.code("looped", name);
                return Some(true);
            }
        }
    }
    facts.code("unlooped", name);
    Some(false)
}

/// True for an `__iter__` that surely returns the iterator of something else.
fn gives_fresh(names: Names<'_>, item: usize, method: Node<'_>) -> bool {
    let all = returns(method);
    !all.is_empty()
        && all.into_iter().all(|one| {
            let value = returned(one).filter(|value| kind(*value) == Kind::Call);
            let Some(value) = value else { return false };
            let argument = crate::syntax::function::arguments(value).first().copied();
            callee(names, item, value).as_deref() == Some("builtins.iter")
                && argument.is_some_and(|it| names.receiver(item, it).is_none())
        })
}

/// The dotted name of the class in `raise C` or `raise C(…)`.
pub(super) fn raised(subject: &Subject<'_>, statement: Node<'_>) -> Option<String> {
    let value = *statements(statement).first()?;
    let class = match kind(value) {
        Kind::Call => value.child_in(Field::Function)?,
        _ => value,
    };
    subject.names().qualified(subject.item(), class)
}

pub static GETITEM: Provider = Provider {
    name: "getitem-method",
    doc: "`__getitem__` of a class without `__iter__`; `@target` is the `function_definition`",
    slots: GETITEM_SLOTS,
    run: run_getitem,
};

static GETITEM_SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("parameter", SlotKind::Code, "the parameter that gets the number"),
    Slot::new("consumers", SlotKind::Records(CONSUMERS), "what reads a new instance here"),
    Slot::new("held", SlotKind::Records(HELD), "names that hold an instance"),
];

fn run_getitem(subject: &Subject<'_>) -> Option<Facts> {
    let class = class_of(subject)?;
    let is_old =
        matches!(class.lookup_anywhere("__iter__"), Lookup::Absent) && class.is_plain_anywhere();
    (is_old && !super::iteration::sets_protocol(subject.names())).then_some(())?;
    let parameters = crate::syntax::function::parameters(subject.node())?;
    let [_, parameter] = &parameters[..] else { return None };
    let mut facts = Facts::of(GETITEM_SLOTS);
    facts.code("class", class.name()).code("parameter", subject.text(parameter.name));
    let sites = Sites::of(subject, subject.item(), class.node);
    facts.records("consumers", sites.consumers(subject, false));
    facts.records("held", sites.held(subject));
    Some(facts)
}

#[cfg(test)]
mod tests;
