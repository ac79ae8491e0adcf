//! `pygloss progress`: take what was answered to another machine, or forget it.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use pygloss_core::Library;

use super::counted;
use crate::store::{self, Exported, Store};
use crate::{anki, quiz};

/// How an export is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The answers, judgements of interviews and what was done with exercises as lines of JSON, which
    /// `import` takes.
    Jsonl,
    /// The answers as comma-separated values with a line of names.
    Csv,
    /// The questions of the packs as notes for Anki.
    Anki,
}

/// Writes the logs, or the questions, to `file`, else to `out`.
///
/// # Errors
/// When there is no progress, or it cannot be read or written.
pub fn export(
    out: &mut impl Write,
    library: &Library,
    file: Option<&Path>,
    format: Format,
) -> io::Result<i32> {
    // Before the file is made: what is asked for may not be there.
    let store = if format == Format::Anki { None } else { Some(existing()?.0) };
    let answers = |answers| Ok(Exported { answers, ..Exported::default() });
    let write = |mut out: &mut dyn Write| match (&store, format) {
        (Some(store), Format::Csv) => answers(store.export_csv(&mut out)?),
        (Some(store), _) => store.export(&mut out),
        (None, _) => answers(anki::export(&mut out, library)?),
    };
    let Some(file) = file else {
        write(out)?;
        return Ok(0);
    };
    let mut target = BufWriter::new(File::create(file).map_err(|error| about(file, &error))?);
    let exported = write(&mut target)?;
    target.flush().map_err(|error| about(file, &error))?;
    let what = if format == Format::Anki { "question" } else { "answer" };
    let others = others(exported.judgements, exported.events)
        .map_or(String::new(), |it| format!(", with {it}"));
    let written = written(exported.answers, what);
    writeln!(out, "{written} written to {}{others}.", file.display())?;
    Ok(0)
}

/// Judgements of interviews and entries in the log of exercises, if there are any.
fn others(judgements: usize, events: usize) -> Option<String> {
    let all = [(judgements, "judgement", "of interviews"), (events, "entry", "about exercises")];
    let told = |(count, what, of): (usize, &str, &str)| match (count, what) {
        (0, _) => None,
        (1, _) => Some(format!("1 {what} {of}")),
        (_, "entry") => Some(format!("{count} entries {of}")),
        _ => Some(format!("{count} {what}s {of}")),
    };
    let told: Vec<String> = all.into_iter().filter_map(told).collect();
    (!told.is_empty()).then(|| told.join(" and "))
}

/// Adds what is in `file` and not there yet.
///
/// # Errors
/// When `file` cannot be read or is wrong somewhere, or progress cannot be kept.
pub fn import(out: &mut impl Write, file: &Path) -> io::Result<i32> {
    let source = File::open(file).map_err(|error| about(file, &error))?;
    let mut store = lasting(&folder()?)?;
    let imported = store.import(BufReader::new(source)).map_err(|error| about(file, &error))?;
    writeln!(out, "New answers: {}. Known before: {}.", imported.added, imported.known)?;
    if let Some(others) = others(imported.judgements, imported.events) {
        writeln!(out, "New besides: {others}.")?;
    }
    Ok(0)
}

/// Forgets all answers if `sure`, else says what would be forgotten: exit code 1.
///
/// # Errors
/// When there is no progress, or it cannot be written.
pub fn erase(out: &mut impl Write, sure: bool) -> io::Result<i32> {
    let (mut store, folder) = existing()?;
    let sheets = quiz::worksheets(&folder);
    let folder = folder.display();
    if !sure {
        let reviews = store.reviews().map_err(io::Error::other)?;
        let what = counted(reviews as usize, "answer");
        writeln!(out, "This erases {what} in {folder} for good. Say so with --yes.")?;
        return Ok(1);
    }
    let reviews = store.erase().map_err(io::Error::other)?;
    writeln!(out, "{} erased in {folder}.", written(reviews, "answer"))?;
    if sheets.is_dir() {
        // They are the reader's own files by now.
        writeln!(out, "What you wrote in worksheets stays in {}.", sheets.display())?;
    }
    Ok(0)
}

/// Such as `3 answers were`.
fn written(count: usize, what: &str) -> String {
    format!("{} {}", counted(count, what), if count == 1 { "was" } else { "were" })
}

fn folder() -> io::Result<PathBuf> {
    let advice = "there is no folder for progress: set PYGLOSS_DATA_DIR to one";
    store::data_folder().ok_or_else(|| io::Error::other(advice))
}

/// The store that is there, and its folder; opening alone would make one.
///
/// # Errors
/// When nothing was answered yet, or it cannot be read.
pub fn existing() -> io::Result<(Store, PathBuf)> {
    let folder = folder()?;
    if !folder.join("progress.db").exists() {
        let text = format!("nothing was answered yet: no progress in {}", folder.display());
        return Err(io::Error::other(text));
    }
    Ok((lasting(&folder)?, folder))
}

fn lasting(folder: &Path) -> io::Result<Store> {
    let opened = store::open(folder);
    match opened.notice {
        Some(notice) => Err(io::Error::other(notice)),
        None => Ok(opened.store),
    }
}

fn about(file: &Path, error: &io::Error) -> io::Error {
    io::Error::other(format!("{}: {error}", file.display()))
}
