//! Opens the store, whatever state it is in.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::salvage::salvage;
use super::{Store, interview, paused, practice};

/// The version of the tables, in SQLite's `user_version`. A program of version 1 would count what was
/// undone.
const SCHEMA: i64 = 2;

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS review (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    session TEXT NOT NULL,
    at INTEGER NOT NULL,
    card TEXT NOT NULL,
    variant TEXT NOT NULL,
    seed INTEGER NOT NULL,
    source TEXT NOT NULL,
    outcome TEXT NOT NULL,
    grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4),
    confidence TEXT,
    hints INTEGER NOT NULL,
    ms INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS review_of_card ON review (card, at);
CREATE TRIGGER IF NOT EXISTS reviews_stay BEFORE UPDATE ON review
BEGIN SELECT raise(ABORT, 'the log of reviews only grows'); END;
CREATE INDEX IF NOT EXISTS review_by_time ON review (at, id);
CREATE TABLE IF NOT EXISTS undone (
    review BLOB PRIMARY KEY NOT NULL CHECK (length(review) = 16),
    at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS undone_stays BEFORE UPDATE ON undone
BEGIN SELECT raise(ABORT, 'what is undone stays so'); END;
CREATE VIEW IF NOT EXISTS answer AS
    SELECT * FROM review WHERE NOT EXISTS (SELECT 1 FROM undone WHERE undone.review = review.id);
CREATE TABLE IF NOT EXISTS card (
    card TEXT PRIMARY KEY NOT NULL,
    stability REAL NOT NULL,
    difficulty REAL NOT NULL,
    due_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    last_variant TEXT NOT NULL,
    reviews INTEGER NOT NULL,
    lapses INTEGER NOT NULL
) STRICT;
PRAGMA user_version = 2;
";

/// A store, and what the reader should know about it.
#[derive(Debug)]
pub struct Opened {
    /// The store; in memory when the one on disk cannot be used.
    pub store: Store,
    /// One clear sentence when something is amiss.
    pub notice: Option<String>,
}

/// Opens the store in `folder`, which is made if it is missing. Never fails: when the disk cannot be
/// used, the store is in memory and the notice says why.
pub fn open(folder: &Path) -> Opened {
    let file = folder.join("progress.db");
    open_file(&file, on_disk(&file))
}

/// As [`open`], without reading all of the file: damage within it is left to [`damage`].
pub fn open_quickly(folder: &Path) -> Opened {
    let file = folder.join("progress.db");
    open_file(&file, on_disk_unchecked(&file))
}

/// What is wrong with the file in `folder`, as far as reading it on a connection of its own tells.
pub fn damage(folder: &Path) -> Option<String> {
    let file = folder.join("progress.db");
    let checked = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(trouble)
        .and_then(|connection| check(&connection));
    match checked {
        Err(Trouble::Damaged(reason)) => Some(reason),
        _ => None,
    }
}

fn open_file(file: &Path, opened: Result<Store, Trouble>) -> Opened {
    match opened {
        Ok(store) => Opened { store, notice: None },
        Err(Trouble::Damaged(_)) => {
            replace(file).unwrap_or_else(|trouble| in_memory(file, &trouble))
        }
        Err(trouble) => in_memory(file, &trouble),
    }
}

/// Sets a damaged file aside and starts a new one, unless another server has just done so.
fn replace(file: &Path) -> Result<Opened, Trouble> {
    let unusable = |error: io::Error| Trouble::Unusable(error.to_string());
    let lock = private_file(&file.with_extension("lock")).map_err(unusable)?;
    lock.lock().map_err(unusable)?;
    let reason = match on_disk(file) {
        Ok(store) => return Ok(Opened { store, notice: None }),
        Err(Trouble::Damaged(reason)) => reason,
        Err(trouble) => return Err(trouble),
    };
    let aside = set_aside(file).map_err(unusable)?;
    let mut store = on_disk(file)?;
    let saved = match salvage(&aside, &mut store).map_err(trouble)? {
        0 => "a new one was started".to_owned(),
        1 => "1 answer could be saved from it".to_owned(),
        count => format!("{count} answers could be saved from it"),
    };
    let notice = format!(
        "The progress file was damaged ({reason}). It is kept as {}, and {saved}.",
        aside.display()
    );
    Ok(Opened { store, notice: Some(notice) })
}

/// A store that lasts as long as the process.
pub fn open_in_memory() -> Store {
    let connection = Connection::open_in_memory().expect("SQLite opens a database in memory");
    connection.execute_batch(TABLES).expect("the tables are valid");
    for table in [paused::TABLE, interview::TABLE, practice::TABLE] {
        connection.execute_batch(table).expect("the table is valid");
    }
    Store { connection, lasting: false, folder: None, holder: None, interview: None }
}

#[derive(Debug)]
enum Trouble {
    /// The file is no database, or a broken one.
    Damaged(String),
    /// The file was written by a newer version.
    Newer(i64),
    /// The file or its folder cannot be read or written.
    Unusable(String),
}

fn in_memory(file: &Path, trouble: &Trouble) -> Opened {
    let reason = match trouble {
        Trouble::Damaged(reason) | Trouble::Unusable(reason) => reason.clone(),
        Trouble::Newer(version) => {
            format!("it was written by a newer pygloss (format {version}, this one knows {SCHEMA})")
        }
    };
    let notice = format!(
        "Progress cannot be kept in {}: {reason}. The quiz goes on; its answers are forgotten at the end.",
        file.display()
    );
    let mut store = open_in_memory();
    if matches!(trouble, Trouble::Unusable(_)) && copy(file, &mut store).is_err() {
        // Half a copy would be worse than none.
        store = open_in_memory();
    }
    Opened { store, notice: Some(notice) }
}

/// Takes over what a file holds that can be read, but not written.
fn copy(file: &Path, store: &mut Store) -> rusqlite::Result<()> {
    // Without a folder to write to, what other servers have in their log beside it is out of reach.
    let path = file.to_str().ok_or(rusqlite::Error::InvalidQuery)?;
    let escaped = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let source = Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)?;
    let version: i64 = source.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tables: &[&str] = match version {
        1 => &["review", "card", "judgement", "practice"],
        SCHEMA => &["review", "undone", "card", "judgement", "practice"],
        _ => return Err(rusqlite::Error::InvalidQuery),
    };
    for table in tables {
        // The file may come from a server that did not know the table.
        if !source.table_exists(None, *table)? {
            continue;
        }
        let mut rows = source.prepare(&format!("SELECT * FROM {table}"))?;
        let marks = vec!["?"; rows.column_count()].join(", ");
        let mut insert =
            store.connection.prepare(&format!("INSERT INTO {table} VALUES ({marks})"))?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let count = row.as_ref().column_count();
            let values: Vec<rusqlite::types::Value> =
                (0..count).map(|column| row.get(column)).collect::<rusqlite::Result<_>>()?;
            insert.execute(rusqlite::params_from_iter(values))?;
        }
    }
    Ok(())
}

