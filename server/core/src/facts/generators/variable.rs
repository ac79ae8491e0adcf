//! A name that holds an iterator which can be read once.
//!
//! Source: Glossary, iterator; Library Reference, Built-in Types, Iterator Types.

use super::consumers::consumer_code;
use super::place::{Place, Role, brief, line_in};
use super::takes::{Takes, is_single_use, takes, used_up_before};
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::names::Bound;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, function::own_nodes, kind};
use crate::value::{self, Object};

pub static PROVIDER: Provider = Provider {
    name: "iterator-variable",
    doc: "a name that one assignment of the file binds to a generator or another iterator that can \
          be read once; `@target` is the `identifier`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name"),
    Slot::new("made", SlotKind::Code, "the expression that makes it, if it is no generator"),
    Slot::new("generator", SlotKind::Code, "the expression that makes the generator"),
    Slot::new("line", SlotKind::Line, "the line of that expression"),
    Slot::new("function", SlotKind::Code, "the generator function"),
    Slot::new("function-line", SlotKind::Line, "the line of its `def`"),
    Slot::new("empty", SlotKind::Line, "the line that read it to its end before this use"),
    Slot::new("reads", SlotKind::Code, "the code here that reads it"),
    Slot::new("ends", SlotKind::Code, "the code here that reads it to its end, for the first time"),
    Slot::new("readers", SlotKind::Records(READERS), "what else reads it in this file"),
    Slot::new("late", SlotKind::Records(READERS), "what gets nothing, as it was read to its end"),
    Slot::new("again", SlotKind::Flag, "it is read again after its end"),
];

static READERS: &[Slot] =
    &[Slot::new("code", SlotKind::Code, "the code"), Slot::new("line", SlotKind::Line, "its line")];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    let node = subject.node();
    let scopes = names.scopes(subject.item())?;
    let at = node.byte_range().into();
    let binding = scopes.binding_at(at);
    let bound = match binding {
        Some(binding) => Bound { item: subject.item(), binding },
        None => names.binding(subject.item(), node)?,
    };
    let uses = names.uses(bound)?;
    let uses: Vec<Place<'_>> =
        uses.iter().filter_map(|found| Place::of_use(names, found)).collect();
    // The value of the name at any of its uses.
    let example = uses.first()?;
    let found = value::anywhere(names, example.item, example.node())?;
    is_single_use(subject, &found.object).then_some(())?;
    let assignment = names.node(bound)?;
    let right = Field::Right.of(assignment).filter(|_| kind(assignment) == Kind::Assignment)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", subject.text(node));
    let text = names.item(bound.item).text();
    let made = Some(brief(text, right)).filter(|code| !code.is_empty())?;
    facts.line("line", line_in(subject, bound.item, right));
    match found.object {
        Object::Generator(definition) => {
            facts.code("generator", made);
            if let Some(name) = Field::Name.of(definition.node) {
                let there = found.names;
                let text = there.item(definition.item).text();
                facts.code("function", &text[name.byte_range()]);
                facts.line("function-line", there.line(definition.item, definition.node));
            }
        }
        _ => drop(facts.code("made", made)),
    }
    let (mut readers, mut late) = (Vec::new(), Vec::new());
    for place in &uses {
        let Some(code) = consumer_code(subject, place) else { continue };
        let earlier = used_up_before(subject, place);
        if place.node() == node && place.item == subject.item() {
            match earlier {
                Some(earlier) => drop(facts.line("empty", earlier.line(subject))),
                None if takes(subject, place) == Takes::All && !returns_within(place) => {
                    facts.code("ends", code);
                }
                None => drop(facts.code("reads", code)),
            }
            continue;
        }
        let mut record = Facts::of(READERS);
        record.code("code", code).line("line", place.line(subject));
        if earlier.is_some() { late.push(record) } else { readers.push(record) }
    }
    let again = !late.is_empty() || facts.get("empty").is_some();
    facts.records("readers", readers).records("late", late).flag("again", again);
    Some(facts)
}

/// True for the iterable of a `for` whose body may return: the loop need not come to the end.
fn returns_within(place: &Place<'_>) -> bool {
    let Role::For(statement) = place.role() else { return false };
    let mut found = false;
    own_nodes(statement, |node| found |= kind(node) == Kind::ReturnStatement);
    found
}

#[cfg(test)]
mod tests;
