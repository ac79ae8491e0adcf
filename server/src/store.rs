//! Progress: what was answered, and when each card is due.
//!
//! The log of reviews is the truth and only grows; the state of a card is derived from it, so that
//! several servers on one store agree whatever the order in which they write. The log holds no
//! source text and no paths.

pub mod calendar;
mod exchange;
mod export_csv;
mod folder;
mod horizon;
mod interview;
mod keeper;
mod open;
mod paused;
mod practice;
mod queries;
mod salvage;
mod schedule;
mod stats;
mod undo;

use std::path::PathBuf;

use rusqlite::{Connection, TransactionBehavior, params};

pub use exchange::{Exported, Imported};
pub use folder::{data_folder, progress_page};
pub use interview::Judgement;
pub use keeper::Keeper;
pub use open::{Opened, open, open_in_memory};
pub use paused::Paused;
pub use practice::{PracticeEvent, Practised};
use queries::card_in;
pub use stats::{Day, Share, Stats, chance};
pub use undo::Undone;

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
    /// The card after the review, and after all others that are known; nothing when all of them were
    /// undone.
    pub card: Option<Card>,
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
    /// When the interview is, in milliseconds since 1970: nothing is due after it.
    interview: Option<i64>,
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
        let is_new = insert(&transaction, review)?;
        let mut recorded = match is_new {
            true => schedule::add(&transaction, review)?,
            false => schedule::bring_up_to_date(&transaction, &review.card, review.id)?,
        };
        if let (Some(session), Some(holder)) = (session, holder) {
            paused::keep(&transaction, session, &holder, review.at)?;
        }
        transaction.commit()?;
        if let Some(card) = &mut recorded.card {
            card.due_at = horizon::due(card, self.interview, review.at);
        }
        Ok(recorded)
    }
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

#[cfg(test)]
mod tests;
