//! `initialize`, `initialized` and `shutdown`.

use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{InitializeParams, InitializeResult};

use super::{commands, configuration, peers};
use crate::capabilities::ClientCaps;
use crate::world::World;

/// Reads what the client can do and what is configured so far.
pub fn initialize(world: &mut World, params: InitializeParams) -> Result<InitializeResult> {
    world.client = ClientCaps::new(&params);
    let folders = params.workspace_folders.unwrap_or_default();
    for folder in folders.iter().map(|folder| &folder.uri).chain(&params.root_uri) {
        world.workspace.add(folder);
    }
    let tells = params.initialization_options.as_ref().and_then(peers::runs_ruff);
    world.runs_ruff = tells.unwrap_or_default();
    // Where clients without a place for settings put them.
    world.initial_section = params.initialization_options.map_or(Value::Null, |mut options| {
        options.get_mut("settings").map(Value::take).unwrap_or_default()
    });
    configuration::read(world, &Value::Null);
    if let Some(pid) = params.process_id {
        world.watch_parent(pid);
    }
    world.set_serving(true);
    Ok(world.client.announce(&commands::names()))
}

/// The client has the answer to `initialize`: from here on it may be asked things.
pub fn initialized(world: &mut World) {
    configuration::register(world);
    configuration::ask(world);
}

/// Nothing more is sent unasked.
pub fn shutdown(world: &mut World) -> Result<()> {
    world.set_serving(false);
    Ok(())
}
