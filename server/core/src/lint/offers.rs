//! What the fixes are called, for lists that hold no edits.

use std::sync::Arc;

use super::active::Active;
use super::hit::Hit;
use super::regions;
use super::run::met;
use super::tried::verified;
use crate::analysis::{Offered, OfferedFinding, Settings};
use crate::content::Library;
use crate::{Document, Span};

/// See [`crate::analysis::offers`].
pub fn offers(
    library: &Library,
    document: &Document,
    settings: &Settings,
    span: Span,
) -> Vec<OfferedFinding> {
    let make = |active: &Active<'_>, index, hit: &Hit, finding, yields| {
        let make = || offered(active, document, settings, index, hit);
        OfferedFinding { finding, fixes: Arc::clone(hit.offers.get_or_init(make)), yields }
    };
    let mut found = met(library, document, settings, span, make);
    found.sort_by_key(|offered| offered.finding.span);
    found
}

fn offered(
    active: &Active<'_>,
    document: &Document,
    settings: &Settings,
    index: usize,
    hit: &Hit,
) -> Arc<[Offered]> {
    verified(active, document, settings, index, hit).iter().map(Offered::from).collect()
}

/// See [`crate::analysis::prepare_offers`].
pub fn prepare_offers(
    library: &Library,
    document: &Document,
    settings: &Settings,
    pause: bool,
) -> bool {
    if regions::is_generated(document) {
        return false;
    }
    let active = Active::of(library, document, settings);
    let make = |index, hit: &Hit| offered(&active, document, settings, index, hit);
    document.findings.prepare_offers(document, (settings, active.rules()), pause, make)
}
