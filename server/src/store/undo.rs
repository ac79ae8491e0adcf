//! Taking answers back. The log only grows: an answer that was undone stays in it, with a note.

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::{Store, schedule};

/// An answer that counts no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// Names the presentation.
    pub id: u128,
    /// The session it was given in.
    pub session: String,
    /// When it was given, in milliseconds since 1970.
    pub at: i64,
    /// Permanent id, `pack/concept/item`.
    pub card: String,
    /// Permanent id within the card.
    pub variant: String,
    /// `pack` or `code`.
    pub source: String,
    /// `right`, `wrong` or `gave-up`.
    pub outcome: String,
    /// From 1 to 4.
    pub grade: u8,
    /// `sure`, `unsure` or `guess`, if the reader said.
    pub confidence: Option<String>,
}

impl Store {
    /// Takes back the newest answer that counts, whichever program it was given in; nothing when there is
    /// none. `now` in milliseconds since 1970.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn undo(&mut self, now: i64) -> rusqlite::Result<Option<Undone>> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(undone) = newest(&transaction)? else { return Ok(None) };
        note(&transaction, undone.id, now)?;
        schedule::bring_up_to_date(&transaction, &undone.card, undone.id)?;
        transaction.commit()?;
        Ok(Some(undone))
    }
}

/// Notes that an answer counts no more; false when that is noted already.
pub(super) fn note(connection: &Connection, id: u128, now: i64) -> rusqlite::Result<bool> {
    let insert = "INSERT OR IGNORE INTO undone (review, at) VALUES (?1, ?2)";
    Ok(connection.execute(insert, params![id.to_be_bytes(), now])? > 0)
}

/// The card that an answer is about, if the log has the answer.
pub(super) fn card_of(connection: &Connection, id: u128) -> rusqlite::Result<Option<String>> {
    let query = "SELECT card FROM review WHERE id = ?1";
    connection.query_row(query, [id.to_be_bytes()], |row| row.get(0)).optional()
}

fn newest(connection: &Connection) -> rusqlite::Result<Option<Undone>> {
    let query =
        "SELECT id, session, at, card, variant, source, outcome, grade, confidence FROM answer
                 ORDER BY at DESC, id DESC LIMIT 1";
    let read = |row: &Row<'_>| {
        Ok(Undone {
            id: u128::from_be_bytes(row.get(0)?),
            session: row.get(1)?,
            at: row.get(2)?,
            card: row.get(3)?,
            variant: row.get(4)?,
            source: row.get(5)?,
            outcome: row.get(6)?,
            grade: row.get(7)?,
            confidence: row.get(8)?,
        })
    };
    connection.query_row(query, [], read).optional()
}

#[cfg(test)]
mod tests {
    use crate::store::tests::{review, store};
    use crate::store::{Review, open};

    const DAY: i64 = 24 * 60 * 60 * 1000;

    #[test]
    fn an_answer_that_was_undone_never_was() {
        let first = review(1, 0, 3);
        let mut store_of_both = store(&[first.clone(), review(2, 5 * DAY, 1)]);
        let undone = store_of_both.undo(6 * DAY).unwrap().unwrap();
        assert_eq!((undone.id, undone.outcome.as_str()), (2, "wrong"));
        let once = store(&[first]);
        assert_eq!(store_of_both.cards().unwrap(), once.cards().unwrap());
        assert_eq!(store_of_both.stats(6 * DAY).unwrap(), once.stats(6 * DAY).unwrap());
        assert_eq!(store_of_both.undo(6 * DAY).unwrap().unwrap().id, 1);
        assert_eq!(store_of_both.cards().unwrap(), [], "as if it had never been asked");
        assert_eq!(store_of_both.undo(6 * DAY).unwrap(), None);
    }

    #[test]
    fn an_answer_stays_undone_when_it_comes_again() {
        let mut store = store(&[review(1, 0, 3)]);
        store.undo(1).unwrap();
        let recorded = store.record(&review(1, 0, 3)).unwrap();
        assert_eq!((recorded.card, store.reviews().unwrap()), (None, 0));
    }

    #[test]
    fn another_process_takes_back_what_this_one_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (mut one, mut two) = (open(folder.path()).store, open(folder.path()).store);
        one.record(&review(1, 0, 3)).unwrap();
        one.record(&Review { card: "p/c/b".to_owned(), ..review(2, 1, 3) }).unwrap();
        assert_eq!(two.undo(2).unwrap().unwrap().card, "p/c/b");
        assert_eq!(one.reviews().unwrap(), 1);
        assert_eq!(one.cards().unwrap().len(), 1);
        // What follows is counted from what is left.
        let card = one.record(&review(3, 5 * DAY, 3)).unwrap().card.unwrap();
        assert_eq!(card.reviews, 2);
    }

    #[test]
    fn what_is_noted_cannot_be_changed() {
        let mut store = store(&[review(1, 0, 3)]);
        store.undo(1).unwrap();
        assert!(store.connection.execute("UPDATE undone SET at = 4", []).is_err());
    }
}
