//! What the log says about the reader as a whole.

use super::{Card, Store, calendar, schedule};

/// Figures about everything that was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Answers so far.
    pub answers: Share,
    /// The same by what the reader said about it before: `sure`, `unsure`, `guess`.
    pub confidence: Vec<(String, Share)>,
    /// The days with an answer, up to today, in their order.
    pub days: Vec<Day>,
}

/// A day with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Days since 1 January 1970, as the clock and the time zone of this machine have them.
    pub day: i64,
    /// The answers of the day.
    pub answers: Share,
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
    /// The figures at `now`, in milliseconds since 1970. Answers from a clock that ran ahead are of no day
    /// yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn stats(&self, now: i64) -> rusqlite::Result<Stats> {
        let connection = &self.connection;
        let right = "count(*) FILTER (WHERE outcome = 'right'), count(*)";
        let share = |row: &rusqlite::Row<'_>, at: usize| {
            Ok(Share { right: row.get(at)?, all: row.get(at + 1)? })
        };
        let answers = connection
            .query_row(&format!("SELECT {right} FROM answer"), [], |row| share(row, 0))?;
        let mut statement = connection.prepare(&format!(
            "SELECT confidence, {right} FROM answer WHERE confidence IS NOT NULL
             GROUP BY confidence ORDER BY confidence = 'guess', confidence = 'unsure'",
        ))?;
        let confidence = statement
            .query_map([], |row| Ok((row.get(0)?, share(row, 1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let mut statement = connection.prepare(&format!(
            "SELECT {} AS day, {right} FROM answer WHERE at <= ?1 GROUP BY day ORDER BY day",
            calendar::day_of("at"),
        ))?;
        let days = statement
            .query_map([now], |row| Ok(Day { day: row.get(0)?, answers: share(row, 1)? }))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Stats { answers, confidence, days })
    }
}

/// The chance to remember the card at `now` (milliseconds since 1970), from 0 to 1.
pub fn chance(card: &Card, now: i64) -> f64 {
    schedule::chance(card.stability, card.difficulty, now - card.last_at)
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
    fn each_day_has_its_answers() {
        let days = [0, -1, -1, -3, 1];
        let reviews = days.iter().enumerate();
        let reviews = reviews.map(|(id, day)| review(id as u128, NOON + day * DAY, 3));
        let stats = store(&reviews.collect::<Vec<_>>()).stats(NOON).unwrap();
        let today = calendar::day(NOON);
        let days: Vec<_> = stats.days.iter().map(|it| (it.day - today, it.answers.all)).collect();
        assert_eq!(days, [(-3, 1), (-1, 2), (0, 1)], "tomorrow's is none yet");
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
