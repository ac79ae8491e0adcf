//! Days, as the clock and the time zone of this machine have them.
//!
//! A day is a number: days since 1 January 1970 in the local calendar. An answer belongs to the day that
//! the reader's clock showed when it was given, summer time and all; who travels takes the old days along
//! as the new time zone has them. SQLite does the sums.

use rusqlite::{Connection, params};

/// The local day of a column or parameter that holds milliseconds since 1970, in SQL.
pub(super) fn day_of(at: &str) -> String {
    // 2440587.5 is the Julian day of 1970-01-01 00:00.
    format!("CAST(julianday(date({at} / 1000, 'unixepoch', 'localtime')) - 2440587.5 AS INTEGER)")
}

/// The local day at `now`, in milliseconds since 1970.
pub fn day(now: i64) -> i64 {
    let query = format!("SELECT {}", day_of("?1"));
    ask(&query, now).unwrap_or(now.div_euclid(24 * 60 * 60 * 1000))
}

/// A day as `2026-12-24`.
pub fn date(day: i64) -> String {
    ask("SELECT date(?1 * 86400, 'unixepoch')", day).unwrap_or_default()
}

/// When a day such as `2026-12-24` starts here, in milliseconds since 1970; nothing for what is no day.
pub fn start(date: &str) -> Option<i64> {
    let connection = Connection::open_in_memory().ok()?;
    let query = "SELECT date(?1), CAST(strftime('%s', ?1, 'utc') AS INTEGER) * 1000";
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let (written, at): (Option<String>, Option<i64>) =
        connection.query_row(query, params![date], row).ok()?;
    // SQLite takes 31 February for 3 March, and `now` for a date.
    at.filter(|_| written.as_deref() == Some(date))
}

fn ask<T: rusqlite::types::FromSql>(query: &str, number: i64) -> Option<T> {
    let connection = Connection::open_in_memory().ok()?;
    connection.query_row(query, [number], |row| row.get(0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_one_that_exists() {
        let start = |date| start(date).map(day);
        assert_eq!(start("1970-01-02"), Some(1));
        assert_eq!(start("2028-02-29").map(date).as_deref(), Some("2028-02-29"));
        for wrong in ["2026-02-29", "2026-2-1", "24.12.2026", "now", "", "2026-12-24 10:00", "9"] {
            assert_eq!(start(wrong), None, "{wrong}");
        }
    }
}
