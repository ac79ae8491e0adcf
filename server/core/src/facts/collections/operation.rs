//! An operation on a container whose class is known: what it does and what it costs.
//!
//! The costs are rows of the pack, since they are facts about the standard library; which row is
//! asked, and the surroundings that make a cost matter, are found here.

use super::container::Container;
use super::uses::{Access, Role, operator};
use crate::facts::source_text::one_line;
use crate::facts::tables::Table;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "container-operation",
    doc: "A method call, a subscript, `in`, `len` or `del` on a container whose class is known and \
          has a row in the table `container`; `@target` is the `call`, `subscript` or \
          `comparison_operator`. What it does and costs is read from `container-cost`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("operation", SlotKind::Code, "the operation"),
    Slot::new("cost", SlotKind::Code, "what it costs: `O(n)`"),
    Slot::new("unsupported", SlotKind::Code, "the operation, if it has no cost since it raises"),
    Slot::new("does", SlotKind::Text, "what it does"),
    Slot::new("instead", SlotKind::Text, "what would cost less"),
    Slot::new("watch", SlotKind::Text, "what is easily overlooked"),
    Slot::new("say", SlotKind::Text, "how the costs of this container come about"),
    Slot::new("container", SlotKind::Code, "the container, if a name or attribute stands for it"),
    Slot::new("line", SlotKind::Line, "the line on which that container is made"),
    Slot::new("display", SlotKind::Code, "the container, if the expression makes it itself"),
    Slot::new("size", SlotKind::Number, "how many elements are written out in that display"),
    Slot::new("type", SlotKind::Code, "the class of the container"),
    Slot::new("loop", SlotKind::Line, "the line of the loop around, which repeats the operation"),
    Slot::new("factory", SlotKind::Code, "reading a `defaultdict`: what makes a missing value"),
    Slot::new("maxlen", SlotKind::Code, "adding to a `deque`: the most elements it keeps"),
];

/// What the operations of containers cost.
pub static OPERATIONS: Table = Table {
    name: "container-cost",
    doc: "An operation of a container: `collections.deque.popleft`, `builtins.list.__getitem__`. \
          Where a column for the place asked about is filled, it replaces the general one. Read by \
          `container-operation`",
    columns: &[
        Slot::new("cost", SlotKind::Code, "what it costs: `O(1)`"),
        Slot::new("does", SlotKind::Text, "what it does; n is the number of elements"),
        Slot::new("instead", SlotKind::Text, "what would cost less"),
        Slot::new("watch", SlotKind::Text, "what is easily overlooked"),
        Slot::new("cost-start", SlotKind::Code, "`cost` at index 0"),
        Slot::new("does-start", SlotKind::Text, "`does` at index 0"),
        Slot::new("instead-start", SlotKind::Text, "`instead` at index 0"),
        Slot::new("cost-end", SlotKind::Code, "`cost` at index -1, or without an argument"),
        Slot::new("does-end", SlotKind::Text, "`does` at index -1, or without an argument"),
        Slot::new("cost-slice", SlotKind::Code, "`cost` for a slice"),
        Slot::new("does-slice", SlotKind::Text, "`does` for a slice"),
        Slot::new("instead-slice", SlotKind::Text, "`instead` for a slice"),
    ],
};

/// Which elements the operation is about.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Start,
    End,
    Slice,
    Any,
}

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let (receiver, name, place) = asked(subject)?;
    let container = Container::of(subject, receiver)?;
    let makes_missing = container.key == "collections.defaultdict" && name == "__getitem__";
    let row = if makes_missing && !container.has_factory(subject)? {
        subject.row(&OPERATIONS, "builtins.dict.__getitem__")?
    } else {
        container.operation(subject, &OPERATIONS, &name)?
    };
    let mut facts = Facts::of(SLOTS);
    fill(row, place, &mut facts)?;
    let has_cost = facts.get("cost").is_some();
    facts.code(if has_cost { "operation" } else { "unsupported" }, text_of(subject, node));
    facts.code("type", &container.name);
    if let Some(say) = container.row.get("say") {
        facts.set("say", say.clone());
    }
    if container.is_made_by(subject, receiver) {
        facts.code("display", one_line(subject, receiver));
        if let Some(size) = size(receiver) {
            facts.number("size", size);
        }
    } else {
        facts.code("container", one_line(subject, receiver));
        facts.line("line", container.line(subject));
    }
    if let Some(repeats) = loop_around(subject) {
        facts.line("loop", subject.line(repeats));
    }
    let argument = match (container.key.as_str(), name.as_str()) {
        ("collections.defaultdict", "__getitem__") => {
            ("factory", container.argument(subject, 0, "default_factory"))
        }
        ("collections.deque", "append" | "appendleft" | "extend" | "extendleft") => {
            ("maxlen", container.argument(subject, 1, "maxlen"))
        }
        _ => return Some(facts),
    };
    if let (slot, Some(text)) = argument {
        facts.code(slot, text);
    }
    Some(facts)
}

