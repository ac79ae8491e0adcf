//! The placement test: a few questions on each topic, to find out what need not be taught.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::deck::{card_id, is_askable, rank};
use super::{Context, Grade, Planned, Remembered, Review, Surface};

/// Answers that settle a topic when they agree.
const ENOUGH: u32 = 2;

/// Answers that settle a topic whatever they are.
const MOST: u32 = 3;

/// What the reader knows of a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// All answers were right.
    Known,
    /// Two of three were.
    Partly,
    /// At most one was.
    New,
}

/// What a placement test has found so far. Two answers that agree settle a topic, else a third one does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    topics: Vec<Placed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Placed {
    /// `pack/concept`.
    topic: String,
    /// Answers that showed knowledge; a guess that came out right does not.
    knew: u32,
    /// Answers.
    of: u32,
}

/// What a placement test can show: it finds out what is known, and nobody judges himself in it.
pub(super) fn narrow<'a>(context: &Context<'a>, is_placement: bool) -> Context<'a> {
    let surface = Surface { words: context.surface.words && !is_placement, ..context.surface };
    Context { surface, ..*context }
}

impl Placement {
    /// What is known of the topic `pack/concept`; nothing as long as that is not clear.
    pub fn level(&self, topic: &str) -> Option<Level> {
        let placed = self.topics.iter().find(|placed| placed.topic == topic)?;
        match (placed.knew, placed.of) {
            (knew, of) if knew == of && of >= ENOUGH => Some(Level::Known),
            (0, of) if of >= ENOUGH => Some(Level::New),
            (_, of) if of < MOST => None,
            (knew, of) if knew + 1 == of => Some(Level::Partly),
            _ => Some(Level::New),
        }
    }

    /// Takes an answer into account, and takes the rest of a topic that is clear now out of `queue`. What
    /// was known before it was ever asked counts as known well.
    pub(super) fn take(
        &mut self,
        review: &mut Review,
        planned: &Planned,
        queue: &mut VecDeque<Planned>,
    ) {
        if review.grade == Grade::Good && planned.last_variant.is_none() {
            review.grade = Grade::Easy;
        }
        let Some(topic) = topic_of(&planned.card) else { return };
        self.count(topic, review.grade != Grade::Again);
        if self.level(topic).is_some() {
            queue.retain(|other| topic_of(&other.card) != Some(topic));
        }
    }

    fn count(&mut self, topic: &str, knew: bool) {
        let known = self.topics.iter().position(|placed| placed.topic == topic);
        let at = known.unwrap_or_else(|| {
            self.topics.push(Placed { topic: topic.to_owned(), knew: 0, of: 0 });
            self.topics.len() - 1
        });
        self.topics[at].knew += u32::from(knew);
        self.topics[at].of += 1;
    }

    /// Counts an answer no more.
    pub(super) fn uncount(&mut self, topic: &str, knew: bool) {
        if let Some(placed) = self.topics.iter_mut().find(|placed| placed.topic == topic) {
            placed.knew = placed.knew.saturating_sub(u32::from(knew));
            placed.of = placed.of.saturating_sub(1);
        }
    }
}

/// The topic `pack/concept` of a card.
pub(super) fn topic_of(card: &str) -> Option<&str> {
    card.rsplit_once('/').map(|(topic, _)| topic)
}

/// The cards for a placement test over `topics`, ids `pack/concept` or `concept`, or over all topics when
/// empty: up to three of each, with the topics taking turns. Of a topic they come from its beginning, its
/// middle and its end, and what was never asked is taken before the rest.
pub fn placement(
    context: &Context<'_>,
    topics: &[String],
    memory: &dyn Fn(&str) -> Option<Remembered>,
    now: u64,
) -> Vec<Planned> {
    let context = &narrow(context, true);
    let mut rounds: [Vec<Planned>; MOST as usize] = Default::default();
    for (pack, concept) in context.library.concepts() {
        let id = format!("{}/{}", pack.manifest.id, concept.id);
        if !topics.is_empty() && !topics.iter().any(|topic| *topic == id || *topic == concept.id) {
            continue;
        }
        let items = concept.quiz.iter();
        let askable = items
            .filter(|item| item.variants.iter().any(|variant| is_askable(context, variant, false)));
        let cards: Vec<Planned> = askable
            .map(|item| {
                let card = card_id(pack, concept, item);
                let last_variant = memory(&card).map(|known| known.last_variant);
                Planned { card, about: None, last_variant }
            })
            .collect();
        let mut cards = spread(cards, |planned| {
            let known = memory(&planned.card);
            let was_asked = known.is_some();
            (was_asked, rank(known.as_ref(), now))
        });
        // The middle of a topic says most about it.
        cards.sort_by_key(|(part, _)| [1, 0, 2].get(*part).copied());
        for (round, (_, planned)) in rounds.iter_mut().zip(cards) {
            round.push(planned);
        }
    }
    rounds.into_iter().flatten().collect()
}

/// The best card by `key` of each third of `cards`, with the number of the third.
fn spread<K: Ord>(cards: Vec<Planned>, key: impl Fn(&Planned) -> K) -> Vec<(usize, Planned)> {
    let count = cards.len();
    let parts = count.min(MOST as usize);
    let mut cards = cards.into_iter();
    let part = |part: usize| {
        let size = (part + 1) * count / parts - part * count / parts;
        let best = cards.by_ref().take(size).min_by_key(&key)?;
        Some((part, best))
    };
    (0..parts).filter_map(part).collect()
}

#[cfg(test)]
mod tests;
