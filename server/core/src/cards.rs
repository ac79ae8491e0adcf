//! Hover cards: from a place in the file to what is known about the construct there.

mod find;
mod locate;

use std::cmp::Reverse;

use crate::analysis::Hover;
use crate::content::{Card, Concept, Library, Pack, card_id};
use crate::facts::Facts;
use crate::modules::Site;
use crate::subject::Subject;
use crate::{Document, PythonVersion, Settings, Span};

pub(crate) use find::Reach;

/// The card about the construct at `offset` (bytes). The innermost construct that has one wins;
/// nothing when no card has facts, or when the code around the place is broken. Imports are followed
/// if there is a `site` to start from.
pub fn hover(
    library: &Library,
    document: &Document,
    settings: &Settings,
    site: Option<Site<'_>>,
    offset: usize,
) -> Option<Hover> {
    let file = File { library, document, settings, site };
    file.first(offset, Reach::Range, |found| {
        let markdown = write(library, found)?;
        let card = card_id(found.pack, found.concept, found.card);
        Some(Hover { markdown, span: found.span, card })
    })
}

/// A file whose constructs are looked for.
#[derive(Clone, Copy)]
pub(crate) struct File<'a> {
    pub library: &'a Library,
    pub document: &'a Document,
    pub settings: &'a Settings,
    pub site: Option<Site<'a>>,
}

/// A construct, and the card that its pattern names.
pub(crate) struct Construct<'a> {
    pub pack: &'a Pack,
    pub concept: &'a Concept,
    pub card: &'a Card,
    pub subject: &'a Subject<'a>,
    /// What the card is shown for, in bytes of the file.
    pub span: Span,
}

impl<'a> File<'a> {
    /// What `look` gives for the first construct around `offset` for which it gives something, the
    /// innermost first.
    pub fn first<T>(
        &self,
        offset: usize,
        reach: Reach,
        mut look: impl FnMut(&Construct<'_>) -> Option<T>,
    ) -> Option<T> {
        let Self { library, document, settings, site } = *self;
        let index = document.item_at(offset)?;
        let item = &document.items()[index];
        let start = document.start_of(index);
        let path = locate::path(item.tree()?, item.text(), offset - start)?;
        let mut candidates = Vec::new();
        for (rank, pack) in library.packs().iter().enumerate() {
            if let Some(targets) = pack.targets() {
                find::candidates(rank, targets, item, &path, reach, &mut candidates);
            }
        }
        candidates.sort_by_key(|found| (Reverse(found.depth), found.pack, found.pattern));
        for found in candidates {
            let pack = &library.packs()[found.pack];
            let Some(targets) = pack.targets() else { continue };
            let pattern = &targets.patterns[found.pattern];
            let concept = &pack.concepts[pattern.concept];
            if !settings.selection.wants(&pack.manifest.id, concept) {
                continue;
            }
            let subject = Subject::new(document, settings, index, &path[..=found.depth])
                .with_captures(&found.captures, targets.query.capture_names())
                .with_library(library)
                .with_site(site);
            if !pattern.checks.iter().all(|check| check.holds(&subject)) {
                continue;
            }
            let card = &concept.cards[pattern.card];
            let span = Span::from(found.range).shifted(start);
            let construct = Construct { pack, concept, card, subject: &subject, span };
            if let Some(seen) = look(&construct) {
                return Some(seen);
            }
        }
        None
    }
}

/// The oldest and the newest Python that cards tell apart. What changes with the version changes once.
const ENDS: [PythonVersion; 2] = [PythonVersion::OLDEST, PythonVersion::NEWEST];

/// The card's text about the construct, and for which Python it is if it would be another for others.
fn write(library: &Library, found: &Construct<'_>) -> Option<String> {
    let Construct { pack, card, subject, .. } = found;
    let settings = subject.settings();
    let body = card_body(library, card, &(card.provider.run)(subject)?, settings.target)?;
    let is_same = ENDS.into_iter().filter(|end| *end != settings.target).all(|target| {
        let settings = Settings { target, ..settings.clone() };
        let facts = (card.provider.run)(&subject.with_settings(&settings));
        facts.and_then(|facts| card_body(library, card, &facts, target)).as_ref() == Some(&body)
    });
    let version = (!is_same).then(|| pack.versions.words(settings.target, settings.target_source));
    Some(with_footer(body, card, version.flatten()))
}

/// The card's text with these facts, and its sources.
pub(crate) fn card_text(
    library: &Library,
    card: &Card,
    facts: &Facts,
    target: PythonVersion,
) -> Option<String> {
    Some(with_footer(card_body(library, card, facts, target)?, card, None))
}

fn card_body(
    library: &Library,
    card: &Card,
    facts: &Facts,
    target: PythonVersion,
) -> Option<String> {
    card.render(facts, target, &|id| library.rule_reference(id))
}

/// Adds a line with the card's sources, and before them for which Python it is.
fn with_footer(mut body: String, card: &Card, version: Option<String>) -> String {
    let links: Vec<String> = card.links.iter().map(|link| link.markdown()).collect();
    let links = (!links.is_empty()).then(|| links.join(" · "));
    let footer = version.into_iter().chain(links).collect::<Vec<_>>().join(" ·\n");
    if !footer.is_empty() {
        body.push('\n');
        body.push_str(&footer);
        body.push('\n');
    }
    body
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_decorators;
#[cfg(test)]
mod tests_given;
#[cfg(test)]
mod tests_imported;
#[cfg(test)]
mod tests_imported_bases;
#[cfg(test)]
mod tests_imported_calls;
#[cfg(test)]
mod tests_imported_classes;
#[cfg(test)]
mod tests_imported_more;
#[cfg(test)]
mod tests_split;
#[cfg(test)]
mod tests_targets;
