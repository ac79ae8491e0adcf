//! What a client that made no handshake sees: files, messages, and prompts before what cannot be
//! taken back.

use std::fs;
use std::path::PathBuf;

use pygloss_core::Span;
use pygloss_core::analysis::Edit;
use tower_lsp::lsp_types::request::{ApplyWorkspaceEdit, ShowDocument, ShowMessageRequest};
use tower_lsp::lsp_types::{
    ApplyWorkspaceEditParams, MessageActionItem, MessageType, ShowDocumentParams,
    ShowMessageRequestParams, Url,
};

use super::files::Folder;
use super::requests::{begun_anew, find, hinted, opened, solved};
use super::wire::{ExerciseParams, Solution};
use super::words;
use crate::handlers::edits::workspace_edit;
use crate::world::World;

/// Writes the exercise's file and shows it.
pub fn open(world: &mut World, params: ExerciseParams) {
    opened(
        world,
        &params,
        Box::new(|world, opened| match opened {
            Ok(opened) => document(world, opened.uri),
            Err(error) => {
                world.asks.show(MessageType::WARNING, format!("pygloss: {}", error.message))
            }
        }),
    );
}

/// Shows a file, or says where it is.
fn document(world: &mut World, uri: Url) {
    let path = uri.to_file_path().map_or(uri.to_string(), |path| path.display().to_string());
    let said = format!("pygloss: the file is {path}");
    if !world.client.show_document {
        return world.asks.show(MessageType::INFO, said);
    }
    let params =
        ShowDocumentParams { uri, external: None, take_focus: Some(true), selection: None };
    world.asks.ask::<ShowDocument>(params, move |world, result| {
        if !result.is_ok_and(|result| result.success) {
            world.asks.show(MessageType::INFO, said);
        }
    });
}

/// Says the next hint.
pub fn hint(world: &mut World, params: ExerciseParams) {
    hinted(
        world,
        &params,
        Box::new(|world, hint| {
            let (kind, said) = match hint {
                Ok(hint) => {
                    let said = format!("Hint {} of {}: {}", hint.given, hint.of, hint.text);
                    (MessageType::INFO, said)
                }
                Err(error) => (MessageType::WARNING, error.message.into_owned()),
            };
            world.asks.show(kind, format!("pygloss: {said}"));
        }),
    );
}

/// Shows the solution as a file, after a question if that is to give up.
pub fn solution(world: &mut World, params: ExerciseParams) {
    let again = ExerciseParams { give_up: true, ..copy(&params) };
    solved(
        world,
        &params,
        Box::new(move |world, solved| match solved {
            Ok(solution) => written(world, &solution),
            Err(error) if error.data.as_ref().is_some_and(|it| it["reason"] == "notPassed") => {
                let buttons = [words::GIVE_UP, words::GO_ON];
                ask(world, words::ASK_GIVE_UP, buttons, move |world| solution(world, again));
            }
            Err(error) => {
                world.asks.show(MessageType::WARNING, format!("pygloss: {}", error.message))
            }
        }),
    );
}

fn copy(params: &ExerciseParams) -> ExerciseParams {
    ExerciseParams {
        exercise: params.exercise.clone(),
        text_document: params.text_document.clone(),
        give_up: params.give_up,
    }
}

/// Asks, and goes on only if the first button is chosen.
fn ask(
    world: &mut World,
    message: &str,
    buttons: [&'static str; 2],
    then: impl FnOnce(&mut World) + 'static,
) {
    if !world.client.prompts {
        return world.asks.show(MessageType::INFO, format!("pygloss: {message}"));
    }
    let action = |title: &&str| MessageActionItem {
        title: (*title).to_owned(),
        properties: std::collections::HashMap::new(),
    };
    let params = ShowMessageRequestParams {
        typ: MessageType::INFO,
        message: format!("pygloss: {message}"),
        actions: Some(buttons.iter().map(action).collect()),
    };
    world.asks.ask::<ShowMessageRequest>(params, move |world, answer| {
        if answer.is_ok_and(|chosen| chosen.is_some_and(|it| it.title == buttons[0])) {
            then(world);
        }
    });
}

/// Writes the solution beside the exercise and shows it. The answer came from the thread of the store,
/// and goes there again: nothing here waits for the disk.
fn written(world: &mut World, solution: &Solution) {
    let Some(folder) = Folder::find() else { return };
    let ending = if world.client.markdown { "solution.md" } else { "solution.txt" };
    let file: PathBuf = folder.file(&solution.exercise.id).with_extension(ending);
    let text = solution.content.value.clone();
    let job = {
        let file = file.clone();
        move |_: &mut crate::store::Store| {
            fs::create_dir_all(file.parent().unwrap_or(&file))?;
            fs::write(&file, text)
        }
    };
    crate::quiz::with_store(world, job, move |world, written| match written {
        Some(Ok(())) => {
            if let Ok(uri) = Url::from_file_path(&file) {
                document(world, uri);
            }
        }
        Some(Err(error)) => {
            let said = format!("pygloss: {} cannot be written: {error}", file.display());
            world.asks.show(MessageType::WARNING, said);
        }
        None => {}
    });
}

/// Begins the exercise anew, after a question.
pub fn reset(world: &mut World, params: ExerciseParams) {
    ask(world, words::ASK_RESET, [words::RESET, words::GO_ON], move |world| {
        begun_anew(
            world,
            &params,
            Box::new(|world, reset| match reset {
                Ok(reset) => document(world, reset.uri),
                Err(error) => {
                    world.asks.show(MessageType::WARNING, format!("pygloss: {}", error.message));
                }
            }),
        );
    });
}

/// Has the client put the start into the open file of the exercise; false where it cannot.
pub fn edit_to_start(world: &mut World, params: &ExerciseParams) -> bool {
    let Ok(found) = find(world, params) else { return false };
    let (id, start) = (found.id(), found.exercise.start.clone());
    let World { client, documents, asks, .. } = world;
    let open =
        documents.iter().find(|(_, open)| open.exercise.as_ref().is_some_and(|work| work.id == id));
    let Some((uri, open)) = open.filter(|_| client.apply_edit) else { return false };
    let text = open.text();
    let whole = Edit { span: Span::new(0, text.len()), text: start };
    let params = ApplyWorkspaceEditParams {
        label: Some(words::RESET.to_owned()),
        edit: workspace_edit(client, text, uri, open.version, &[whole]),
    };
    asks.ask::<ApplyWorkspaceEdit>(params, |world, answer| {
        let is_applied = answer.is_ok_and(|answer| answer.applied);
        if !is_applied {
            let said = "pygloss: the editor did not put the start into the file";
            world.asks.show(MessageType::WARNING, said);
        }
    });
    true
}
