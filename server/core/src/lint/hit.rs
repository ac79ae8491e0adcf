//! Something that a rule has found, as it is kept.

use std::cell::OnceCell;
use std::sync::Arc;

use super::{Found, Rule};
use crate::Span;
use crate::analysis::{Offered, Severity};
use crate::document::ItemId;

/// Something found, what the page says about it, and the node at which.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(super) rule: &'static Rule,
    pub(super) found: Found,
    pub(super) severity: Severity,
    pub(super) message: Arc<str>,
    /// What is said about each related place.
    pub(super) related: Vec<(ItemId, Span, Arc<str>)>,
    /// Its verified fixes, once they were made ready.
    pub(super) offers: OnceCell<Arc<[Offered]>>,
    /// The node is found again by its kind and its bytes in the item.
    pub(super) node: (u16, Span),
}

impl Hit {
    /// True when `other` says the same at the same place.
    pub(super) fn says_what(&self, other: &Self) -> bool {
        let says = |hit: &Self| (Arc::clone(&hit.message), hit.related.clone());
        self.is_found_with(other) && self.found == other.found && says(self) == says(other)
    }

    /// Takes over the fixes of what was found at the same place, on other lines.
    pub(super) fn inherit(&self, old: Self) {
        if let (true, Some(offers)) = (self.is_found_with(&old), old.offers.into_inner()) {
            let _ = self.offers.set(offers);
        }
    }

    fn is_found_with(&self, other: &Self) -> bool {
        (self.rule.id, self.node, self.found.at) == (other.rule.id, other.node, other.found.at)
    }
}
