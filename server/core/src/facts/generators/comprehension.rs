//! List, set and dict comprehensions: what they build, and whether their reader needs it.
//!
//! Source: Language Reference, Displays for lists, sets and dictionaries; PEP 202, PEP 274.

use super::clauses::Clauses;
use super::consumers::{consumer_code, consumer_row, text, uses_of};
use super::place::{Place, Role};
use super::takes::{LAZY, Takes, takes};
use crate::builtins::is_builtin;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::names::Meaning;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

pub static PROVIDER: Provider = Provider {
    name: "comprehension",
    doc: "a list, set or dict comprehension; `@target` is the node",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("list", SlotKind::Code, "an item, for a list"),
    Slot::new("set", SlotKind::Code, "an item, for a set"),
    Slot::new("dict", SlotKind::Code, "`key: value`, for a dict"),
    Slot::new("target", SlotKind::Code, "the targets of its `for`, if it has one"),
    Slot::new("source", SlotKind::Code, "what that runs over"),
    Slot::new("conditions", SlotKind::Codes, "its conditions"),
    Slot::new("loops", SlotKind::Number, "how many `for`, if more than one"),
    Slot::new("loop", SlotKind::Block, "the statements that do the same"),
    Slot::new("stream", SlotKind::Code, "the function that reads the list and needs none"),
    Slot::new("early", SlotKind::Code, "such a function that may stop before the end"),
    Slot::new("collects", SlotKind::Code, "such a function that stores the items itself"),
    Slot::new("lists", SlotKind::Code, "the function that would make a list otherwise"),
    Slot::new("grows", SlotKind::Code, "the method whose object grows with each item it takes"),
    Slot::new("does", SlotKind::Text, "what the function does"),
    Slot::new("reducer", SlotKind::Flag, "a function reads it that needs no list"),
    Slot::new("for", SlotKind::Flag, "a `for` statement or clause runs over the list and drops it"),
    Slot::new("membership", SlotKind::Flag, "`in` searches the list and drops it"),
    Slot::new("dropped", SlotKind::Flag, "nobody gets the result"),
    Slot::new("name", SlotKind::Code, "the name of a list that this file reads once, and only so"),
    Slot::new("reader", SlotKind::Code, "the code that reads it"),
    Slot::new("reader-line", SlotKind::Line, "the line of that"),
    Slot::new("copy", SlotKind::Code, "the call that does the same"),
    Slot::new("hidden", SlotKind::Codes, "names of the class body that it does not see"),
    Slot::new("walrus", SlotKind::Codes, "names that `:=` in it binds around it"),
    Slot::new("shadows", SlotKind::Codes, "its variables that have a namesake around it"),
    Slot::new("async", SlotKind::Flag, "it awaits"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let clauses = Clauses::of(subject)?;
    let node = clauses.node;
    let mut facts = Facts::of(SLOTS);
    let element = clauses.element;
    let (slot, empty) = match kind(node) {
        Kind::ListComprehension => ("list", "[]"),
        Kind::SetComprehension => ("set", "set()"),
        Kind::DictionaryComprehension => ("dict", "{}"),
        _ => return None,
    };
    facts.code(slot, clauses.code(element));
    facts.codes("conditions", clauses.conditions());
    match clauses.loops() {
        1 => facts
            .code("target", clauses.code(clauses.target()?))
            .code("source", clauses.code(clauses.source()?)),
        loops => facts.number("loops", loops),
    };
    let fill = |name: &str| {
        Some(match kind(node) {
            Kind::ListComprehension => format!("{name}.append({})", clauses.line(element)),
            Kind::SetComprehension => format!("{name}.add({})", clauses.line(element)),
            _ => {
                let (key, value) = (element.child_in(Field::Key)?, Field::Value.of(element)?);
                format!("{name}[{}] = {}", clauses.line(key), clauses.line(value))
            }
        })
    };
    if let Some(block) = clauses.as_loops(empty, fill) {
        facts.set("loop", Value::Block(block));
    }
    let place = clauses.place(subject);
    if kind(node) == Kind::ListComprehension {
        reader(subject, &place, &mut facts);
        let is_reducer = ["stream", "early"].iter().any(|slot| facts.get(slot).is_some());
        facts.flag("reducer", is_reducer);
    }
    facts.flag("dropped", matches!(place.role(), Role::Dropped));
    if let Some(copy) = copy(subject, &clauses) {
        facts.code("copy", copy);
    }
    facts.codes("hidden", clauses.hidden(subject));
    facts.codes("walrus", clauses.walrus());
    facts.codes("shadows", clauses.shadows(subject));
    facts.flag("async", clauses.is_async());
    Some(facts)
}

/// Sets the slots about the function that reads a list or generator right away. True if there is
/// one.
pub(super) fn function_reader(subject: &Subject<'_>, place: &Place<'_>, facts: &mut Facts) -> bool {
    let Role::Argument { call, .. } = place.role() else { return false };
    let Some(row) = consumer_row(subject, place) else { return false };
    let Some(function) = call.child_in(Field::Function) else { return false };
    let name = place.brief(function);
    let flags = ["early", "collects", "lists", "grows"];
    let slot = flags.into_iter().find(|flag| row.get(flag).is_some());
    facts.code(slot.unwrap_or("stream"), name);
    if let Some(does) = text(row, "does") {
        facts.set("does", Value::Text(does.to_owned()));
    }
    true
}

fn reader<'a>(subject: &Subject<'a>, place: &Place<'a>, facts: &mut Facts) {
    match place.role() {
        Role::For(_) | Role::Clause(_, true) => drop(facts.flag("for", true)),
        Role::Membership => drop(facts.flag("membership", true)),
        Role::Assigned(target) => drop(single_reader(subject, place, target, facts)),
        _ => drop(function_reader(subject, place, facts)),
    }
}

