//! Something that a rule has found, as it is kept.

use std::cell::OnceCell;
use std::sync::Arc;

use super::{Found, Place, Rule, Said};
use crate::Span;
use crate::analysis::{Offered, Severity};
use crate::document::{ItemId, LinesMoved};

/// Something found, what the page says about it, and the node at which.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(super) rule: &'static Rule,
    pub(super) found: Found,
    /// The words of the rule's page.
    said: Arc<Said>,
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
    /// Nothing when a fact is not known that the message names.
    pub(super) fn new(
        rule: &'static Rule,
        found: Found,
        said: &Arc<Said>,
        wanted: Option<Severity>,
        node: (u16, Span),
    ) -> Option<Self> {
        let (severity, message) = said.finding(found.case, &found.facts)?;
        let (severity, message) = (wanted.unwrap_or(severity), message.into());
        let (said, offers) = (Arc::clone(said), OnceCell::new());
        let related = related(&said, &found);
        Some(Self { rule, found, said, severity, message, related, offers, node })
    }

    /// Lines moved that nothing else here rests on. True if it says something else since then.
    pub(super) fn follow(&mut self, moves: &[LinesMoved]) -> bool {
        moves.iter().for_each(|lines| self.found.facts.follow(lines));
        let before = (Arc::clone(&self.message), std::mem::take(&mut self.related));
        if let Some((_, message)) = self.said.finding(self.found.case, &self.found.facts) {
            self.message = message.into();
        }
        self.related = related(&self.said, &self.found);
        before != (Arc::clone(&self.message), self.related.clone())
    }
}

fn related(said: &Said, found: &Found) -> Vec<(ItemId, Span, Arc<str>)> {
    let words =
        |place: &Place| Some((place.item, place.at, said.role(place.role, &found.facts)?.into()));
    found.related.iter().filter_map(words).collect()
}
