//! Which code of the file takes the items of what a call returns.

use super::place::{Place, Role};
use super::takes::{self, LAZY, Takes};
use crate::facts::call_sites::calls_of;
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::scope::ScopeKind;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub(super) static CONSUMERS: &[Slot] = &[
    Slot::new("code", SlotKind::Code, "the code that takes the items"),
    Slot::new("line", SlotKind::Line, "its line"),
];

pub(super) static HELD: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name"),
    Slot::new("line", SlotKind::Line, "the line of its assignment"),
    Slot::new("code", SlotKind::Code, "the first code in the file that takes its items"),
    Slot::new("first", SlotKind::Line, "the line of that"),
];

pub(super) static USED_UP: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name"),
    Slot::new("first", SlotKind::Line, "the line on which it is read to its end"),
    Slot::new("code", SlotKind::Code, "the code that gets nothing after that"),
    Slot::new("second", SlotKind::Line, "the line of that"),
];

/// The calls of a function of the file by its name.
pub(super) struct Sites<'a> {
    calls: Vec<Place<'a>>,
}

/// A name that is bound to what a call returns.
struct Held<'a> {
    name: &'a str,
    assignment: Place<'a>,
    uses: Vec<Place<'a>>,
}

impl<'a> Sites<'a> {
    /// The calls of the function or class `definition` of an item.
    pub fn of(subject: &Subject<'a>, item: usize, definition: Node<'_>) -> Self {
        let names = subject.names();
        let calls = calls_of(names, item, definition);
        let places = calls.iter().filter_map(|site| Place::at(names, site.item, site.call));
        Self { calls: places.collect() }
    }

    /// The calls themselves.
    pub fn calls(&self) -> &[Place<'a>] {
        &self.calls
    }

    /// The code that takes the items of a call right away; without what takes [all](Self::endless)
    /// of what has no end, if `infinite`.
    pub fn consumers(&self, subject: &Subject<'a>, infinite: bool) -> Vec<Facts> {
        let calls = self.calls.iter().filter(|call| !infinite || !takes_all(subject, call));
        calls.filter_map(|call| record(subject, call)).collect()
    }

    /// The names that hold the result of a call.
    pub fn held(&self, subject: &Subject<'a>) -> Vec<Facts> {
        let record = |held: Held<'a>| {
            let mut facts = Facts::of(HELD);
            facts.code("name", held.name).line("line", held.assignment.line(subject));
            let first =
                held.uses.iter().find_map(|place| Some((place, consumer_code(subject, place)?)));
            if let Some((place, code)) = first {
                facts.code("code", code).line("first", place.line(subject));
            }
            facts
        };
        self.names(subject).map(record).collect()
    }

    /// The names of these that are read again after their end.
    pub fn used_up(&self, subject: &Subject<'a>) -> Vec<Facts> {
        self.names(subject)
            .filter_map(|held| {
                held.uses.iter().find_map(|place| {
                    let first = takes::used_up_before(subject, place)?;
                    let code = consumer_code(subject, place)?;
                    let mut facts = Facts::of(USED_UP);
                    facts.code("name", held.name).line("first", first.line(subject));
                    facts.code("code", code).line("second", place.line(subject));
                    Some(facts)
                })
            })
            .collect()
    }

    /// The lines of calls whose result nobody gets.
    pub fn dropped(&self, subject: &Subject<'a>) -> Vec<usize> {
        let dropped = self.calls.iter().filter(|call| matches!(call.role(), Role::Dropped));
        let mut lines: Vec<usize> = dropped.map(|call| call.line(subject)).collect();
        lines.dedup();
        lines
    }

    /// The code that takes all items of a call.
    pub fn endless(&self, subject: &Subject<'a>) -> Vec<Facts> {
        let calls = self.calls.iter().filter(|call| takes_all(subject, call));
        calls.filter_map(|call| record(subject, call)).collect()
    }

    fn names(&self, subject: &Subject<'a>) -> impl Iterator<Item = Held<'a>> {
        let names = subject.names();
        self.calls.iter().filter_map(move |call| {
            let Role::Assigned(target) = call.role() else { return None };
            let target = Place::at(names, call.item, target)?;
            let uses = uses_of(&target)?;
            Some(Held { name: &call.text()[target.node().byte_range()], assignment: target, uses })
        })
    }
}

/// The uses of the name that the identifier at `target` binds, if nothing else binds it and it is no
/// attribute of a class.
pub(super) fn uses_of<'a>(target: &Place<'a>) -> Option<Vec<Place<'a>>> {
    let names = target.names;
    let scopes = names.scopes(target.item)?;
    let at = target.node().byte_range().into();
    let binding = scopes.binding_at(at)?;
    if scopes.scopes()[binding.scope].kind == ScopeKind::Class {
        return None;
    }
    let uses = names.uses(crate::names::Bound { item: target.item, binding })?;
    Some(
        uses.iter()
            .filter(|found| !found.reference.in_annotation)
            .filter_map(|found| Place::of_use(names, found))
            .collect(),
    )
}

fn takes_all(subject: &Subject<'_>, call: &Place<'_>) -> bool {
    // A loop may be left by `return` or an exception as well.
    !matches!(call.role(), Role::For(_) | Role::YieldFrom)
        && takes::takes(subject, call) == Takes::All
}

fn record<'a>(subject: &Subject<'a>, place: &Place<'a>) -> Option<Facts> {
    let mut facts = Facts::of(CONSUMERS);
    facts.code("code", consumer_code(subject, place)?).line("line", place.line(subject));
    Some(facts)
}

/// The code that iterates over the expression, or asks it for an item, as it is written but for
/// what stands further in.
pub(super) fn consumer_code(subject: &Subject<'_>, place: &Place<'_>) -> Option<String> {
    let brief = |node: Node<'_>| Some(place.brief(node)).filter(|code| !code.is_empty());
    match place.role() {
        Role::For(statement) => Some(format!("for {} in …", brief(Field::Left.of(statement)?)?)),
        Role::Clause(comprehension, true) => brief(comprehension).or_else(|| {
            Some(match kind(comprehension) {
                Kind::ListComprehension => "[…]".to_owned(),
                Kind::GeneratorExpression => "(…)".to_owned(),
                _ => "{…}".to_owned(),
            })
        }),
        Role::YieldFrom => Some("yield from …".to_owned()),
        Role::Unpacked => Some(format!("*{}", brief(place.node())?)),
        Role::Membership => Some(format!("in {}", brief(place.node())?)),
        Role::Argument { call, position } => {
            let name = place.callee(call)?;
            let known = takes::consumer(subject, place, call, &name, position).is_some()
                || name == "builtins.next"
                || subject.row(&LAZY, &name).is_some();
            let code = brief(call);
            code.filter(|_| known)
        }
        _ => None,
    }
}

/// What the table says that a consumer does with the items.
pub(super) fn consumer_row<'a>(subject: &Subject<'a>, place: &Place<'_>) -> Option<&'a Facts> {
    let Role::Argument { call, position } = place.role() else { return None };
    let name = place.callee(call)?;
    takes::consumer(subject, place, call, &name, position)
}

/// The text in a column of a row of a table.
pub(super) fn text<'a>(row: &'a Facts, column: &str) -> Option<&'a str> {
    match row.get(column) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}
