//! Exercises as custom requests and as commands.

use std::io;

use pygloss_core::content::{FoundExercise, suggest};
use pygloss_core::markdown::plain_text;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{MarkupContent, MarkupKind, Url};

use super::files::Folder;
use super::wire::{Exercise, ExerciseParams, Hint, ListParams, Opened, Reset, Solution};
use super::{show, words};
use crate::documents::file_of;
use crate::handlers::commands::{Command, CustomRequest};
use crate::owner::Reply;
use crate::quiz::{chance, failed, now, only, read, with_store};
use crate::store::{PracticeEvent, Practised, Store};
use crate::world::World;

/// The requests.
pub const REQUESTS: &[CustomRequest] = &[
    CustomRequest { method: "pygloss/practice/list", run: list },
    CustomRequest { method: "pygloss/practice/open", run: open },
    CustomRequest { method: "pygloss/practice/hint", run: hint },
    CustomRequest { method: "pygloss/practice/solution", run: solution },
    CustomRequest { method: "pygloss/practice/reset", run: reset },
];

/// The command that gives a hint.
pub const HINT: &str = "pygloss.practice.hint";
/// The command that shows the solution.
pub const SOLUTION: &str = "pygloss.practice.solution";
/// The command that begins an exercise anew.
pub const RESET: &str = "pygloss.practice.reset";

/// The commands; each takes the parameters of its request as its one argument.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "pygloss.practice.list",
        run: |world, args, reply| list(world, only(args), reply),
    },
    Command {
        name: "pygloss.practice.open",
        run: |world, args, reply| by_command(world, args, reply, open, show::open),
    },
    Command {
        name: HINT,
        run: |world, args, reply| by_command(world, args, reply, hint, show::hint),
    },
    Command {
        name: SOLUTION,
        run: |world, args, reply| by_command(world, args, reply, solution, show::solution),
    },
    Command {
        name: RESET,
        run: |world, args, reply| by_command(world, args, reply, reset, show::reset),
    },
];

/// What goes on with an answer.
pub type Then<T> = Box<dyn FnOnce(&mut World, Result<T>) + Send>;

/// A client that made the handshake gets the answer of `run` and shows it. For another one the answer
/// must not wait for the reader; the server shows what there is to see.
fn by_command(
    world: &mut World,
    arguments: Vec<Value>,
    reply: Reply<Value>,
    run: fn(&mut World, Value, Reply<Value>),
    show: fn(&mut World, ExerciseParams),
) {
    if world.client.rich_quiz {
        return run(world, only(arguments), reply);
    }
    let Some((params, reply)) = read::<ExerciseParams>(only(arguments), reply) else { return };
    match find(world, &params).map(drop) {
        Ok(()) => {
            reply.send(Ok(Value::Null));
            show(world, params);
        }
        Err(error) => reply.send(Err(error)),
    }
}

fn list(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<ListParams>(params, reply) else { return };
    let wanted = |found: &FoundExercise<'_>| {
        params.topics.is_empty()
            || params.topics.iter().any(|it| *it == found.concept.id || *it == found.topic())
    };
    let unknown = params.topics.iter().find(|topic| {
        !world.library.concepts().any(|(pack, concept)| {
            **topic == concept.id || **topic == format!("{}/{}", pack.manifest.id, concept.id)
        })
    });
    if let Some(topic) = unknown {
        let message = format!("no topic is called `{topic}`{}", world.library.suggest(topic));
        return reply.send(Err(Error::invalid_params(message)));
    }
    let found: Vec<Exercise> =
        world.library.exercises().filter(wanted).map(|found| Exercise::new(&found)).collect();
    let folder = Folder::find();
    let job = move |store: &mut Store| {
        let practised = store.practised().unwrap_or_default();
        let state = |exercise: Exercise| {
            let known = practised.get(&exercise.id).copied().unwrap_or_default();
            with_state(exercise, folder.as_ref(), known)
        };
        found.into_iter().map(state).collect::<Vec<_>>()
    };
    with_store(world, job, |_, list| reply.send(Ok(json!(list.unwrap_or_default()))));
}

fn with_state(exercise: Exercise, folder: Option<&Folder>, practised: Practised) -> Exercise {
    match folder {
        Some(folder) => {
            let state = folder.state(&exercise.id, practised);
            exercise.with(state, practised)
        }
        None => exercise,
    }
}

/// The exercise that is asked for, by its id or its file.
pub fn find<'a>(world: &'a World, params: &ExerciseParams) -> Result<FoundExercise<'a>> {
    let name = match (&params.exercise, &params.text_document) {
        (Some(name), _) => name.clone(),
        (None, Some(document)) => {
            let file = file_of(&document.uri);
            let id = file.and_then(|file| Folder::find()?.id_of(&file));
            id.ok_or_else(|| failed("noExercise", "this file is no exercise"))?
        }
        (None, None) => {
            return Err(Error::invalid_params("expected `exercise` or `textDocument`"));
        }
    };
    world.library.exercise(&name).ok_or_else(|| {
        let ids = world.library.exercises().map(|found| found.exercise.id.as_str());
        let close = suggest(&name, ids);
        Error::invalid_params(format!("no exercise is called `{name}`{close}"))
    })
}

