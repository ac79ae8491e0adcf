//! The questions that can be asked about a file.

use super::find::functions;
use super::guards::leaves_metadata_alone;
use super::{Computed, Evidence, Find, Generator, construct, generators};
use crate::content::Library;
use crate::{Document, Settings};

/// Most questions about a file.
pub(super) const MAX_QUESTIONS: usize = 2_000;

/// A question about the reader's code, without words.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeQuestion {
    /// What computed it.
    pub generator: &'static Generator,
    /// The definition that it belongs to, `C.f`, or the first line of a statement that is in none.
    pub about: String,
    /// The question and its answer.
    pub computed: Computed,
    /// Where it comes from.
    pub evidence: Evidence,
}

impl CodeQuestion {
    /// Whether `other` asks the same about the same code.
    pub fn is_same(&self, other: &Self) -> bool {
        self.generator == other.generator
            && self.about == other.about
            && self.evidence.texts == other.evidence.texts
            && self.computed.case == other.computed.case
            && self.computed.options == other.computed.options
            && self.computed.snippet == other.computed.snippet
    }

    /// True when it belongs to a function or class rather than to a statement of the module.
    pub fn is_about_definition(&self) -> bool {
        let text = self.evidence.texts.first().map_or("", String::as_str);
        ["def ", "class ", "async ", "@"].iter().any(|word| text.starts_with(word))
    }
}

/// All questions about the file, or nothing when what its names mean cannot be told at all.
pub fn questions(library: &Library, document: &Document, settings: &Settings) -> Vec<CodeQuestion> {
    let all = 0..document.items().len();
    gather(library, document, settings, all, &|_| true)
}

/// The questions about the file, but for those that take a copy of a function, which take longer.
pub fn questions_without_copies(
    library: &Library,
    document: &Document,
    settings: &Settings,
) -> Vec<CodeQuestion> {
    let all = 0..document.items().len();
    gather(library, document, settings, all, &takes_no_copy)
}

fn takes_no_copy(generator: &Generator) -> bool {
    !matches!(generator.find, Find::Mutant(_))
}

/// The questions about the item that holds `offset`, in bytes of the file, but for those that take a
/// copy of a function.
pub fn questions_at(
    library: &Library,
    document: &Document,
    settings: &Settings,
    offset: usize,
) -> Vec<CodeQuestion> {
    let item = document.item_at(offset).into_iter();
    gather(library, document, settings, item, &takes_no_copy)
}

/// The questions about the file that one generator computes.
pub fn questions_of(
    library: &Library,
    document: &Document,
    settings: &Settings,
    generator: &'static Generator,
) -> Vec<CodeQuestion> {
    let all = 0..document.items().len();
    gather(library, document, settings, all, &|other| other == generator)
}

fn gather(
    library: &Library,
    document: &Document,
    settings: &Settings,
    items: impl Iterator<Item = usize>,
    is_wanted: &dyn Fn(&Generator) -> bool,
) -> Vec<CodeQuestion> {
    if settings.is_stub || document.has_star_import() || document.is_dynamic() {
        return Vec::new();
    }
    let wanted = || generators().filter(|generator| is_wanted(generator));
    let mut constructs: Vec<_> = wanted().filter_map(construct::Wanted::of).collect();
    let mut clean = None;
    let mut found = Vec::new();
    for item in items {
        if found.len() >= MAX_QUESTIONS {
            break;
        }
        if document.items()[item].text().contains('@') {
            let clean = *clean.get_or_insert_with(|| leaves_metadata_alone(document));
            decorated(document, item, clean, wanted(), &mut found);
        }
        construct::gather(library, document, settings, item, &mut constructs, &mut found);
    }
    found.truncate(MAX_QUESTIONS);
    found
}

fn decorated(
    document: &Document,
    item: usize,
    clean: bool,
    wanted: impl Iterator<Item = &'static Generator> + Clone,
    found: &mut Vec<CodeQuestion>,
) {
    for function in functions(document, item, clean) {
        for generator in wanted.clone() {
            let Find::Decorated(run) = generator.find else { continue };
            if let Some(computed) = run(&function) {
                let (about, evidence) = (function.name.clone(), function.evidence.clone());
                found.push(CodeQuestion { generator, about, computed, evidence });
            }
        }
    }
}
