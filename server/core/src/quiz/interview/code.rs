//! An interview about a construct of the reader's code.
//!
//! Its points are facts of that code, put into the author's words. What is not certain is no point, so
//! that nobody is told to have missed what is not so. Like a question about code it belongs to a text:
//! when that has changed, there is no such interview any more.

use std::collections::BTreeSet;

use crate::cards::{Construct, File, Reach};
use crate::content::{CodeExample, CodeInterview, ContentError, Interview, Library};
use crate::markdown::plain_text;
use crate::{Document, Settings, Span};

/// Most places at which code that has moved is looked for.
const MAX_PLACES: usize = 50;

/// An interview about a construct.
#[derive(Clone, Debug)]
pub struct CodeTalk {
    /// What it asks.
    pub interview: Interview,
    /// What it is about, in bytes of the file: the construct as a whole.
    pub subject: Span,
    /// The text of that.
    text: String,
    /// What it asks, whatever the lines are.
    gist: String,
}

/// What an interview about code is found by without that code: where nothing of it is kept but its first
/// line, as in a worksheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeMark {
    /// Id of the interview, `pack/concept/interview`.
    pub id: String,
    /// Stands for the code and for what is known about it, whatever its lines are.
    pub digest: u64,
    /// The first line of the code.
    pub line: String,
}

impl CodeTalk {
    /// What it is found by.
    pub fn mark(&self) -> CodeMark {
        let line = self.text.lines().next().unwrap_or_default().to_owned();
        CodeMark { id: self.interview.pack.clone(), digest: self.digest(), line }
    }

