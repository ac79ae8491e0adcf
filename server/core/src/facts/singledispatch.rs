//! `functools.singledispatch`, `singledispatchmethod` and their `register`.

use super::decoration::Decorated;
use super::dispatch::{Generic, METHOD, Registered, Table, registered_with};
use super::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::parameters, kind};

pub static PROVIDER: Provider = Provider {
    name: "singledispatch",
    doc: "`functools.singledispatch` or `singledispatchmethod` above a function; `@target` is the \
          `decorator`",
    slots: SLOTS,
    run: run_generic,
};

pub static REGISTER: Provider = Provider {
    name: "singledispatch-register",
    doc: "`@f.register` or `@f.register(type)`, where `f` is such a function of the file; \
          `@target` is the `decorator`",
    slots: SLOTS,
    run: run_register,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the generic function"),
    Slot::new(
        "fallback",
        SlotKind::Line,
        "the line of its `def`, which runs when no type fits; not if the file registers `object`",
    ),
    Slot::new("parameter", SlotKind::Code, "the parameter whose argument decides"),
    Slot::new("method", SlotKind::Flag, "it is a method"),
    Slot::new("table", SlotKind::Records(ROW), "what this file surely registers, by type"),
    Slot::new("maybe", SlotKind::Records(ROW), "what this file registers under a condition"),
    Slot::new("empty", SlotKind::Flag, "this file registers nothing"),
    Slot::new("incomplete", SlotKind::Flag, "some registration of this file cannot be read"),
    Slot::new("replaced", SlotKind::Records(REPLACED), "rows that a later one replaces"),
    Slot::new("lost-fallback", SlotKind::Line, "the line on which `object` is registered"),
    Slot::new("unions", SlotKind::Codes, "unions that are registered"),
    Slot::new("function", SlotKind::Code, "the implementation that this decorator registers"),
    Slot::new("types", SlotKind::Codes, "the types that it is registered for in the end"),
    Slot::new("lost-types", SlotKind::Codes, "the types that are registered again later"),
    Slot::new("later-line", SlotKind::Line, "the line that registers the same type again"),
    Slot::new("no-annotation", SlotKind::Flag, "there is neither a type nor an annotation"),
];

static ROW: &[Slot] = &[
    Slot::new("type", SlotKind::Code, "the type"),
    Slot::new("function", SlotKind::Code, "the implementation"),
    Slot::new("line", SlotKind::Line, "the line that registers it"),
];

static REPLACED: &[Slot] = &[
    Slot::new("type", SlotKind::Code, "the type"),
    Slot::new("line", SlotKind::Line, "the line that registers it first"),
    Slot::new("by", SlotKind::Line, "the line that registers it again"),
];

fn run_generic(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    (decorated.at == Some(0) && !decorated.conditional).then_some(())?;
    let class = decorated.around.filter(|around| kind(*around) == Kind::ClassDefinition);
    let generic = Generic::of(subject.names(), &decorated, class)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", decorated.name(subject)?);
    facts.flag("method", decorated.all[0].is(&[METHOD]));
    let below = &decorated.all[1..];
    if below.iter().all(|one| one.is(&["builtins.classmethod", "builtins.staticmethod"])) {
        let all = parameters(generic.function)?;
        let decides = all.get(generic.skipped).filter(|one| one.default.is_none());
        if let Some(parameter) = decides {
            facts.code("parameter", subject.text(parameter.name));
        }
    }
    let table = generic.table();
    if let Some(table) = &table {
        facts.flag("empty", table.rows.is_empty() && table.complete);
        set_table(subject, table, &mut facts);
    }
    set_fallback(subject, &generic, table.as_ref(), &mut facts);
    Some(facts)
}

