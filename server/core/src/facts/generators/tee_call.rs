//! `itertools.tee`: two readers of one iterator.
//!
//! Source: Library Reference, itertools, tee().

use super::consumers::consumer_code;
use super::place::{Place, brief};
use super::takes::{Takes, takes};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::names::Names;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, function::statements, kind};

pub static PROVIDER: Provider = Provider {
    name: "tee-call",
    doc: "a call of `itertools.tee`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("source", SlotKind::Code, "what is read"),
    Slot::new("unnamed", SlotKind::Code, "what is read, if no names get the iterators"),
    Slot::new("names", SlotKind::Codes, "the names that get the iterators"),
    Slot::new("later", SlotKind::Lines, "lines below that use the name of the source again"),
    Slot::new("first", SlotKind::Code, "the code that reads one of them to its end"),
    Slot::new("first-line", SlotKind::Line, "its line"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let names = subject.names();
    let callee = call.child_in(Field::Function)?;
    (names.qualified(subject.item(), callee)? == "itertools.tee").then_some(())?;
    let arguments = Arguments::of(call, subject.item_text());
    let source = *arguments.positional.first().filter(|_| !arguments.spread)?;
    let code = Some(brief(subject.item_text(), source)).filter(|code| !code.is_empty())?;
    let mut facts = Facts::of(SLOTS);
    facts.code("source", code.as_str());
    if kind(source) == Kind::Identifier {
        facts.set("later", Value::Lines(later(subject, names, source.start_byte())?));
    }
    let assignment = subject.ancestors().next().filter(|node| kind(*node) == Kind::Assignment);
    let targets = assignment.and_then(|node| Field::Left.of(node)).filter(|left| {
        matches!(kind(*left), Kind::PatternList | Kind::TuplePattern)
            && statements(*left).iter().all(|one| kind(*one) == Kind::Identifier)
    });
    if let Some(targets) = targets {
        let targets = statements(targets);
        facts.codes("names", targets.iter().map(|node| subject.text(*node)));
        let readers = targets.iter().filter_map(|target| {
            let target = Place::at(names, subject.item(), *target)?;
            let uses = super::consumers::uses_of(&target)?;
            uses.into_iter().find(|used| takes(subject, used) == Takes::All)
        });
        let first = readers.min_by_key(|place| (place.item, place.node().start_byte()));
        if let Some(place) = first
            && let Some(code) = consumer_code(subject, &place)
        {
            facts.code("first", code).line("first-line", place.line(subject));
        }
    }
    if facts.get("names").is_none() {
        facts.code("unnamed", code);
    }
    Some(facts)
}

/// The lines below the call that use the same variable in the same scope, if nothing binds it
/// again. Nothing when the uses cannot be told.
fn later(subject: &Subject<'_>, names: Names<'_>, at: usize) -> Option<Vec<usize>> {
    let scopes = names.scopes(subject.item())?;
    let reference = scopes.reference_at(at)?;
    let place = Place::at(names, subject.item(), subject.node())?;
    let source = Place::of_use(names, &crate::names::Use { item: place.item, reference })?;
    let Some(bound) = names.binding(place.item, source.node()) else { return Some(Vec::new()) };
    let Some(uses) = names.uses(bound) else { return Some(Vec::new()) };
    let here = (place.item, place.node().end_byte());
    let below = uses.iter().filter(|used| {
        used.reference.scope == reference.scope
            && (used.item, used.reference.at.start) >= here
            && !used.reference.in_annotation
    });
    let mut lines: Vec<usize> =
        below.filter_map(|used| Some(Place::of_use(names, used)?.line(subject))).collect();
    lines.dedup();
    Some(lines)
}

#[cfg(test)]
mod tests;
