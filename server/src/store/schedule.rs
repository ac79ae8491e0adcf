//! From the log of a card to its state, by FSRS-6 with its default weights.

use fsrs::{
    DEFAULT_PARAMETERS, FSRS, FSRS6_DEFAULT_DECAY, ItemState, MemoryState, current_retrievability,
};
use rusqlite::{Connection, Error, params};

use super::{Card, Recorded, Review, card_in};

/// In milliseconds.
pub(super) const DAY: i64 = 24 * 60 * 60 * 1000;

/// A card is asked again when the chance of remembering it has come down to this.
const RETENTION: f32 = 0.9;

/// No card waits longer, in days.
const LONGEST: f64 = 365.0;

/// Two windows may show the same question. Of answers from two sessions this close together, in
/// milliseconds, the first one counts.
const SAME_OCCASION: i64 = 10 * 60 * 1000;

/// The chance to remember a card after `pause` milliseconds, from 0 to 1.
pub(super) fn chance(stability: f64, difficulty: f64, pause: i64) -> f64 {
    let memory = MemoryState { stability: stability as f32, difficulty: difficulty as f32 };
    let days = pause.max(0) as f64 / DAY as f64;
    f64::from(current_retrievability(memory, days as f32, FSRS6_DEFAULT_DECAY))
}

struct Answer {
    id: [u8; 16],
    session: String,
    at: i64,
    variant: String,
    grade: u8,
}

/// Keeps what comes out after a review that was just put into the log. When it is the newest answer to its
/// card, which is nearly always, that follows from the card as it is kept; else all are replayed.
pub(super) fn add(connection: &Connection, review: &Review) -> rusqlite::Result<Recorded> {
    let (card, id) = (review.card.as_str(), review.id);
    let Some(mut replay) = Replay::resume(connection, review)? else {
        return bring_up_to_date(connection, card, id);
    };
    let answer = Answer {
        id: id.to_be_bytes(),
        session: review.session.clone(),
        at: review.at,
        variant: review.variant.clone(),
        grade: review.grade,
    };
    let before = replay.retrievability(review.at);
    let counts = replay.add(&answer)?;
    write(connection, &replay.card)?;
    let retrievability_was = before.filter(|_| counts);
    Ok(Recorded { card: Some(replay.card), retrievability_was })
}

/// Replays the answers of `card`, keeps what comes out, and says how well it was known before the
/// review `id`.
pub(super) fn bring_up_to_date(
    connection: &Connection,
    card: &str,
    id: u128,
) -> rusqlite::Result<Recorded> {
    let mut statement = connection.prepare_cached(
        "SELECT session, at, variant, grade, id FROM answer WHERE card = ?1 ORDER BY at, id",
    )?;
    let answers = statement.query_map([card], |row| {
        Ok(Answer {
            session: row.get(0)?,
            at: row.get(1)?,
            variant: row.get(2)?,
            grade: row.get(3)?,
            id: row.get(4)?,
        })
    })?;
    let mut replay = Replay::new(card)?;
    let mut retrievability_was = None;
    for answer in answers {
        let answer = answer?;
        let before = replay.retrievability(answer.at);
        if replay.add(&answer)? && answer.id == id.to_be_bytes() {
            retrievability_was = before;
        }
    }
    let card = replay.card;
    if card.reviews == 0 {
        connection.execute("DELETE FROM card WHERE card = ?1", [&card.card])?;
        return Ok(Recorded { card: None, retrievability_was: None });
    }
    write(connection, &card)?;
    Ok(Recorded { card: Some(card), retrievability_was })
}

fn write(connection: &Connection, card: &Card) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO card
         (card, stability, difficulty, due_at, last_at, last_variant, reviews, lapses)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    statement.execute(params![
        card.card,
        card.stability,
        card.difficulty,
        card.due_at,
        card.last_at,
        card.last_variant,
        card.reviews,
        card.lapses,
    ])?;
    Ok(())
}

struct Replay {
    model: FSRS,
    memory: Option<MemoryState>,
    session: String,
    card: Card,
}

impl Replay {
    fn new(card: &str) -> rusqlite::Result<Self> {
        let card = Card {
            card: card.to_owned(),
            stability: 0.0,
            difficulty: 0.0,
            due_at: 0,
            last_at: 0,
            last_variant: String::new(),
            reviews: 0,
            lapses: 0,
        };
        let model = FSRS::new(&DEFAULT_PARAMETERS).map_err(unexpected)?;
        Ok(Self { model, memory: None, session: String::new(), card })
    }