fn run_register(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let decoration = &decorated.all[decorated.at?];
    let generic = registered_with(subject.item_text(), decoration)?;
    let generic = Generic::resolve(subject.names(), subject.item(), generic)?;
    let function = decorated.function()?;
    let table = generic.table()?;
    let mut facts = Facts::of(SLOTS);
    let name = generic.function.child_in(Field::Name)?;
    let names = subject.names();
    facts.code("name", &names.item(generic.item).text()[name.byte_range()]);
    set_fallback(subject, &generic, Some(&table), &mut facts);
    let rows: Vec<_> =
        table.rows.iter().filter(|row| is_at(row, subject.item(), decoration.node)).collect();
    if rows.is_empty() {
        let all = parameters(function)?;
        let bare = decoration.call.is_none()
            && all.iter().all(|one| one.annotation.is_none())
            && function.child_in(Field::ReturnType).is_none()
            && decorated.all.len() == 1;
        bare.then_some(())?;
        facts.flag("no-annotation", true);
        return Some(facts);
    }
    facts.code("function", decorated.name(subject)?);
    let later = |own: &Registered<'_>| {
        let certain = table.rows.iter().filter(|row| row.certain);
        let mut after = certain.filter(|row| line_of(subject, own) < line_of(subject, row));
        after.find(|row| row.key == own.key && row.at != own.at)
    };
    let (lost, kept): (Vec<&Registered<'_>>, Vec<_>) =
        rows.iter().partition(|row| later(row).is_some());
    facts.codes("types", kept.iter().map(|row| row.shown.clone()));
    facts.codes("lost-types", lost.iter().map(|row| row.shown.clone()));
    if let Some(later) = lost.first().and_then(|row| later(row)) {
        facts.line("later-line", line_of(subject, later));
    }
    set_table(subject, &table, &mut facts);
    Some(facts)
}

fn set_fallback(
    subject: &Subject<'_>,
    generic: &Generic<'_>,
    table: Option<&Table<'_>>,
    facts: &mut Facts,
) {
    let replaced = table.is_some_and(|table| table.rows.iter().any(|row| row.key == OBJECT));
    if !replaced {
        let document = subject.document();
        let start = document.start_of(generic.item) + generic.function.start_byte();
        facts.line("fallback", document.text().line_of(start));
    }
}

/// The key of `object`, which everything is an instance of.
const OBJECT: &str = "builtins.object";

fn is_at(row: &Registered<'_>, item: usize, node: Node<'_>) -> bool {
    row.item == item && row.at.byte_range() == node.byte_range()
}

fn line_of(subject: &Subject<'_>, row: &Registered<'_>) -> usize {
    let document = subject.document();
    document.text().line_of(document.start_of(row.item) + row.at.start_byte())
}

fn set_table(subject: &Subject<'_>, table: &Table<'_>, facts: &mut Facts) {
    let record = |row: &Registered<'_>| {
        let mut record = Facts::of(ROW);
        record.code("type", &*row.shown).code("function", &*row.function);
        record.line("line", line_of(subject, row));
        record
    };
    let rows: Vec<_> = table.rows.iter().filter(|row| row.certain).collect();
    // Decorators of one function are applied from the bottom up, but the same type twice there
    // makes no difference: it is the same function.
    let replaced_by = |at: usize| rows[at + 1..].iter().find(|later| later.key == rows[at].key);
    let (mut last, mut replaced) = (Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        match replaced_by(at) {
            Some(later) => {
                let mut record = Facts::of(REPLACED);
                record.code("type", &*row.shown).line("line", line_of(subject, row));
                record.line("by", line_of(subject, later));
                replaced.push(record);
            }
            None => last.push(record(row)),
        }
        if row.key == OBJECT {
            facts.line("lost-fallback", line_of(subject, row));
        }
    }
    facts.records("table", last).records("replaced", replaced);
    let maybe = table.rows.iter().filter(|row| !row.certain);
    facts.records("maybe", maybe.map(record).collect());
    facts.flag("incomplete", !table.complete);
    let mut unions: Vec<_> = rows.iter().filter_map(|row| row.union.clone()).collect();
    unions.dedup();
    facts.codes("unions", unions);
}

#[cfg(test)]
mod tests;