/// The container, the method that does the operation, and the place.
fn asked<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, String, Place)> {
    let node = subject.node();
    match kind(node) {
        Kind::Call => {
            let callee = node.child_in(Field::Function)?;
            let arguments = arguments(node);
            if kind(callee) == Kind::Attribute {
                let name = subject.text(Field::Attribute.of(callee)?);
                let place = match arguments.first() {
                    None => Place::End,
                    Some(index) => place_of(subject, *index),
                };
                return Some((Field::Object.of(callee)?, name.to_owned(), place));
            }
            let [argument] = arguments[..] else { return None };
            let called = subject.names().qualified(subject.item(), callee)?;
            (called == "builtins.len").then(|| (argument, "__len__".to_owned(), Place::Any))
        }
        Kind::Subscript => {
            let Role::Subscript { access, index, .. } = Role::of_subscript(subject.path())? else {
                return None;
            };
            let name = match access {
                Access::Read | Access::Augment => "__getitem__",
                Access::Store => "__setitem__",
                Access::Delete => "__delitem__",
            };
            let place = index.map_or(Place::Any, |index| place_of(subject, index));
            Some((Field::Value.of(node)?, name.to_owned(), place))
        }
        Kind::ComparisonOperator => {
            let operands = statements(node);
            let [_, container] = operands[..] else { return None };
            let operator = operator(node)?;
            matches!(operator, "in" | "not in")
                .then(|| (container, "__contains__".to_owned(), Place::Any))
        }
        _ => None,
    }
}

fn place_of(subject: &Subject<'_>, index: Node<'_>) -> Place {
    match (kind(index), subject.text(index)) {
        (Kind::Slice, _) => Place::Slice,
        (Kind::Integer, "0") => Place::Start,
        (Kind::UnaryOperator, "-1") => Place::End,
        _ => Place::Any,
    }
}

/// Takes over the row: the columns of the place if it has any, else the general ones.
fn fill(row: &Facts, place: Place, facts: &mut Facts) -> Option<()> {
    let suffix = match place {
        Place::Start => "-start",
        Place::End => "-end",
        Place::Slice => "-slice",
        Place::Any => "",
    };
    let special = |column: &str| row.get(&format!("{column}{suffix}"));
    let has_special = special("cost").is_some() || special("does").is_some();
    if place == Place::Slice && !has_special {
        return None;
    }
    for column in ["cost", "does", "instead"] {
        let value = if has_special { special(column) } else { row.get(column) };
        if let Some(value) = value {
            facts.set(column, value.clone());
        }
    }
    if let Some(watch) = row.get("watch") {
        facts.set("watch", watch.clone());
    }
    Some(())
}

/// The operation on one line: of an assignment, what stands left of it.
fn text_of(subject: &Subject<'_>, node: Node<'_>) -> String {
    let text = one_line(subject, node);
    let parent = subject.ancestors().next();
    match Role::of_subscript(subject.path()) {
        Some(Role::Subscript { access: Access::Store, .. }) => format!("{text} = …"),
        Some(Role::Subscript { access: Access::Delete, .. }) => format!("del {text}"),
        Some(Role::Subscript { access: Access::Augment, .. }) => {
            parent.map_or(text, |statement| one_line(subject, statement))
        }
        _ => text,
    }
}

/// How many elements a display writes out.
fn size(display: Node<'_>) -> Option<usize> {
    if !matches!(kind(display), Kind::List | Kind::Set | Kind::Tuple | Kind::Dictionary) {
        return None;
    }
    let parts = statements(display);
    let spread = |node: &Node<'_>| matches!(kind(*node), Kind::ListSplat | Kind::DictionarySplat);
    (!parts.iter().any(spread)).then_some(parts.len())
}

/// The innermost loop of the same function that runs the construct in each round.
pub(in crate::facts) fn loop_around<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    let mut inner = subject.node();
    for node in subject.ancestors() {
        let repeats = match kind(node) {
            Kind::ForStatement => Field::Body.of(node) == Some(inner),
            Kind::WhileStatement => Field::Alternative.of(node) != Some(inner),
            Kind::ListComprehension
            | Kind::SetComprehension
            | Kind::DictionaryComprehension
            | Kind::GeneratorExpression => {
                // The first iterable is evaluated once.
                let clauses = statements(node);
                let first = clauses.iter().find(|clause| kind(**clause) == Kind::ForInClause);
                first != Some(&inner)
            }
            Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda => return None,
            _ => false,
        };
        if repeats {
            return Some(node);
        }
        inner = node;
    }
    None
}

#[cfg(test)]
mod tests;
