//! Conversions that a reader asks for without a finding: a loop to a comprehension, a class to a
//! generator function.
//!
//! A conversion is one file here and one page of the same name in `content/`. It looks at the
//! construct under the cursor and says nothing, or plans edits, or says why they would be wrong here.
//! Edits are tried on a copy before they are offered, as those of fixes are.

mod callback_to_await;
mod class_to_contextmanager;
mod comprehension;
mod comprehension_to_loop;
mod contextmanager_to_class;
mod decorator_text;
mod decorator_with_arguments;
mod finally_to_with;
mod gather_to_task_group;
mod generator_to_list;
mod group_with_defaultdict;
mod list_to_generator;
mod loop_to_comprehension;
mod make_dataclass;
mod metaclass_to_init_subclass;
mod names;
mod offer;
mod promise;
mod said;
mod tasks_to_task_group;
mod text;
mod write_decorator;

use crate::Span;
use crate::facts::{Facts, Slot};
use crate::subject::Subject;
use crate::syntax::Kind;

pub use offer::rewrites;
pub use said::Said;

/// A conversion of one construct into another.
#[derive(Debug)]
pub struct Conversion {
    /// Permanent id, the name of its page.
    pub id: &'static str,
    /// The kinds of node that `convert` is asked about.
    pub kinds: &'static [Kind],
    /// The names by which what it converts is called, if `kinds` has calls.
    pub calls: &'static [&'static str],
    /// The facts that its titles and reasons may name.
    pub slots: &'static [Slot],
    /// The cases in which its title says more than its page's `action`.
    pub titles: &'static [&'static str],
    /// Why it may be refused. [`COMMENT`] comes from trying it.
    pub reasons: &'static [&'static str],
    /// Looks at one intact node; nothing when it is not about such a construct.
    pub convert: fn(&Subject<'_>) -> Option<Answer>,
}

/// The reason that a comment would be lost.
pub const COMMENT: &str = "comment";

/// What a conversion says about a construct.
#[derive(Clone, Debug)]
pub enum Answer {
    /// It can be made.
    Draft(Draft),
    /// It would be wrong here, for this reason.
    Refused(&'static str, Facts),
}

/// A conversion before it is tried.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The case, if its title says more than the page's `action`.
    pub title: Option<&'static str>,
    /// What title and reasons can name.
    pub facts: Facts,
    /// Replacements in the file, in any order, disjoint.
    pub edits: Vec<(Span, String)>,
    /// What the reader is going to write over: index of the edit, bytes of its text.
    pub blank: Option<(usize, Span)>,
}

impl Draft {
    /// A draft under the page's `action`.
    fn new(facts: Facts, edits: Vec<(Span, String)>) -> Self {
        Self { title: None, facts, edits, blank: None }
    }
}

/// Every conversion.
pub static CONVERSIONS: &[&Conversion] = &[
    &list_to_generator::CONVERSION,
    &generator_to_list::CONVERSION,
    &loop_to_comprehension::CONVERSION,
    &comprehension_to_loop::CONVERSION,
    &write_decorator::CONVERSION,
    &decorator_with_arguments::CONVERSION,
    &make_dataclass::CONVERSION,
    &group_with_defaultdict::CONVERSION,
    &metaclass_to_init_subclass::CONVERSION,
    &class_to_contextmanager::CONVERSION,
    &contextmanager_to_class::CONVERSION,
    &finally_to_with::CONVERSION,
    &gather_to_task_group::CONVERSION,
    &tasks_to_task_group::CONVERSION,
    &callback_to_await::CONVERSION,
];

/// The conversion with this id.
pub fn conversion(id: &str) -> Option<&'static Conversion> {
    CONVERSIONS.iter().copied().find(|conversion| conversion.id == id)
}

#[cfg(test)]
mod tests;
