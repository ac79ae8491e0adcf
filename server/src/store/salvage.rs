//! What can still be read of a damaged file.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params_from_iter};

use super::{Store, schedule};

/// Takes over the answers in the damaged file `aside` that can be read, and derives the cards from them.
/// Returns how many there are.
///
/// # Errors
/// When `store` cannot be written; what cannot be read is no error.
pub(super) fn salvage(aside: &Path, store: &mut Store) -> rusqlite::Result<u32> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let Ok(damaged) = Connection::open_with_flags(aside, flags) else { return Ok(0) };
    let transaction = store.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (table, columns) in [("review", 12), ("undone", 2), ("judgement", 6), ("practice", 4)] {
        let marks = vec!["?"; columns].join(", ");
        let mut insert =
            transaction.prepare(&format!("INSERT OR IGNORE INTO {table} VALUES ({marks})"))?;
        // From both ends, up to where it is broken.
        for order in ["ASC", "DESC"] {
            let query = format!("SELECT * FROM {table} NOT INDEXED ORDER BY rowid {order}");
            for row in readable(&damaged, &query, columns) {
                // A row may be read and still be none: the constraints of the table tell.
                let _ = insert.execute(params_from_iter(row));
            }
        }
    }
    let cards = {
        let mut cards = transaction.prepare("SELECT DISTINCT card FROM answer")?;
        let cards = cards.query_map([], |row| row.get::<_, String>(0))?;
        cards.collect::<rusqlite::Result<Vec<_>>>()?
    };
    for card in cards {
        schedule::bring_up_to_date(&transaction, &card, 0)?;
    }
    let count = transaction.query_row("SELECT count(*) FROM answer", [], |row| row.get(0))?;
    transaction.commit()?;
    Ok(count)
}

/// The rows before the first one that cannot be read.
fn readable(damaged: &Connection, query: &str, columns: usize) -> Vec<Vec<Value>> {
    let Ok(mut statement) = damaged.prepare(query) else { return Vec::new() };
    if statement.column_count() != columns {
        return Vec::new();
    }
    let row = |row: &rusqlite::Row<'_>| (0..columns).map(|at| row.get(at)).collect();
    let Ok(rows) = statement.query_map([], row) else { return Vec::new() };
    rows.map_while(rusqlite::Result::ok).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use std::fs;
    use std::path::Path;

    use crate::store::tests::review;
    use crate::store::{Review, open};

    const ANSWERS: u32 = 2000;

    /// A store with many answers, the middle of whose file is overwritten.
    pub fn damaged(folder: &Path) {
        let mut store = open(folder).store;
        for number in 0..ANSWERS {
            let card = format!("p/c/{}", number % 20);
            let at = i64::from(number) * 1_000_000_000;
            store.record(&Review { card, ..review(u128::from(number), at, 3) }).unwrap();
        }
        drop(store);
        let file = folder.join("progress.db");
        let mut bytes = fs::read(&file).unwrap();
        let middle = bytes.len() / 2 / 4096 * 4096;
        bytes[middle..middle + 8192].fill(0xa5);
        fs::write(&file, bytes).unwrap();
    }

    #[test]
    fn what_can_be_read_of_a_damaged_file_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        damaged(folder.path());
        let opened = open(folder.path());
        let notice = opened.notice.unwrap();
        let saved = opened.store.reviews().unwrap();
        assert!(notice.contains(&format!("{saved} answers could be saved from it")), "{notice}");
        assert!((ANSWERS / 2..ANSWERS).contains(&saved), "{saved}");
        assert_eq!(opened.store.cards().unwrap().len(), 20);
        assert!(folder.path().join("progress.damaged-1.db").exists());
        assert_eq!(open(folder.path()).notice, None, "once");
    }
}
