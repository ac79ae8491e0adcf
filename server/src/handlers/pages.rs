//! Pages: a concept or a rule as a whole, and where to read on.
//!
//! A client that made the handshake shows a page itself. For another one it is written into the
//! data folder, with the pages around it, and shown as a file.

mod folder;

use std::path::{Path, PathBuf};

use pygloss_core::Library;
use pygloss_core::content::{Concept, Pack, Reading, Topic};
use pygloss_core::markdown::{escape, plain_text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::request::ShowDocument;
use tower_lsp::lsp_types::{
    MarkupContent, MarkupKind, MessageType, Position, ShowDocumentParams, TextDocumentIdentifier,
    Url,
};

use super::commands::{Command, CustomRequest};
use crate::capabilities::ClientCaps;
use crate::owner::Reply;
use crate::quiz::failed;
use crate::store::data_folder;
use crate::world::World;

/// The requests.
pub const REQUESTS: &[CustomRequest] = &[
    CustomRequest {
        method: "pygloss/page",
        run: |world, params, reply| reply.send(page(world, params)),
    },
    CustomRequest {
        method: "pygloss/topics",
        run: |world, _, reply| reply.send(Ok(topics(world))),
    },
];

/// The command that opens a page.
pub const OPEN: &str = "pygloss.page.open";

/// The commands.
pub const COMMANDS: &[Command] = &[Command { name: OPEN, run: open }];

/// Which page: that of a topic, else that of the construct at a place.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Wanted {
    topic: Option<String>,
    text_document: Option<TextDocumentIdentifier>,
    position: Option<Position>,
}

#[derive(Debug, Serialize)]
struct TopicInfo<'a> {
    id: &'a str,
    name: &'a str,
    title: String,
    kind: &'static str,
}

impl<'a> From<&'a Topic> for TopicInfo<'a> {
    fn from(topic: &'a Topic) -> Self {
        let kind = if topic.is_rule { "rule" } else { "concept" };
        Self { id: &topic.id, name: &topic.name, title: plain_text(&topic.title), kind }
    }
}

#[derive(Debug, Serialize)]
struct Page<'a> {
    topic: TopicInfo<'a>,
    content: MarkupContent,
    ways: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<TopicInfo<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<TopicInfo<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<TopicInfo<'a>>,
}

/// The link to the page of `concept`, for a card; nothing for a client that does not trust our
/// links.
pub fn link(client: &ClientCaps, library: &Library, concept: &str) -> Option<String> {
    if !client.command_links {
        return None;
    }
    let is_it = |(pack, other): &(&Pack, &Concept)| {
        concept.split_once('/') == Some((pack.manifest.id.as_str(), other.id.as_str()))
    };
    let (_, found) = library.concepts().find(is_it)?;
    let arguments = encode(&json!([{ "topic": concept }]).to_string());
    Some(format!("[Read on: {}](command:{OPEN}?{arguments})", found.title))
}

/// Percent-encodes everything but letters, digits and `-`.
fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn page(world: &mut World, params: Value) -> Result<Value> {
    let reading = find(world, params)?;
    Ok(to_json(&reading, world.client.markdown))
}

fn to_json(reading: &Reading, markdown: bool) -> Value {
    let (kind, value) = if markdown {
        (MarkupKind::Markdown, reading.markdown.clone())
    } else {
        (MarkupKind::PlainText, plain_text(&reading.markdown))
    };
    let page = Page {
        topic: (&reading.topic).into(),
        content: MarkupContent { kind, value },
        ways: ways(reading, "md"),
        within: reading.within.as_ref().map(Into::into),
        previous: reading.previous.as_ref().map(Into::into),
        next: reading.next.as_ref().map(Into::into),
    };
    json!(page)
}

fn topics(world: &World) -> Value {
    let library: &Library = &world.library;
    let topics = library.topics();
    let counted = topics.iter().map(|topic| {
        let mut info = json!(TopicInfo::from(topic));
        let concept =
            library.concepts().find(|(_, concept)| !topic.is_rule && concept.id == topic.name);
        if let Some((_, concept)) = concept {
            info["cards"] = concept.cards.len().into();
            info["rules"] = concept.rules.len().into();
            info["questions"] = concept.quiz.len().into();
        }
        info
    });
    counted.collect()
}

