//! `lazy import`.
//!
//! Source: PEP 810; Language Reference 3.15, The import statement.

use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::names::dotted;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};

use super::import::bound;

pub static PROVIDER: Provider = Provider {
    name: "lazy-import",
    doc: "An import statement behind the word `lazy`; `@target` is the `import_statement` or \
          `import_from_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new(
        "modules",
        SlotKind::Codes,
        "the modules that are loaded later, where `lazy` may stand",
    ),
    Slot::new("names", SlotKind::Codes, "the names whose first use loads them"),
    Slot::new(
        "inside",
        SlotKind::Words(&["a function", "a class body", "a `try` statement"]),
        "what it stands in, where Python refuses it",
    ),
    Slot::new("star", SlotKind::Flag, "it imports `*`, which Python refuses"),
    Slot::new(
        "too-old",
        SlotKind::Code,
        "the oldest Python of the project, if that is before 3.15",
    ),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let statement = subject.node();
    let before = &subject.item_text()[..statement.start_byte()];
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
    // Alone in front of a statement, any name is a fault; this one has a meaning since 3.15.
    (line.trim() == "lazy").then_some(())?;
    let mut facts = Facts::of(SLOTS);
    let is_star = statement.named_children().any(|it| kind(it) == Kind::WildcardImport);
    let inside = subject.ancestors().find_map(|node| match kind(node) {
        Kind::FunctionDefinition => Some("a function"),
        Kind::ClassDefinition => Some("a class body"),
        Kind::TryStatement => Some("a `try` statement"),
        _ => None,
    });
    if let Some(inside) = inside {
        facts.word("inside", inside);
        return Some(facts);
    }
    if is_star {
        facts.flag("star", true);
        return Some(facts);
    }
    match Field::ModuleName.of(statement) {
        Some(module) => facts.codes("modules", [dotted(subject.text(module))]),
        None => {
            let names = statement.children_in(Field::Name);
            let names = names.map(|name| Field::Name.of(name).unwrap_or(name));
            facts.codes("modules", names.map(|name| dotted(subject.text(name))))
        }
    };
    facts.codes("names", bound(statement).into_iter().map(|name| subject.text(name)));
    let settings = subject.settings();
    if settings.is_target_known() && settings.target.minor < 15 {
        facts.code("too-old", settings.target.to_string());
    }
    Some(facts)
}

#[cfg(test)]
mod tests;
