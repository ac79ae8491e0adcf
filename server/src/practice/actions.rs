//! Code actions in the file of an exercise: every editor has them.

use serde_json::json;
use tower_lsp::lsp_types::{CodeAction, CodeActionKind, Command, Url};

use super::requests::{HINT, RESET, SOLUTION};
use crate::gate::uri::spelling;
use crate::world::World;

/// Kind of the actions.
pub const KIND: CodeActionKind = CodeActionKind::new("source.pygloss.practice");

/// Whether the open document is the file of an exercise that there is.
pub fn is_exercise(world: &World, uri: &Url) -> bool {
    let work = world.documents.get(uri).and_then(|open| open.exercise.as_ref());
    work.is_some_and(|work| world.library.exercise(&work.id).is_some())
}

/// What can be done with an exercise.
pub fn actions(uri: &Url) -> Vec<CodeAction> {
    let action = |(title, command): (&str, &str)| {
        let params = json!({ "textDocument": { "uri": spelling(uri) } });
        let command = Command::new(title.to_owned(), command.to_owned(), Some(vec![params]));
        CodeAction {
            title: title.to_owned(),
            kind: Some(KIND),
            command: Some(command),
            ..CodeAction::default()
        }
    };
    [("Hint", HINT), ("Show the solution", SOLUTION), ("Begin this exercise anew", RESET)]
        .map(action)
        .to_vec()
}
