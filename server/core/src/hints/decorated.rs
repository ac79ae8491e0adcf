//! What decorators leave in place of a function.

use super::{Add, DECORATED};
use crate::decorator::outcome;
use crate::facts::decoration::{Decorated, Decoration};
use crate::facts::source_text::one_line;
use crate::facts::tables::Table;
use crate::facts::{Facts, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator};
use crate::syntax::{Field, Kind, kind};

/// Decorators whose result is of one kind, whatever function they get.
pub static DECORATED_AS: Table = Table {
    name: "decorated-as",
    doc: "decorators that leave one kind of object, whatever function they get",
    columns: &[
        Slot::new("becomes", SlotKind::Text, "what the name is bound to, two or three words"),
        Slot::new("bare", SlotKind::Flag, "this holds for `@d`"),
        Slot::new("called", SlotKind::Flag, "this holds for `@d(…)`"),
    ],
};

pub(super) fn look(subject: &Subject<'_>, add: &mut Add<'_>) {
    if kind(subject.node()) != Kind::DecoratedDefinition {
        return;
    }
    let Some(decorated) = Decorated::of(subject) else { return };
    let Some(function) = decorated.function() else { return };
    let (Some(name), Some(top)) = (Field::Name.of(function), decorated.all.first()) else { return };
    let mut facts = Facts::of(DECORATED);
    facts.code("name", subject.text(name)).code("decorator", one_line(subject, top.callee));
    let names = subject.names();
    if let Some(outcome) = outcome(names, subject.item(), subject.node()) {
        let bound = outcome.bound;
        facts.code("wrapper", bound.name()).line("line", bound.line());
        let kind = match (is_async(bound.node), is_generator(bound.node)) {
            (false, false) => "wrapper",
            (true, false) => "async-wrapper",
            (false, true) => "generator-wrapper",
            (true, true) => return,
        };
        add(kind, top.node, &facts);
    } else if let Some(row) = row(subject, top) {
        facts.take("becomes", row, "becomes");
        add("decorated-as", top.node, &facts);
    }
}

fn row<'a>(subject: &Subject<'a>, decoration: &Decoration<'_>) -> Option<&'a Facts> {
    let row = subject.row(&DECORATED_AS, decoration.name.as_deref()?)?;
    let form = if decoration.call.is_some() { "called" } else { "bare" };
    row.get(form).map(|_| row)
}
