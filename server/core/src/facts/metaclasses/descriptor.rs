//! `__get__`, `__set__`, `__delete__` and `__set_name__`.
//!
//! Source: Descriptor Guide; Python Language Reference, Data model, Implementing Descriptors.

use super::super::classes::{Class, Own};
use super::super::{Facts, Provider, Slot, SlotKind};
use super::creation::makes_instances;
use super::method::OwnMethod;
use super::mro::{Found, Orders};
use crate::names::Bound;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "descriptor-method",
    doc: "`__get__`, `__set__`, `__delete__` or `__set_name__` of a class; `@target` is the \
          `function_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("method", SlotKind::Code, "the method"),
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("get", SlotKind::Code, "the class, if the method is `__get__`"),
    Slot::new("set", SlotKind::Code, "the class, if the method is `__set__`"),
    Slot::new("delete", SlotKind::Code, "the class, if the method is `__delete__`"),
    Slot::new("named", SlotKind::Code, "the class, if the method is `__set_name__`"),
    Slot::new("data", SlotKind::Codes, "what makes it a data descriptor"),
    Slot::new("non-data", SlotKind::Code, "the class, if it is no data descriptor"),
    Slot::new("users", SlotKind::Records(USERS), "attributes of classes in the file"),
    Slot::new("first", SlotKind::Code, "the first of them, by its class"),
    Slot::new("instance", SlotKind::Code, "the second parameter of `__get__`"),
    Slot::new("no-class-access", SlotKind::Flag, "`__get__` nowhere asks whether it is `None`"),
];

static USERS: &[Slot] = &[
    Slot::new("attribute", SlotKind::Code, "the attribute, by its class: `Model.size`"),
    Slot::new("line", SlotKind::Line, "its line"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let method = OwnMethod::of(subject).filter(|method| method.decorated.is_none())?;
    let class = method.class;
    let mut orders = Orders::across_files(subject);
    let links = orders.of(class).complete().filter(|links| makes_instances(&mut orders, links));
    let slot = match method.name {
        "__get__" => "get",
        "__set__" => "set",
        "__delete__" => "delete",
        "__set_name__" => "named",
        _ => return None,
    };
    let mut facts = Facts::of(SLOTS);
    facts.code("method", method.name).code("class", class.name()).code(slot, class.name());
    let known = links.as_ref();
    let has = |name: &str| known.map(|links| orders.lookup(links, name));
    let writers: Vec<_> = ["__set__", "__delete__"]
        .into_iter()
        .filter(|name| matches!(has(name), Some(Found::Here(..) | Found::Known(_))))
        .collect();
    let unknown = ["__set__", "__delete__", "__get__"]
        .iter()
        .any(|name| matches!(has(name), None | Some(Found::Unknown)));
    if method.name != "__set_name__" {
        if writers.is_empty() && !unknown {
            facts.code("non-data", class.name());
        }
        facts.codes("data", writers);
    }
    if known.is_some() {
        let users = users(class);
        if let Some(first) = users.first().and_then(|user| user.get("attribute")) {
            facts.set("first", first.clone());
        }
        facts.records("users", users);
    }
    if method.name == "__get__"
        && let Some(instance) = method.positional(1)
    {
        facts.code("instance", instance);
        let body = Field::Body.of(method.node)?;
        let mut asks = false;
        walk::until(body, |node| {
            asks |= matches!(
                kind(node),
                Kind::IfStatement
                    | Kind::ConditionalExpression
                    | Kind::BooleanOperator
                    | Kind::MatchStatement
                    | Kind::TryStatement
            );
            asks
        });
        let mut touches = false;
        walk::until(body, |node| {
            // `None` has some special attributes.
            let is_usual = node
                .child_in(Field::Attribute)
                .is_some_and(|name| !subject.text(name).starts_with("__"));
            let object = node.child_in(Field::Object).filter(|_| is_usual);
            touches |= object.is_some_and(|object| {
                subject.text(object) == instance
                    && subject.names().is_variable_of(subject.item(), object, method.node)
            });
            touches
        });
        facts.flag("no-class-access", !asks && touches);
    }
    Some(facts)
}

/// The attributes of classes in the file whose value is made by calling this class.
fn users(class: Class<'_>) -> Vec<Facts> {
    let names = class.names;
    let Some(binding) = class.binding() else { return Vec::new() };
    let uses = names.uses(Bound { item: class.item, binding }).unwrap_or_default();
    let mut records = Vec::new();
    for found in uses {
        let Some(root) = names.item(found.item).tree().map(|tree| tree.root_node()) else {
            continue;
        };
        let at = found.reference.at;
        let Some(path) = walk::path_to(root, at.start, at.end) else { continue };
        let [.., owner, block, statement, assignment, call, _] = path[..] else { continue };
        let is_body = kind(owner) == Kind::ClassDefinition
            && kind(block) == Kind::Block
            && kind(statement) == Kind::ExpressionStatement
            && kind(assignment) == Kind::Assignment
            && kind(call) == Kind::Call
            && Field::Right.of(assignment) == Some(call);
        let Some(left) = Field::Left.of(assignment).filter(|_| is_body) else { continue };
        let Some(owner) = Class::new(names, found.item, owner) else { continue };
        let name = &owner.text()[left.byte_range()];
        let stays = kind(left) == Kind::Identifier
            && matches!(owner.own(name), Own::Yes(binding)
                if binding.at == left.byte_range().into());
        if stays {
            let mut record = Facts::of(USERS);
            record.code("attribute", format!("{}.{name}", owner.name()));
            record.line("line", owner.line_at(left.start_byte()));
            records.push(record);
        }
    }
    records
}

#[cfg(test)]
mod tests;
