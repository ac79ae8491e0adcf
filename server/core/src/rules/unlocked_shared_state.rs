//! Several threads change the same variable by `+=`, with no lock around.
//!
//! Source: Library FAQ, What kinds of global value mutation are thread-safe; Language Reference,
//! Augmented assignment statements.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::concurrency::SHARED_UPDATE;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule, imported};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};

use super::code::mentions;
use super::edit::unit;
use super::shared::{break_of, indentation};

pub static RULE: Rule = Rule {
    id: "unlocked-shared-state",
    kinds: &[Kind::AugmentedAssignment],
    slots: SLOTS,
    cases: &[],
    fixes: &["add-lock"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("statement", SlotKind::Code, "the statement"),
    Slot::new("variable", SlotKind::Code, "what is changed"),
    Slot::new("function", SlotKind::Code, "the function that threads run"),
    Slot::new("lock", SlotKind::Code, "the name of the lock that is made"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let has_threads = || {
        mentions(
            subject,
            &["threading", "Thread", "Timer", "concurrent", "futures", "ThreadPoolExecutor"],
        )
    };
    if subject.settings().is_test || !has_threads() {
        return;
    }
    let Some(read) = (SHARED_UPDATE.run)(subject) else { return };
    // Without this slot the updates are not seen to overlap.
    if read.get("statement").is_none() {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    for slot in ["statement", "variable", "function"] {
        facts.take(slot, &read, slot);
    }
    let at = subject.node().byte_range().into();
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

/// A lock beside the variable of the module, and a `with` around the statement.
fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (names, document) = (subject.names(), subject.document());
    let update = subject.node();
    let left = Field::Left.of(update).filter(|left| kind(*left) == Kind::Identifier)?;
    let variable = subject.text(left);
    let statement = subject.ancestors().next()?;
    let indent = indentation(subject, statement)?;
    let is_whole_line = subject.text(statement) == subject.text(update)
        && !subject.text(update).contains(['\n', '\r']);
    is_whole_line.then_some(())?;
    // Where the module binds it, at its top level.
    let bound = names.module_bindings(variable).into_iter();
    let bound = bound.filter(|bound| bound.binding.from == crate::scope::MODULE);
    let [first] = bound.collect::<Vec<_>>()[..] else { return None };
    let is_plain = first.binding.kind == BindingKind::Assignment && !first.binding.conditional;
    let source = names.item(first.item).text();
    let is_alone =
        source.trim_end().len() == first.binding.node.end && first.binding.node.start == 0;
    (is_plain && is_alone && first.item < subject.item()).then_some(())?;
    let lock = format!("{variable}_lock");
    let is_free = names.module_bindings(&lock).is_empty()
        && !names.is_hidden_at(subject.item(), update.start_byte(), &lock);
    is_free.then_some(())?;
    let import = imported(subject, update, "threading", "Lock");
    let function = subject.ancestors().find(|node| kind(*node) == Kind::FunctionDefinition)?;
    let step = unit(subject, function)?;
    let line_break = break_of(subject);
    let behind = document.start_of(first.item) + first.binding.node.end;
    let head = format!("with {lock}:{line_break}{indent}{step}");
    let mut edits = vec![
        (Span::empty(behind), format!("{line_break}{lock} = {}()", import.expression)),
        (Span::empty(subject.span(statement).start), head),
    ];
    edits.extend(import.edit);
    let mut facts = found.facts.clone();
    facts.code("lock", lock);
    Some(Plan { fix: "add-lock", safety: Safety::Review, facts, edits })
}