    fn digest(&self) -> u64 {
        // FNV-1a: it has to be the same in every build.
        let bytes = self.text.bytes().chain([0]).chain(self.gist.bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }

    /// The interview with this mark about code of the file. Nothing when that code has changed, or what is
    /// known about it.
    pub fn find(
        library: &Library,
        document: &Document,
        settings: &Settings,
        mark: &CodeMark,
    ) -> Option<Self> {
        if mark.line.is_empty() {
            return None;
        }
        let text = document.text().to_string();
        let starts = text.match_indices(&mark.line).map(|(at, _)| at);
        starts.take(MAX_PLACES).find_map(|start| {
            let is_it = |it: &Self| it.subject.start == start && it.mark() == *mark;
            found(library, document, settings, start, &is_it)
        })
    }

    /// The same interview in a later state of the file: about the same code with the same facts, wherever
    /// it stands by now. Nothing when that code has changed, or what is known about it.
    pub fn again(
        &self,
        library: &Library,
        document: &Document,
        settings: &Settings,
    ) -> Option<Self> {
        let text = document.text().to_string();
        let mut starts: Vec<usize> = text.match_indices(&self.text).map(|(at, _)| at).collect();
        // Of equal texts the one that is nearest to the old place.
        starts.sort_by_key(|at| at.abs_diff(self.subject.start));
        starts.into_iter().take(MAX_PLACES).find_map(|start| {
            let is_it = |it: &Self| {
                it.subject.start == start
                    && it.interview.pack == self.interview.pack
                    && it.text == self.text
                    && it.gist == self.gist
            };
            found(library, document, settings, start, &is_it)
        })
    }
}

/// The interview about the innermost construct around `offset` (bytes of the file) that there is one
/// about. In white space that is what follows on the line.
pub fn talk_at(
    library: &Library,
    document: &Document,
    settings: &Settings,
    offset: usize,
) -> Option<CodeTalk> {
    let text = document.text();
    let line = text.line_content(text.line_of(offset.min(text.len())));
    let written = text.slice(line);
    let first = line.start + written.len() - written.trim_start().len();
    found(library, document, settings, offset.max(first), &|_| true)
}

fn found(
    library: &Library,
    document: &Document,
    settings: &Settings,
    offset: usize,
    is_wanted: &dyn Fn(&CodeTalk) -> bool,
) -> Option<CodeTalk> {
    if settings.is_stub || document.has_star_import() || document.is_dynamic() {
        return None;
    }
    let file = File { library, document, settings, site: None };
    file.first(offset, Reach::Whole, |construct| {
        talk(library, document, construct).filter(|talk| is_wanted(talk))
    })
}

fn talk(library: &Library, document: &Document, found: &Construct<'_>) -> Option<CodeTalk> {
    let Construct { pack, concept, card, subject, .. } = found;
    let about = concept.interviews.iter().find(|about| about.card == card.id)?;
    let frame = pack.interview().or_else(|| library.interview())?;
    let facts = (card.provider.run)(subject)?;
    let id = format!("{}/{}/{}", pack.manifest.id, concept.id, about.id);
    let interview = about.about(&id, &facts, frame)?;
    let gist = about.about(&id, &facts.anywhere(), frame)?;
    let span = subject.span(subject.node());
    Some(CodeTalk {
        interview,
        subject: span,
        text: document.text().slice(span),
        gist: format!("{} {:?}", gist.scenario, gist.questions),
    })
}

/// What is wrong with the interviews about code of the newest pack, in order of file and line: facts
/// that no example has, a good answer that does not count, an answer with other points than it is said
/// to have.
pub fn verify(library: &Library) -> Vec<ContentError> {
    let mut errors = Vec::new();
    let Some(pack) = library.packs().last() else { return errors };
    for concept in &pack.concepts {
        for about in &concept.interviews {
            let id = format!("{}/{}/{}", pack.manifest.id, concept.id, about.id);
            let path = format!("{}/interview.toml", concept.id);
            errors.extend(
                faults(library, about, &id).into_iter().map(|(line, message)| ContentError {
                    path: path.clone(),
                    line,
                    message,
                }),
            );
        }
    }
    errors
}

/// What was seen of an interview in its examples.
#[derive(Default)]
struct Tried {
    asked: BTreeSet<(String, String)>,
    missed: BTreeSet<(String, String)>,
    raised: BTreeSet<(String, String)>,
}

fn faults(library: &Library, about: &CodeInterview, id: &str) -> Vec<(usize, String)> {
    let mut faults = Vec::new();
    let mut tried = Tried::default();
    for example in &about.examples {
        try_on(library, id, example, &mut tried, &mut faults);
    }
    for (question, points, flags) in about.parts() {
        let in_it = |part: &str| (question.to_owned(), part.to_owned());
        for point in points {
            if !tried.asked.contains(&in_it(point)) {
                faults.push((about.line, format!("no example has the point `{question}.{point}`")));
            } else if !tried.missed.contains(&in_it(point)) {
                let message = format!("no answer misses the point `{question}.{point}`");
                faults.push((about.line, message));
            }
        }
        for flag in flags.iter().filter(|flag| !tried.raised.contains(&in_it(flag))) {
            faults.push((about.line, format!("no answer raises the flag `{question}.{flag}`")));
        }
    }
    faults
}

fn try_on(
    library: &Library,
    id: &str,
    example: &CodeExample,
    tried: &mut Tried,
    faults: &mut Vec<(usize, String)>,
) {
    let mut fault = |message: String| faults.push((example.line, message));
    let Some(at) = example.code.find(&example.cursor) else {
        return fault(format!("the code has no `{}`", example.cursor));
    };
    let document = Document::new(&example.code);
    let offset = at + example.cursor.len();
    let talk = talk_at(library, &document, &Settings::default(), offset);
    let Some(talk) = talk.filter(|talk| talk.interview.pack == id) else {
        return fault("there is no such interview about this code".to_owned());
    };
    let interview = &talk.interview;
    for question in &interview.questions {
        let part = |it: &str| (question.id.clone(), it.to_owned());
        tried.asked.extend(question.points.iter().map(|point| part(&point.id)));
        let points: BTreeSet<String> = question.points.iter().map(|it| it.id.clone()).collect();
        let model = (plain_text(&question.model), &points, &BTreeSet::new());
        let answers = example.answers.iter().filter(|it| it.question == question.id);
        let answers = answers.map(|it| (it.text.clone(), &it.points, &it.flags));
        for (text, points, flags) in std::iter::once(model).chain(answers) {
            let found = interview.assess(question, &text);
            let seen = found.points.iter().filter(|seen| seen.place.is_some());
            let has: BTreeSet<String> = seen.map(|seen| seen.id.to_owned()).collect();
            let up: BTreeSet<String> = found.flags.iter().map(|it| it.id.to_owned()).collect();
            if (&has, &up) != (points, flags) {
                let what = format!("the points {has:?} and the flags {up:?}");
                fault(format!("in `{}` are {what}", text.trim()));
            }
            let missed = found.points.iter().filter(|seen| seen.place.is_none());
            tried.missed.extend(missed.map(|seen| part(seen.id)));
            tried.raised.extend(found.flags.iter().map(|seen| part(seen.id)));
        }
    }
    for answer in &example.answers {
        if interview.questions.iter().all(|question| question.id != answer.question) {
            fault(format!("`{}` is not asked about this code", answer.question));
        }
    }
}

#[cfg(test)]
mod tests;
