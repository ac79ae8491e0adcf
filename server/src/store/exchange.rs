//! The log of reviews as lines of JSON: what one machine writes, another one takes in.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, BufRead, Write};

use rusqlite::TransactionBehavior;
use serde::{Deserialize, Serialize};

use super::folder::remove_traces;
use super::{Review, Store, insert, schedule, undo};

/// The last millisecond of the year 9999: later ones are no time of an answer.
const LATEST: i64 = 253_402_300_799_999;

/// A review as a line of JSON.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// 32 hexadecimal digits.
    id: String,
    session: String,
    at: i64,
    card: String,
    variant: String,
    seed: u64,
    source: String,
    outcome: String,
    grade: u8,
    confidence: Option<String>,
    hints: u32,
    ms: Option<u64>,
}

/// That an answer was undone, as a line of JSON.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct UndoneLine {
    /// The answer's id.
    undone: String,
    at: i64,
}

/// What an import led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Reviews that are new to the log.
    pub added: usize,
    /// Reviews that were in it already.
    pub known: usize,
}

impl Store {
    /// Writes the log, a review a line, oldest first, then a line for each that was undone, and returns how
    /// many reviews there are.
    ///
    /// # Errors
    /// When the database cannot be read, or `out` cannot be written to.
    pub fn export(&self, out: &mut impl Write) -> io::Result<usize> {
        let mut statement = self
            .connection
            .prepare(
                "SELECT id, session, at, card, variant, seed, source, outcome, grade, confidence,
                        hints, ms FROM review ORDER BY at, id",
            )
            .map_err(io::Error::other)?;
        let lines = statement
            .query_map([], |row| {
                Ok(Line {
                    id: format!("{:032x}", u128::from_be_bytes(row.get(0)?)),
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
                })
            })
            .map_err(io::Error::other)?;
        let mut count = 0;
        for line in lines {
            serde_json::to_writer(&mut *out, &line.map_err(io::Error::other)?)?;
            writeln!(out)?;
            count += 1;
        }
        let mut statement = self
            .connection
            .prepare("SELECT review, at FROM undone ORDER BY at, review")
            .map_err(io::Error::other)?;
        let lines = statement
            .query_map([], |row| {
                Ok(UndoneLine {
                    undone: format!("{:032x}", u128::from_be_bytes(row.get(0)?)),
                    at: row.get(1)?,
                })
            })
            .map_err(io::Error::other)?;
        for line in lines {
            serde_json::to_writer(&mut *out, &line.map_err(io::Error::other)?)?;
            writeln!(out)?;
        }
        Ok(count)
    }

