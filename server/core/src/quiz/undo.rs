//! Taking an answer of a session back.

use super::placement::topic_of;
use super::{Confidence, Grade, Outcome, Planned, Session, Source};

/// An answer that counts no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// Names the presentation.
    pub presentation: u128,
    /// Permanent id, `pack/concept/item`.
    pub card: String,
    /// The variant that was asked.
    pub variant: String,
    /// Where the question came from.
    pub source: Source,
    /// How it came out.
    pub outcome: Outcome,
    /// Whether it counted as known.
    pub knew: bool,
    /// What the reader said.
    pub confidence: Option<Confidence>,
}

impl Undone {
    /// Whether an answer of this grade counts as known.
    pub fn knew(grade: u8) -> bool {
        grade != Grade::Again as u8
    }
}

impl Session {
    /// Counts an answer of this session no more. Its card comes again, after others, as one that was missed
    /// does: the reader has just seen the reasons. What is about the reader's code does not.
    pub fn undo(&mut self, undone: &Undone) {
        if let Some(at) = self.position(undone.presentation) {
            self.answered.remove(at);
        }
        let Some(topic) = topic_of(&undone.card) else { return };
        self.tally.uncount(topic, undone.outcome, undone.confidence);
        let planned = Planned {
            card: undone.card.clone(),
            about: None,
            last_variant: Some(undone.variant.clone()),
        };
        if let Some(placement) = &mut self.placement {
            placement.uncount(topic, undone.knew);
            self.queue.push_back(planned);
        } else if undone.source == Source::Pack
            && !self.queue.iter().any(|other| other.card == undone.card)
        {
            self.owe(planned);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::testing::{chance, context, library, session};
    use crate::quiz::{Answer, Refusal, Response, Step, Wish};

    /// Answers by the option with this label and takes it back.
    fn run(label: &str) -> (Session, Vec<String>, String) {
        let context = context(library(0), &[]);
        let mut session = session(&context, Wish::Review);
        let Step::Ask(question) = session.next(&context, chance(1), 0).unwrap() else { panic!() };
        let option = question.options.iter().find(|it| it.label.text == label).unwrap();
        let answer = Answer {
            presentation: question.presentation,
            response: Some(Response::Keys(vec![option.key.clone()])),
            confidence: Some(Confidence::Sure),
            ms: None,
            median: None,
            now: 1,
        };
        let review = session.answer(&context, &answer).unwrap().review.clone();
        let undone = Undone {
            presentation: review.presentation,
            card: review.card.clone(),
            variant: review.variant,
            source: review.source,
            outcome: review.outcome,
            knew: Undone::knew(review.grade as u8),
            confidence: review.confidence,
        };
        session.undo(&undone);
        assert_eq!(session.answer(&context, &answer).unwrap_err(), Refusal::Stale, "it is gone");
        let queue = session.queue.iter().map(|planned| planned.card.clone()).collect();
        (session, queue, review.card)
    }

    #[test]
    fn an_answer_that_was_taken_back_is_asked_again_after_others() {
        for label in ["o0", "o1"] {
            let (session, queue, card) = run(label);
            assert_eq!(*session.tally(), crate::quiz::Tally::default(), "{label}");
            let places: Vec<_> = (0..queue.len()).filter(|at| queue[*at] == card).collect();
            assert_eq!(places, [3], "{label}: once, and not at once");
        }
    }
}
