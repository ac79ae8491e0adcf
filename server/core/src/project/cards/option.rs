//! An option in a list for pip.

use crate::Span;
use crate::facts::tables::Table;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::modules::{Entry, join};
use crate::project::View;
use crate::requirements::list::What;

pub(in crate::project) static PROVIDER: Provider = Provider {
    name: "requirements-option",
    doc: "An option on a line of its own in a list for pip; its cards need no pattern",
    slots: SLOTS,
    run: |_| None,
};

static SLOTS: &[Slot] = &[
    Slot::new("option", SlotKind::Code, "the option as it is written, with its value"),
    Slot::new("does", SlotKind::Text, "what it does"),
    Slot::new("watch", SlotKind::Text, "what is easily overlooked"),
    Slot::new("missing", SlotKind::Code, "the file that is read, if it is not there"),
];

/// What the options of a list do.
pub(crate) static OPTIONS: Table = Table {
    name: "requirements-option",
    doc: "An option that a list for pip may have on a line of its own, by its long name. Read by \
          `requirements-option`",
    columns: &[
        Slot::new("short", SlotKind::Code, "its short name: `-r`"),
        Slot::new("does", SlotKind::Text, "what it does, in a sentence"),
        Slot::new("watch", SlotKind::Text, "what is easily overlooked, in a sentence"),
        Slot::new("reads", SlotKind::Flag, "its value is a file that is read"),
    ],
};

/// On the whole line.
pub(in crate::project) fn run(view: &View<'_>, offset: usize) -> Option<(Span, Facts)> {
    let (name, value) = view.entries.iter().find_map(|entry| match entry.what {
        What::Option(name, value) => {
            let end = value.map_or(name.end, |value| value.end);
            Span::new(name.start, end).touches(offset).then_some((name, value))
        }
        _ => None,
    })?;
    let written = &view.text[name.range()];
    let row = view.library.row(&OPTIONS, written).or_else(|| {
        let is_short = |row: &&Facts| row.get("short") == Some(&Value::Code(written.to_owned()));
        view.library.rows(&OPTIONS).into_values().find(is_short)
    })?;
    let at = Span::new(name.start, value.map_or(name.end, |value| value.end));
    let mut facts = Facts::of(SLOTS);
    facts.code("option", &view.text[at.range()]);
    facts.take("does", row, "does").take("watch", row, "watch");
    if row.get("reads").is_some()
        && let Some(place) = view.place
        && let Some(file) = value.map(|it| &view.text[it.range()])
        && is_beside(file)
        && place.files.entry(&join(place.folder(), file)) == Entry::Nothing
    {
        facts.code("missing", file);
    }
    Some((at, facts))
}

/// Whether a path names a file in the folder or below.
fn is_beside(path: &str) -> bool {
    !path.contains([':', '\\', '$', '"', '\''])
        && path.split('/').all(|name| !matches!(name, "" | "." | ".."))
}
