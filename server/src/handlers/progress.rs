//! The page about the reader's progress.

use std::sync::Arc;

use pygloss_core::progress::Glyphs;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{MarkupContent, MarkupKind, MessageType};

use super::commands::{Command, CustomRequest};
use super::pages;
use crate::owner::Reply;
use crate::progress::{Part, Progress, page};
use crate::quiz::{failed, now, time, with_store};
use crate::store::{Store, data_folder, open_in_memory, progress_page};
use crate::world::World;

/// The requests.
pub const REQUESTS: &[CustomRequest] =
    &[CustomRequest { method: "pygloss/progress", run: |world, _, reply| answer(world, reply) }];

/// The commands.
pub const COMMANDS: &[Command] =
    &[Command { name: "pygloss.progress.open", run: |world, _, reply| open(world, reply) }];

/// The title of the page.
const TITLE: &str = "Progress";

fn answer(world: &mut World, reply: Reply<Value>) {
    let kind = if world.client.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    with_page(world, move |_, page| {
        reply.send(page.map(|value| {
            let content = MarkupContent { kind, value };
            json!({ "title": TITLE, "content": content })
        }));
    });
}

fn open(world: &mut World, reply: Reply<Value>) {
    if world.client.rich_quiz {
        return answer(world, reply);
    }
    let Some(folder) = data_folder() else { return reply.send(Err(pages::no_folder())) };
    // The answer must not wait for the disk, nor for the reader.
    reply.send(Ok(Value::Null));
    let name = progress_page(world.client.markdown);
    with_page(world, move |world, page| match page {
        Ok(page) => {
            pages::write_and_show(world, folder, vec![(name.clone(), page)], name);
        }
        Err(error) => world.asks.show(MessageType::WARNING, format!("pygloss: {}", error.message)),
    });
}

/// Makes the page on the thread of the store.
fn with_page(world: &mut World, then: impl FnOnce(&mut World, Result<String>) + Send + 'static) {
    let library = Arc::clone(&world.library);
    let markdown = world.client.markdown;
    let interview = world.user.interview_date.clone();
    let make = move |store: &mut Store| {
        let progress = Progress::read(store, &library, time(now()), interview.as_deref());
        progress.map_err(|error| error.to_string()).map(|progress| {
            let page = page(&progress, Part::Everything, Glyphs::UNICODE);
            if markdown { page.markdown() } else { page.text() }
        })
    };
    if world.quiz.is_unused() {
        let made = make(&mut open_in_memory());
        return then(world, made.map_err(|why| unreadable(&why)));
    }
    with_store(world, make, |world, made| {
        let made = made.unwrap_or_else(|| Err("there is no store".to_owned()));
        then(world, made.map_err(|why| unreadable(&why)));
    });
}

fn unreadable(why: &str) -> Error {
    Error { message: format!("progress cannot be read: {why}").into(), ..failed("store", "") }
}
