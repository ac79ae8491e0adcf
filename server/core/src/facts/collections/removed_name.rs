//! A name of the standard library that newer versions of Python have no more.
//!
//! Source: What's New In Python, Removed.

use crate::facts::tables::Table;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

pub static PROVIDER: Provider = Provider {
    name: "removed-name",
    doc: "a name with a row in `removed-name`; `@target` is the `identifier`, `attribute` or \
          `import_from_statement`, then with the imported `dotted_name` as `@name`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the dotted name"),
    Slot::new("since", SlotKind::Code, "the Python that has it no more: `3.10`"),
    Slot::new("instead", SlotKind::Code, "the dotted name of what to use"),
    Slot::new("import-fails", SlotKind::Flag, "it is imported: `ImportError`"),
    Slot::new("use-fails", SlotKind::Flag, "it is looked up in the module: `AttributeError`"),
    Slot::new("caught", SlotKind::Line, "the line of an `except` that catches that"),
];

/// Names that newer versions of Python have no more.
pub static REMOVED_NAMES: Table = Table {
    name: "removed-name",
    doc: "Names of the standard library that newer versions of Python have no more",
    columns: &[
        Slot::new("since", SlotKind::Code, "the first Python without it: `3.10`"),
        Slot::new("instead", SlotKind::Code, "the dotted name of what to use"),
    ],
};

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let names = subject.names();
    let mut facts = Facts::of(SLOTS);
    let (name, error) = match kind(node) {
        Kind::ImportFromStatement => {
            let module = Field::ModuleName.of(node)?;
            let name = subject.capture("name")?;
            facts.flag("import-fails", true);
            (format!("{}.{}", subject.text(module), subject.text(name)), "builtins.ImportError")
        }
        Kind::Attribute => {
            facts.flag("use-fails", true);
            (names.qualified(subject.item(), node)?, "builtins.AttributeError")
        }
        // What an import has bound.
        _ => (names.qualified(subject.item(), node)?, ""),
    };
    let row = subject.row(&REMOVED_NAMES, &name)?;
    facts.code("name", name).take("since", row, "since").take("instead", row, "instead");
    if let Some(clause) = handler(subject, error) {
        facts.line("caught", subject.line(clause));
    }
    Some(facts)
}

/// The `except` clause that catches what the subject, in the body of its `try`, raises.
fn handler<'a>(subject: &Subject<'a>, error: &str) -> Option<Node<'a>> {
    for pair in subject.path().windows(2).rev() {
        let [around, inner] = *pair else { continue };
        match kind(around) {
            Kind::FunctionDefinition | Kind::Lambda => return None,
            Kind::TryStatement if Field::Body.of(around) == Some(inner) => {
                let clauses = statements(around);
                let catches = |clause: &Node<'_>| {
                    kind(*clause) == Kind::ExceptClause
                        && (clause.named_child(0)).is_some_and(|what| {
                            let what = match kind(what) {
                                Kind::AsPattern => what.named_child(0).unwrap_or(what),
                                _ => what,
                            };
                            let all = match kind(what) {
                                Kind::Block => return true,
                                Kind::Tuple => statements(what),
                                _ => vec![what],
                            };
                            all.iter().any(|one| {
                                let name = subject.names().qualified(subject.item(), *one);
                                name.is_some_and(|name| name == error)
                            })
                        })
                };
                if let Some(clause) = clauses.into_iter().find(catches) {
                    return Some(clause);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests;
