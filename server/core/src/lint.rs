//! Runs the rules over a file, and makes their fixes.
//!
//! A rule ([`crate::rules`]) says where a mistake stands and which facts it knows about it; the
//! rule's page says in which words. Fixes are planned when they are asked for and offered only
//! after [`verify`].

mod active;
mod cache;
mod found;
mod hit;
mod imports;
mod inverse;
mod offers;
mod regions;
mod run;
mod said;
mod tried;
mod units;
mod unused;
mod verify;

use crate::Span;
use crate::analysis::Safety;
use crate::document::ItemId;
use crate::facts::{Facts, Slot};
use crate::subject::Subject;
use crate::syntax::Kind;

pub(crate) use cache::Cache;
pub(crate) use found::found_by;
pub(crate) use imports::future_import;
pub use imports::{imported, imported_name, line_break};
pub use inverse::{Inverse, Mutant};
pub use offers::{offers, prepare_offers};
pub(crate) use regions::is_generated;
pub(crate) use run::is_found_at;
pub use run::{findings, fix_all, fixes, is_fixable, prepare, revision};
pub use said::Said;
pub use unused::UNUSED_IGNORE;
pub(crate) use verify::{Fault, check as try_edits, with_comment};

/// A mistake that can be found in a syntax tree.
#[derive(Debug)]
pub struct Rule {
    /// Permanent id, the name of the rule's page.
    pub id: &'static str,
    /// The kinds of node that `check` is asked about.
    pub kinds: &'static [Kind],
    /// The facts its message and the titles of its fixes may name.
    pub slots: &'static [Slot],
    /// The cases its page says in other words, or with another weight.
    pub cases: &'static [&'static str],
    /// The fixes its page has titles for.
    pub fixes: &'static [&'static str],
    /// The roles of related places that its page has words for.
    pub related: &'static [&'static str],
    /// Looks at one node, which is intact.
    pub check: fn(&Subject<'_>, &mut Vec<Found>),
    /// Plans the fixes of something `check` found at the same node, the preferred one first.
    pub fix: fn(&Subject<'_>, &Found) -> Vec<Plan>,
}

/// A mistake, in bytes of its item.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What stands under the squiggle.
    pub at: Span,
    /// Which case of the mistake, if not the general one.
    pub case: Option<&'static str>,
    /// What the message can name.
    pub facts: Facts,
    /// Other places that explain it.
    pub related: Vec<Place>,
}

/// A place in the file that explains a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The item it is in.
    pub item: ItemId,
    /// Bytes of that item.
    pub at: Span,
    /// Which words of the page say why it matters.
    pub role: &'static str,
}

/// A fix before it is verified.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which title of the page it has.
    pub fix: &'static str,
    /// Whether it keeps behaviour.
    pub safety: Safety,
    /// What the title can name.
    pub facts: Facts,
    /// Replacements in the file, in any order, disjoint.
    pub edits: Vec<(Span, String)>,
}

#[cfg(test)]
mod tests;
