//! A loop groups values in a plain dictionary, and makes each group by hand.

use crate::analysis::Safety;
use crate::facts::collections::grouping::{Grouping, grouping};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule, imported_name};
use crate::names::node_with;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::{Span, walk};

use super::code::is_call_of;
use super::typing_name_unimported::is_builtin_at;
use crate::facts::collections::by_hand::{empty_dictionary, span_in};

pub static RULE: Rule = Rule {
    id: "dict-grouping",
    kinds: &[Kind::IfStatement],
    slots: SLOTS,
    cases: &[],
    fixes: &["use-defaultdict"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("dictionary", SlotKind::Code, "the dictionary"),
    Slot::new("key", SlotKind::Code, "the key of the group"),
    Slot::new("factory", SlotKind::Code, "what makes an empty group: `list` or `set`"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(grouping) = grouping(subject) else { return };
    if empty_dictionary(subject, grouping.dictionary).is_none() || has_others(subject, &grouping) {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts
        .code("dictionary", subject.text(grouping.dictionary))
        .code("key", subject.text(grouping.key))
        .code("factory", grouping.factory);
    let at = Field::Condition.of(subject.node()).unwrap_or(subject.node());
    found.push(Found { at: at.byte_range().into(), case: None, facts, related: Vec::new() });
}

/// True when another statement puts something into the dictionary as well, so that not all of its values
/// are groups.
fn has_others(subject: &Subject<'_>, grouping: &Grouping<'_>) -> bool {
    let (names, own) = (subject.names(), Span::from(subject.node().byte_range()));
    let bound = names.binding(subject.item(), grouping.dictionary);
    let uses = bound.and_then(|bound| names.uses(bound)).unwrap_or_default();
    uses.iter().any(|used| {
        let root = names.item(used.item).tree().map(|tree| tree.root_node());
        let path = root
            .and_then(|root| walk::path_to(root, used.reference.at.start, used.reference.at.end));
        let Some([.., assignment, element, name]) = path.as_deref() else { return false };
        let is_here = used.item == subject.item() && own.contains(used.reference.at);
        !is_here
            && kind(*element) == Kind::Subscript
            && Field::Value.of(*element) == Some(*name)
            && kind(*assignment) == Kind::Assignment
            && Field::Left.of(*assignment) == Some(*element)
            && !Field::Right.of(*assignment).is_some_and(|value| is_group(subject, value))
    })
}

/// True for a list or set that is written out, or made empty.
fn is_group(subject: &Subject<'_>, value: Node<'_>) -> bool {
    matches!(kind(value), Kind::List | Kind::Set)
        || is_call_of(subject, value, &["builtins.list", "builtins.set"])
}

/// The edits by which a dictionary that begins empty makes its groups itself. Nothing when it may
/// begin otherwise.
pub(crate) fn made(
    subject: &Subject<'_>,
    dictionary: Node<'_>,
    factory: &str,
) -> Option<Vec<(Span, String)>> {
    let dictionary = node_with(subject.path()[0], dictionary.byte_range().into())?;
    let (bound, value) = empty_dictionary(subject, dictionary)?;
    is_builtin_at(subject, subject.node(), factory).then_some(())?;
    let import = imported_name(subject, subject.node(), "collections", "defaultdict")?;
    let new = format!("{}({factory})", import.expression);
    Some([(span_in(subject, bound, value), new)].into_iter().chain(import.edit).collect())
}

/// The edit by which only the statement is left that puts the value into its group.
pub(crate) fn put_only(subject: &Subject<'_>, grouping: &Grouping<'_>) -> (Span, String) {
    let (start, puts) = (subject.span(subject.node()), subject.span(grouping.puts));
    if grouping.behind {
        (Span::new(start.start, puts.start), String::new())
    } else {
        (start, subject.text(grouping.puts).to_owned())
    }
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let grouping = grouping(subject)?;
    let mut edits = made(subject, grouping.dictionary, grouping.factory)?;
    edits.push(put_only(subject, &grouping));
    let facts = found.facts.clone();
    Some(Plan { fix: "use-defaultdict", safety: Safety::Review, facts, edits })
}
