//! Generator expressions: what is evaluated now, what later, and who reads.
//!
//! Source: Language Reference, Generator expressions; PEP 289.

use super::clauses::Clauses;
use super::comprehension::function_reader;
use super::consumers::{consumer_code, uses_of};
use super::place::{Place, Role};
use super::takes::{is_single_use, used_up_before};
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::names::Bound;
use crate::scope::{Binding, BindingKind, MODULE, Resolution, ScopeId};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::value;

pub static PROVIDER: Provider = Provider {
    name: "generator-expression",
    doc: "a generator expression; `@target` is the node",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("element", SlotKind::Code, "an item, if it does not await"),
    Slot::new("async-element", SlotKind::Code, "an item of an asynchronous generator"),
    Slot::new("loops", SlotKind::Number, "how many `for`, if more than one"),
    Slot::new("target", SlotKind::Code, "the targets of its `for`, if it has one"),
    Slot::new("source", SlotKind::Code, "what that runs over"),
    Slot::new("conditions", SlotKind::Codes, "its conditions"),
    Slot::new("call", SlotKind::Code, "the source, if it is a call that is made now"),
    Slot::new("stream", SlotKind::Code, "the function that reads it at once"),
    Slot::new("early", SlotKind::Code, "such a function that may stop before the end"),
    Slot::new("collects", SlotKind::Code, "such a function that stores the items itself"),
    Slot::new("lists", SlotKind::Code, "such a function that makes a list of them first"),
    Slot::new("grows", SlotKind::Code, "such a method, whose object grows with each item it takes"),
    Slot::new("does", SlotKind::Text, "what the function does"),
    Slot::new("for", SlotKind::Flag, "a `for` statement or clause reads it"),
    Slot::new("name", SlotKind::Code, "the name that holds it"),
    Slot::new("readers", SlotKind::Records(READERS), "what reads it under that name"),
    Slot::new("used-up", SlotKind::Records(USED_UP), "what reads it again after its end"),
    Slot::new("unread", SlotKind::Code, "the name that holds it, if this file never uses it"),
    Slot::new("dropped", SlotKind::Flag, "nobody gets it: nothing runs"),
    Slot::new("late", SlotKind::Records(LATE), "names that it reads later, and what rebinds them"),
    Slot::new("once", SlotKind::Code, "the source, if that is an iterator itself"),
    Slot::new("async", SlotKind::Flag, "it is an asynchronous generator"),
    Slot::new("hidden", SlotKind::Codes, "names of the class body that it does not see"),
];

static READERS: &[Slot] =
    &[Slot::new("code", SlotKind::Code, "the code"), Slot::new("line", SlotKind::Line, "its line")];

static USED_UP: &[Slot] = &[
    Slot::new("first", SlotKind::Line, "the line on which it is read to its end"),
    Slot::new("code", SlotKind::Code, "the code that gets nothing after that"),
    Slot::new("second", SlotKind::Line, "the line of that"),
];

static LATE: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name"),
    Slot::new("line", SlotKind::Line, "the line that binds it again"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let clauses = Clauses::of(subject)?;
    let mut facts = Facts::of(SLOTS);
    let source = clauses.source()?;
    let slot = if clauses.is_async() { "async-element" } else { "element" };
    facts.code(slot, clauses.code(clauses.element));
    match clauses.loops() {
        1 => facts.code("target", clauses.code(clauses.target()?)),
        loops => facts.number("loops", loops),
    };
    facts.code("source", clauses.code(source));
    facts.codes("conditions", clauses.conditions());
    if kind(source) == Kind::Call {
        facts.code("call", clauses.code(source));
    }
    facts.flag("async", clauses.is_async());
    facts.codes("hidden", clauses.hidden(subject));
    let found = value::of(subject.names(), subject.item(), source);
    let is_name = kind(source) == Kind::Identifier;
    if is_name && found.is_some_and(|found| is_single_use(subject, &found.object)) {
        facts.code("once", clauses.code(source));
    }
    let place = clauses.place(subject);
    match place.role() {
        Role::For(_) | Role::Clause(_, true) | Role::YieldFrom => drop(facts.flag("for", true)),
        Role::Dropped => drop(facts.flag("dropped", true)),
        Role::Assigned(target) => {
            if let Some(target) = Place::at(place.names, place.item, target) {
                held(subject, &target, &mut facts);
            }
            late(subject, &clauses, &mut facts);
        }
        _ => {
            if !function_reader(subject, &place, &mut facts) {
                late(subject, &clauses, &mut facts);
            }
        }
    }
    Some(facts)
}

