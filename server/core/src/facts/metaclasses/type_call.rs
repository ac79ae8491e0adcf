//! `type(x)` and `type(name, bases, namespace)`.
//!
//! Source: Library Reference, Built-in Functions, `type`.

use super::super::classes::Class;
use super::super::decoration::Arguments;
use super::super::source_text::one_line;
use super::super::{Facts, Provider, Slot, SlotKind, Value};
use super::super_call::all_subclasses;
use crate::names::Receiver;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, expression::plain_string, function::statements, kind};
use crate::value::{self, Object};

pub static ONE: Provider = Provider {
    name: "type-of",
    doc: "`type(x)` of something of which the class is known, or compared with a class; \
          `@target` is the `call`",
    slots: ONE_SLOTS,
    run: one,
};

pub static THREE: Provider = Provider {
    name: "type-call",
    doc: "`type(name, bases, namespace)` of literals; `@target` is the `call`",
    slots: THREE_SLOTS,
    run: three,
};

static ONE_SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("argument", SlotKind::Code, "what it is asked about"),
    Slot::new("is", SlotKind::Code, "the class that it surely is"),
    Slot::new("instance", SlotKind::Code, "the class whose method it is asked in, about `self`"),
    Slot::new("compared", SlotKind::Code, "the class it is compared with"),
    Slot::new("subclasses", SlotKind::Codes, "subclasses of that one in the file"),
    Slot::new("bool", SlotKind::Flag, "it is compared with `int`, of which `bool` is a subclass"),
];

static THREE_SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("statement", SlotKind::Block, "the class statement that does the same"),
    Slot::new("target", SlotKind::Code, "the name that the class is bound to"),
    Slot::new("other-name", SlotKind::Code, "its `__name__`, if that is another one"),
];

fn arguments<'a>(subject: &Subject<'a>) -> Option<Arguments<'a>> {
    let call = subject.node();
    let callee = call.child_in(Field::Function)?;
    let is_type = subject.names().qualified(subject.item(), callee)? == "builtins.type";
    let arguments = Arguments::of(call, subject.item_text());
    (is_type && !arguments.spread && !call.is_broken()).then_some(arguments)
}

fn one(subject: &Subject<'_>) -> Option<Facts> {
    let arguments = arguments(subject)?;
    let [argument] = arguments.positional[..] else { return None };
    if !arguments.keywords.is_empty() {
        return None;
    }
    let names = subject.names();
    let mut facts = Facts::of(ONE_SLOTS);
    facts.code("argument", one_line(subject, argument));
    let found = value::of(names, subject.item(), argument);
    match found.as_ref().map(|value| &value.object) {
        Some(Object::Builtin(builtin)) => {
            let name = builtin.qualified();
            facts.code("is", name.rsplit('.').next().unwrap_or(name));
        }
        Some(Object::Instance(made)) if kind(made.node) == Kind::ClassDefinition => {
            let class = Class::new(names, made.item, made.node)?;
            facts.code("is", class.name());
        }
        Some(Object::Class(definition)) => {
            let class = Class::new(names, definition.item, definition.node)?;
            let mut orders = super::mro::Orders::across_files(subject);
            facts.code("is", orders.metaclass(class).class()?.name());
        }
        _ => {
            if let Some(Receiver::Instance(class)) = names.receiver(subject.item(), argument) {
                let class = Class::new(names, subject.item(), class)?;
                facts.code("instance", class.name());
                facts.codes("subclasses", all_subclasses(class).iter().map(Class::name));
            }
        }
    }
    compared(subject, &mut facts);
    let known = ["is", "instance", "compared"].iter().any(|slot| facts.get(slot).is_some());
    facts.code("call", one_line(subject, subject.node()));
    known.then_some(facts)
}

/// `type(x) == C` or `type(x) is C`.
fn compared(subject: &Subject<'_>, facts: &mut Facts) {
    let Some(around) = subject.ancestors().next() else { return };
    if kind(around) != Kind::ComparisonOperator {
        return;
    }
    let operands = statements(around);
    let operators: Vec<_> =
        around.children_in(Field::Operators).map(|node| subject.text(node)).collect();
    let [left, right] = operands[..] else { return };
    if !matches!(operators[..], ["==" | "!=" | "is" | "is not"]) {
        return;
    }
    let other = if left == subject.node() { right } else { left };
    let names = subject.names();
    if let Some(class) = Class::resolve(names, subject.item(), other) {
        facts.code("compared", class.name());
        facts.codes("subclasses", all_subclasses(class).iter().map(Class::name));
    } else if let Some(name) = names.qualified(subject.item(), other)
        && let Some(builtin) = name.strip_prefix("builtins.")
    {
        facts.code("compared", builtin).flag("bool", builtin == "int");
    }
}

fn three(subject: &Subject<'_>) -> Option<Facts> {
    let arguments = arguments(subject)?;
    let [name, bases, namespace] = arguments.positional[..] else { return None };
    let name = plain_string(name, subject.item_text()).filter(|name| is_identifier(name))?;
    if kind(bases) != Kind::Tuple || kind(namespace) != Kind::Dictionary {
        return None;
    }
    let mut heads: Vec<_> = statements(bases).iter().map(|node| one_line(subject, *node)).collect();
    for (keyword, value) in &arguments.keywords {
        heads.push(format!("{keyword}={}", one_line(subject, *value)));
    }
    let mut lines = Vec::new();
    for pair in statements(namespace) {
        let key = pair.child_in(Field::Key).filter(|_| kind(pair) == Kind::Pair)?;
        let key = plain_string(key, subject.item_text()).filter(|key| is_identifier(key))?;
        lines.push(format!("    {key} = {}", one_line(subject, pair.child_in(Field::Value)?)));
    }
    if lines.is_empty() {
        lines.push("    pass".to_owned());
    }
    let head = if heads.is_empty() { String::new() } else { format!("({})", heads.join(", ")) };
    let mut facts = Facts::of(THREE_SLOTS);
    facts.code("call", format!("type('{name}', …)"));
    facts.set("statement", Value::Block(format!("class {name}{head}:\n{}", lines.join("\n"))));
    if let Some(target) = assigned_to(subject) {
        facts.code("target", target);
        if target != name {
            facts.code("other-name", name);
        }
    }
    Some(facts)
}

/// The name that the call is assigned to.
fn assigned_to<'a>(subject: &Subject<'a>) -> Option<&'a str> {
    let around: Node<'_> = subject.ancestors().next()?;
    let left = Field::Left.of(around).filter(|_| kind(around) == Kind::Assignment)?;
    (kind(left) == Kind::Identifier).then(|| subject.text(left))
}

fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
    first && chars.all(|other| other.is_ascii_alphanumeric() || other == '_')
}

#[cfg(test)]
mod tests;
