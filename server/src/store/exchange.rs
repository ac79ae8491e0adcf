//! The logs as lines of JSON: what one machine writes, another one takes in.

mod lines;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, BufRead, Write};

use rusqlite::{Row, TransactionBehavior};

use super::folder::remove_traces;
use super::{Store, insert, interview, practice, schedule, undo};
use lines::{JudgementLine, Line, PracticeLine, ReviewLine, UndoneLine};

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Reviews, also those that were undone.
    pub answers: usize,
    /// Judgements of answers in interviews.
    pub judgements: usize,
    /// Entries in the log of exercises.
    pub events: usize,
}

/// What an import led to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Reviews that are new to the log.
    pub added: usize,
    /// Reviews that were in it already.
    pub known: usize,
    /// Judgements of answers in interviews that are new.
    pub judgements: usize,
    /// Entries in the log of exercises that are new.
    pub events: usize,
}

impl Store {
    /// Writes the logs, a line for each entry: the reviews, oldest first, those that were undone, the
    /// judgements of interviews and what was done with exercises. A session that waits is left out: it
    /// belongs to one machine, and two could go on with it.
    ///
    /// # Errors
    /// When the database cannot be read, or `out` cannot be written to.
    pub fn export(&self, out: &mut impl Write) -> io::Result<Exported> {
        let review = |row: &Row<'_>| {
            Ok(Line::Review(ReviewLine {
                id: digits(row.get(0)?),
                session: row.get(1)?,
                at: row.get(2)?,
                card: row.get(3)?,
                variant: row.get(4)?,
                seed: row.get::<_, i64>(5)?.cast_unsigned(),
                source: row.get(6)?,
                outcome: row.get(7)?,
                grade: row.get(8)?,
                confidence: row.get(9)?,
                hints: row.get(10)?,
                ms: row.get::<_, Option<i64>>(11)?.map(i64::cast_unsigned),
            }))
        };
        let undone = |row: &Row<'_>| {
            Ok(Line::Undone(UndoneLine { undone: digits(row.get(0)?), at: row.get(1)? }))
        };
        let judgement = |row: &Row<'_>| {
            Ok(Line::Judgement(JudgementLine {
                interview: row.get(0)?,
                question: row.get(1)?,
                at: row.get(2)?,
                judgement: row.get(3)?,
                found: row.get(4)?,
                points: row.get(5)?,
            }))
        };
        let practice = |row: &Row<'_>| {
            Ok(Line::Practice(PracticeLine {
                id: digits(row.get(0)?),
                exercise: row.get(1)?,
                at: row.get(2)?,
                event: row.get(3)?,
            }))
        };
        let reviews =
            "SELECT id, session, at, card, variant, seed, source, outcome, grade, confidence,
                              hints, ms FROM review ORDER BY at, id";
        let answers = self.write(out, reviews, review)?;
        self.write(out, "SELECT review, at FROM undone ORDER BY at, review", undone)?;
        let judgements = "SELECT interview, question, at, judgement, found, points FROM judgement
                          ORDER BY at, interview, question";
        let judgements = self.write(out, judgements, judgement)?;
        let events = "SELECT id, exercise, at, event FROM practice ORDER BY at, id";
        let events = self.write(out, events, practice)?;
        Ok(Exported { answers, judgements, events })
    }

    /// Writes a line for each row, and returns how many there are.
    fn write(
        &self,
        out: &mut impl Write,
        query: &str,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<Line>,
    ) -> io::Result<usize> {
        let mut statement = self.connection.prepare(query).map_err(io::Error::other)?;
        let mut count = 0;
        for line in statement.query_map([], read).map_err(io::Error::other)? {
            serde_json::to_writer(&mut *out, &line.map_err(io::Error::other)?)?;
            writeln!(out)?;
            count += 1;
        }
        Ok(count)
    }

    /// Adds what [`Store::export`] wrote, each entry at most once, and derives the cards that they are
    /// about anew. All are added, or none.
    ///
    /// # Errors
    /// When a line is no entry (the error names it, counted from 1), `lines` cannot be read or the
    /// database cannot be written.
    pub fn import(&mut self, lines: impl BufRead) -> io::Result<Imported> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(io::Error::other)?;
        let mut imported = Imported::default();
        let mut touched = BTreeMap::new();
        for (index, text) in lines.lines().enumerate() {
            let bad = |reason: &dyn Display| {
                io::Error::other(format!("line {}: {reason}; nothing was imported", index + 1))
            };
            let invalid = |field: &str| bad(&format!("invalid `{field}`"));
            let text = text.map_err(|error| bad(&error))?;
            if text.trim().is_empty() {
                continue;
            }
            match Line::read(&text).map_err(|error| bad(&error))? {
                Line::Review(line) => {
                    let review = line.review().map_err(invalid)?;
                    if insert(&transaction, &review).map_err(io::Error::other)? {
                        imported.added += 1;
                        touched.insert(review.card, review.id);
                    } else {
                        imported.known += 1;
                    }
                }
                Line::Undone(line) => {
                    let id = line.review().map_err(invalid)?;
                    undo::note(&transaction, id, line.at).map_err(io::Error::other)?;
                    // The answer may be there already, or come with another file.
                    let card = undo::card_of(&transaction, id).map_err(io::Error::other)?;
                    touched.extend(card.map(|card| (card, id)));
                }
                Line::Judgement(line) => {
                    let judged = line.judgement().map_err(invalid)?;
                    let added = interview::add(&transaction, &judged).map_err(io::Error::other)?;
                    imported.judgements += usize::from(added);
                }
                Line::Practice(line) => {
                    let (id, event) = line.event().map_err(invalid)?;
                    let added = practice::add(&transaction, id, line.at, &line.exercise, event)
                        .map_err(io::Error::other)?;
                    imported.events += usize::from(added);
                }
            }
        }
        for (card, id) in touched {
            schedule::bring_up_to_date(&transaction, &card, id).map_err(io::Error::other)?;
        }
        transaction.commit().map_err(io::Error::other)?;
        Ok(imported)
    }

    /// Forgets every review, every card, every session that waits, every judgement of an interview and
    /// what was practised, and returns how many reviews there were.
    ///
    /// Pages about progress and files that were set aside go with them.
    ///
    /// # Errors
    /// When the database cannot be written, or a file cannot be removed.
    pub fn erase(&mut self) -> rusqlite::Result<usize> {
        self.connection.execute_batch("PRAGMA secure_delete = ON")?;
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let reviews = transaction.execute("DELETE FROM review", [])?;
        transaction.execute("DELETE FROM undone", [])?;
        transaction.execute("DELETE FROM card", [])?;
        transaction.execute("DELETE FROM session", [])?;
        super::interview::erase(&transaction)?;
        transaction.execute("DELETE FROM practice", [])?;
        transaction.commit()?;
        // The journal still holds what was written there before. While another server reads, it stays
        // until the last one ends.
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        if let Some(folder) = &self.folder {
            let failed = |error: io::Error| rusqlite::Error::ToSqlConversionFailure(error.into());
            remove_traces(folder).map_err(failed)?;
        }
        Ok(reviews)
    }
}

/// 32 hexadecimal digits.
fn digits(id: [u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(id))
}

#[cfg(test)]
mod tests;
