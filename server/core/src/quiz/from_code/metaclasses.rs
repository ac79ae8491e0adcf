//! Questions about how classes are made.

pub(super) mod creation;
pub(super) mod metaclass;
pub(super) mod order;

use crate::Span;
use crate::facts::around::is_decorated;
use crate::facts::{Facts, provider};
use crate::subject::Subject;
use crate::syntax::Field;

/// What is known about the making of the class, which has no decorator. Nothing where a class can
/// get other bases or another metaclass later.
fn made(subject: &Subject<'_>) -> Option<Facts> {
    let changed = ["__bases__", "__class__", "__mro_entries__"];
    let all = subject.document().items();
    let may_change =
        || all.iter().any(|item| changed.iter().any(|word| item.text().contains(word)));
    if is_decorated(subject.node()) || subject.node().is_broken() || may_change() {
        return None;
    }
    (provider("class-creation")?.run)(subject)
}

/// The line `class C(A, B)` without its colon, in bytes of the file.
fn head(subject: &Subject<'_>) -> Option<Span> {
    let node = subject.node();
    let name = Field::Name.of(node)?;
    let bases = node.child_in(Field::Superclasses);
    let whole = subject.span(node);
    let end = bases.map_or(subject.span(name).end, |bases| subject.span(bases).end);
    Some(Span::new(whole.start, end))
}
