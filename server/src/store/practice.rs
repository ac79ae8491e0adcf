//! What was done with exercises: a log that only grows, and what it comes to.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::Store;

/// No part of the schema's version: a server that does not know the table does well without it.
pub(super) const TABLE: &str = "
CREATE TABLE IF NOT EXISTS practice (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    at INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    event TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS practice_of_exercise ON practice (exercise, at);
CREATE TRIGGER IF NOT EXISTS practice_stays BEFORE UPDATE ON practice
BEGIN SELECT raise(ABORT, 'the log of exercises only grows'); END;
";

/// Something that happened with an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PracticeEvent {
    /// A hint was given.
    Hint,
    /// All goals were reached.
    Passed,
    /// The solution was shown before that.
    GaveUp,
    /// It was begun anew.
    Reset,
}

impl PracticeEvent {
    fn word(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Passed => "passed",
            Self::GaveUp => "gave-up",
            Self::Reset => "reset",
        }
    }

    /// The event of that name.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Hint, Self::Passed, Self::GaveUp, Self::Reset]
            .into_iter()
            .find(|it| it.word() == word)
    }
}

/// How far the reader is with an exercise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Practised {
    /// All goals were reached, and not after a look at the solution.
    pub passed: bool,
    /// The solution was shown first. A new beginning takes that back.
    pub gave_up: bool,
    /// Hints given since it was begun.
    pub hints: usize,
}

impl Practised {
    fn add(&mut self, event: PracticeEvent) {
        match event {
            PracticeEvent::Hint => self.hints += 1,
            PracticeEvent::Passed => self.passed |= !self.gave_up,
            PracticeEvent::GaveUp => self.gave_up |= !self.passed,
            PracticeEvent::Reset => (self.gave_up, self.hints) = (false, 0),
        }
    }
}

impl Store {
    /// Adds to the log of exercises. `id` names the event: a second one of that name is the same.
    /// `exercise` is a full id, `at` in milliseconds since 1970 (UTC).
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn practise(
        &mut self,
        id: u128,
        at: i64,
        exercise: &str,
        event: PracticeEvent,
    ) -> rusqlite::Result<()> {
        add(&self.connection, id, at, exercise, event).map(drop)
    }

    /// How far the reader is, by the full id of the exercise.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn practised(&self) -> rusqlite::Result<BTreeMap<String, Practised>> {
        let mut all: BTreeMap<String, Practised> = BTreeMap::new();
        let mut statement =
            self.connection.prepare("SELECT exercise, event FROM practice ORDER BY at, id")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        for row in rows {
            let (exercise, event) = row?;
            if let Some(event) = PracticeEvent::of(&event) {
                all.entry(exercise).or_default().add(event);
            }
        }
        Ok(all)
    }
}

/// Adds to the log; false when the event is there already.
pub(super) fn add(
    connection: &Connection,
    id: u128,
    at: i64,
    exercise: &str,
    event: PracticeEvent,
) -> rusqlite::Result<bool> {
    let insert = "INSERT OR IGNORE INTO practice (id, at, exercise, event) VALUES (?1, ?2, ?3, ?4)";
    let added =
        connection.execute(insert, params![id.to_be_bytes(), at, exercise, event.word()])?;
    Ok(added > 0)
}

#[cfg(test)]
mod tests {
    use super::PracticeEvent::{GaveUp, Hint, Passed, Reset};
    use super::*;
    use crate::store::{open, open_in_memory};

    fn after(events: &[PracticeEvent]) -> Practised {
        let mut store = open_in_memory();
        for (at, event) in events.iter().enumerate() {
            store.practise(at as u128, at as i64, "p/c/e", *event).unwrap();
        }
        store.practised().unwrap().remove("p/c/e").unwrap_or_default()
    }

    #[test]
    fn what_the_events_come_to() {
        let state = |passed, gave_up, hints| Practised { passed, gave_up, hints };
        assert_eq!(after(&[]), state(false, false, 0));
        assert_eq!(after(&[Hint, Hint, Passed]), state(true, false, 2));
        assert_eq!(after(&[GaveUp, Passed]), state(false, true, 0), "that was the solution");
        assert_eq!(after(&[Hint, GaveUp, Reset, Passed]), state(true, false, 0));
        assert_eq!(after(&[Passed, GaveUp]), state(true, false, 0), "it was passed before");
    }

    #[test]
    fn the_log_lasts_and_an_event_counts_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = open(folder.path()).store;
        store.practise(1, 5, "p/c/e", Hint).unwrap();
        store.practise(1, 6, "p/c/e", Hint).unwrap();
        drop(store);
        let mut store = open(folder.path()).store;
        assert_eq!(store.practised().unwrap()["p/c/e"].hints, 1);
        let change = store.connection.execute("UPDATE practice SET event = 'passed'", []);
        assert!(change.is_err(), "the log only grows");
        store.erase().unwrap();
        assert!(store.practised().unwrap().is_empty());
    }
}
