//! What an interview asks: what its pack says, or what the reader's code says now.

use std::path::PathBuf;
use std::sync::Arc;

use pygloss_core::Library;
use pygloss_core::Span;
use pygloss_core::content::Interview;
use pygloss_core::quiz::interview::{CodeTalk, Stage, talk_at};
use tower_lsp::lsp_types::{Position, Url};

use crate::documents::file_of;
use crate::world::World;

/// The code that an interview is about.
#[derive(Debug)]
pub struct About {
    /// Its file.
    uri: Url,
    talk: CodeTalk,
}

/// What an interview asks.
#[derive(Debug)]
pub enum Script {
    /// The mock interview of a pack.
    Pack(Arc<Library>),
    /// One about code as it is now.
    Code(Box<CodeTalk>),
}

impl Script {
    /// The questions; nothing when no pack has any.
    pub fn interview(&self) -> Option<&Interview> {
        match self {
            Self::Pack(library) => library.interview(),
            Self::Code(talk) => Some(&talk.interview),
        }
    }
}

/// What the interview of this name asks; nothing when it is about code that has changed.
pub fn of(world: &mut World, talk: &str) -> Option<Script> {
    if !world.quiz.sheets.about.contains_key(talk) {
        return Some(Script::Pack(Arc::clone(&world.library)));
    }
    let now = now(world, talk)?;
    Some(Script::Code(Box::new(now)))
}

/// The interview of this name about the code as it is now.
fn now(world: &mut World, talk: &str) -> Option<CodeTalk> {
    let World { documents, library, quiz, .. } = world;
    let about = quiz.sheets.about.get_mut(talk)?;
    let (document, settings) = documents.get_mut(&about.uri)?.analysed()?;
    let library: &Library = library;
    let now = about.talk.again(library, document, settings)?;
    about.talk = now.clone();
    Some(now)
}

/// The interview about the code at a place of an open document, under this name from now on.
pub fn begin(world: &mut World, talk: &str, uri: Url, at: Position) -> Option<CodeTalk> {
    let World { documents, library, quiz, client, .. } = world;
    let (document, settings) = documents.get_mut(&uri)?.analysed()?;
    let library: &Library = library;
    let offset = client.encoding.offset(document.text(), at);
    let found = talk_at(library, document, settings, offset)?;
    let about = About { uri, talk: found.clone() };
    quiz.sheets.about.insert(talk.to_owned(), about);
    Some(found)
}

/// What the files of an interview are called, without a number and the ending.
pub fn file_name(talk: &str) -> String {
    format!("interview-{talk}")
}

/// The interviews about code that wait for an answer in an open worksheet: the file of the code, and what
/// is asked.
pub fn waiting(world: &World) -> Vec<(Url, String)> {
    let sheets = &world.quiz.sheets;
    if sheets.about.is_empty() {
        return Vec::new();
    }
    let files: Vec<PathBuf> = world.documents.keys().filter_map(file_of).collect();
    let is_open = |talk: &str| {
        let names = files.iter().filter_map(|file| file.file_name()?.to_str());
        names.into_iter().any(|name| name.starts_with(&file_name(talk)))
    };
    let waits = |talk: &str| match sheets.talks.get(talk)?.stage() {
        Stage::Question | Stage::FollowUp(_) => Some(()),
        Stage::Judgement | Stage::Over => None,
    };
    let all = sheets.about.iter().filter(|(talk, _)| is_open(talk) && waits(talk).is_some());
    all.map(|(talk, about)| (about.uri.clone(), talk.clone())).collect()
}

/// The code of the file at `uri` that interviews ask about, in bytes.
pub fn spans(world: &mut World, uri: &Url) -> Vec<Span> {
    let asked = waiting(world).into_iter().filter(|(file, _)| file == uri);
    let talks: Vec<String> = asked.map(|(_, talk)| talk).collect();
    talks.iter().filter_map(|talk| Some(now(world, talk)?.subject)).collect()
}