fn on_disk(file: &Path) -> Result<Store, Trouble> {
    let store = on_disk_unchecked(file)?;
    check(&store.connection)?;
    Ok(store)
}

/// Reads all of the file.
fn check(connection: &Connection) -> Result<(), Trouble> {
    let check: String =
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(trouble)?;
    if check == "ok" { Ok(()) } else { Err(Trouble::Damaged(check)) }
}

fn on_disk_unchecked(file: &Path) -> Result<Store, Trouble> {
    let unusable = |error: io::Error| Trouble::Unusable(error.to_string());
    if let Some(folder) = file.parent() {
        make_private_folder(folder).map_err(unusable)?;
    }
    private_file(file).map_err(unusable)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(trouble)?;
    prepare(&connection).map_err(trouble)?;
    let version: i64 =
        connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(trouble)?;
    if version > SCHEMA {
        return Err(Trouble::Newer(version));
    }
    if version < SCHEMA {
        let make = format!("BEGIN IMMEDIATE; {TABLES} COMMIT;");
        connection.execute_batch(&make).map_err(trouble)?;
    }
    for table in [paused::TABLE, interview::TABLE, practice::TABLE] {
        connection.execute_batch(table).map_err(trouble)?;
    }
    let folder = file.parent().map(Path::to_owned);
    Ok(Store { connection, lasting: true, folder, holder: None, interview: None })
}

/// Several servers write to one file: each waits for the others, and what is acknowledged is on
/// disk.
fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_secs(60))?;
    // Changing the mode needs the file for a moment; a server that meets another one there may be
    // told so at once instead of waiting.
    let mut tries = 0;
    loop {
        let mode =
            connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0));
        match mode {
            Err(error)
                if tries < 200 && error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) =>
            {
                tries += 1;
                std::thread::sleep(Duration::from_millis(10));
            }
            other => {
                other?;
                break;
            }
        }
    }
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;")
}

