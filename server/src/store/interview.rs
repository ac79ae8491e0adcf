//! What the reader thinks of answers given in mock interviews: a log that only grows.

use rusqlite::{Connection, params};

use super::Store;

/// No part of the schema's version: a server that does not know the table does well without it.
pub(super) const TABLE: &str = "
CREATE TABLE IF NOT EXISTS judgement (
    interview TEXT NOT NULL,
    question TEXT NOT NULL,
    at INTEGER NOT NULL,
    judgement TEXT NOT NULL,
    found INTEGER NOT NULL,
    points INTEGER NOT NULL,
    PRIMARY KEY (interview, question)
) STRICT;
CREATE TRIGGER IF NOT EXISTS judgements_stay BEFORE UPDATE ON judgement
BEGIN SELECT raise(ABORT, 'the log of judgements only grows'); END;
";

/// The reader's own judgement of an answer, as it is kept: nothing of the answer itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Names the interview; an answer is judged once in it.
    pub interview: String,
    /// Permanent id, `pack/question`.
    pub question: String,
    /// Milliseconds since 1970 (UTC).
    pub at: i64,
    /// `good`, `in-part` or `not-yet`.
    pub judgement: String,
    /// Points that were found in the answer.
    pub found: u32,
    /// Points of the question.
    pub points: u32,
}

impl Store {
    /// Adds a judgement to the log; false when there is one of this answer already, which stays.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn judge(&mut self, judged: &Judgement) -> rusqlite::Result<bool> {
        add(&self.connection, judged)
    }

    /// The newest judgement of each question, with how often it was judged, by question.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn judgements(&self) -> rusqlite::Result<Vec<(Judgement, u32)>> {
        let mut statement = self.connection.prepare(
            "SELECT interview, question, max(at), judgement, found, points, count(*)
             FROM judgement GROUP BY question ORDER BY question",
        )?;
        let rows = statement.query_map([], |row| {
            let judged = Judgement {
                interview: row.get(0)?,
                question: row.get(1)?,
                at: row.get(2)?,
                judgement: row.get(3)?,
                found: row.get(4)?,
                points: row.get(5)?,
            };
            Ok((judged, row.get(6)?))
        })?;
        rows.collect()
    }
}

/// Adds a judgement to the log; false when there is one of this answer already.
pub(super) fn add(connection: &Connection, judged: &Judgement) -> rusqlite::Result<bool> {
    let added = connection.execute(
        "INSERT OR IGNORE INTO judgement (interview, question, at, judgement, found, points)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            judged.interview,
            judged.question,
            judged.at,
            judged.judgement,
            judged.found,
            judged.points,
        ],
    )?;
    Ok(added > 0)
}

/// Forgets all judgements.
pub(super) fn erase(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM judgement", []).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open_in_memory;

    fn judged(interview: &str, at: i64, judgement: &str) -> Judgement {
        Judgement {
            interview: interview.to_owned(),
            question: "p/rate".to_owned(),
            at,
            judgement: judgement.to_owned(),
            found: 1,
            points: 3,
        }
    }

    #[test]
    fn an_answer_is_judged_once_and_the_newest_judgement_counts() {
        let mut store = open_in_memory();
        assert!(store.judge(&judged("a", 5, "good")).unwrap());
        assert!(!store.judge(&judged("a", 9, "not-yet")).unwrap());
        assert!(store.judge(&judged("b", 7, "in-part")).unwrap());
        assert!(store.judge(&judged("c", 6, "good")).unwrap());
        assert_eq!(store.judgements().unwrap(), [(judged("b", 7, "in-part"), 3)]);
        let change = store.connection.execute("UPDATE judgement SET judgement = 'good'", []);
        assert!(change.unwrap_err().to_string().contains("only grows"));
        store.erase().unwrap();
        assert_eq!(store.judgements().unwrap(), []);
    }
}
