//! Progress: what was answered, and when each card is due.
//!
//! The log of reviews is the truth and only grows; the state of a card is derived from it, so that
//! several servers on one store agree whatever the order in which they write. The log holds no
//! source text and no paths.

mod exchange;
mod folder;
mod keeper;
mod open;
mod paused;
mod practice;
mod schedule;
mod stats;

use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

pub use exchange::Imported;
pub use folder::data_folder;
pub use keeper::Keeper;
pub use open::{Opened, open, open_in_memory};
pub use paused::Paused;
pub use practice::{PracticeEvent, Practised};
pub use stats::{Share, Stats, chance};

/// An answer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Names the presentation; a second review with the same name is the same review.
    pub id: u128,
    /// The session it was given in.
    pub session: String,
    /// Milliseconds since 1970 (UTC).
    pub at: i64,
    /// Permanent id, `pack/concept/item`.
    pub card: String,
    /// Permanent id within the card.
    pub variant: String,
    /// Gives the same question again.
    pub seed: u64,
    /// `pack` or `code`.
    pub source: &'static str,
    /// `right`, `wrong` or `gave-up`.
    pub outcome: &'static str,
    /// 1 again, 2 hard, 3 good, 4 easy.
    pub grade: u8,
    /// `sure`, `unsure` or `guess`, if the reader said.
    pub confidence: Option<&'static str>,
    /// Hints given.
    pub hints: u32,
    /// Milliseconds to the answer, if known.
    pub ms: Option<u64>,
}

/// What is known of a card.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Permanent id.
    pub card: String,
    /// Days after which it is remembered with nine chances in ten.
    pub stability: f64,
    /// From 1 to 10.
    pub difficulty: f64,
    /// When it should be asked again, in milliseconds since 1970.
    pub due_at: i64,
    /// When it was asked last.
    pub last_at: i64,
    /// The variant that was asked last.
    pub last_variant: String,
    /// Answers so far.
    pub reviews: u32,
    /// Times it was forgotten.
    pub lapses: u32,
}

/// What recording a review led to.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// The card after the review, and after all others that are known.
    pub card: Card,
    /// The chance to remember it just before the review, from 0 to 1; nothing for a first review,
    /// or one that does not count because another session was quicker.
    pub retrievability_was: Option<f64>,
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    /// False when nothing that is recorded survives the process.
    lasting: bool,
    /// Where it lies; nothing for a store that does not last.
    folder: Option<PathBuf>,
    /// This server, once it has a session that may have to wait.
    holder: Option<paused::Holder>,
}

impl Store {
    /// False when nothing that is recorded survives the process.
    pub fn is_lasting(&self) -> bool {
        self.lasting
    }

    /// Adds a review to the log and brings its card up to date. A review that is there already
    /// changes nothing.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn record(&mut self, review: &Review) -> rusqlite::Result<Recorded> {
        self.record_in(review, None)
    }

    /// [`Store::record`] that also [keeps](Store::pause) the session as it is after the answer: either
    /// both are kept or none, so that nothing is asked again that counts already.
    ///
    /// # Errors
    /// When the database or its folder cannot be written.
    pub fn record_in(
        &mut self,
        review: &Review,
        session: Option<&Paused>,
    ) -> rusqlite::Result<Recorded> {
        // An answer is worth more than a session: it is kept where the session cannot be.
        let own = session.and_then(|_| self.own().ok().flatten());
        let holder = own.map(str::to_owned);
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        insert(&transaction, review)?;
        let recorded = schedule::derive(&transaction, &review.card, review.id)?;
        write_card(&transaction, &recorded.card)?;
        if let (Some(session), Some(holder)) = (session, holder) {
            paused::keep(&transaction, session, &holder, review.at)?;
        }
        transaction.commit()?;
        Ok(recorded)
    }

    /// What is known of a card, if it was ever asked.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn card(&self, card: &str) -> rusqlite::Result<Option<Card>> {
        self.connection
            .query_row(&format!("{SELECT_CARD} WHERE card = ?1"), [card], read_card)
            .optional()
    }

    /// All cards that were ever asked, by id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cards(&self) -> rusqlite::Result<Vec<Card>> {
        let mut statement = self.connection.prepare(&format!("{SELECT_CARD} ORDER BY card"))?;
        statement.query_map([], read_card)?.collect()
    }

    /// The cards whose newest answer was wrong although the reader was sure, by id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn surprises(&self) -> rusqlite::Result<Vec<String>> {
        let mut statement = self.connection.prepare(
            "SELECT card FROM (SELECT card, confidence, outcome, max(at) FROM review GROUP BY card)
             WHERE confidence = 'sure' AND outcome <> 'right' ORDER BY card",
        )?;
        statement.query_map([], |row| row.get(0))?.collect()
    }

    /// How many cards are due at `now` (milliseconds since 1970), and when the next one will be.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn due(&self, now: i64) -> rusqlite::Result<(u32, Option<i64>)> {
        self.connection.query_row(
            "SELECT count(*) FILTER (WHERE due_at <= ?1), min(due_at) FILTER (WHERE due_at > ?1)
             FROM card",
            [now],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// The reader's median time to a right answer, in milliseconds, over the last hundred; nothing
    /// before there are ten.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn median_ms(&self) -> rusqlite::Result<Option<u64>> {
        let mut statement = self.connection.prepare(
            "SELECT ms FROM review WHERE ms IS NOT NULL AND outcome = 'right'
             ORDER BY at DESC, id LIMIT 100",
        )?;
        let rows = statement.query_map([], |row| row.get::<_, i64>(0))?;
        let mut times = rows.collect::<rusqlite::Result<Vec<i64>>>()?;
        times.sort_unstable();
        let middle = times.get(times.len() / 2).filter(|_| times.len() >= 10);
        Ok(middle.map(|ms| ms.cast_unsigned()))
    }

    /// How many reviews the log holds.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reviews(&self) -> rusqlite::Result<u32> {
        self.connection.query_row("SELECT count(*) FROM review", [], |row| row.get(0))
    }
}

const SELECT_CARD: &str = "SELECT card, stability, difficulty, due_at, last_at, last_variant, \
                           reviews, lapses FROM card";

fn read_card(row: &rusqlite::Row<'_>) -> rusqlite::Result<Card> {
    Ok(Card {
        card: row.get(0)?,
        stability: row.get(1)?,
        difficulty: row.get(2)?,
        due_at: row.get(3)?,
        last_at: row.get(4)?,
        last_variant: row.get(5)?,
        reviews: row.get(6)?,
        lapses: row.get(7)?,
    })
}

/// Adds a review to the log; false when it is there already.
fn insert(connection: &Connection, review: &Review) -> rusqlite::Result<bool> {
    let added = connection.execute(
        "INSERT OR IGNORE INTO review
         (id, session, at, card, variant, seed, source, outcome, grade, confidence, hints, ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            review.id.to_be_bytes(),
            review.session,
            review.at,
            review.card,
            review.variant,
            review.seed.cast_signed(),
            review.source,
            review.outcome,
            review.grade,
            review.confidence,
            review.hints,
            review.ms.map(u64::cast_signed),
        ],
    )?;
    Ok(added > 0)
}

fn write_card(connection: &Connection, card: &Card) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT OR REPLACE INTO card
         (card, stability, difficulty, due_at, last_at, last_variant, reviews, lapses)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            card.card,
            card.stability,
            card.difficulty,
            card.due_at,
            card.last_at,
            card.last_variant,
            card.reviews,
            card.lapses,
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests;
