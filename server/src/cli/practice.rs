//! `pygloss practice`: exercises in a terminal.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use pygloss_core::Library;
use pygloss_core::content::{FoundExercise, suggest};
use pygloss_core::markdown::plain_text;
use pygloss_core::practice::open_goals;

use super::{counted, source};
use crate::practice::{Folder, State, said};
use crate::project::whole_path;
use crate::quiz::{chance, now};
use crate::store::{self, PracticeEvent, Practised, Store};

/// What is wanted.
#[derive(Debug)]
pub enum Wish {
    /// The exercises of a topic, or of all; an exercise by its name is begun.
    List(Option<String>),
    /// The next hint.
    Hint(String),
    /// The solution.
    Solution(String),
    /// A new beginning.
    Reset(String),
    /// The open goals of a file.
    Check(PathBuf),
}

/// Does what is wanted.
///
/// # Errors
/// When there is no such exercise, or a file cannot be read or written.
pub fn run(out: &mut impl Write, library: &Library, wish: Wish) -> io::Result<i32> {
    let missing = "there is no folder for exercises: set PYGLOSS_DATA_DIR to one";
    let folder = Folder::find().ok_or_else(|| io::Error::other(missing))?;
    match wish {
        Wish::Check(file) => return check(out, library, &folder, &file),
        Wish::List(None) => list(out, library, &folder, None)?,
        Wish::List(Some(name)) => match library.exercise(&name) {
            Some(found) => begin(out, library, &folder, &found)?,
            None => list(out, library, &folder, Some(&name))?,
        },
        Wish::Hint(name) => hint(out, &exercise(library, &name)?)?,
        Wish::Solution(name) => solution(out, library, &exercise(library, &name)?)?,
        Wish::Reset(name) => {
            let found = exercise(library, &name)?;
            let id = found.id();
            if let Some(aside) = folder.set_aside(&id)? {
                writeln!(out, "The file is now {}.", aside.display())?;
            }
            note(&mut opened(), &id, PracticeEvent::Reset)?;
            begin(out, library, &folder, &found)?;
        }
    }
    Ok(0)
}

fn exercise<'a>(library: &'a Library, name: &str) -> io::Result<FoundExercise<'a>> {
    library.exercise(name).ok_or_else(|| {
        let close = suggest(name, library.exercises().map(|found| found.exercise.id.as_str()));
        io::Error::other(format!("no exercise is called `{name}`{close}"))
    })
}

/// The store; one in memory, with a word about it, where nothing can be kept.
fn opened() -> Store {
    let Some(folder) = store::data_folder() else { return store::open_in_memory() };
    let opened = store::open(&folder);
    if let Some(notice) = opened.notice {
        // Nobody reads it: nothing can be done about that.
        let _ = writeln!(io::stderr(), "warning: {notice}");
    }
    opened.store
}

/// What is known by now; reading alone makes no store.
fn practised() -> io::Result<BTreeMap<String, Practised>> {
    let file = store::data_folder().map(|folder| folder.join("progress.db"));
    if !file.is_some_and(|file| file.exists()) {
        return Ok(BTreeMap::new());
    }
    opened().practised().map_err(io::Error::other)
}

fn note(store: &mut Store, id: &str, event: PracticeEvent) -> io::Result<()> {
    let at = i64::try_from(now()).unwrap_or(i64::MAX);
    store.practise(chance().id, at, id, event).map_err(io::Error::other)
}

