//! `__getattr__`, `__getattribute__`, `__setattr__` and `__delattr__`.
//!
//! Source: Python Language Reference, Data model, Customizing attribute access.

use super::super::{Facts, Provider, Slot, SlotKind, Value};
use super::attributes::{Access, writes};
use super::method::OwnMethod;
use super::mro::Orders;
use crate::names::Receiver;
use crate::subject::Subject;
use crate::syntax::function::{own_nodes, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "attribute-hook",
    doc: "`__getattr__`, `__getattribute__`, `__setattr__` or `__delattr__` of a class; \
          `@target` is the `function_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("missing", SlotKind::Code, "the class, if the method is `__getattr__`"),
    Slot::new("every-read", SlotKind::Code, "the class, if it is `__getattribute__`"),
    Slot::new("every-write", SlotKind::Code, "the class, if it is `__setattr__`"),
    Slot::new("every-delete", SlotKind::Code, "the class, if it is `__delattr__`"),
    Slot::new("found", SlotKind::Codes, "attributes that `__init__` sets, so found without it"),
    Slot::new("written", SlotKind::Lines, "assignments through `self` that come here"),
    Slot::new("loops", SlotKind::Lines, "lines in it that call it again, without end"),
    Slot::new("metaclass", SlotKind::Flag, "the class is a metaclass: it is about classes"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let method = OwnMethod::of(subject).filter(|method| method.decorated.is_none())?;
    let class = method.class;
    let slot = match method.name {
        "__getattr__" => "missing",
        "__getattribute__" => "every-read",
        "__setattr__" => "every-write",
        "__delattr__" => "every-delete",
        _ => return None,
    };
    let mut facts = Facts::of(SLOTS);
    facts.code("class", class.name()).code(slot, class.name());
    facts.flag("metaclass", Orders::across_files(subject).is_metaclass(class) == Some(true));
    let writes = writes(class);
    let is_inside = |node: Node<'_>| method.node.byte_range().contains(&node.start_byte());
    let lines = |nodes: Vec<Node<'_>>| {
        let mut lines: Vec<_> = nodes.into_iter().map(|node| subject.line(node)).collect();
        lines.dedup();
        Value::Lines(lines)
    };
    match method.name {
        "__getattr__" => {
            if let super::super::classes::Own::Yes(init) = class.own("__init__") {
                let mut names: Vec<&str> = Vec::new();
                for write in &writes {
                    let at = write.node.start_byte();
                    let in_init = init.node.start <= at && at < init.node.end;
                    let is_new = !names.contains(&write.name);
                    if in_init && write.access == Access::Assigned && is_new {
                        names.push(write.name);
                    }
                }
                facts.codes("found", names);
            }
        }
        "__setattr__" => {
            let all: Vec<_> = writes
                .iter()
                .filter(|write| write.access != Access::Changed && !is_inside(write.node))
                .map(|write| write.node)
                .collect();
            facts.set("written", lines(all));
            let own: Vec<_> = writes
                .iter()
                .filter(|write| write.access != Access::Changed && is_inside(write.node))
                .map(|write| write.node)
                .filter(|node| always_runs(method.node, *node))
                .collect();
            facts.set("loops", lines(own));
        }
        "__getattribute__" => {
            let mut own = Vec::new();
            own_nodes(method.node, |node| {
                let object = node.child_in(Field::Object).filter(|_| kind(node) == Kind::Attribute);
                let receiver =
                    object.and_then(|object| subject.names().receiver(subject.item(), object));
                let is_own = receiver == Some(Receiver::Instance(class.node));
                if is_own && !is_target(&writes, node) && always_runs(method.node, node) {
                    own.push(node);
                }
            });
            facts.set("loops", lines(own));
        }
        _ => {}
    }
    Some(facts)
}

/// True when every call of the function comes to this node: it stands in a simple statement of the
/// body, without conditions, and nothing before it leaves the function.
fn always_runs(function: Node<'_>, node: Node<'_>) -> bool {
    let Some(body) = Field::Body.of(function) else { return false };
    for statement in statements(body) {
        let simple = matches!(kind(statement), Kind::ExpressionStatement | Kind::ReturnStatement);
        let mut plain = simple;
        walk::until(statement, |inner| {
            plain &= !matches!(
                kind(inner),
                Kind::ConditionalExpression
                    | Kind::BooleanOperator
                    | Kind::Lambda
                    | Kind::GeneratorExpression
                    | Kind::ListComprehension
                    | Kind::SetComprehension
                    | Kind::DictionaryComprehension
            );
            !plain
        });
        if statement.byte_range().contains(&node.start_byte()) {
            return plain;
        }
        if !plain || kind(statement) == Kind::ReturnStatement {
            return false;
        }
    }
    false
}

/// True for an attribute that is assigned and not read.
fn is_target(writes: &[super::attributes::Write<'_>], node: Node<'_>) -> bool {
    writes.iter().any(|write| write.node == node && write.access == Access::Assigned)
}

/// `C[…]`, the subscripts that a `__class_getitem__` answers.
pub static CLASS_GETITEM: Provider = Provider {
    name: "class-getitem",
    doc: "`__class_getitem__` of a class; `@target` is the `function_definition`",
    slots: GETITEM_SLOTS,
    run: class_getitem,
};

static GETITEM_SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("cls", SlotKind::Code, "the first parameter"),
    Slot::new("item", SlotKind::Code, "the parameter that gets what is in the brackets"),
    Slot::new("uses", SlotKind::Records(SUBSCRIPTS), "subscripts of the class in the file"),
];

static SUBSCRIPTS: &[Slot] = &[
    Slot::new("subscript", SlotKind::Code, "the subscript"),
    Slot::new("line", SlotKind::Line, "its line"),
];

fn class_getitem(subject: &Subject<'_>) -> Option<Facts> {
    let method = OwnMethod::of(subject).filter(|method| method.name == "__class_getitem__")?;
    let plain = method
        .decorated
        .as_ref()
        .is_none_or(|decorated| decorated.all.iter().all(|one| one.is(&["builtins.classmethod"])));
    let class = method.class;
    let mut facts = Facts::of(GETITEM_SLOTS);
    facts.code("class", class.name()).code("cls", method.first().filter(|_| plain)?);
    facts.code("item", method.positional(1)?);
    let names = class.names;
    let bound = crate::names::Bound { item: class.item, binding: class.binding()? };
    let mut records = Vec::new();
    for found in names.uses(bound).unwrap_or_default() {
        let Some(path) = super::super::call_sites::path_of(names, &found) else { continue };
        let [.., subscript, value] = path[..] else { continue };
        let is_it = kind(subscript) == Kind::Subscript
            && Field::Value.of(subscript) == Some(value)
            && !found.reference.in_annotation;
        if is_it {
            let document = subject.document();
            let at = document.start_of(found.item) + subscript.start_byte();
            let text = names.item(found.item).text();
            let mut record = Facts::of(SUBSCRIPTS);
            record.code("subscript", super::super::source_text::one_line_in(text, subscript));
            record.line("line", document.text().line_of(at));
            records.push(record);
        }
    }
    facts.records("uses", records);
    Some(facts)
}

#[cfg(test)]
mod tests;
