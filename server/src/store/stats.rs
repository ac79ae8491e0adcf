//! What the log says about the reader as a whole.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Card, Store, schedule};

/// Figures about everything that was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Answers so far.
    pub answers: Share,
    /// The same by what the reader said about it before: `sure`, `unsure`, `guess`.
    pub confidence: Vec<(String, Share)>,
    /// Days in a row with an answer, up to today or yesterday, as the clock of this machine has them.
    pub streak: u32,
}

/// Some of many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many of them were right.
    pub right: u32,
    /// How many there were.
    pub all: u32,
}

impl Store {
    /// The figures at `now`, in milliseconds since 1970.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn stats(&self, now: i64) -> rusqlite::Result<Stats> {
        let connection = &self.connection;
        let answers = connection.query_row(
            "SELECT count(*) FILTER (WHERE outcome = 'right'), count(*) FROM review",
            [],
            |row| Ok(Share { right: row.get(0)?, all: row.get(1)? }),
        )?;
        let mut statement = connection.prepare(
            "SELECT confidence, count(*) FILTER (WHERE outcome = 'right'), count(*) FROM review
             WHERE confidence IS NOT NULL GROUP BY confidence
             ORDER BY confidence = 'guess', confidence = 'unsure'",
        )?;
        let confidence = statement
            .query_map([], |row| Ok((row.get(0)?, Share { right: row.get(1)?, all: row.get(2)? })))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Stats { answers, confidence, streak: streak(connection, now)? })
    }
}

/// The chance to remember the card at `now` (milliseconds since 1970), from 0 to 1.
pub fn chance(card: &Card, now: i64) -> f64 {
    schedule::chance(card.stability, card.difficulty, now - card.last_at)
}

fn streak(connection: &Connection, now: i64) -> rusqlite::Result<u32> {
    // Each day counts from the last one before it with a gap; answers from a clock that ran ahead are
    // of no day yet.
    let found = connection
        .query_row(
            "WITH today(day) AS (SELECT julianday(date(?1 / 1000, 'unixepoch', 'localtime'))),
                  days(day) AS (
                    SELECT DISTINCT julianday(date(at / 1000, 'unixepoch', 'localtime'))
                    FROM review WHERE at <= ?1),
                  runs(day, start) AS (SELECT day, day - row_number() OVER (ORDER BY day) FROM days)
             SELECT max(day), count(*) FROM runs GROUP BY start
             HAVING max(day) >= (SELECT day FROM today) - 1",
            params![now],
            |row| row.get::<_, u32>(1),
        )
        .optional()?;
    Ok(found.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{review, store};

    const DAY: i64 = 24 * 60 * 60 * 1000;

    /// Noon, so that no time zone makes another day of an hour more or less.
    const NOON: i64 = 20_000 * DAY + DAY / 2;

    #[test]
    fn answers_and_what_was_said_about_them() {
        assert_eq!(store(&[]).stats(NOON).unwrap(), Stats::default());
        let said = |id, confidence, outcome| {
            let mut review = review(id, NOON, 3);
            (review.confidence, review.outcome) = (confidence, outcome);
            review
        };
        let stats = store(&[
            said(1, Some("sure"), "right"),
            said(2, Some("guess"), "wrong"),
            said(3, Some("sure"), "wrong"),
            said(4, None, "gave-up"),
        ])
        .stats(NOON)
        .unwrap();
        assert_eq!(stats.answers, Share { right: 1, all: 4 });
        let confidence =
            [("sure", Share { right: 1, all: 2 }), ("guess", Share { right: 0, all: 1 })];
        assert_eq!(stats.confidence, confidence.map(|(said, share)| (said.to_owned(), share)));
    }

    #[test]
    fn days_in_a_row() {
        let streak = |days: &[i64]| {
            let reviews = days.iter().enumerate();
            let reviews = reviews.map(|(id, day)| review(id as u128, NOON + day * DAY, 3));
            store(&reviews.collect::<Vec<_>>()).stats(NOON).unwrap().streak
        };
        assert_eq!(streak(&[0]), 1);
        assert_eq!(streak(&[-1, -2, -2]), 2);
        assert_eq!(streak(&[0, -1, -2, -4, -5]), 3);
        assert_eq!(streak(&[-2, -3]), 0);
        assert_eq!(streak(&[1]), 0);
    }

    #[test]
    fn a_card_is_forgotten_in_time() {
        let store = store(&[review(1, NOON, 3)]);
        let card = &store.cards().unwrap()[0];
        let after = |days| chance(card, NOON + days * DAY);
        assert!(after(0) > 0.99 && after(0) <= 1.0);
        assert!(after(1) > after(10) && after(10) > after(300));
        let due = chance(card, NOON + (card.stability * DAY as f64) as i64);
        assert!((due - 0.9).abs() < 0.01, "{due}");
    }
}
