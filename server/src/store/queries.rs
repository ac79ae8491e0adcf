//! What the store knows about the cards.

use rusqlite::{Connection, OptionalExtension, Row};

use super::{Card, Store, horizon};

const SELECT_CARD: &str = "SELECT card, stability, difficulty, due_at, last_at, last_variant, \
                           reviews, lapses FROM card";

fn read_card(row: &Row<'_>) -> rusqlite::Result<Card> {
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

/// What is known of a card, if it was ever asked.
pub(super) fn card_in(connection: &Connection, card: &str) -> rusqlite::Result<Option<Card>> {
    let mut statement = connection.prepare_cached(&format!("{SELECT_CARD} WHERE card = ?1"))?;
    statement.query_row([card], read_card).optional()
}

impl Store {
    /// What is known of a card, if it was ever asked.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn card(&self, card: &str) -> rusqlite::Result<Option<Card>> {
        card_in(&self.connection, card)
    }

    /// All cards that were ever asked, by id, as the log alone has them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cards(&self) -> rusqlite::Result<Vec<Card>> {
        let mut statement = self.connection.prepare(&format!("{SELECT_CARD} ORDER BY card"))?;
        statement.query_map([], read_card)?.collect()
    }

    /// Says when the interview is, in milliseconds since 1970: as long as it lies ahead, nothing is due
    /// after it.
    pub fn set_interview(&mut self, at: Option<i64>) {
        self.interview = at;
    }

    /// All cards that were ever asked, by id, each due when it should be asked at `now` (milliseconds
    /// since 1970) with the interview in view.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn schedule(&self, now: i64) -> rusqlite::Result<Vec<Card>> {
        let mut cards = self.cards()?;
        for card in &mut cards {
            card.due_at = horizon::due(card, self.interview, now);
        }
        Ok(cards)
    }

    /// How many cards are due at `now` (milliseconds since 1970), and when the next one will be.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn due(&self, now: i64) -> rusqlite::Result<(u32, Option<i64>)> {
        let cards = self.schedule(now)?;
        let due = cards.iter().filter(|card| card.due_at <= now).count();
        let next = cards.iter().map(|card| card.due_at).filter(|at| *at > now).min();
        Ok((u32::try_from(due).unwrap_or(u32::MAX), next))
    }

    /// The cards whose newest answer was wrong although the reader was sure, by id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn surprises(&self) -> rusqlite::Result<Vec<String>> {
        let mut statement = self.connection.prepare(
            "SELECT card FROM card WHERE EXISTS (
               SELECT 1 FROM (
                 SELECT confidence, outcome FROM answer WHERE answer.card = card.card
                 ORDER BY at DESC, id DESC LIMIT 1)
               WHERE confidence = 'sure' AND outcome <> 'right')
             ORDER BY card",
        )?;
        statement.query_map([], |row| row.get(0))?.collect()
    }

    /// The reader's median time to a right answer, in milliseconds, over the last hundred; nothing
    /// before there are ten.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn median_ms(&self) -> rusqlite::Result<Option<u64>> {
        let mut statement = self.connection.prepare(
            "SELECT ms FROM answer WHERE ms IS NOT NULL AND outcome = 'right'
             ORDER BY at DESC, id LIMIT 100",
        )?;
        let rows = statement.query_map([], |row| row.get::<_, i64>(0))?;
        let mut times = rows.collect::<rusqlite::Result<Vec<i64>>>()?;
        times.sort_unstable();
        let middle = times.get(times.len() / 2).filter(|_| times.len() >= 10);
        Ok(middle.map(|ms| ms.cast_unsigned()))
    }

    /// How many answers there are that were not undone.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reviews(&self) -> rusqlite::Result<u32> {
        self.connection.query_row("SELECT count(*) FROM answer", [], |row| row.get(0))
    }
}
