//! A default argument that can change.
//!
//! Source: Python Language Reference, Function definitions: defaults are evaluated once, when the
//! definition is executed.

use super::super::collections::fresh::{fresh, last_part};
use super::super::source_text::one_line;
use super::super::{Facts, Provider, Slot, SlotKind, Value};
use crate::scope::{Binding, BindingKind};
use crate::subject::Subject;
use crate::syntax::function::{self, arguments, own_nodes, statements};
use crate::syntax::{Field, Kind, Node, kind};

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

/// Methods of these types that put something in (Library Reference, Built-in Types; collections).
const ADDING: &[&str] = &[
    "add",
    "append",
    "appendleft",
    "extend",
    "extendleft",
    "insert",
    "setdefault",
    "subtract",
    "update",
];

/// Methods that change what is in already: an empty object stays as it is.
const REMOVING: &[&str] =
    &["clear", "discard", "pop", "popitem", "popleft", "remove", "reverse", "sort"];

/// A default that all calls share.
pub(crate) struct MutableDefault<'a> {
    /// The `function_definition`.
    pub function: Node<'a>,
    /// The parameter's identifier.
    pub parameter: Node<'a>,
    /// The default.
    pub default: Node<'a>,
    /// The dotted name of its type.
    pub made: String,
    /// Where the function changes it.
    pub changed: Vec<Node<'a>>,
    /// `return` statements that hand it to the caller.
    pub returned: Vec<Node<'a>>,
    /// Assignments of it to an attribute: `self.items = items`.
    pub kept: Vec<Node<'a>>,
}

/// Reads a `default_parameter` or `typed_default_parameter`.
pub(crate) fn read<'a>(subject: &Subject<'a>) -> Option<MutableDefault<'a>> {
    let node = subject.node();
    let (parameter, default) = (Field::Name.of(node)?, Field::Value.of(node)?);
    let function = subject.ancestors().find(|node| kind(*node) != Kind::Parameters)?;
    if kind(function) != Kind::FunctionDefinition || function.is_broken() {
        return None;
    }
    let made = fresh(subject, default)?;
    let (changed, returned, kept) = (Vec::new(), Vec::new(), Vec::new());
    let mut read = MutableDefault { function, parameter, default, made, changed, returned, kept };
    read.look_for_uses(subject);
    Some(read)
}

impl<'a> MutableDefault<'a> {
    /// The type, as one writes it behind an import.
    pub fn type_name(&self) -> &str {
        last_part(&self.made)
    }

    fn look_for_uses(&mut self, subject: &Subject<'a>) {
        let names = subject.names();
        let name = subject.text(self.parameter);
        // Bound again, the name may mean another object; `+=` changes this one.
        let bindings = names.bindings_in(subject.item(), self.function, name);
        let is_same = |binding: &&Binding| {
            matches!(binding.kind, BindingKind::Parameter | BindingKind::AugmentedAssignment)
        };
        if !bindings.iter().all(is_same) {
            return;
        }
        let is_it = |node: Node<'_>| {
            kind(node) == Kind::Identifier
                && subject.text(node) == name
                && names.is_variable_of(subject.item(), node, self.function)
        };
        let is_empty = is_empty(self.default);
        let (mut changed, mut returned, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        own_nodes(self.function, |node| {
            if changes(subject, node, is_empty).is_some_and(is_it) {
                changed.push(node);
            }
            match kind(node) {
                Kind::ReturnStatement if function::returned(node).is_some_and(is_it) => {
                    returned.push(node);
                }
                Kind::Assignment
                    if Field::Right.of(node).is_some_and(is_it)
                        && Field::Left.of(node).is_some_and(|it| kind(it) == Kind::Attribute) =>
                {
                    kept.push(node);
                }
                _ => {}
            }
        });
        (self.changed, self.returned, self.kept) = (changed, returned, kept);
    }
}

fn is_empty(default: Node<'_>) -> bool {
    match kind(default) {
        Kind::List | Kind::Dictionary => statements(default).is_empty(),
        Kind::Call => arguments(default).is_empty(),
        _ => false,
    }
}

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let read = read(subject)?;
    let parameter = subject.text(read.parameter);
    let text = one_line(subject, read.default);
    let mut facts = Facts::of(SLOTS);
    facts.code("parameter", parameter);
    facts.code("function", subject.text(Field::Name.of(read.function)?));
    facts.line("line", subject.line(read.function));
    facts.code("type", read.type_name());
    facts.code("instead", format!("{parameter} = {text} if {parameter} is None else {parameter}"));
    facts.code("value", text);
    let lines = |nodes: &[Node<'_>]| {
        let mut lines: Vec<usize> = nodes.iter().map(|node| subject.line(*node)).collect();
        lines.dedup();
        Value::Lines(lines)
    };
    facts.set("changed", lines(&read.changed)).set("returned", lines(&read.returned));
    Some(facts)
}

/// What a node changes: `x` in `x.append(…)`, `x[k] = …`, `x += …`, and if it is not empty before in
/// `x.clear()` and `del x[k]`, too.
fn changes<'a>(subject: &Subject<'a>, node: Node<'a>, is_empty: bool) -> Option<Node<'a>> {
    match kind(node) {
        Kind::Call => {
            let callee =
                node.child_in(Field::Function).filter(|it| kind(*it) == Kind::Attribute)?;
            let method = subject.text(Field::Attribute.of(callee)?);
            let changes = ADDING.contains(&method) || !is_empty && REMOVING.contains(&method);
            changes.then(|| Field::Object.of(callee))?
        }
        Kind::Assignment | Kind::AugmentedAssignment => {
            let left = Field::Left.of(node)?;
            match kind(left) {
                Kind::Subscript => Field::Value.of(left),
                _ => (kind(node) == Kind::AugmentedAssignment).then_some(left),
            }
        }
        Kind::DeleteStatement if !is_empty => {
            let target = node.named_child(0).filter(|it| kind(*it) == Kind::Subscript)?;
            Field::Value.of(target)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
