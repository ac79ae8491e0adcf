//! A default argument that can change.
//!
//! Source: Python Language Reference, Function definitions: defaults are evaluated once, when the
//! definition is executed.

use tree_sitter::Node;

use super::super::source_text::one_line;
use super::super::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::function::{own_nodes, returned};
use crate::syntax::{Field, Kind, kind};
use crate::value::{self, Object};

pub static PROVIDER: Provider = Provider {
    name: "mutable-default",
    doc: "a default of a parameter that is a new list, dictionary, set or the like; `@target` is \
          the `default_parameter` or `typed_default_parameter`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("parameter", SlotKind::Code, "the parameter"),
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("line", SlotKind::Line, "the line of its `def`"),
    Slot::new("type", SlotKind::Code, "the type of the default"),
    Slot::new("value", SlotKind::Code, "the default as it is written"),
    Slot::new("changed", SlotKind::Lines, "lines of the function that change it"),
    Slot::new("returned", SlotKind::Lines, "lines that return it"),
    Slot::new("instead", SlotKind::Code, "the first statement that replaces it"),
];

/// Types of `collections` whose objects can change.
const MUTABLE: &[&str] = &[
    "collections.Counter",
    "collections.OrderedDict",
    "collections.defaultdict",
    "collections.deque",
];

/// Methods of these types that change the object (Library Reference, Built-in Types; collections).
const CHANGING: &[&str] = &[
    "add",
    "append",
    "appendleft",
    "clear",
    "discard",
    "extend",
    "extendleft",
    "insert",
    "pop",
    "popitem",
    "popleft",
    "remove",
    "reverse",
    "setdefault",
    "sort",
    "subtract",
    "update",
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let names = subject.names();
    let (name, default) = (Field::Name.of(node)?, Field::Value.of(node)?);
    let function = subject.ancestors().find(|node| kind(*node) != Kind::Parameters)?;
    if kind(function) != Kind::FunctionDefinition || function.has_error() {
        return None;
    }
    let found = value::of(names, subject.item(), default)?;
    // One that is made elsewhere and named here is meant to be shared, perhaps.
    let made_here = found.node.byte_range() == default.byte_range();
    let made = match &found.object {
        Object::Builtin(kind) if kind.is_mutable() => kind.qualified(),
        Object::Called(name) if MUTABLE.contains(&name.as_str()) => name.as_str(),
        _ => return None,
    };
    made_here.then_some(())?;
    let parameter = subject.text(name);
    let text = one_line(subject, default);
    let mut facts = Facts::of(SLOTS);
    facts.code("parameter", parameter).code("function", subject.text(Field::Name.of(function)?));
    facts.line("line", subject.line(function));
    facts.code("type", made.rsplit('.').next().unwrap_or(made));
    facts.code("instead", format!("{parameter} = {text} if {parameter} is None else {parameter}"));
    facts.code("value", text);
    // Bound again, the name may mean another object.
    if names.bindings_in(subject.item(), function, parameter).len() == 1 {
        let is_it = |node: Node<'_>| {
            kind(node) == Kind::Identifier
                && subject.text(node) == parameter
                && names.is_variable_of(subject.item(), node, function)
        };
        let (mut changed, mut given) = (Vec::new(), Vec::new());
        own_nodes(function, |node| {
            if changes(subject, node).is_some_and(is_it) {
                changed.push(subject.line(node));
            }
            if kind(node) == Kind::ReturnStatement && returned(node).is_some_and(is_it) {
                given.push(subject.line(node));
            }
        });
        changed.dedup();
        facts.set("changed", Value::Lines(changed)).set("returned", Value::Lines(given));
    }
    Some(facts)
}

/// What a node changes: `x` in `x.append(…)` and `x[k] = …`.
fn changes<'a>(subject: &Subject<'a>, node: Node<'a>) -> Option<Node<'a>> {
    match kind(node) {
        Kind::Call => {
            let callee =
                node.child_by_field_name("function").filter(|it| kind(*it) == Kind::Attribute)?;
            let method = Field::Attribute.of(callee)?;
            CHANGING.contains(&subject.text(method)).then(|| Field::Object.of(callee))?
        }
        Kind::Assignment | Kind::AugmentedAssignment => {
            let left = Field::Left.of(node).filter(|left| kind(*left) == Kind::Subscript)?;
            Field::Value.of(left)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
