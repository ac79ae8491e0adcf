//! `pygloss stats`: what the reader knows by now.

use std::env;
use std::io::{self, Write};

use pygloss_core::Library;
use pygloss_core::progress::Glyphs;

use super::{ask::now, progress};
use crate::progress::{Part, Progress, page};
use crate::store::calendar;

/// Prints what was answered, how much of each topic is known, on which days and what is due; of each question
/// if `part` says so. `interview` is a date such as `2026-12-24`.
///
/// # Errors
/// When there is no progress, it cannot be read, the date is none, or `out` cannot be written to.
pub fn run(
    out: &mut impl Write,
    library: &Library,
    part: Part,
    interview: Option<&str>,
) -> io::Result<i32> {
    check(interview)?;
    let (mut store, folder) = progress::existing()?;
    let now = i64::try_from(now()).unwrap_or(i64::MAX);
    let progress = Progress::read(&mut store, library, now, interview).map_err(io::Error::other)?;
    write!(out, "{}", page(&progress, part, glyphs()).text())?;
    writeln!(out, "\nKept in {}.", folder.display())?;
    Ok(0)
}

/// Refuses what is no date.
///
/// # Errors
/// When `date` is none.
pub fn check(date: Option<&str>) -> io::Result<()> {
    match date.filter(|date| calendar::start(date).is_none()) {
        None => Ok(()),
        Some(date) => {
            let text = format!("`{date}` is no date; write it like 2026-12-24");
            Err(io::Error::other(text))
        }
    }
}

/// What the terminal shows: blocks where the locale is one of UTF-8.
fn glyphs() -> Glyphs {
    // The first of these that is set counts (POSIX, Environment Variables, 8.2).
    let names = ["LC_ALL", "LC_CTYPE", "LANG"];
    let mut set = names.iter().filter_map(|name| env::var(name).ok());
    let locale = set.find(|value| !value.is_empty()).unwrap_or_default().to_lowercase();
    let utf8 = cfg!(any(windows, target_os = "macos"))
        || locale.contains("utf-8")
        || locale.contains("utf8");
    if utf8 { Glyphs::UNICODE } else { Glyphs::ASCII }
}