/// The page that is wanted.
fn find(world: &mut World, params: Value) -> Result<Reading> {
    let params = if params.is_null() { json!({}) } else { params };
    let wanted: Wanted =
        serde_json::from_value(params).map_err(|wrong| Error::invalid_params(wrong.to_string()))?;
    let name = match (wanted.topic, wanted.text_document, wanted.position) {
        (Some(topic), _, _) => topic,
        (None, Some(document), Some(position)) => {
            let no_card = || failed("noPage", "there is no card for this code");
            let (hover, _) = world.card(&document.uri, position).ok_or_else(no_card)?;
            hover.concept().to_owned()
        }
        _ => {
            let message = "expected `topic`, or `textDocument` and `position`";
            return Err(Error::invalid_params(message));
        }
    };
    world.library.reading(&name).ok_or_else(|| {
        let message = format!("nothing is called `{name}`{}", world.library.suggest(&name));
        Error::invalid_params(message)
    })
}

/// A line of links to the pages around this one. Pages are taken to be named by their full ids.
fn ways(reading: &Reading, ending: &str) -> String {
    let above = if reading.topic.is_rule { ".." } else { "" };
    let link = |what: &str, topic: &Option<Topic>, folder: &str| {
        let topic = topic.as_ref()?;
        let last = topic.id.rsplit('/').next()?;
        let slash = if folder.is_empty() { "" } else { "/" };
        Some(format!("[{what}: {}]({folder}{slash}{last}.{ending})", title(topic)))
    };
    let links = [
        link("Topic", &reading.within, above),
        link("Previous", &reading.previous, ""),
        link("Next", &reading.next, ""),
    ];
    links.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The title within a link.
fn title(topic: &Topic) -> String {
    escape(&plain_text(&topic.title))
}

fn open(world: &mut World, arguments: Vec<Value>, reply: Reply<Value>) {
    let wanted = arguments.into_iter().next().unwrap_or_default();
    let reading = match find(world, wanted) {
        Ok(reading) => reading,
        Err(error) => return reply.send(Err(error)),
    };
    if world.client.rich_quiz {
        return reply.send(Ok(to_json(&reading, world.client.markdown)));
    }
    let Some(folder) = data_folder() else { return reply.send(Err(no_folder())) };
    let pages = folder::render(&world.library, world.client.markdown);
    let name = folder::name(&reading.topic, world.client.markdown);
    // The answer must not wait for the disk, nor for the reader.
    reply.send(Ok(Value::Null));
    write_and_show(world, folder.join("pages"), pages, name);
}

/// There is nowhere to write a page to.
pub fn no_folder() -> Error {
    failed("noFolder", "there is no folder to write pages into")
}

/// Writes files, by their names below `folder`, on a thread of its own, and shows the one called `name`.
pub fn write_and_show(
    world: &World,
    folder: PathBuf,
    pages: Vec<(PathBuf, String)>,
    name: PathBuf,
) {
    let Some(owner) = world.owner.clone() else { return };
    std::thread::spawn(move || {
        let written = folder::write(&folder, &pages);
        owner.post("page", move |world| match written {
            Ok(()) => {
                let path = folder.join(name);
                let said = format!("pygloss: the page is {}", path.display());
                show(world, &path, said);
            }
            Err(error) => {
                let message = format!("pygloss: the page cannot be written: {error}");
                world.asks.show(MessageType::WARNING, message);
            }
        });
    });
}

/// Shows a file, or says what is `said`: where it is.
pub fn show(world: &mut World, path: &Path, said: String) {
    let uri = Url::from_file_path(path).ok();
    match uri.filter(|_| world.client.show_document) {
        Some(uri) => {
            let params =
                ShowDocumentParams { uri, external: None, take_focus: Some(true), selection: None };
            world.asks.ask::<ShowDocument>(params, move |world, result| {
                if !result.is_ok_and(|result| result.success) {
                    world.asks.show(MessageType::INFO, said);
                }
            });
        }
        None => world.asks.show(MessageType::INFO, said),
    }
}