fn list(
    out: &mut impl Write,
    library: &Library,
    folder: &Folder,
    topic: Option<&str>,
) -> io::Result<()> {
    let practised = practised()?;
    let is_wanted = |found: &FoundExercise<'_>| {
        topic.is_none_or(|topic| topic == found.concept.id || topic == found.topic())
    };
    let mut found = library.exercises().filter(is_wanted).peekable();
    if found.peek().is_none() {
        let topic = topic.unwrap_or_default();
        let concepts = library.concepts().map(|(_, concept)| concept.id.as_str());
        let exercises = library.exercises().map(|found| found.exercise.id.as_str());
        let close = suggest(topic, concepts.chain(exercises));
        let text = format!("neither a topic nor an exercise is called `{topic}`{close}");
        return Err(io::Error::other(text));
    }
    let mut last = String::new();
    for found in found {
        if found.topic() != last {
            last = found.topic();
            writeln!(out, "{}", plain_text(&found.concept.title))?;
        }
        let known = practised.get(&found.id()).copied().unwrap_or_default();
        let state = match folder.state(&found.id(), known) {
            State::New => "",
            State::Started => "begun",
            State::Passed => "passed",
            State::GaveUp => "given up",
        };
        let title = plain_text(&found.exercise.title);
        let (id, level) = (&found.exercise.id, found.exercise.level.name());
        writeln!(out, "{}", format!("  {id:<28} {level:<8} {state:<10} {title}").trim_end())?;
    }
    writeln!(out, "\n`pygloss practice EXERCISE` begins one, or goes on with it.")
}

/// Writes the file if there is none, says where it is and what is still to be done.
fn begin(
    out: &mut impl Write,
    library: &Library,
    folder: &Folder,
    found: &FoundExercise<'_>,
) -> io::Result<()> {
    let file = folder.file(&found.id());
    folder.begin(&found.id(), &found.exercise.start)?;
    writeln!(out, "{}", plain_text(&found.exercise.title))?;
    writeln!(out, "{}\n", file.display())?;
    goals(out, library, found, &file)?;
    let (name, file) = (&found.exercise.id, file.display());
    writeln!(out, "\nWork on the file, then: pygloss practice --check {file}")?;
    writeln!(out, "For help: pygloss practice {name} --hint, or --solution")
}

/// Prints the open goals of a file; how many there are.
fn goals(
    out: &mut impl Write,
    library: &Library,
    found: &FoundExercise<'_>,
    file: &Path,
) -> io::Result<usize> {
    let document = source::open(file)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", file.display())))?;
    let open = open_goals(library, found.exercise, &document);
    for goal in &open {
        let (line, column) = source::place(document.text(), goal.span.start);
        writeln!(out, "{}:{line}:{column}: {}", file.display(), said(goal))?;
    }
    match open.len() {
        0 => writeln!(out, "All goals are reached.")?,
        1 => writeln!(out, "1 goal is open.")?,
        count => writeln!(out, "{} are open.", counted(count, "goal"))?,
    }
    Ok(open.len())
}

fn check(out: &mut impl Write, library: &Library, folder: &Folder, file: &Path) -> io::Result<i32> {
    let id = folder.id_of(&whole_path(file));
    let found = id.as_deref().and_then(|id| library.exercise(id));
    let found = found.ok_or_else(|| {
        let text = format!("{} is not the file of an exercise", file.display());
        io::Error::other(text)
    })?;
    if goals(out, library, &found, file)? > 0 {
        return Ok(1);
    }
    let mut store = opened();
    let id = found.id();
    let known = store.practised().map_err(io::Error::other)?.get(&id).copied().unwrap_or_default();
    if !known.passed && !known.gave_up {
        note(&mut store, &id, PracticeEvent::Passed)?;
    }
    Ok(0)
}

fn hint(out: &mut impl Write, found: &FoundExercise<'_>) -> io::Result<()> {
    let mut store = opened();
    let id = found.id();
    let known = store.practised().map_err(io::Error::other)?.get(&id).copied().unwrap_or_default();
    let hints = &found.exercise.hints;
    if known.hints < hints.len() {
        note(&mut store, &id, PracticeEvent::Hint)?;
    }
    for (number, hint) in (1..).zip(&hints[..(known.hints + 1).min(hints.len())]) {
        writeln!(out, "Hint {number} of {}: {hint}", hints.len())?;
    }
    Ok(())
}

fn solution(out: &mut impl Write, library: &Library, found: &FoundExercise<'_>) -> io::Result<()> {
    let mut store = opened();
    let id = found.id();
    let known = store.practised().map_err(io::Error::other)?.get(&id).copied().unwrap_or_default();
    if !known.passed && !known.gave_up {
        note(&mut store, &id, PracticeEvent::GaveUp)?;
    }
    writeln!(out, "{}", plain_text(&library.solution(found)))
}
