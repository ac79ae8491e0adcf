//! What an interview asks: what its pack says, or what the reader's code says now.

use std::path::PathBuf;
use std::sync::Arc;

use pygloss_core::Library;
use pygloss_core::Span;
use pygloss_core::content::Interview;
use pygloss_core::quiz::interview::{CodeMark, CodeTalk, Stage, talk_at};
use pygloss_core::quiz::worksheet::blocks;
use tower_lsp::lsp_types::{Position, Url};

use super::talk::{Place, at};
use crate::documents::file_of;
use crate::quiz::words;
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

/// What the interview of this name asks, which stands in a worksheet with this text. What the server
/// before this one began is known from there.
///
/// # Errors
/// Why nothing is asked: it is about code that has changed, or whose file is not open.
pub fn of(world: &mut World, text: &str, talk: &str) -> Result<Script, &'static str> {
    if !world.quiz.sheets.about.contains_key(talk) {
        let Some((uri, mark)) = marked(text, talk) else {
            return Ok(Script::Pack(Arc::clone(&world.library)));
        };
        adopt(world, text, talk, uri, &mark)?;
    }
    let is_open = |about: &About| world.documents.contains_key(&about.uri);
    if !world.quiz.sheets.about.get(talk).is_some_and(is_open) {
        return Err(words::CODE_CLOSED);
    }
    let now = now(world, talk).ok_or(words::WITHDRAWN)?;
    Ok(Script::Code(Box::new(now)))
}

/// Goes on with an interview that another server began, as far as the worksheet says.
fn adopt(
    world: &mut World,
    text: &str,
    talk: &str,
    uri: Url,
    mark: &CodeMark,
) -> Result<(), &'static str> {
    let World { documents, library, quiz, .. } = world;
    let open = documents.get_mut(&uri).ok_or(words::CODE_CLOSED)?;
    let (document, settings) = open.analysed().ok_or(words::CODE_CLOSED)?;
    let library: &Library = library;
    let found = CodeTalk::find(library, document, settings, mark).ok_or(words::WITHDRAWN)?;
    let all = blocks(text);
    let of_it = all.iter().rfind(|it| Place::read(&it.id).is_some_and(|it| it.talk == talk));
    let conversation = of_it.and_then(|block| at(&found.interview, text, block));
    quiz.sheets.about.insert(talk.to_owned(), About { uri, talk: found });
    if let Some(conversation) = conversation {
        quiz.sheets.talks.entry(talk.to_owned()).or_insert(conversation);
    }
    Ok(())
}

/// How the line begins that says which code an interview is about.
const ABOUT: &str = "# about ";

/// The line of a worksheet by which another server finds the code of an interview; nothing for an interview
/// about none. It has the code's first line and no more of it.
pub fn mark(world: &World, talk: &str) -> String {
    let Some(about) = world.quiz.sheets.about.get(talk) else { return String::new() };
    let CodeMark { id, digest, line } = about.talk.mark();
    let line = serde_json::Value::from(line);
    format!("{ABOUT}{talk}: {} {id} {digest:016x} {line}\n", about.uri)
}

/// Whether a worksheet with this text has an interview about code of the file at `uri`.
pub fn is_about(text: &str, uri: &Url) -> bool {
    let named = format!(": {uri} ");
    text.lines().any(|line| line.starts_with(ABOUT) && line.contains(&named))
}

/// What [`mark`] says of an interview.
fn marked(text: &str, talk: &str) -> Option<(Url, CodeMark)> {
    let start = format!("{ABOUT}{talk}: ");
    let rest = text.lines().find_map(|line| line.trim_end().strip_prefix(&start))?;
    let mut parts = rest.splitn(4, ' ');
    let uri = Url::parse(parts.next()?).ok()?;
    let id = parts.next()?.to_owned();
    let digest = u64::from_str_radix(parts.next()?, 16).ok()?;
    let line = serde_json::from_str(parts.next()?).ok()?;
    Some((uri, CodeMark { id, digest, line }))
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