/// What the file does with the name at `target`.
fn held<'a>(subject: &Subject<'a>, target: &Place<'a>, facts: &mut Facts) {
    let Some(uses) = uses_of(target) else { return };
    let name = &target.text()[target.node().byte_range()];
    facts.code("name", name);
    if uses.is_empty() {
        facts.code("unread", name);
    }
    let (mut readers, mut used_up) = (Vec::new(), Vec::new());
    for place in &uses {
        let Some(code) = consumer_code(subject, place) else { continue };
        if let Some(first) = used_up_before(subject, place) {
            let mut record = Facts::of(USED_UP);
            record.line("first", first.line(subject)).line("second", place.line(subject));
            record.code("code", code);
            used_up.push(record);
        } else {
            let mut record = Facts::of(READERS);
            record.code("code", code).line("line", place.line(subject));
            readers.push(record);
        }
    }
    facts.records("readers", readers).records("used-up", used_up);
}

/// The names that are looked up while it is read, and bound again behind it or by a loop around it.
fn late(subject: &Subject<'_>, clauses: &Clauses<'_>, facts: &mut Facts) {
    let names = subject.names();
    let Some(scopes) = names.scopes(subject.item()) else { return };
    let Some(source) = clauses.source() else { return };
    let node = clauses.node;
    let Some(own) = scopes.scope_of(node.byte_range().into()) else { return };
    let mut records: Vec<Facts> = Vec::new();
    for reference in scopes.references() {
        let at = reference.at;
        let is_inside = node.start_byte() <= at.start && at.end <= node.end_byte();
        if !is_inside || source.start_byte() <= at.start && at.end <= source.end_byte() {
            continue;
        }
        let owner = match scopes.resolve(reference.scope, reference.name) {
            Resolution::Local(owner) => owner,
            Resolution::Module => MODULE,
        };
        if Some(owner) != scopes.scopes()[own].parent {
            continue;
        }
        let name = scopes.name(reference.name);
        let bindings: Vec<Bound<'_>> = match owner {
            MODULE => names.module_bindings(name),
            _ => scopes
                .bindings(owner, reference.name)
                .map(|binding| Bound { item: subject.item(), binding })
                .collect(),
        };
        let again = bindings.iter().find(|bound| rebinds(subject, node, owner, bound));
        let Some(again) = again else { continue };
        let mut record = Facts::of(LATE);
        let document = subject.document();
        let at = document.start_of(again.item) + again.binding.at.start;
        record.code("name", name).line("line", document.text().line_of(at));
        if !records.contains(&record) {
            records.push(record);
        }
    }
    facts.set("late", Value::Records(records));
}

/// True for a binding of the scope `owner` behind the expression `node`, or by a loop around it.
fn rebinds(subject: &Subject<'_>, node: Node<'_>, owner: ScopeId, bound: &Bound<'_>) -> bool {
    let Binding { kind: how, from, node: statement, at, .. } = *bound.binding;
    let is_here = bound.item == subject.item();
    let is_loop = is_here
        && how == BindingKind::For
        && subject.path().iter().any(|around| {
            kind(*around) == Kind::ForStatement
                && statement == around.byte_range().into()
                && Field::Body.of(*around).is_some_and(|it| it.start_byte() <= node.start_byte())
        });
    let is_behind = (bound.item, at.start) >= (subject.item(), node.end_byte());
    from == owner
        && (is_loop || is_behind)
        && !matches!(how, BindingKind::Delete | BindingKind::Declaration)
}

#[cfg(test)]
mod tests;
