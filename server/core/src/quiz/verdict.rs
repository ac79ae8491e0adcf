//! What a reader learns from an answer, and what is kept of it.

use super::{Confidence, Grade, Outcome, Shape, Source, Topic};
use crate::Span;
use crate::content::Link;
use crate::content::quiz::Label;

/// What is told after an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How it came out.
    pub outcome: Outcome,
    /// What the answer consists of.
    pub shape: Shape,
    /// Every option in the order in which it was shown; of [`Shape::Text`] the forms that the author
    /// foresaw, and last what the reader typed if it is none of them; of [`Shape::Words`] the points of the
    /// rubric, chosen if they stand in the reader's words.
    pub options: Vec<Reason>,
    /// The code that a computed answer follows from, in bytes of the file as it is at the answer.
    pub evidence: Vec<Span>,
    /// An answer with all points, of [`Shape::Words`].
    pub model: Option<String>,
    /// Where to read on.
    pub links: Vec<Link>,
    /// Whether another question follows.
    pub more: bool,
}

impl Verdict {
    /// The options that the right answer consists of, in its order.
    pub fn answer(&self) -> Vec<&Reason> {
        let belongs = |option: &&Reason| option.right || option.place.is_some();
        let mut answer: Vec<&Reason> = self.options.iter().filter(belongs).collect();
        answer.sort_by_key(|option| option.place);
        answer
    }
}

/// An option after the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The key that it had; empty for what was typed and is not one of the author's.
    pub key: String,
    /// What was shown.
    pub label: Label,
    /// Whether it belongs to the right answer; in an order, whether the reader put it in its place.
    pub right: bool,
    /// Whether the reader chose it.
    pub chosen: bool,
    /// Its place from 0, where the answer is an order.
    pub place: Option<usize>,
    /// One paragraph of Markdown.
    pub why: String,
}

/// What is kept of an answer. No code, no path, no text of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Names the presentation; two reviews with the same name are the same review.
    pub presentation: u128,
    /// The session it was given in.
    pub session: String,
    /// Milliseconds since 1970 (UTC).
    pub at: u64,
    /// Permanent id, `pack/concept/item`.
    pub card: String,
    /// Permanent id within the card.
    pub variant: String,
    /// With the card, the variant and the code, gives the same question again.
    pub seed: u64,
    /// Where the question came from.
    pub source: Source,
    /// How it came out.
    pub outcome: Outcome,
    /// What it counts.
    pub grade: Grade,
    /// What the reader said.
    pub confidence: Option<Confidence>,
    /// Hints given.
    pub hints: u32,
    /// Time to the answer in milliseconds, if it is known and short enough to mean thinking.
    pub ms: Option<u64>,
}

/// The answers of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Answers.
    pub asked: usize,
    /// Right ones.
    pub right: usize,
    /// The same by topic, in the order in which the topics came up.
    pub topics: Vec<TopicTally>,
    /// How confidence and outcome met.
    pub calibration: Calibration,
}

/// The answers of one topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicTally {
    /// Which.
    pub topic: Topic,
    /// Right answers.
    pub right: usize,
    /// Answers.
    pub of: usize,
}

/// How confidence and outcome met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calibration {
    /// Sure and right.
    pub sure_right: usize,
    /// Sure and wrong.
    pub sure_wrong: usize,
    /// Guessed and right.
    pub guess_right: usize,
}

impl Tally {
    /// Counts an answer.
    pub(super) fn count(&mut self, topic: &Topic, outcome: Outcome, said: Option<Confidence>) {
        let right = usize::from(outcome == Outcome::Right);
        self.asked += 1;
        self.right += right;
        let known = self.topics.iter().position(|tally| tally.topic == *topic);
        let at = known.unwrap_or_else(|| {
            self.topics.push(TopicTally { topic: topic.clone(), right: 0, of: 0 });
            self.topics.len() - 1
        });
        self.topics[at].right += right;
        self.topics[at].of += 1;
        if let Some(figure) = self.calibration.figure(outcome, said) {
            *figure += 1;
        }
    }

    /// Counts an answer of the topic `pack/concept` no more.
    pub(super) fn uncount(&mut self, topic: &str, outcome: Outcome, said: Option<Confidence>) {
        let Some(at) = self.topics.iter().position(|tally| tally.topic.id == topic) else { return };
        let right = usize::from(outcome == Outcome::Right);
        self.asked = self.asked.saturating_sub(1);
        self.right = self.right.saturating_sub(right);
        let tally = &mut self.topics[at];
        tally.right = tally.right.saturating_sub(right);
        tally.of = tally.of.saturating_sub(1);
        if tally.of == 0 {
            self.topics.remove(at);
        }
        if let Some(figure) = self.calibration.figure(outcome, said) {
            *figure = figure.saturating_sub(1);
        }
    }
}

impl Calibration {
    /// Where an answer is counted, if it is.
    fn figure(&mut self, outcome: Outcome, said: Option<Confidence>) -> Option<&mut usize> {
        match (said, outcome) {
            (Some(Confidence::Sure), Outcome::Right) => Some(&mut self.sure_right),
            (Some(Confidence::Sure), _) => Some(&mut self.sure_wrong),
            (Some(Confidence::Guess), Outcome::Right) => Some(&mut self.guess_right),
            _ => None,
        }
    }
}