/// Runs `job` where the store and the disk may be waited for, and `then` with what it gives.
fn with_exercise<T: Send + 'static>(
    world: &mut World,
    params: &ExerciseParams,
    job: impl FnOnce(&mut Store, &Folder, Exercise, String) -> Result<T> + Send + 'static,
    then: Then<T>,
) {
    let found = match find(world, params) {
        Ok(found) => (Exercise::new(&found), found.exercise.start.clone()),
        Err(error) => return then(world, Err(error)),
    };
    let Some(folder) = Folder::find() else {
        return then(world, Err(failed("noFolder", "there is no folder for exercises")));
    };
    let run = move |store: &mut Store| {
        let (exercise, start) = found;
        let practised = store.practised().unwrap_or_default();
        let known = practised.get(&exercise.id).copied().unwrap_or_default();
        let exercise = with_state(exercise, Some(&folder), known);
        job(store, &folder, exercise, start)
    };
    with_store(world, run, |world, result| {
        then(world, result.unwrap_or_else(|| Err(failed("noFolder", "nothing can be kept"))));
    });
}

/// Writes the file of an exercise if there is none.
pub fn opened(world: &mut World, params: &ExerciseParams, then: Then<Opened>) {
    let job = |_: &mut Store, folder: &Folder, exercise: Exercise, start: String| {
        let created = folder.begin(&exercise.id, &start).map_err(|error| unwritten(&error))?;
        let uri = uri_of(folder, &exercise)?;
        Ok(Opened { exercise, uri, created })
    };
    with_exercise(world, params, job, then);
}

fn uri_of(folder: &Folder, exercise: &Exercise) -> Result<Url> {
    let file = folder.file(&exercise.id);
    Url::from_file_path(file).map_err(|()| failed("noFolder", "the folder has no absolute path"))
}

fn unwritten(error: &io::Error) -> Error {
    let mut failed = failed("notWritten", "the file of the exercise cannot be written");
    failed.message = format!("{}: {error}", failed.message).into();
    failed
}

fn open(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<ExerciseParams>(params, reply) else { return };
    opened(world, &params, Box::new(|_, opened| reply.send(opened.map(|it| json!(it)))));
}

/// The next hint; the last one again when all were given.
pub fn hinted(world: &mut World, params: &ExerciseParams, then: Then<Hint>) {
    let hints = find(world, params).map(|found| found.exercise.hints.clone()).unwrap_or_default();
    let (event, at) = (chance().id, time());
    let job = move |store: &mut Store, _: &Folder, exercise: Exercise, _: String| {
        let given = exercise.hints.given;
        if given < hints.len() {
            // A hint that cannot be kept is given all the same.
            let _ = store.practise(event, at, &exercise.id, PracticeEvent::Hint);
        }
        let given = (given + 1).min(hints.len());
        let text = hints.get(given.saturating_sub(1)).cloned().unwrap_or_default();
        Ok(Hint { text, given, of: hints.len() })
    };
    with_exercise(world, params, job, then);
}

fn time() -> i64 {
    i64::try_from(now()).unwrap_or(i64::MAX)
}

fn hint(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<ExerciseParams>(params, reply) else { return };
    hinted(world, &params, Box::new(|_, hint| reply.send(hint.map(|it| json!(it)))));
}

/// The solution, if the exercise is passed or given up.
pub fn solved(world: &mut World, params: &ExerciseParams, then: Then<Solution>) {
    let found = find(world, params);
    let (markdown, code) = match found {
        Ok(found) => (world.library.solution(&found), found.exercise.solution.clone()),
        Err(error) => return then(world, Err(error)),
    };
    let content = if world.client.markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: markdown }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: plain_text(&markdown) }
    };
    let (gives_up, event, at) = (params.give_up, chance().id, time());
    let job = move |store: &mut Store, folder: &Folder, mut exercise: Exercise, _: String| {
        let practised = store.practised().unwrap_or_default();
        let mut known = practised.get(&exercise.id).copied().unwrap_or_default();
        if !known.passed && !known.gave_up {
            if !gives_up {
                return Err(failed("notPassed", words::ASK_GIVE_UP));
            }
            let _ = store.practise(event, at, &exercise.id, PracticeEvent::GaveUp);
            known.gave_up = true;
            exercise = with_state(exercise, Some(folder), known);
        }
        Ok(Solution { exercise, content, code })
    };
    with_exercise(world, params, job, then);
}

fn solution(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<ExerciseParams>(params, reply) else { return };
    solved(world, &params, Box::new(|_, solution| reply.send(solution.map(|it| json!(it)))));
}

/// Begins an exercise anew. Where the client has its file open and can edit it, the reader can undo
/// that; else the file is kept under another name.
pub fn begun_anew(world: &mut World, params: &ExerciseParams, then: Then<Reset>) {
    let is_edited = show::edit_to_start(world, params);
    let (event, at) = (chance().id, time());
    let job = move |store: &mut Store, folder: &Folder, exercise: Exercise, start: String| {
        let uri = uri_of(folder, &exercise)?;
        let kept = if is_edited {
            None
        } else {
            let aside = folder.set_aside(&exercise.id).map_err(|error| unwritten(&error))?;
            folder.begin(&exercise.id, &start).map_err(|error| unwritten(&error))?;
            aside.and_then(|aside| Url::from_file_path(aside).ok())
        };
        let _ = store.practise(event, at, &exercise.id, PracticeEvent::Reset);
        Ok(Reset { uri, kept })
    };
    with_exercise(world, params, job, then);
}

fn reset(world: &mut World, params: Value, reply: Reply<Value>) {
    let Some((params, reply)) = read::<ExerciseParams>(params, reply) else { return };
    begun_anew(world, &params, Box::new(|_, reset| reply.send(reset.map(|it| json!(it)))));
}
