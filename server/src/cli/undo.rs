//! `pygloss undo`: take back the last answers.

use std::io::{self, Write};

use pygloss_core::Library;

use super::{ask::now, progress};
use crate::quiz::undone_in_words;

/// Takes back up to `count` answers, the newest first, and says which. Exit code 1 when there was none.
///
/// # Errors
/// When there is no progress, or it cannot be written.
pub fn run(out: &mut impl Write, library: &Library, count: u8) -> io::Result<i32> {
    let (mut store, _) = progress::existing()?;
    for number in 0..count {
        let now = i64::try_from(now()).unwrap_or(i64::MAX);
        let undone = store.undo(now).map_err(io::Error::other)?;
        if number == 0 || undone.is_some() {
            writeln!(out, "{}", undone_in_words(library, undone.as_ref()))?;
        }
        if undone.is_none() {
            return Ok(i32::from(number == 0));
        }
    }
    Ok(0)
}
