//! The log of reviews as comma-separated values, for spreadsheets and scripts (RFC 4180).

use std::io::{self, Write};

use rusqlite::types::ValueRef;

use super::Store;

/// The columns: times as ISO 8601 in UTC, ids as 32 hexadecimal digits, empty cells for what is not known.
const QUERY: &str = "
SELECT lower(hex(id)) AS id, session,
       strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS at,
       card, variant, source, outcome, grade, confidence, hints, ms,
       strftime('%Y-%m-%dT%H:%M:%fZ',
                (SELECT at FROM undone WHERE undone.review = review.id) / 1000.0, 'unixepoch')
       AS undone
FROM review ORDER BY review.at, review.id";

impl Store {
    /// Writes the log with a line of names, a review a line, oldest first, and returns how many reviews there
    /// are. Those that were undone say when.
    ///
    /// # Errors
    /// When the database cannot be read, or `out` cannot be written to.
    pub fn export_csv(&self, out: &mut impl Write) -> io::Result<usize> {
        let mut statement = self.connection.prepare(QUERY).map_err(io::Error::other)?;
        let columns = statement.column_count();
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(statement.column_names())?;
        let mut rows = statement.query([]).map_err(io::Error::other)?;
        let mut count = 0;
        while let Some(row) = rows.next().map_err(io::Error::other)? {
            for column in 0..columns {
                match row.get_ref(column).map_err(io::Error::other)? {
                    ValueRef::Text(text) => writer.write_field(text)?,
                    ValueRef::Integer(number) => writer.write_field(number.to_string())?,
                    _ => writer.write_field("")?,
                }
            }
            writer.write_record(None::<&[u8]>)?;
            count += 1;
        }
        writer.flush()?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use crate::store::Review;
    use crate::store::tests::{review, store};

    #[test]
    fn each_answer_is_a_line() {
        let odd =
            Review { session: "a, \"b\"\nc".to_owned(), ms: None, ..review(2, 86_400_500, 1) };
        let mut store = store(&[review(1, 0, 3), odd]);
        store.undo(86_401_000).unwrap();
        let mut out = Vec::new();
        assert_eq!(store.export_csv(&mut out).unwrap(), 2);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "id,session,at,card,variant,source,outcome,grade,confidence,hints,ms,undone\n\
             00000000000000000000000000000001,s1,1970-01-01T00:00:00.000Z,p/c/a,v,pack,right,3,,0,1200,\n\
             00000000000000000000000000000002,\"a, \"\"b\"\"\nc\",1970-01-02T00:00:00.500Z,p/c/a,v,pack,\
             wrong,1,,0,,1970-01-02T00:00:01.000Z\n"
        );
    }
}
