//! A mock interview: which question is open, what was said, what comes next.
//!
//! ```text
//! Question -compare-> Judgement -judge-> FollowUp -next-> Question | Over
//! Judgement -compare-> Judgement         FollowUp -compare-> FollowUp
//! Judgement -judge, nothing missed-> Question | Over       any -next-> Question | Over
//! ```
//!
//! Architecture invariant: no mark is given. An answer is held against a list of phrases, and the
//! reader judges it; only that judgement is kept.

mod code;

use crate::Span;
use crate::content::{Assessment, Interview, InterviewQuestion, Point};

pub use code::{CodeMark, CodeTalk, talk_at, verify};

/// An interview as it goes. What it asks is in the [`Interview`], which every call is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// Index of the question.
    question: usize,
    stage: Stage,
    /// The answer to the question; empty before it was compared.
    said: String,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The answer to a question.
    Question,
    /// The reader's own judgement of it.
    Judgement,
    /// The answer to one more question, on the point with this index.
    FollowUp(usize),
    /// Nothing.
    Over,
}

/// The reader's own judgement of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Judgement {
    /// It was good.
    Good,
    /// Part of it was.
    InPart,
    /// It needs work.
    NotYet,
}

/// What is asked now.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Number of the question, from 1.
    pub number: usize,
    /// The question.
    pub question: &'a InterviewQuestion,
    /// The point that is asked about once more.
    pub point: Option<&'a Point>,
}

impl<'a> Asked<'a> {
    /// The interviewer's words.
    pub fn words(&self) -> &'a str {
        self.point.map_or(&self.question.ask, |point| &point.follow)
    }
}

/// What was said beside the rubric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison<'a> {
    /// The question.
    pub question: &'a str,
    /// What was found, in bytes of `text`.
    pub found: Assessment<'a>,
    /// All that was said on the question.
    pub text: String,
    /// Where the newest answer begins in it.
    pub newest: usize,
}

impl Comparison<'_> {
    /// A place as bytes of the newest answer; nothing for one in an older answer.
    pub fn in_newest(&self, place: Span) -> Option<Span> {
        let start = place.start.checked_sub(self.newest)?;
        Some(Span::new(start, place.end - self.newest))
    }
}

/// A judgement with what it was about, to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Permanent id of the question, `pack/question`.
    pub question: String,
    /// What the reader thinks.
    pub judgement: Judgement,
    /// Points found in the answer.
    pub found: usize,
    /// Points of the question.
    pub points: usize,
}

/// Why an input is refused. The conversation is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The interview is over.
    Over,
    /// There are no words in the answer.
    Nothing,
    /// There is no answer to judge, or it was judged already.
    NotCompared,
}

impl Default for Conversation {
    fn default() -> Self {
        Self::new()
    }
}

impl Conversation {
    /// The start of an interview.
    pub fn new() -> Self {
        Self { question: 0, stage: Stage::Question, said: String::new() }
    }

    /// An interview that has come to the question `id`, or to the one more on its point `point` after
    /// the answer `said`. Nothing when the interview has no such question.
    pub fn at(interview: &Interview, id: &str, point: Option<&str>, said: &str) -> Option<Self> {
        let question = interview.questions.iter().position(|question| question.id == id)?;
        let points = &interview.questions[question].points;
        let stage = match point {
            None => Stage::Question,
            Some(id) => Stage::FollowUp(points.iter().position(|point| point.id == id)?),
        };
        let said = point.map(|_| said.to_owned()).unwrap_or_default();
        Some(Self { question, stage, said })
    }

    /// What is waited for.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// What is asked; nothing at the end.
    pub fn asked<'a>(&self, interview: &'a Interview) -> Option<Asked<'a>> {
        let question = interview.questions.get(self.question)?;
        let point = match self.stage {
            Stage::FollowUp(at) => question.points.get(at),
            _ => None,
        };
        Some(Asked { number: self.question + 1, question, point })
    }

    /// Holds an answer against the rubric. The same question may be answered anew until it is judged.
    ///
    /// # Errors
    /// [`Refusal::Over`], [`Refusal::Nothing`].
    pub fn compare<'a>(
        &mut self,
        interview: &'a Interview,
        answer: &str,
    ) -> Result<Comparison<'a>, Refusal> {
        let question = interview.questions.get(self.question).ok_or(Refusal::Over)?;
        if answer.trim().is_empty() {
            return Err(Refusal::Nothing);
        }
        let mut text = String::new();
        match self.stage {
            Stage::FollowUp(_) => text = format!("{}.\n", self.said),
            _ => {
                self.said = answer.to_owned();
                self.stage = Stage::Judgement;
            }
        }
        let newest = text.len();
        text += answer;
        let found = interview.assess(question, &text);
        Ok(Comparison { question: &question.id, found, text, newest })
    }

    /// Takes the reader's judgement, and goes on: to the first point that was missed, else to the next
    /// question.
    ///
    /// # Errors
    /// [`Refusal::Over`], [`Refusal::NotCompared`].
    pub fn judge(&mut self, interview: &Interview, how: Judgement) -> Result<Judged, Refusal> {
        let question = interview.questions.get(self.question).ok_or(Refusal::Over)?;
        if self.stage != Stage::Judgement {
            return Err(Refusal::NotCompared);
        }
        let points = interview.assess(question, &self.said).points;
        let found = points.iter().filter(|seen| seen.place.is_some()).count();
        match points.iter().position(|seen| seen.place.is_none()) {
            Some(missed) => self.stage = Stage::FollowUp(missed),
            None => self.go_on(interview),
        }
        let question = format!("{}/{}", interview.pack, question.id);
        Ok(Judged { question, judgement: how, found, points: points.len() })
    }

    /// Goes on to the next question, whatever is open.
    ///
    /// # Errors
    /// [`Refusal::Over`].
    pub fn next(&mut self, interview: &Interview) -> Result<(), Refusal> {
        if self.stage == Stage::Over {
            return Err(Refusal::Over);
        }
        self.go_on(interview);
        Ok(())
    }

    fn go_on(&mut self, interview: &Interview) {
        self.question += 1;
        self.said.clear();
        let more = self.question < interview.questions.len();
        self.stage = if more { Stage::Question } else { Stage::Over };
    }
}

#[cfg(test)]
mod tests;
