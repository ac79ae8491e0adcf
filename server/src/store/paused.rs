//! Sessions that are not over, so that another server can go on with them when this one is gone.
//!
//! A session belongs to the server that keeps it here, for as long as that server lives: it holds a
//! lock on a file, which the system takes back whatever way the server ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::Store;

/// Sessions that waited longer than this are dropped, in milliseconds.
const MAX_WAIT: i64 = 7 * 24 * 60 * 60 * 1000;

/// No part of the schema's version: a server that does not know the table does well without it.
pub(super) const TABLE: &str = "
CREATE TABLE IF NOT EXISTS session (
    id TEXT PRIMARY KEY NOT NULL,
    holder TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    state TEXT NOT NULL
) STRICT;
";

/// A session that waits. The state names questions of packs: no text, no path, no code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paused {
    /// Its name.
    pub id: String,
    /// What it takes to go on, as JSON.
    pub state: String,
}

/// This server as the owner of sessions.
#[derive(Debug)]
pub(super) struct Holder {
    name: String,
    path: PathBuf,
    /// Locked as long as it is open.
    _lock: File,
}

impl Holder {
    fn new(folder: &Path) -> io::Result<Self> {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        let name = format!("{:016x}", u64::from_ne_bytes(bytes));
        let path = lock_file(folder, &name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let lock = options.open(&path)?;
        lock.lock()?;
        Ok(Self { name, path, _lock: lock })
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn lock_file(folder: &Path, holder: &str) -> PathBuf {
    folder.join(format!("session-{holder}.lock"))
}

/// Whether a server of that name lives. Where locks do not work, it is taken to: a session that is
/// asked twice is worse than one that is lost.
fn lives(folder: &Path, holder: &str) -> bool {
    match File::options().write(true).open(lock_file(folder, holder)) {
        Ok(file) => match file.try_lock() {
            Ok(()) => false,
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => true,
        },
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

impl Store {
    /// Keeps a session of this server, in place of what was kept of it before. `now` in milliseconds
    /// since 1970. Does nothing in a store that does not last.
    ///
    /// # Errors
    /// When the database or its folder cannot be written.
    pub fn pause(&mut self, session: &Paused, now: i64) -> rusqlite::Result<()> {
        if self.own()?.is_none() {
            return Ok(());
        }
        let holder = self.holder.as_ref().map(|holder| holder.name.as_str());
        keep(&self.connection, session, holder.unwrap_or_default(), now)
    }

    /// Drops a session of this server.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn forget(&mut self, id: &str) -> rusqlite::Result<()> {
        let Some(holder) = &self.holder else { return Ok(()) };
        let of_mine = "DELETE FROM session WHERE id = ?1 AND holder = ?2";
        self.connection.execute(of_mine, [id, &holder.name]).map(drop)
    }

    /// Takes over the newest session whose server is gone, or the one named `id`. It belongs to this
    /// server then. `now` in milliseconds since 1970.
    ///
    /// # Errors
    /// When the database or its folder cannot be written.
    pub fn take_over(&mut self, id: Option<&str>, now: i64) -> rusqlite::Result<Option<Paused>> {
        let Some(folder) = self.folder.clone() else { return Ok(None) };
        if self.own()?.is_none() {
            return Ok(None);
        }
        let Some(mine) = self.holder.as_ref().map(|holder| holder.name.clone()) else {
            return Ok(None);
        };
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM session WHERE saved_at < ?1", [now - MAX_WAIT])?;
        let mut waiting = transaction.prepare(
            "SELECT id, holder, state FROM session WHERE ?1 IS NULL OR id = ?1
             ORDER BY saved_at DESC, id",
        )?;
        let rows = waiting.query_map([id], |row| {
            let paused = Paused { id: row.get(0)?, state: row.get(2)? };
            Ok((paused, row.get::<_, String>(1)?))
        })?;
        let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        drop(waiting);
        let free = rows.into_iter().find(|(_, holder)| *holder != mine && !lives(&folder, holder));
        let Some((paused, gone)) = free else {
            transaction.commit()?;
            return Ok(None);
        };
        keep(&transaction, &paused, &mine, now)?;
        transaction.commit()?;
        let others = "SELECT 1 FROM session WHERE holder = ?1";
        let other = self.connection.query_row(others, [&gone], |_| Ok(())).optional()?;
        if other.is_none() {
            let _ = fs::remove_file(lock_file(&folder, &gone));
        }
        Ok(Some(paused))
    }

    /// Whether a session waits whose server is gone. `now` in milliseconds since 1970.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_waiting(&self, now: i64) -> rusqlite::Result<bool> {
        let Some(folder) = &self.folder else { return Ok(false) };
        let query = "SELECT DISTINCT holder FROM session WHERE saved_at >= ?1";
        let mut holders = self.connection.prepare(query)?;
        let holders = holders.query_map([now - MAX_WAIT], |row| row.get::<_, String>(0))?;
        let holders = holders.collect::<rusqlite::Result<Vec<_>>>()?;
        let mine = self.holder.as_ref().map(|holder| holder.name.as_str());
        Ok(holders.iter().any(|name| mine != Some(name) && !lives(folder, name)))
    }

    /// The name of this server as a holder, which is made up at the first need; nothing for a store
    /// that does not last.
    pub(super) fn own(&mut self) -> rusqlite::Result<Option<&str>> {
        let Some(folder) = &self.folder else { return Ok(None) };
        if self.holder.is_none() {
            let unusable = |error: io::Error| rusqlite::Error::ToSqlConversionFailure(error.into());
            self.holder = Some(Holder::new(folder).map_err(unusable)?);
        }
        Ok(self.holder.as_ref().map(|holder| holder.name.as_str()))
    }
}

pub(super) fn keep(
    connection: &Connection,
    session: &Paused,
    holder: &str,
    now: i64,
) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT OR REPLACE INTO session (id, holder, saved_at, state) VALUES (?1, ?2, ?3, ?4)",
        params![session.id, holder, now, session.state],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;

    fn paused(id: &str, state: &str) -> Paused {
        Paused { id: id.to_owned(), state: state.to_owned() }
    }

    fn store(folder: &Path) -> Store {
        let opened = open(folder);
        assert_eq!(opened.notice, None);
        opened.store
    }

    #[test]
    fn a_session_is_taken_over_once_and_only_from_a_server_that_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let (mut one, mut two, mut three) =
            (store(folder.path()), store(folder.path()), store(folder.path()));
        one.pause(&paused("s", "1"), 1).unwrap();
        one.pause(&paused("s", "2"), 2).unwrap();
        assert_eq!(two.take_over(None, 3).unwrap(), None, "its server lives");
        assert_eq!(one.take_over(None, 3).unwrap(), None, "it runs here");
        assert!(!one.is_waiting(3).unwrap() && !two.is_waiting(3).unwrap());
        drop(one);
        assert!(two.is_waiting(3).unwrap() && !two.is_waiting(4 + MAX_WAIT).unwrap());
        assert_eq!(two.take_over(Some("other"), 3).unwrap(), None);
        assert_eq!(two.take_over(None, 3).unwrap(), Some(paused("s", "2")));
        assert_eq!(three.take_over(None, 3).unwrap(), None, "another one has it");
        assert!(!three.is_waiting(3).unwrap());
        two.forget("s").unwrap();
        drop(two);
        assert_eq!(three.take_over(None, 3).unwrap(), None, "it is over");
        drop(three);
        let left = fs::read_dir(folder.path()).unwrap().flatten();
        let locks: Vec<_> =
            left.filter(|it| it.path().extension().is_some_and(|end| end == "lock")).collect();
        assert!(locks.is_empty(), "{locks:?}");
    }

    #[test]
    fn the_newest_one_comes_first_and_old_ones_are_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let mut one = store(folder.path());
        one.pause(&paused("old", "a"), 1_000).unwrap();
        one.pause(&paused("new", "b"), 2_000).unwrap();
        one.pause(&paused("mid", "c"), 1_500).unwrap();
        drop(one);
        let mut two = store(folder.path());
        let now = 1_200 + MAX_WAIT;
        assert_eq!(two.take_over(None, now).unwrap(), Some(paused("new", "b")));
        assert_eq!(two.take_over(None, now).unwrap(), Some(paused("mid", "c")));
        assert_eq!(two.take_over(None, now).unwrap(), None);
    }
}