    /// Adds the reviews that [`Store::export`] wrote, each at most once, and derives the cards that
    /// they are about anew. All are added, or none.
    ///
    /// # Errors
    /// When a line is no review (the error names it, counted from 1), `lines` cannot be read or the
    /// database cannot be written.
    pub fn import(&mut self, lines: impl BufRead) -> io::Result<Imported> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(io::Error::other)?;
        let mut imported = Imported { added: 0, known: 0 };
        let mut touched = BTreeMap::new();
        for (index, text) in lines.lines().enumerate() {
            let bad = |reason: &dyn Display| {
                io::Error::other(format!("line {}: {reason}; nothing was imported", index + 1))
            };
            let text = text.map_err(|error| bad(&error))?;
            if text.trim().is_empty() {
                continue;
            }
            if let Ok(line) = serde_json::from_str::<UndoneLine>(&text) {
                let id = identity(&line.undone).ok_or_else(|| bad(&"invalid `undone`"))?;
                undo::note(&transaction, id, line.at).map_err(io::Error::other)?;
                // The answer may be there already, or come with another file.
                let card = undo::card_of(&transaction, id).map_err(io::Error::other)?;
                touched.extend(card.map(|card| (card, id)));
                continue;
            }
            let line: Line = serde_json::from_str(&text).map_err(|error| bad(&error))?;
            let review = line.review().map_err(|field| bad(&format!("invalid `{field}`")))?;
            if insert(&transaction, &review).map_err(io::Error::other)? {
                imported.added += 1;
                touched.insert(review.card, review.id);
            } else {
                imported.known += 1;
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

impl Line {
    /// The review, or the name of the field that is wrong.
    fn review(self) -> Result<Review, &'static str> {
        let id = identity(&self.id).ok_or("id")?;
        let valid = |valid: bool, field| if valid { Ok(()) } else { Err(field) };
        valid((0..=LATEST).contains(&self.at), "at")?;
        valid(!self.card.is_empty(), "card")?;
        valid((1..=4).contains(&self.grade), "grade")?;
        valid(self.ms.is_none_or(|ms| i64::try_from(ms).is_ok()), "ms")?;
        let confidence = self.confidence.as_deref();
        Ok(Review {
            id,
            session: self.session,
            at: self.at,
            card: self.card,
            variant: self.variant,
            seed: self.seed,
            source: word(&self.source, &["pack", "code"]).ok_or("source")?,
            outcome: word(&self.outcome, &["right", "wrong", "gave-up"]).ok_or("outcome")?,
            grade: self.grade,
            confidence: confidence
                .map(|said| word(said, &["sure", "unsure", "guess"]).ok_or("confidence"))
                .transpose()?,
            hints: self.hints,
            ms: self.ms,
        })
    }
}

/// The number that 32 hexadecimal digits stand for.
fn identity(digits: &str) -> Option<u128> {
    let hexadecimal = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u128::from_str_radix(digits, 16).ok().filter(|_| hexadecimal)
}

fn word(text: &str, known: &[&'static str]) -> Option<&'static str> {
    known.iter().copied().find(|known| *known == text)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{review, store};
    use super::*;
    use crate::store::open_in_memory;

    const DAY: i64 = 24 * 60 * 60 * 1000;

    fn exported(store: &Store) -> String {
        let mut out = Vec::new();
        store.export(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn two_machines_come_to_the_same_log_and_cards() {
        let mut said = review(3, 9 * DAY, 4);
        (said.confidence, said.ms) = (Some("sure"), None);
        let (first, second) = (review(1, 0, 3), review(u128::MAX, 3 * DAY, 1));
        let mut here = store(&[first.clone(), said.clone()]);
        let mut there = store(&[first.clone(), second.clone()]);
        let (from_here, from_there) = (exported(&here), exported(&there));
        let once = Imported { added: 1, known: 1 };
        assert_eq!(here.import(from_there.as_bytes()).unwrap(), once);
        assert_eq!(there.import(from_here.as_bytes()).unwrap(), once);
        assert_eq!(exported(&here), exported(&there));
        assert_eq!(here.cards().unwrap(), store(&[first, second, said]).cards().unwrap());
        assert_eq!(here.cards().unwrap(), there.cards().unwrap());
        let before = exported(&here);
        let again = here.import(before.as_bytes()).unwrap();
        assert_eq!(again, Imported { added: 0, known: 3 });
        assert_eq!(exported(&here), before);
    }

    #[test]
    fn a_bad_line_is_named_and_nothing_is_imported() {
        let good = exported(&store(&[review(1, 0, 3)]));
        for (from, to, reason) in [
            ("\"grade\":3", "\"grade\":5", "invalid `grade`"),
            ("\"at\":0", "\"at\":-1", "invalid `at`"),
            ("\"right\"", "\"rihgt\"", "invalid `outcome`"),
            ("\"id\":\"0", "\"id\":\"+", "invalid `id`"),
            ("\"hints\"", "\"hint\"", "unknown field `hint`"),
            ("{", "", ""),
        ] {
            let bad = good.replacen(from, to, 1);
            assert_ne!(bad, good);
            let mut store = open_in_memory();
            let error = store.import(format!("{good}{bad}").as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with("line 2: "), "{error}");
            assert!(error.contains(reason), "{error}");
            assert_eq!((store.reviews().unwrap(), store.cards().unwrap().len()), (0, 0));
        }
    }

    #[test]
    fn what_was_undone_is_undone_everywhere() {
        let (first, second) = (review(1, 0, 3), review(2, 3 * DAY, 1));
        let mut here = store(&[first.clone(), second.clone()]);
        here.undo(4 * DAY).unwrap();
        let log = exported(&here);
        let undone = format!("{{\"undone\":\"{:032x}\",\"at\":{}}}\n", 2, 4 * DAY);
        assert!(log.ends_with(&undone), "{log}");
        let expected = store(std::slice::from_ref(&first)).cards().unwrap();
        // To a machine that has both answers, one, or none; in whatever order the lines come.
        for there in [vec![first, second.clone()], vec![second], vec![]] {
            let mut there = store(&there);
            there.import(undone.as_bytes()).unwrap();
            there.import(log.as_bytes()).unwrap();
            assert_eq!(there.cards().unwrap(), expected);
            assert_eq!(exported(&there), log);
        }
        let error = here.import("{\"undone\":\"2\",\"at\":1}".as_bytes()).unwrap_err().to_string();
        assert_eq!(error, "line 1: invalid `undone`; nothing was imported");
    }

    #[test]
    fn no_file_holds_what_was_erased() {
        let folder = tempfile::tempdir().unwrap();
        let holds = || {
            let files = std::fs::read_dir(folder.path()).unwrap();
            let files = files.map(|file| file.unwrap().path()).filter(|path| path.is_file());
            let bytes = files.map(|path| std::fs::read(path).unwrap());
            bytes.into_iter().any(|bytes| memchr::memmem::find(&bytes, b"some/card").is_some())
        };
        let mut store = crate::store::open(folder.path()).store;
        for id in 0..100 {
            let card = format!("some/card/{id}");
            store.record(&Review { card, ..review(id, DAY, 3) }).unwrap();
        }
        assert!(holds());
        // As a damaged file is set aside, and a page is written.
        let copy = |name: &str| {
            std::fs::copy(folder.path().join("progress.db"), folder.path().join(name)).unwrap()
        };
        copy("progress.damaged-1.db");
        let page = folder.path().join(crate::store::progress_page(true));
        std::fs::create_dir(page.parent().unwrap()).unwrap();
        std::fs::write(&page, "some/card").unwrap();
        store.erase().unwrap();
        assert!(!holds() && !page.exists());
        assert_eq!(store.erase().unwrap(), 0, "nothing is there to be removed any more");
    }

    #[test]
    fn erasing_leaves_nothing() {
        let mut store = store(&[review(1, 0, 3), review(2, DAY, 3)]);
        assert_eq!(store.erase().unwrap(), 2);
        assert_eq!((store.reviews().unwrap(), store.cards().unwrap().len()), (0, 0));
    }
}
