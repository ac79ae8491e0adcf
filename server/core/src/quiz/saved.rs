//! What it takes to go on with a session in another process.

use serde::{Deserialize, Serialize};

use super::{Placement, Planned, Tally, Topic, TopicTally};
use crate::Library;

/// A session on paper. It names questions of packs and nothing else: no text, no path, no code of the
/// reader. Questions about the reader's code are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Its name.
    pub id: String,
    /// The question that was open.
    pub open: Option<SavedOpen>,
    /// What comes after it.
    pub queue: Vec<SavedCard>,
    /// Number of the newest question that is not open.
    pub number: usize,
    /// The answers so far.
    pub tally: SavedTally,
    /// What a placement test has found so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<Placement>,
}

/// A card that is to be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedCard {
    /// Permanent id, `pack/concept/item`.
    pub card: String,
    /// The variant that was asked last.
    pub last_variant: Option<String>,
}

/// A question that was open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedOpen {
    /// What was asked.
    pub card: SavedCard,
    /// How it was asked; nothing when that was about the reader's code.
    pub variant: Option<String>,
    /// Hints given.
    pub hints: usize,
}

/// The answers of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedTally {
    /// Id `pack/concept`, right answers, answers; in the order in which the topics came up.
    pub topics: Vec<(String, usize, usize)>,
    /// Sure and right, sure and wrong, guessed and right.
    pub calibration: [usize; 3],
}

impl SavedCard {
    /// Nothing for a card that is to be asked about the reader's code.
    pub(super) fn of(planned: &Planned) -> Option<Self> {
        let Planned { card, about, last_variant } = planned;
        let saved = Self { card: card.clone(), last_variant: last_variant.clone() };
        about.is_none().then_some(saved)
    }

    pub(super) fn planned(self) -> Planned {
        Planned { card: self.card, about: None, last_variant: self.last_variant }
    }
}

impl SavedTally {
    pub(super) fn of(tally: &Tally) -> Self {
        let topic = |it: &TopicTally| (it.topic.id.clone(), it.right, it.of);
        let met = tally.calibration;
        Self {
            topics: tally.topics.iter().map(topic).collect(),
            calibration: [met.sure_right, met.sure_wrong, met.guess_right],
        }
    }

    /// The titles are those of the packs as they are now.
    pub(super) fn tally(self, library: &Library) -> Tally {
        let title = |id: &str| {
            let mut concepts = library.concepts();
            let found = concepts.find(|(pack, it)| id == format!("{}/{}", pack.manifest.id, it.id));
            found.map_or_else(|| id.to_owned(), |(_, concept)| concept.title.clone())
        };
        let mut tally = Tally::default();
        for (id, right, of) in self.topics {
            tally.asked += of;
            tally.right += right;
            let topic = Topic { title: title(&id), id };
            tally.topics.push(TopicTally { topic, right, of });
        }
        let [sure_right, sure_wrong, guess_right] = self.calibration;
        tally.calibration = super::Calibration { sure_right, sure_wrong, guess_right };
        tally
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::from_code::How;
    use super::super::from_code::testing::api_call;
    use super::super::testing::{chance, context, library, session};
    use super::super::{Answer, Question, Refusal, Response, Session, Step, Wish};

    fn answer(question: &Question, pick: usize) -> Answer {
        let key = question.options[pick % question.options.len()].key.clone();
        let response = Some(Response::Keys(vec![key]));
        let presentation = question.presentation;
        Answer { presentation, response, confidence: None, ms: None, median: None, now: 1 }
    }

    /// The session after a restart.
    fn restarted(session: &Session) -> Option<Session> {
        let json = serde_json::to_string(&session.save()?).unwrap();
        Some(Session::restore(serde_json::from_str(&json).unwrap(), library(0)))
    }

    #[test]
    fn the_open_question_is_asked_again_with_its_hints() {
        let context = context(library(0), &[]);
        let mut before = session(&context, Wish::Review);
        let Step::Ask(asked) = before.next(&context, chance(1), 0).unwrap() else { panic!() };
        before.hint(asked.presentation).unwrap();
        let mut after = restarted(&before).unwrap();
        assert_eq!((after.id(), after.number(), after.total()), ("s", 0, before.total()));
        let Step::Ask(again) = after.resume(&context, chance(2), 0).unwrap() else { panic!() };
        assert_eq!((&again.prompt, after.number()), (&asked.prompt, 1));
        assert_ne!(again.presentation, asked.presentation);
        assert_eq!(after.hint(again.presentation).unwrap().given, 2);
        assert_eq!(after.answer(&context, &answer(&asked, 0)).unwrap_err(), Refusal::Stale);
    }

    #[test]
    fn code_of_the_reader_is_not_written_down() {
        let questions = api_call(How::Replaced);
        let context = context(library(0), &questions);
        let mut session = session(&context, Wish::Code);
        session.next(&context, chance(1), 0).unwrap();
        let json = serde_json::to_string(&session.save().unwrap()).unwrap();
        assert_eq!(
            json,
            r#"{"id":"s","open":null,"queue":[],"number":0,"tally":{"topics":[],"calibration":[0,0,0]}}"#
        );
    }

    #[test]
    fn what_is_over_is_not_saved() {
        let context = context(library(0), &[]);
        let mut session = session(&context, Wish::Review);
        session.stop();
        assert_eq!(session.save(), None);
    }

    proptest! {
        /// Restarts at any moment change nothing but the showing of the open question: the same cards
        /// are asked and the same is counted.
        #[test]
        fn a_restart_loses_and_doubles_nothing(
            picks in proptest::collection::vec((0usize..3, any::<bool>(), any::<bool>()), 30)
        ) {
            let context = context(library(0), &[]);
            let run = |restarts: bool| {
                let mut session = session(&context, Wish::Review);
                let mut cards = Vec::new();
                let mut picks = picks.iter().cycle().take(300);
                let mut n = 0;
                loop {
                    n += 1;
                    let mut step = session.next(&context, chance(n), 0).unwrap();
                    let (pick, before, after) = *picks.next().unwrap();
                    if restarts && before && !session.is_over() {
                        session = restarted(&session).unwrap();
                        step = session.resume(&context, chance(n), 0).unwrap();
                    }
                    let Step::Ask(question) = step else { break };
                    // Which option stands first is chance, so it is chosen by its label.
                    let label = format!("o{pick}");
                    let at = question.options.iter().position(|it| it.label.text == label);
                    let answered = session.answer(&context, &answer(&question, at.unwrap())).unwrap();
                    cards.push((answered.review.card.clone(), answered.review.outcome));
                    if restarts && after {
                        session = restarted(&session).unwrap();
                    }
                }
                (cards, session.tally().clone())
            };
            prop_assert_eq!(run(false), run(true));
        }
    }
}
