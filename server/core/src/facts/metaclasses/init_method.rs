//! `__init__` of an ordinary class.
//!
//! Source: Python Language Reference, Data model, `object.__init__`.

use super::super::call_sites::calls_of;
use super::super::source_text::one_line_in;
use super::super::{Facts, Provider, Slot, SlotKind, Value};
use super::attributes::{Access, writes};
use super::creation::is_filled;
use super::method::OwnMethod;
use super::mro::Orders;
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, own_nodes, returned, returns};
use crate::syntax::{Field, Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "init-method",
    doc: "`__init__` of a class that is no metaclass; `@target` is the `function_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("call", SlotKind::Code, "a call with its parameters, if nothing is in between"),
    Slot::new("open", SlotKind::Code, "the class, if something is or may be in between"),
    Slot::new("self", SlotKind::Code, "the first parameter"),
    Slot::new("sets", SlotKind::Codes, "the attributes that it sets"),
    Slot::new("value", SlotKind::Code, "a value other than `None` that it returns"),
    Slot::new("value-line", SlotKind::Line, "the line of that `return`"),
    Slot::new("coroutine", SlotKind::Flag, "it is an `async def` or a generator"),
    Slot::new("base", SlotKind::Code, "the class whose `__init__` it overrides"),
    Slot::new("base-line", SlotKind::Line, "its line"),
    Slot::new("super-line", SlotKind::Line, "where it calls the overridden one by `super()`"),
    Slot::new("not-called", SlotKind::Flag, "it mentions no other `__init__`"),
    Slot::new("calls", SlotKind::Lines, "where the file calls the class by its name"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let method = OwnMethod::of(subject)?;
    if method.name != "__init__" || method.decorated.is_some() {
        return None;
    }
    let class = method.class;
    class.keeps_name().then_some(())?;
    let mut orders = Orders::across_files(subject);
    let order = orders.of(class).complete();
    if orders.is_metaclass(class) == Some(true) {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("class", class.name()).code("self", method.first()?);
    let filled = order.as_ref().is_some_and(|links| is_filled(&mut orders, links));
    if filled {
        let list = method.node.child_in(Field::Parameters)?;
        let given = method.parameters.get(1..).unwrap_or_default();
        // What stands between the parameters, such as `*`, is part of the signature.
        let text = given.first().map_or(String::new(), |first| {
            let whole = one_line_in(class.text(), list);
            let before = class.text()[list.start_byte()..first.node.start_byte()].contains('*');
            let names: Vec<_> =
                given.iter().map(|one| one_line_in(class.text(), one.node)).collect();
            if before || whole.contains("*,") || whole.contains("/,") {
                "…".to_owned()
            } else {
                names.join(", ")
            }
        });
        facts.code("call", format!("{}({text})", class.name()));
        let sites = calls_of(class.names, class.item, class.node);
        let lines = sites.iter().map(|site| site.line(subject.document())).collect();
        facts.set("calls", Value::Lines(lines));
    } else {
        facts.code("open", class.name());
    }
    let mut sets: Vec<&str> = Vec::new();
    for write in writes(class) {
        let inside = method.node.byte_range().contains(&write.node.start_byte());
        if inside && write.access == Access::Assigned && !sets.contains(&write.name) {
            sets.push(write.name);
        }
    }
    facts.codes("sets", sets);
    facts.flag("coroutine", is_async(method.node) || is_generator(method.node));
    let other = returns(method.node).into_iter().find_map(|statement| {
        let value = returned(statement)?;
        is_surely_something(kind(value)).then_some((statement, value))
    });
    if let Some((statement, value)) = other {
        facts.code("value", one_line_in(class.text(), value));
        facts.line("value-line", subject.line(statement));
    }
    let above = order.as_ref().and_then(|links| links.get(1..)).unwrap_or_default();
    if let Some(base) = orders.method(above, "__init__") {
        facts.code("base", base.class.name()).line("base-line", base.line);
        let mut mentions = false;
        let mut by_super = None;
        own_nodes(method.node, |node| {
            let is_init = kind(node) == Kind::Attribute
                && node
                    .child_in(Field::Attribute)
                    .is_some_and(|name| subject.text(name) == "__init__");
            mentions |= is_init || subject.text(node) == "super";
            let object = node.child_in(Field::Object).filter(|_| is_init);
            let receiver =
                object.and_then(|object| subject.names().receiver(subject.item(), object));
            if matches!(receiver, Some(crate::names::Receiver::Super(_))) && by_super.is_none() {
                by_super = Some(subject.line(node));
            }
        });
        facts.flag("not-called", !mentions);
        if let Some(line) = by_super {
            facts.line("super-line", line);
        }
    }
    Some(facts)
}

/// True for expressions whose value is never `None`.
fn is_surely_something(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::True
            | Kind::False
            | Kind::Integer
            | Kind::Float
            | Kind::String
            | Kind::List
            | Kind::Tuple
            | Kind::Dictionary
            | Kind::Set
            | Kind::ListComprehension
            | Kind::ComparisonOperator
            | Kind::ExpressionList
    )
}

#[cfg(test)]
mod tests;