fn trouble(error: rusqlite::Error) -> Trouble {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            Trouble::Damaged(error.to_string())
        }
        _ => Trouble::Unusable(error.to_string()),
    }
}

/// Renames a damaged file, with what SQLite keeps beside it.
fn set_aside(file: &Path) -> io::Result<PathBuf> {
    let name = |number: u32| file.with_extension(format!("damaged-{number}.db"));
    let free = (1..1000).map(name).find(|aside| !aside.exists());
    let aside = free.ok_or_else(|| io::Error::other("too many damaged files are there already"))?;
    fs::rename(file, &aside)?;
    for ending in ["-wal", "-shm"] {
        let mut beside = file.as_os_str().to_owned();
        beside.push(ending);
        let mut target = aside.as_os_str().to_owned();
        target.push(ending);
        match fs::rename(beside, target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(aside)
}

#[cfg(unix)]
fn make_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Opens a file that only its owner can read, and makes it if it is missing.
fn private_file(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As version 1 had them.
    const OLD_TABLES: &str = "
        CREATE TABLE review (
            id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16), session TEXT NOT NULL,
            at INTEGER NOT NULL, card TEXT NOT NULL, variant TEXT NOT NULL, seed INTEGER NOT NULL,
            source TEXT NOT NULL, outcome TEXT NOT NULL,
            grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4), confidence TEXT,
            hints INTEGER NOT NULL, ms INTEGER) STRICT;
        CREATE INDEX review_of_card ON review (card, at);
        CREATE TABLE card (
            card TEXT PRIMARY KEY NOT NULL, stability REAL NOT NULL, difficulty REAL NOT NULL,
            due_at INTEGER NOT NULL, last_at INTEGER NOT NULL, last_variant TEXT NOT NULL,
            reviews INTEGER NOT NULL, lapses INTEGER NOT NULL) STRICT;
        INSERT INTO review VALUES
            (zeroblob(16), 's', 1, 'c', 'v', 2, 'pack', 'right', 3, NULL, 0, NULL);
        INSERT INTO card VALUES ('c', 1.0, 2.0, 3, 1, 'v', 1, 0);
        PRAGMA user_version = 1;";

    #[test]
    fn a_file_of_an_older_version_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("progress.db");
        Connection::open(&file).unwrap().execute_batch(OLD_TABLES).unwrap();
        let copied = in_memory(&file, &Trouble::Unusable("read-only".to_owned()));
        assert_eq!(copied.store.reviews().unwrap(), 1);
        let opened = open(folder.path());
        assert_eq!(opened.notice, None);
        let mut store = opened.store;
        assert_eq!(store.card("c").unwrap().unwrap().due_at, 3);
        assert_eq!(store.undo(5).unwrap().unwrap().card, "c");
        assert_eq!((store.reviews().unwrap(), store.cards().unwrap()), (0, vec![]));
        assert_eq!(open(folder.path()).store.reviews().unwrap(), 0);
    }

    /// Also for the superuser, to whom every file is writable.
    #[test]
    fn a_file_that_cannot_be_written_is_copied() {
        let folder = tempfile::tempdir().unwrap();
        let odd = folder.path().join("50% #1?");
        fs::create_dir(&odd).unwrap();
        let file = odd.join("progress.db");
        let store = on_disk(&file).unwrap();
        let review = "INSERT INTO review VALUES (zeroblob(16), 's', 1, 'c', 'v', 2, 'pack', 'right', 3, NULL, 0, NULL);
                      INSERT INTO card VALUES ('c', 1.0, 2.0, 3, 1, 'v', 1, 0);";
        store.connection.execute_batch(review).unwrap();
        drop(store);
        let opened = in_memory(&file, &Trouble::Unusable("read-only".to_owned()));
        assert!(!opened.store.is_lasting());
        assert_eq!(opened.store.reviews().unwrap(), 1);
        assert_eq!(opened.store.card("c").unwrap().unwrap().due_at, 3);
        let newer = in_memory(&file, &Trouble::Newer(9));
        assert_eq!(newer.store.reviews().unwrap(), 0);
    }
}