/// The only use of the name, if that reads it once and needs no list.
fn single_reader<'a>(
    subject: &Subject<'a>,
    place: &Place<'a>,
    target: Node<'a>,
    facts: &mut Facts,
) -> Option<()> {
    let target = Place::at(place.names, place.item, target)?;
    let [only] = &uses_of(&target)?[..] else { return None };
    let scopes = place.names.scopes(place.item)?;
    let at = only.node().start_byte();
    let used = place.names.scopes(only.item)?.reference_at(at)?.scope;
    let bound = scopes.binding_at(target.node().byte_range().into())?;
    let is_after = (only.item, at) > (place.item, place.node().end_byte());
    if used != bound.scope || bound.from != bound.scope || !is_after || is_repeated(only, place) {
        return None;
    }
    let streams = match only.role() {
        // A loop does something for each item, which may change what a generator still has to
        // read: `for key in found: del d[key]`.
        Role::Argument { .. } => consumer_row(subject, only).is_some_and(|row| {
            ["collects", "lists", "grows"].iter().all(|it| row.get(it).is_none())
        }),
        _ => false,
    };
    if !streams || takes(subject, only) == Takes::Unknown {
        return None;
    }
    facts.code("name", &target.text()[target.node().byte_range()]);
    facts.code("reader", consumer_code(subject, only)?);
    facts.line("reader-line", only.line(subject));
    Some(())
}

/// True when a loop around the use, and not around the comprehension, may run it several times.
fn is_repeated(used: &Place<'_>, made: &Place<'_>) -> bool {
    let own = match used.role() {
        Role::For(statement) => Some(statement),
        _ => None,
    };
    used.path.iter().any(|node| {
        matches!(kind(*node), Kind::ForStatement | Kind::WhileStatement)
            && Some(*node) != own
            && !(used.item == made.item && made.path.contains(node))
    })
}

/// `list(x)` for `[a for a in x]`, and the like.
fn copy(subject: &Subject<'_>, clauses: &Clauses<'_>) -> Option<String> {
    let [only] = clauses.all[..] else { return None };
    if clauses.is_async() {
        return None;
    }
    let (target, source) = (Field::Left.of(only)?, Field::Right.of(only)?);
    let (name, same) = match kind(clauses.node) {
        Kind::DictionaryComprehension => {
            let parts = statements(target);
            let [key, value] = parts[..] else { return None };
            let element = clauses.element;
            let is = |one: Node<'_>, other: Option<Node<'_>>| {
                kind(one) == Kind::Identifier
                    && other.is_some_and(|other| subject.text(one) == subject.text(other))
            };
            let same = is(key, element.child_in(Field::Key))
                && is(value, Field::Value.of(element))
                && subject.text(key) != subject.text(value);
            ("dict", same && gives_pairs(subject, source))
        }
        found => {
            let same = kind(target) == Kind::Identifier
                && subject.text(target) == subject.text(clauses.element);
            (if found == Kind::SetComprehension { "set" } else { "list" }, same)
        }
    };
    let names = subject.names();
    let is_free = is_builtin(name)
        && matches!(names.module_meaning(name), Meaning::Builtin)
        && !names.is_hidden_at(subject.item(), clauses.node.start_byte(), name);
    (same && is_free).then(|| format!("{name}({})", clauses.code(source)))
}

/// True for a call that surely gives no mapping, whose keys would be taken for pairs.
fn gives_pairs(subject: &Subject<'_>, source: Node<'_>) -> bool {
    if kind(source) != Kind::Call {
        return false;
    }
    let names = subject.names();
    let known = super::place::callee(names, subject.item(), source);
    let is_lazy = known.is_some_and(|name| subject.row(&LAZY, &name).is_some());
    let is_items = source.child_in(Field::Function).is_some_and(|function| {
        kind(function) == Kind::Attribute
            && Field::Attribute.of(function).is_some_and(|name| subject.text(name) == "items")
    });
    is_lazy || is_items
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_readers;
#[cfg(test)]
mod tests_silent;
