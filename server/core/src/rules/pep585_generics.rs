//! An annotation names `List`, `Dict` or the like, though the builtin type takes parameters itself.

use crate::PythonVersion;
use crate::analysis::Safety;
use crate::facts::type_hints::instead;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

use super::typing_name_unimported::is_builtin_at;

pub static RULE: Rule = Rule {
    id: "pep585-generics",
    kinds: &[Kind::Identifier, Kind::Attribute],
    slots: SLOTS,
    cases: &[],
    fixes: &["use-builtin"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("alias", SlotKind::Code, "the name as it is written"),
    Slot::new("builtin", SlotKind::Code, "the builtin type that does the same"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let node = subject.node();
    let Some(builtin) = builtin(subject, node) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("alias", subject.text(node)).code("builtin", builtin);
    found.push(Found { at: node.byte_range().into(), case: None, facts, related: Vec::new() });
}

/// The builtin type that an alias in an annotation stands for.
fn builtin(subject: &Subject<'_>, node: Node<'_>) -> Option<String> {
    let last = match kind(node) {
        Kind::Attribute => Field::Attribute.of(node)?,
        _ => node,
    };
    (subject.settings().target >= PythonVersion::py3(9)).then_some(())?;
    // Most names are none, whatever they mean.
    subject.text(last).starts_with(|first: char| first.is_ascii_uppercase()).then_some(())?;
    let parent = subject.ancestors().next()?;
    (kind(parent) != Kind::Attribute && kind(parent) != Kind::KeywordArgument).then_some(())?;
    let names = subject.names();
    let reference = names.scopes(subject.item())?.reference_at(node.start_byte())?;
    reference.in_annotation.then_some(())?;
    let name = names.qualified(subject.item(), node)?;
    let builtin = instead(subject, &name)?;
    // `Text` is a name of `str`, which takes no parameters.
    let is_same = name.rsplit('.').next().is_some_and(|it| it.eq_ignore_ascii_case(&builtin));
    (is_same && is_builtin_at(subject, node, &builtin)).then_some(builtin)
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    let Some(builtin) = builtin(subject, subject.node()) else { return Vec::new() };
    let edits = vec![(subject.span(subject.node()), builtin)];
    let facts = found.facts.clone();
    vec![Plan { fix: "use-builtin", safety: Safety::Safe, facts, edits }]
}
