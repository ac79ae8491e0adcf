//! `if TYPE_CHECKING:`.
//!
//! Source: Library Reference, typing, `TYPE_CHECKING`: true for type checkers, false at run time.

use super::super::decoration::qualified;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::annotation::{evaluation, inner};
use crate::Span;
use crate::names::{Bound, Use};
use crate::scope::{BindingKind, ScopeKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "checking-block",
    doc: "`if TYPE_CHECKING:` in the module; `@target` is the `if_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("names", SlotKind::Codes, "what is imported or defined for type checkers only"),
    Slot::new("uses", SlotKind::Records(USES), "uses at run time of what is bound nowhere else"),
    Slot::new("annotations", SlotKind::Records(USES), "annotations that are evaluated up to 3.13"),
    Slot::new("text", SlotKind::Flag, "`from __future__ import annotations`"),
    Slot::new("lazy", SlotKind::Flag, "the code runs on 3.14 and later only"),
];

static USES: &[Slot] =
    &[Slot::new("name", SlotKind::Code, "the name"), Slot::new("line", SlotKind::Line, "the line")];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let (names, item) = (subject.names(), subject.item());
    let condition = inner(node.child_in(Field::Condition)?);
    if qualified(names, item, condition)? != "typing.TYPE_CHECKING" {
        return None;
    }
    let block: Span = node.child_in(Field::Consequence)?.byte_range().into();
    let scopes = names.scopes(item)?;
    let here: Vec<_> = scopes
        .all_bindings()
        .iter()
        .filter(|binding| block.contains(binding.at) && binding.scope == crate::scope::MODULE)
        .filter(|binding| binding.kind != BindingKind::Declaration)
        .collect();
    let mut facts = Facts::of(SLOTS);
    let mut bound: Vec<_> = here.iter().map(|binding| scopes.name(binding.name)).collect();
    bound.dedup();
    if bound.is_empty() {
        return None;
    }
    facts.codes("names", bound);
    let (text, lazy) = evaluation(subject);
    facts.flag("text", text).flag("lazy", lazy && !text);
    if subject.settings().is_stub {
        return Some(facts);
    }
    let (mut uses, mut annotations) = (Vec::new(), Vec::new());
    for binding in here {
        for used in names.uses(Bound { item, binding }).unwrap_or_default() {
            let list = match place(subject, &used, block) {
                Some(Place::Code) => &mut uses,
                Some(Place::Annotation) if !text && !lazy => &mut annotations,
                _ => continue,
            };
            let start = subject.document().start_of(used.item) + used.reference.at.start;
            let mut record = Facts::of(USES);
            record.code("name", scopes.name(binding.name));
            record.line("line", subject.document().text().line_of(start));
            if !list.contains(&record) {
                list.push(record);
            }
        }
    }
    facts.records("uses", uses).records("annotations", annotations);
    Some(facts)
}

enum Place {
    /// Evaluated when the line runs.
    Code,
    /// An annotation that is evaluated when the line runs, up to 3.13.
    Annotation,
}

/// Where a use stands; nothing for the block itself, for another block of this kind, and for what
/// is not evaluated.
fn place(subject: &Subject<'_>, used: &Use<'_>, block: Span) -> Option<Place> {
    let names = subject.names();
    if used.item == subject.item() && block.contains(used.reference.at) {
        return None;
    }
    let root = names.item(used.item).tree()?.root_node();
    let path = walk::path_to(root, used.reference.at.start, used.reference.at.end)?;
    let mut in_assignment = false;
    for node in path.iter().rev() {
        match kind(*node) {
            // Any condition may be one that is never true at run time.
            Kind::IfStatement | Kind::ConditionalExpression | Kind::BooleanOperator => return None,
            Kind::TryStatement => return None,
            Kind::TypeAliasStatement | Kind::Lambda | Kind::TypeParameter
                if !used.reference.in_annotation || kind(*node) != Kind::TypeParameter =>
            {
                return None;
            }
            Kind::Assignment => in_assignment = true,
            _ => {}
        }
    }
    if !used.reference.in_annotation {
        return Some(Place::Code);
    }
    let scopes = names.scopes(used.item)?;
    let in_function = scopes.scopes()[used.reference.scope].kind == ScopeKind::Function;
    (!(in_function && in_assignment)).then_some(Place::Annotation)
}

#[cfg(test)]
mod tests;
