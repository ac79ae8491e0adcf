//! What rules find, whoever wants to see it.

use super::active::Active;
use super::run::hits;
use crate::analysis::Settings;
use crate::{Document, Library, Span};

/// Where these rules find something, whatever comments in the file say, in order of position.
pub(crate) fn found_by(
    library: &Library,
    document: &Document,
    settings: &Settings,
    rules: &[String],
) -> Vec<Span> {
    if rules.is_empty() {
        return Vec::new();
    }
    let active = Active::apart(library, settings);
    let mut found = Vec::new();
    for index in 0..document.items().len() {
        let hits = hits(&active, document, settings, index);
        let wanted = hits.iter().filter(|hit| rules.iter().any(|rule| rule == hit.rule.id));
        found.extend(wanted.map(|hit| hit.found.at.shifted(document.start_of(index))));
    }
    found.sort();
    found
}
