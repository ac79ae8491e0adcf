//! Hover cards about files of a project.

mod clauses;
mod option;
mod python;
mod requirement;
mod tables;

use super::{Place, ProjectFile, View};
use crate::Span;
use crate::analysis::{Hover, Settings};
use crate::cards::card_text;
use crate::content::{Concept, Library, Pack, card_id};
use crate::facts::{Facts, Provider};

pub(crate) use option::OPTIONS;

/// Finds the facts about one kind of construct in files of a project.
pub(super) struct FileProvider {
    /// What cards can name; it says nothing about code.
    provider: &'static Provider,
    /// The construct at a byte of the file, and the facts about it.
    run: fn(&View<'_>, usize) -> Option<(Span, Facts)>,
}

static FILE_PROVIDERS: &[FileProvider] = &[
    FileProvider { provider: &requirement::PROVIDER, run: requirement::run },
    FileProvider { provider: &option::PROVIDER, run: option::run },
    FileProvider { provider: &python::PROVIDER, run: python::run },
    FileProvider { provider: &tables::DEPENDENCIES, run: tables::dependencies },
    FileProvider { provider: &tables::EXTRAS, run: tables::extras },
    FileProvider { provider: &tables::GROUPS, run: tables::groups },
    FileProvider { provider: &tables::BUILD, run: tables::build },
];

/// Every provider of facts about files of a project.
pub(crate) static PROVIDERS: &[&Provider] = &[
    &requirement::PROVIDER,
    &option::PROVIDER,
    &python::PROVIDER,
    &tables::DEPENDENCIES,
    &tables::EXTRAS,
    &tables::GROUPS,
    &tables::BUILD,
];

/// Whether a provider speaks of files of a project, so that its cards need no pattern.
pub(crate) fn is_of_project(provider: &Provider) -> bool {
    FILE_PROVIDERS.iter().any(|it| it.provider.name == provider.name)
}

/// The card about the construct at `offset` (bytes). The shortest construct that has one wins. What
/// rests on other files is said only with a `place`.
pub fn hover(
    library: &Library,
    file: &ProjectFile,
    settings: &Settings,
    place: Option<Place<'_>>,
    offset: usize,
) -> Option<Hover> {
    let view = View::new(library, file, settings, place);
    let mut best: Option<Hover> = None;
    let wanted = |(pack, it): &(&Pack, &Concept)| settings.selection.wants(&pack.manifest.id, it);
    for (pack, concept) in library.concepts().filter(wanted) {
        for card in &concept.cards {
            let provider = FILE_PROVIDERS.iter().find(|it| it.provider.name == card.provider.name);
            let found = provider.and_then(|it| (it.run)(&view, offset));
            let Some((span, facts)) = found.filter(|(span, _)| span.touches(offset)) else {
                continue;
            };
            if best.as_ref().is_some_and(|best| best.span.len() <= span.len()) {
                continue;
            }
            if let Some(markdown) = card_text(library, card, &facts, settings.target) {
                best = Some(Hover { markdown, span, card: card_id(pack, concept, card) });
            }
        }
    }
    best
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_tables;
