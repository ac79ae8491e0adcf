//! An answer in the reader's own words: what the author looks for in it, and what the reader thinks of it.
//!
//! Architecture invariant: a list of phrases tells what stands in a text, not whether it is good. The reader
//! sees what was found and what was not, and judges; that counts as any other answer does.

use super::{Refusal, Session, Shape};
use crate::content::quiz::Recall;
use crate::content::{InterviewQuestion, Language};
use crate::{Library, Span};

/// Longest answer in free words, in characters.
pub const MAX_WORDS: usize = 4000;

/// What the reader thinks of an answer in free words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recalled {
    /// It was not known.
    Again,
    /// It was known with effort, or in part.
    Hard,
    /// It was known.
    Good,
}

/// The reader's words beside the rubric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Every point of the rubric, in its order.
    pub points: Vec<PointSeen>,
    /// What makes an interviewer doubt.
    pub flags: Vec<FlagSeen>,
    /// An answer with all points.
    pub model: String,
}

/// A point of a rubric after the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointSeen {
    /// Title for readers.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// Where it stands in the reader's words, in bytes.
    pub found: Option<Span>,
    /// Where it stands in a negation only, so that it does not count.
    pub denied: Option<Span>,
}

/// A flag that is up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlagSeen {
    /// Title for readers.
    pub title: String,
    /// Why it is one.
    pub why: String,
    /// What raised it, in bytes of the reader's words; nothing where something is missing.
    pub place: Option<Span>,
}

/// What is looked for in the reader's words.
#[derive(Clone, Debug)]
pub(super) struct Rubric {
    pub question: InterviewQuestion,
    language: Language,
    /// The indexes of the points that stand in the newest words; nothing before any were compared.
    pub found: Option<Vec<usize>>,
}

impl Rubric {
    /// Nothing where it is not known how the language of the topic `pack/concept` negates.
    pub fn of(library: &Library, topic: &str, recall: &Recall) -> Option<Self> {
        let pack = topic.split('/').next()?;
        let language = library.language(pack)?.clone();
        Some(Self { question: recall.question.clone(), language, found: None })
    }

    fn compare(&mut self, text: &str) -> Compared {
        let seen = self.question.assess(text, &self.language);
        let points: Vec<PointSeen> = self
            .question
            .points
            .iter()
            .zip(&seen.points)
            .map(|(point, seen)| PointSeen {
                title: point.title.clone(),
                why: point.why.clone(),
                found: seen.place,
                denied: seen.negated,
            })
            .collect();
        let flags = self.question.flags.iter().filter_map(|flag| {
            let up = seen.flags.iter().find(|up| up.id == flag.id)?;
            Some(FlagSeen { title: flag.title.clone(), why: flag.why.clone(), place: up.place })
        });
        let flags = flags.collect();
        let found = points.iter().enumerate().filter(|(_, point)| point.found.is_some());
        self.found = Some(found.map(|(at, _)| at).collect());
        Compared { points, flags, model: self.question.model.clone() }
    }
}

impl Session {
    /// Holds the reader's words against the rubric of the open question, which tells the answer: from now
    /// on the reader can judge. It may be done again with other words.
    ///
    /// # Errors
    /// [`Refusal::Stale`], [`Refusal::AlreadyAnswered`], [`Refusal::Over`]; [`Refusal::NoAnswer`] for a
    /// question of another shape, without words or with more than [`MAX_WORDS`] characters.
    pub fn compare(&mut self, presentation: u128, words: &str) -> Result<Compared, Refusal> {
        let open = self.asked(presentation)?;
        let is_short = words.chars().count() <= MAX_WORDS;
        let is_asked = open.question.kind.shape() == Shape::Words;
        match open.rubric.as_mut().filter(|_| is_asked && is_short && !words.trim().is_empty()) {
            Some(rubric) => Ok(rubric.compare(words)),
            None => Err(Refusal::NoAnswer),
        }
    }
}

#[cfg(test)]
mod tests;
