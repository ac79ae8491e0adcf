//! From the files of a pack to its concepts, with every fault found on the way.

mod check;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::manifest::{Manifest, read as read_manifest};
use super::source::{self, Fault, Part, Source, decode};
use super::targets::{LazyTargets, TargetsFile};
use super::{
    ContentError, Late, Library, Pack, PackFile, card, code_interview, concept, exercise, hints,
    id, interview, quiz, refactoring, rule, stdlib, units, versions,
};

/// Largest pack, in bytes.
pub const MAX_PACK_BYTES: usize = 10 << 20;
/// Most files of a pack.
pub const MAX_FILES: usize = 2_000;

/// The files of a concept that hold several things with ids.
const QUIZ: &str = "quiz.toml";
const INTERVIEW: &str = "interview.toml";

/// Files that a pack may have beside its content.
const OTHER_FILES: &[&str] = &["README.md", "LICENSE", "LICENSE.md", "CHANGELOG.md"];

/// Gives bytes that are there as long as the program runs.
pub(crate) type Keep<'a> = fn(&'a [u8]) -> &'static [u8];

/// How much of a pack is read and checked before it is used.
#[derive(Clone, Copy)]
pub(crate) enum Check<'a> {
    All,
    /// What is needed first; a test has checked the rest. The bytes of files are there as long as the
    /// program runs.
    Later(Keep<'a>),
}

/// Reads a pack that is to follow the packs of `library`.
pub(crate) fn load<'a>(
    library: &Library,
    files: &[PackFile<'a>],
    check: Check<'a>,
) -> Result<Pack, Vec<ContentError>> {
    let mut errors = Vec::new();
    let total: usize = files.iter().map(|file| file.bytes.len()).sum();
    if total > MAX_PACK_BYTES || files.len() > MAX_FILES {
        let message = format!("the pack has more than {MAX_PACK_BYTES} bytes or {MAX_FILES} files");
        return Err(vec![Fault::new(0, message).at("pack.toml")]);
    }
    let later = match check {
        Check::All => {
            let undecoded = |file: &PackFile<'_>| decode(file.path, file.bytes).err();
            errors.extend(files.iter().filter_map(|file| Some(undecoded(file)?.at(file.path))));
            None
        }
        Check::Later(keep) => Some(keep),
    };
    if !errors.is_empty() {
        return Err(sorted(errors));
    }
    let files = files.iter().map(|file| (file.path, file.bytes)).collect();
    let mut loader = Loader { files, later, errors };
    let manifest = loader.manifest(library).map_err(sorted)?;
    let (concepts, targets) = loader.concepts(&manifest);
    let rows = loader.rows(&manifest);
    let units = loader.file(units::PATH, units::read);
    let hints = loader.hints();
    let versions = loader.versions();
    let interview = loader.interview(&manifest);
    let Loader { files, mut errors, .. } = loader;
    for path in files.keys().filter(|path| !OTHER_FILES.contains(path)) {
        errors.push(Fault::new(0, unexpected(path, &manifest)).at(path));
    }
    let targets = LazyTargets::new(targets);
    let ids = OnceLock::new();
    let pack = Pack { manifest, concepts, units, ids, targets, rows, hints, versions, interview };
    if later.is_none() {
        check::check(&pack, library, &mut errors);
    }
    if errors.is_empty() { Ok(pack) } else { Err(sorted(errors)) }
}

fn sorted(mut errors: Vec<ContentError>) -> Vec<ContentError> {
    errors.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    errors.dedup();
    errors
}

struct Loader<'a> {
    /// The files that nothing has asked for yet.
    files: BTreeMap<&'a str, &'a [u8]>,
    /// Of a pack that is read later, what gives its bytes for good.
    later: Option<Keep<'a>>,
    errors: Vec<ContentError>,
}

