//! The reader's settings and the workspace's folders: where they come from and when they change.

use serde_json::{Value, json};
use tower_lsp::lsp_types::request::{RegisterCapability, WorkspaceConfiguration};
use tower_lsp::lsp_types::{
    ConfigurationItem, ConfigurationParams, DidChangeConfigurationParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, Registration, RegistrationParams,
};

use super::inlay;
use crate::documents::path_of;
use crate::project::{FILE_NAMES, OTHERS, PYVENV};
use crate::quiz;
use crate::settings::UserSettings;
use crate::world::World;

/// The section of the client's settings that is ours.
const SECTION: &str = "pygloss";

/// Files on which findings rest that are not about code.
const SURROUNDINGS: [&str; 3] = [".gitignore", PYVENV, "*.dist-info/METADATA"];

/// Registers for changes of settings and of configuration files, where the client lets us.
pub fn register(world: &mut World) {
    let mut registrations = Vec::new();
    let mut register = |method: &str, options: Value| {
        registrations.push(Registration {
            id: method.to_owned(),
            method: method.to_owned(),
            register_options: Some(options),
        });
    };
    if world.client.register_configuration {
        register("workspace/didChangeConfiguration", json!({ "section": SECTION }));
    }
    if world.client.watch_files {
        let watched = FILE_NAMES.iter().chain(&OTHERS).chain(&SURROUNDINGS);
        let watched = watched.map(|name| json!({ "globPattern": format!("**/{name}") }));
        let watchers: Vec<Value> = watched.collect();
        register("workspace/didChangeWatchedFiles", json!({ "watchers": watchers }));
    }
    if !registrations.is_empty() {
        let params = RegistrationParams { registrations };
        world.asks.ask::<RegisterCapability>(params, |world, result| {
            if let Err(error) = result {
                world.log_error(format!("the client refused to register: {}", error.message));
            }
        });
    }
}

/// Asks the client for the settings, if it answers such questions.
pub fn ask(world: &mut World) {
    if !world.client.configuration {
        return;
    }
    let item = |scope_uri| ConfigurationItem { scope_uri, section: Some(SECTION.into()) };
    let folders = world.workspace.uris();
    // One folder alone is configured as all.
    let own =
        if folders.len() > 1 { folders.map(|uri| uri.parse().ok()).collect() } else { vec![] };
    let items = [None].into_iter().chain(own).map(item).collect();
    let params = ConfigurationParams { items };
    world.asks.ask::<WorkspaceConfiguration>(params, |world, result| match result {
        Ok(sections) => {
            let (all, folders) = sections.split_first().unwrap_or((&Value::Null, &[]));
            read_folders(world, folders);
            read(world, all);
        }
        Err(error) => world.log_error(format!("the client gave no settings: {}", error.message)),
    });
}

/// `workspace/didChangeConfiguration`.
pub fn changed(world: &mut World, params: DidChangeConfigurationParams) {
    if world.client.configuration {
        ask(world);
    } else if let Some(section) = params.settings.get(SECTION) {
        read(world, section);
    }
}

/// Takes over what counts for each of several folders. Of these only the settings about rules and about
/// the target version are looked at.
fn read_folders(world: &mut World, sections: &[Value]) {
    let mut problems = Vec::new();
    let read = |section| UserSettings::read(section, &mut problems).wishes;
    let wishes: Vec<_> = sections.iter().map(read).collect();
    world.workspace.set_wishes(wishes.into_iter());
    world.report_problems(problems);
}

/// Takes the section over. A client that has none leaves what came with `initialize`.
pub fn read(world: &mut World, section: &Value) {
    let section = if section.is_null() { world.initial_section.clone() } else { section.clone() };
    let mut problems = Vec::new();
    let before = (world.user.inlay_hints, world.user.code_lens);
    let interview = world.user.interview_date.take();
    world.user = UserSettings::read(&section, &mut problems);
    if before != (world.user.inlay_hints, world.user.code_lens) && world.is_serving() {
        inlay::refresh(world);
    }
    if world.user.interview_date != interview {
        quiz::interview_changed(world);
    }
    world.report_problems(problems);
    world.packs_changed();
    world.settings_changed();
}

/// `workspace/didChangeWorkspaceFolders`.
pub fn folders_changed(world: &mut World, params: DidChangeWorkspaceFoldersParams) {
    for folder in &params.event.removed {
        world.workspace.remove(&folder.uri);
    }
    for folder in &params.event.added {
        world.workspace.add(&folder.uri);
    }
    ask(world);
    world.packs_changed();
    world.settings_changed();
}

/// `workspace/didChangeWatchedFiles`: configuration files, and what findings rest on.
pub fn files_changed(world: &mut World, params: DidChangeWatchedFilesParams) {
    let names = || FILE_NAMES.iter().chain(&OTHERS).chain(&[PYVENV]);
    let is_configuration = |path: &str| names().any(|name| path.ends_with(name));
    if params.changes.iter().any(|change| is_configuration(&path_of(&change.uri))) {
        look_again(world);
    } else {
        world.surroundings_changed();
    }
}

/// A document was opened or saved: where nobody tells of changed files, the configuration files are
/// read again.
pub fn files_may_have_changed(world: &mut World) {
    if !world.client.watch_files {
        look_again(world);
    }
}

fn look_again(world: &mut World) {
    world.projects.forget();
    world.settings_changed();
    world.surroundings_changed();
}
