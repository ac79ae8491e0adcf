//! `workspace/executeCommand` and the custom requests: lists of names and functions.

use serde_json::Value;
use tower_lsp::jsonrpc::Error;
use tower_lsp::lsp_types::ExecuteCommandParams;

use super::{pages, peers, progress};
use crate::owner::Reply;
use crate::practice;
use crate::quiz;
use crate::world::World;

/// A command that a client may run by name.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// `pygloss.` and what it does.
    pub name: &'static str,
    /// What is done with the arguments. Wrong ones are `invalid_params`, never a panic. The reply may
    /// be sent later.
    pub run: fn(&mut World, Vec<Value>, Reply<Value>),
}

/// A request that is not part of LSP. Described in `editors/PROTOCOL.md`.
#[derive(Clone, Copy, Debug)]
pub struct CustomRequest {
    /// `pygloss/` and what it asks for.
    pub method: &'static str,
    /// What is done with the parameters; null when there are none. The reply may be sent later.
    pub run: fn(&mut World, Value, Reply<Value>),
}

/// All commands.
pub const COMMANDS: &[&[Command]] = &[
    quiz::COMMANDS,
    quiz::WORKSHEET_COMMANDS,
    pages::COMMANDS,
    progress::COMMANDS,
    practice::COMMANDS,
];

/// All custom requests.
pub const REQUESTS: &[&[CustomRequest]] =
    &[quiz::REQUESTS, pages::REQUESTS, progress::REQUESTS, practice::REQUESTS, peers::REQUESTS];

/// The names of all commands.
pub fn names() -> Vec<&'static str> {
    COMMANDS.iter().copied().flatten().map(|command| command.name).collect()
}

/// Runs a command.
pub fn execute(params: ExecuteCommandParams) -> impl FnOnce(&mut World, Reply<Value>) {
    move |world, reply| {
        let mut commands = COMMANDS.iter().copied().flatten();
        match commands.find(|command| command.name == params.command) {
            Some(command) => (command.run)(world, params.arguments, reply),
            None => {
                let message = format!("there is no command `{}`", params.command);
                reply.send(Err(Error::invalid_params(message)));
            }
        }
    }
}
