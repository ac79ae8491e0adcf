//! The questions that can be asked about a file of a project that is not Python.

use super::question::MAX_QUESTIONS;
use super::{CodeQuestion, Computed, Evidence, Find, Generator, generators};
use crate::content::Library;
use crate::project::{ProjectFile, View};
use crate::{Settings, Span};

/// A question about a place in such a file.
#[derive(Clone, Debug)]
pub struct Posed {
    /// The question.
    pub computed: Computed,
    /// What it is about, in bytes of the file.
    pub subject: Span,
    /// What the answer follows from, in bytes of the file.
    pub from: Vec<Span>,
    /// What else would tell the answer, in bytes of the file.
    pub telling: Vec<Span>,
}

/// All questions about the file. They rest on its text alone.
pub fn questions_in(
    library: &Library,
    file: &ProjectFile,
    settings: &Settings,
) -> Vec<CodeQuestion> {
    gather(library, file, settings, generators())
}

/// The questions about the file that one generator computes.
pub fn questions_in_of(
    library: &Library,
    file: &ProjectFile,
    settings: &Settings,
    generator: &'static Generator,
) -> Vec<CodeQuestion> {
    gather(library, file, settings, std::iter::once(generator))
}

fn gather(
    library: &Library,
    file: &ProjectFile,
    settings: &Settings,
    wanted: impl Iterator<Item = &'static Generator>,
) -> Vec<CodeQuestion> {
    let view = View::new(library, file, settings, None);
    let mut found = Vec::new();
    for generator in wanted {
        let Find::InFile(run) = generator.find else { continue };
        let left = MAX_QUESTIONS.saturating_sub(found.len());
        found.extend(run(&view).into_iter().take(left).map(|one| question(&view, generator, one)));
    }
    found
}

fn question(view: &View<'_>, generator: &'static Generator, posed: Posed) -> CodeQuestion {
    let text = &view.text[posed.subject.range()];
    let mut from = posed.from;
    from.sort();
    from.dedup();
    let extents = std::iter::once(posed.subject).chain(posed.telling).collect();
    CodeQuestion {
        generator,
        about: text.lines().next().unwrap_or_default().to_owned(),
        computed: posed.computed,
        evidence: Evidence { subject: posed.subject, from, extents, texts: vec![text.to_owned()] },
    }
}
