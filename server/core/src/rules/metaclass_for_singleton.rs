//! A metaclass whose `__call__` keeps the one instance of each class.
//!
//! Source: Data model, Metaclasses; Programming FAQ, How do I share global variables across modules?

use crate::facts::classes::{Base, Class};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Rule};
use crate::subject::Subject;
use crate::syntax::function::{own_nodes, returned, returns};
use crate::syntax::{Field, Kind, Node, kind};

use super::code::method;
use super::shared::name_span;

pub static RULE: Rule = Rule {
    id: "metaclass-for-singleton",
    kinds: &[Kind::ClassDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &[],
    related: &[],
    check,
    fix: |_, _| Vec::new(),
};

static SLOTS: &[Slot] = &[
    Slot::new("metaclass", SlotKind::Code, "the metaclass"),
    Slot::new("store", SlotKind::Code, "what keeps the instances"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(class) = Class::new(subject.names(), subject.item(), subject.node()) else { return };
    let Some(call) = only_method(&class) else { return };
    let is_metaclass = matches!(&class.bases()[..], [Base::Known(name)] if name == "builtins.type");
    if subject.settings().is_test || !is_metaclass {
        return;
    }
    let Some(store) = store(&class, call) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("metaclass", class.name());
    facts.code("store", crate::facts::source_text::one_line_in(class.text(), store));
    let at = name_span(subject.node());
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

/// `__call__`, if that is all the metaclass does: beside it there are only `__init__` and values.
fn only_method<'a>(class: &Class<'a>) -> Option<Node<'a>> {
    let mut call = None;
    for statement in class.statements() {
        match kind(statement) {
            Kind::FunctionDefinition => {
                let name = &class.text()[Field::Name.of(statement)?.byte_range()];
                match name {
                    "__call__" => call = Some(statement),
                    "__init__" => {}
                    _ => return None,
                }
            }
            Kind::ExpressionStatement | Kind::PassStatement => {}
            _ => return None,
        }
    }
    call
}

/// What `super().__call__(…)` is stored in and returned from: `cls._instances[cls]`, `cls._instance`.
fn store<'a>(class: &Class<'a>, call: Node<'a>) -> Option<Node<'a>> {
    let text = class.text();
    let mut stored = None;
    own_nodes(call, |node| {
        let right = Field::Right.of(node).filter(|_| kind(node) == Kind::Assignment);
        let is_made =
            right.and_then(method).is_some_and(|(_, name)| &text[name.byte_range()] == "__call__");
        let left = Field::Left.of(node);
        if let Some(left) =
            left.filter(|left| is_made && matches!(kind(*left), Kind::Subscript | Kind::Attribute))
        {
            stored = Some(left);
        }
    });
    let stored = stored?;
    let is_it = |statement: Node<'a>| {
        returned(statement)
            .is_some_and(|value| text[value.byte_range()] == text[stored.byte_range()])
    };
    let all = returns(call);
    (!all.is_empty() && all.into_iter().all(is_it) && is_by_class(text, call, stored))
        .then_some(stored)
}

/// True for a store that has one place for each class: `x[cls]`, or an attribute of `cls`.
fn is_by_class(text: &str, call: Node<'_>, stored: Node<'_>) -> bool {
    let all = crate::syntax::function::parameters(call).unwrap_or_default();
    let Some(cls) = all.first().map(|first| &text[first.name.byte_range()]) else { return false };
    let key = if kind(stored) == Kind::Subscript {
        Field::Subscript.of(stored)
    } else {
        Field::Object.of(stored)
    };
    key.is_some_and(|key| &text[key.byte_range()] == cls)
}