    /// As it stands before `review`, from the card as it is kept; nothing when another answer is as new, or
    /// was undone, or it is not clear which one counted last.
    fn resume(connection: &Connection, review: &Review) -> rusqlite::Result<Option<Self>> {
        let Some(card) = card_in(connection, &review.card)? else { return Ok(None) };
        let mut others = connection.prepare_cached(
            "SELECT (SELECT count(*) FROM review WHERE card = ?1 AND at >= ?2),
                    EXISTS (SELECT 1 FROM undone WHERE review = ?3)",
        )?;
        let (newer, undone): (u32, bool) = others
            .query_row(params![review.card, review.at, review.id.to_be_bytes()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let mut last = connection
            .prepare_cached("SELECT session FROM answer WHERE card = ?1 AND at = ?2 LIMIT 2")?;
        let sessions = last.query_map(params![card.card, card.last_at], |row| row.get(0))?;
        let sessions = sessions.collect::<rusqlite::Result<Vec<String>>>()?;
        let ([session], 1, false) = (sessions.as_slice(), newer, undone) else { return Ok(None) };
        let memory =
            MemoryState { stability: card.stability as f32, difficulty: card.difficulty as f32 };
        let session = session.clone();
        Ok(Some(Self { memory: Some(memory), session, card, ..Self::new("")? }))
    }

    /// The chance to remember the card at `at`, if it was ever asked.
    fn retrievability(&self, at: i64) -> Option<f64> {
        let days = (at - self.card.last_at).max(0) as f64 / DAY as f64;
        let chance = |memory| current_retrievability(memory, days as f32, FSRS6_DEFAULT_DECAY);
        self.memory.map(chance).map(f64::from)
    }

    /// Takes an answer into account; false when it does not count.
    fn add(&mut self, answer: &Answer) -> rusqlite::Result<bool> {
        let again = self.memory.is_some()
            && answer.session != self.session
            && answer.at - self.card.last_at < SAME_OCCASION;
        if again {
            return Ok(false);
        }
        let days = ((answer.at - self.card.last_at).max(0) / DAY).min(i64::from(u32::MAX));
        let days = if self.memory.is_some() { u32::try_from(days).unwrap_or(0) } else { 0 };
        let states = self.model.next_states(self.memory, RETENTION, days).map_err(unexpected)?;
        let state: ItemState = match answer.grade {
            1 => states.again,
            2 => states.hard,
            3 => states.good,
            _ => states.easy,
        };
        self.card.lapses += u32::from(self.memory.is_some() && answer.grade == 1);
        self.memory = Some(state.memory);
        self.session.clone_from(&answer.session);
        self.card.stability = f64::from(state.memory.stability);
        self.card.difficulty = f64::from(state.memory.difficulty);
        self.card.last_at = answer.at;
        self.card.last_variant.clone_from(&answer.variant);
        self.card.reviews += 1;
        self.card.due_at = answer.at + interval(f64::from(state.interval), &self.card.card);
        Ok(true)
    }
}

/// Days to milliseconds, at least ten minutes. Cards that were learnt together come apart by up to
/// a twentieth, each always in the same direction.
fn interval(days: f64, card: &str) -> i64 {
    let days = days.min(LONGEST);
    let spread = if days >= 2.5 { 1.0 + 0.05 * direction(card) } else { 1.0 };
    ((days * spread).min(LONGEST) * DAY as f64).max(SAME_OCCASION as f64) as i64
}

/// From -1 to 1, by the id's FNV-1a hash.
pub(super) fn direction(card: &str) -> f64 {
    let hash = card.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash % 2001) as f64 / 1000.0 - 1.0
}

fn unexpected(error: fsrs::FSRSError) -> Error {
    Error::ToSqlConversionFailure(Box::new(error))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::open_in_memory;
    use crate::store::tests::review;

    proptest! {
        /// Whatever order answers come in, with whatever taken back, the cards are what a replay of the whole
        /// log makes of them.
        #[test]
        fn one_step_is_as_good_as_a_replay(
            steps in proptest::collection::vec((0i64..60, 1u8..5, 0u8..4, 0u8..12), 1..40)
        ) {
            let mut store = open_in_memory();
            for (id, (hours, grade, session, undo)) in steps.iter().enumerate() {
                let mut review = review(id as u128, hours * DAY / 8, *grade);
                review.session = format!("s{session}");
                store.record(&review).unwrap();
                if *undo == 0 {
                    store.undo(0).unwrap();
                }
                let kept = store.card("p/c/a").unwrap();
                let replayed = bring_up_to_date(&store.connection, "p/c/a", 0).unwrap();
                prop_assert_eq!(kept, replayed.card);
            }
        }
    }
}
