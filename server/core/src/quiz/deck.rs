//! Which cards a session asks about.

use super::{Context, Kind, Shape};
use crate::content::quiz::{Form, QuizItem, Variant};
use crate::content::{Concept, Pack};

/// What a session is to ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wish {
    /// What is due, then what is new.
    Review,
    /// What is due, what is new, then the rest.
    Topic,
    /// What can be asked about the code of the context; nothing else.
    Code,
}

/// What is remembered of a card that was asked before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// Milliseconds since 1970 (UTC).
    pub due_at: u64,
    /// The variant that was asked last.
    pub last_variant: String,
}

/// A card that is to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Permanent id, `pack/concept/item`.
    pub card: String,
    /// Ask only about the reader's code, in these definitions ([`CodeQuestion::about`]).
    ///
    /// [`CodeQuestion::about`]: super::from_code::CodeQuestion::about
    pub about: Option<Vec<String>>,
    /// The variant that was asked last; another one is better.
    pub last_variant: Option<String>,
}

/// The cards for a session: at most `limit`, each once, and each can be asked. `topics` are ids
/// `pack/concept` or `concept`; all when empty. `memory` tells what is remembered of a card.
pub fn deck(
    context: &Context<'_>,
    wish: Wish,
    topics: &[String],
    memory: &dyn Fn(&str) -> Option<Remembered>,
    now: u64,
    limit: usize,
) -> Vec<Planned> {
    let mut ranked: Vec<(Rank, Planned)> = Vec::new();
    for (pack, concept) in context.library.concepts() {
        let id = format!("{}/{}", pack.manifest.id, concept.id);
        if !topics.is_empty() && !topics.iter().any(|topic| *topic == id || *topic == concept.id) {
            continue;
        }
        for item in &concept.quiz {
            let code_only = wish == Wish::Code;
            if !item.variants.iter().any(|variant| is_askable(context, variant, code_only)) {
                continue;
            }
            let card = card_id(pack, concept, item);
            let known = memory(&card);
            let rank = rank(known.as_ref(), now);
            if rank.0 == LATER && wish == Wish::Review {
                continue;
            }
            let planned = Planned {
                card,
                about: code_only.then(|| about(context)),
                last_variant: known.map(|known| known.last_variant),
            };
            ranked.push((rank, planned));
        }
    }
    // New cards keep the order in which they are taught: what is met for the first time is met in one
    // piece. What was met before is mixed, so that topics that are easily confused are told apart.
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.truncate(limit);
    let (new, known): (Vec<_>, Vec<_>) = ranked.into_iter().partition(|(rank, _)| rank.0 == NEW);
    let (due, later): (Vec<_>, Vec<_>) = known.into_iter().partition(|(rank, _)| rank.0 == DUE);
    let planned = |ranked: Vec<(Rank, Planned)>| ranked.into_iter().map(|(_, planned)| planned);
    let mut deck = mixed(planned(due).collect());
    deck.extend(planned(new));
    deck.extend(mixed(planned(later).collect()));
    deck
}

/// How soon a card comes: the group, and the place in it.
pub(super) type Rank = (u8, u64);

const DUE: u8 = 0;
const NEW: u8 = 1;
const LATER: u8 = 2;

pub(super) fn rank(known: Option<&Remembered>, now: u64) -> Rank {
    match known {
        Some(known) if known.due_at <= now => (DUE, known.due_at),
        None => (NEW, 0),
        Some(known) => (LATER, known.due_at),
    }
}

/// The cards in their order, but two of one concept one after the other only where there is no other
/// way.
fn mixed(mut cards: Vec<Planned>) -> Vec<Planned> {
    let concept = |planned: &Planned| planned.card.rsplit_once('/').map(|it| it.0.to_owned());
    let mut mixed: Vec<Planned> = Vec::with_capacity(cards.len());
    while !cards.is_empty() {
        let last = mixed.last().and_then(concept);
        let other = cards.iter().position(|planned| concept(planned) != last);
        mixed.push(cards.remove(other.unwrap_or(0)));
    }
    mixed
}

/// The permanent id of a card.
pub(super) fn card_id(pack: &Pack, concept: &Concept, item: &QuizItem) -> String {
    format!("{}/{}/{}", pack.manifest.id, concept.id, item.id)
}

/// Whether the variant can be asked in this context.
pub(super) fn is_askable(context: &Context<'_>, variant: &Variant, code_only: bool) -> bool {
    variant.python.contains(context.python)
        && match &variant.form {
            Form::Written(written) => {
                !code_only
                    && (context.surface.snippets || written.snippet.is_none())
                    && context.surface.draws(Kind::from(written.kind).shape())
            }
            Form::Recall(_) => !code_only && context.surface.draws(Shape::Words),
            Form::Computed(wording) => {
                let mut questions = context.questions.iter();
                context.surface.draws(wording.generator.kind.shape())
                    && questions.any(|question| {
                        question.generator == wording.generator
                            && (context.surface.snippets || question.computed.snippet.is_none())
                    })
            }
        }
}

/// The definitions that something can be asked about.
fn about(context: &Context<'_>) -> Vec<String> {
    let mut about: Vec<String> = context.questions.iter().map(|it| it.about.clone()).collect();
    about.sort();
    about.dedup();
    about
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_take_turns_as_long_as_there_are_two() {
        let card =
            |card: &&str| Planned { card: format!("p/{card}"), about: None, last_variant: None };
        let order = |cards: &[&str]| -> Vec<String> {
            let mixed = mixed(cards.iter().map(card).collect());
            mixed.into_iter().map(|planned| planned.card.replace("p/", "")).collect()
        };
        assert_eq!(order(&["a/1", "a/2", "b/1", "b/2"]), ["a/1", "b/1", "a/2", "b/2"]);
        assert_eq!(order(&["a/1", "a/2", "a/3", "b/1"]), ["a/1", "b/1", "a/2", "a/3"]);
        assert_eq!(order(&["a/1", "b/1", "c/1", "a/2"]), ["a/1", "b/1", "c/1", "a/2"]);
        assert_eq!(order(&[]), [""; 0]);
    }
}
