//! `__iter__` that returns no iterator.
//!
//! Source: Data model, `object.__iter__()`; Library Reference, Iterator Types.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::classes::{Class, Lookup, Own};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::names::Receiver;
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{arguments, is_async, is_generator, returned, returns};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Builtin, Object};

use super::code::{is_expected_to_fail, own_function};

pub static RULE: Rule = Rule {
    id: "iterator-protocol",
    kinds: &[Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &["itself", "old-next"],
    fixes: &["wrap", "rename-next"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("value", SlotKind::Code, "what `__iter__` returns"),
    Slot::new("type", SlotKind::Code, "its type"),
    Slot::new("iterator", SlotKind::Code, "an iterator over it: `iter(self.items)`"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let function = subject.node();
    let is_iter = Field::Name.of(function).is_some_and(|name| subject.text(name) == "__iter__");
    if !is_iter
        || subject.settings().is_test
        || is_async(function)
        || is_generator(function)
        || is_expected_to_fail(subject)
    {
        return;
    }
    let Some(class) = class(subject) else { return };
    for value in returns(function).into_iter().filter_map(returned) {
        let mut facts = Facts::of(SLOTS);
        facts.code("class", class.name()).code("value", one_line(subject, value));
        let case = if let Some(builtin) = no_iterator(subject, value) {
            facts.code("type", builtin.qualified().trim_start_matches("builtins."));
            facts.code("iterator", format!("iter({})", one_line(subject, value)));
            None
        } else if is_itself(subject, value) && lacks_next(class) {
            Some(if old_next(subject, class).is_some() { "old-next" } else { "itself" })
        } else {
            continue;
        };
        found.push(Found { at: value.byte_range().into(), case, facts, related: Vec::new() });
    }
}

/// The class whose body defines the subject, undecorated and once.
fn class<'a>(subject: &Subject<'a>) -> Option<Class<'a>> {
    let mut around = subject.ancestors();
    around.next().filter(|node| kind(*node) == Kind::Block)?;
    let class = Class::new(subject.names(), subject.item(), around.next()?)?;
    let bindings = subject.names().bindings_in(subject.item(), class.node, "__iter__");
    matches!(bindings[..], [one] if one.kind == BindingKind::Function).then_some(class)
}

/// The builtin type of a value that has no `__next__`.
fn no_iterator<'a>(subject: &Subject<'a>, value: Node<'a>) -> Option<Builtin> {
    match value::of(subject.names(), subject.item(), value)?.object {
        Object::Builtin(kind) => Some(kind),
        _ => None,
    }
}

fn is_itself(subject: &Subject<'_>, value: Node<'_>) -> bool {
    let receiver = subject.names().receiver(subject.item(), value);
    kind(value) == Kind::Identifier && matches!(receiver, Some(Receiver::Instance(_)))
}

/// True when no class of the file above or below has `__next__`, and nothing else may give it one.
fn lacks_next(class: Class<'_>) -> bool {
    let is_stub = class.text()[class.node.byte_range()].contains("abstractmethod");
    matches!(class.lookup("__next__"), Lookup::Absent)
        && matches!(class.lookup("__getattr__"), Lookup::Absent)
        && class.is_plain()
        && class.decorated().is_none()
        && class.subclasses().is_empty()
        && !is_stub
        && !class.name().ends_with("Mixin")
}

/// The name of the method `next`, which Python 2 called.
fn old_next<'a>(subject: &Subject<'a>, class: Class<'a>) -> Option<Span> {
    match class.own("next") {
        Own::Yes(binding) if binding.kind == BindingKind::Function => {
            Some(binding.at.shifted(subject.document().start_of(class.item)))
        }
        _ => None,
    }
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let facts = found.facts.clone();
    let class = class(subject)?;
    match found.case {
        None => {
            let mut values = returns(subject.node()).into_iter().filter_map(returned);
            let value = values.find(|value| found.at == value.byte_range().into())?;
            let builtin = no_iterator(subject, value)?;
            let names = subject.names();
            let is_iterable = !matches!(
                builtin,
                Builtin::Bool | Builtin::Int | Builtin::Float | Builtin::Complex | Builtin::None
            );
            let is_free = !names.is_hidden_at(subject.item(), value.start_byte(), "iter")
                && names.module_bindings("iter").is_empty();
            (is_iterable && is_free && kind(value) != Kind::ExpressionList).then_some(())?;
            let span = subject.span(value);
            let edits = vec![
                (Span::empty(span.start), "iter(".to_owned()),
                (Span::empty(span.end), ")".to_owned()),
            ];
            Some(Plan { fix: "wrap", safety: Safety::Review, facts, edits })
        }
        Some("old-next") => {
            let edits = vec![(old_next(subject, class)?, "__next__".to_owned())];
            Some(Plan { fix: "rename-next", safety: Safety::Review, facts, edits })
        }
        Some(_) => None,
    }
}

pub static INVERSE: Inverse = Inverse { rule: &RULE, kinds: &[Kind::Call], edits: without_iter };

fn without_iter(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let call = subject.node();
    let function = own_function(subject).and_then(|function| Field::Name.of(function))?;
    let is_returned = kind(subject.ancestors().next()?) == Kind::ReturnStatement;
    let [only] = arguments(call)[..] else { return None };
    let is_it =
        is_returned && subject.text(function) == "__iter__" && subject.callee()? == "builtins.iter";
    is_it.then(|| vec![(subject.span(call), subject.text(only).to_owned())])
}