impl<'a> Loader<'a> {
    fn manifest(&mut self, library: &Library) -> Result<Manifest, Vec<ContentError>> {
        const PATH: &str = "pack.toml";
        let Some(bytes) = self.files.remove(PATH) else {
            return Err(vec![Fault::new(0, "missing: a folder with this file is a pack").at(PATH)]);
        };
        let text = text_of(bytes);
        let manifest = read_manifest(Part { text: &text, line: 1 })
            .map_err(|faults| faults.into_iter().map(|fault| fault.at(PATH)).collect::<Vec<_>>())?;
        if library.packs.iter().any(|pack| pack.manifest.id == manifest.id) {
            let message = format!("a pack with the id `{}` is loaded already", manifest.id);
            return Err(vec![Fault::new(0, message).at(PATH)]);
        }
        Ok(manifest)
    }

    /// The text of a file, if there is one, which is then done with.
    fn take(&mut self, path: &str) -> Option<Cow<'a, str>> {
        self.files.remove(path).map(|bytes| text_of(bytes))
    }

    /// What `read` makes of a file, or of nothing when there is none.
    fn file<T: Send + 'static>(
        &mut self,
        path: &str,
        read: impl FnOnce(&str, &mut Vec<Fault>) -> T + Send + 'static,
    ) -> Late<T> {
        let bytes = self.files.remove(path).unwrap_or_default();
        if let Some(keep) = self.later {
            let bytes = keep(bytes);
            return Late::later(move || read(&text_of(bytes), &mut Vec::new()));
        }
        let mut faults = Vec::new();
        let value = read(&text_of(bytes), &mut faults);
        self.report(path, faults);
        Late::now(value)
    }

    fn concepts(&mut self, manifest: &Manifest) -> (Vec<concept::Concept>, Vec<TargetsFile>) {
        let mut concepts = Vec::new();
        let mut targets = Vec::new();
        for id in &manifest.concepts {
            let path = format!("{id}/concept.md");
            let mut faults = Vec::new();
            let found = match self.take(&path) {
                Some(text) => concept::read(id, &text, &mut faults),
                None => {
                    faults.push(Fault::new(0, "missing: pack.toml lists this concept"));
                    None
                }
            };
            self.report(&path, faults);
            let card_ids = self.ids_in(&format!("{id}/cards/"));
            let cards = self.folder(&format!("{id}/cards/"), card::read);
            let rules = self.folder(&format!("{id}/rules/"), rule::read);
            let path = format!("{id}/refactorings/");
            let refactorings = self.late_folder(&path, refactoring::read, |_| ());
            let path = format!("{id}/exercises/");
            // The easy ones come first.
            let exercises = self.late_folder(&path, exercise::read, |exercises| {
                exercises.sort_by_key(|exercise| exercise.level);
            });
            let quiz = self.file(&format!("{id}/{QUIZ}"), quiz::read);
            let slots = |card: &card::Card| (card.id.clone(), card.provider.slots);
            let slots: Vec<_> = cards.iter().map(slots).collect();
            let path = format!("{id}/{INTERVIEW}");
            let interviews =
                self.file(&path, move |text, faults| code_interview::read(text, &slots, faults));
            let tour = self.take(&format!("{id}/tour.py")).map(Cow::into_owned);
            let path = format!("{id}/targets.scm");
            let text = self.take(&path).unwrap_or_default().into_owned();
            let is_read = |id: &String| cards.iter().any(|card| card.id == *id);
            let broken = card_ids.into_iter().filter(|id| !is_read(id)).collect();
            targets.push(TargetsFile { concept: concepts.len(), path, text, broken });
            if let Some(mut concept) = found {
                concept.cards = cards;
                concept.rules = rules;
                concept.refactorings = refactorings;
                concept.quiz = quiz;
                concept.exercises = exercises;
                concept.interviews = interviews;
                concept.tour = tour.unwrap_or_default();
                concepts.push(concept);
            }
        }
        (concepts, targets)
    }

    fn rows(&mut self, manifest: &Manifest) -> stdlib::Rows {
        let mut rows = stdlib::Rows::default();
        for id in &manifest.concepts {
            let path = format!("{id}/stdlib.toml");
            let mut faults = Vec::new();
            let text = self.take(&path).unwrap_or_default();
            let twice = rows.add(stdlib::read(&text, &mut faults));
            faults.extend(twice.into_iter().map(|message| Fault::new(0, message)));
            self.report(&path, faults);
        }
        rows
    }

    fn hints(&mut self) -> hints::Hints {
        let mut faults = Vec::new();
        let text = self.take(hints::PATH).unwrap_or_default();
        let hints = hints::read(&text, &mut faults);
        self.report(hints::PATH, faults);
        hints
    }

    fn versions(&mut self) -> versions::Versions {
        let mut faults = Vec::new();
        let text = self.take(versions::PATH).unwrap_or_default();
        let found = versions::read(&text, &mut faults);
        self.report(versions::PATH, faults);
        found
    }

    fn interview(&mut self, manifest: &Manifest) -> Option<interview::Interview> {
        let mut faults = Vec::new();
        let text = self.take(interview::PATH).unwrap_or_default();
        let found = interview::read(&manifest.id, &text, &mut faults);
        self.report(interview::PATH, faults);
        found
    }

    /// Reads every `<id>.md` of a folder, in order of id.
    fn folder<T>(
        &mut self,
        folder: &str,
        read: impl Fn(&str, Source<'_>, &mut Vec<Fault>) -> Option<T>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for id in self.ids_in(folder) {
            let path = format!("{folder}{id}.md");
            let bytes = self.files.remove(path.as_str()).unwrap_or_default();
            let mut faults = Vec::new();
            if !id::is_id(&id) {
                faults.push(Fault::new(0, super::manifest::not_an_id(&id)));
            }
            let kept = self.later.map(|keep| text_of(keep(bytes)));
            found.extend(match kept {
                Some(Cow::Borrowed(text)) => read(&id, Source::Later(text), &mut faults),
                Some(Cow::Owned(text)) => read(&id, Source::Now(&text), &mut faults),
                None => read(&id, Source::Now(&text_of(bytes)), &mut faults),
            });
            self.report(&path, faults);
        }
        found
    }

    /// As [`Self::folder`], put in order by `sort`.
    fn late_folder<T: Send + 'static>(
        &mut self,
        folder: &str,
        read: fn(&str, &str, &mut Vec<Fault>) -> Option<T>,
        sort: fn(&mut Vec<T>),
    ) -> Late<Vec<T>> {
        let Some(keep) = self.later else {
            let mut found =
                self.folder(folder, |id, source, faults| read(id, source.text(), faults));
            sort(&mut found);
            return Late::now(found);
        };
        let mut files = Vec::new();
        for id in self.ids_in(folder) {
            let bytes = self.files.remove(format!("{folder}{id}.md").as_str()).unwrap_or_default();
            files.push((id, keep(bytes)));
        }
        Late::later(move || {
            let read = |(id, bytes): (String, &[u8])| read(&id, &text_of(bytes), &mut Vec::new());
            let mut found: Vec<T> = files.into_iter().filter_map(read).collect();
            sort(&mut found);
            found
        })
    }

    /// The names of the Markdown files of a folder, without their ending.
    fn ids_in(&self, folder: &str) -> Vec<String> {
        let name = |path: &&str| path.strip_prefix(folder)?.strip_suffix(".md").map(str::to_owned);
        self.files.keys().filter_map(name).filter(|name| !name.contains('/')).collect()
    }

    fn report(&mut self, path: &str, faults: Vec<Fault>) {
        self.errors.extend(faults.into_iter().map(|fault| fault.at(path)));
    }
}

/// The text of a file that was decoded before.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    source::text_of(bytes).unwrap_or_default()
}

fn unexpected(path: &str, manifest: &Manifest) -> String {
    let folder = path.split('/').next().unwrap_or_default();
    if path.contains('/') && !manifest.concepts.iter().any(|concept| concept == folder) {
        return format!("pack.toml lists no concept `{folder}`");
    }
    "unexpected: a concept has concept.md, targets.scm, quiz.toml, interview.toml, stdlib.toml, tour.py, cards/<id>.md, rules/<id>.md, refactorings/<id>.md and exercises/<id>.md"
        .to_owned()
}
