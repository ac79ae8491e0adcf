//! The quiz and the interview as a file that the reader edits, for clients that can neither draw nor
//! show prompts, and for answers in the reader's own words.
//!
//! What is marked is read from the document as the client has it open; a question is found by its id,
//! wherever it stands. What is told goes into the document by `workspace/applyEdit`, and into its
//! diagnostics. Without that request, each further question comes in a file of its own.

mod actions;
mod course;
mod file;
mod notes;
mod recall;
mod script;
mod talk;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use pygloss_core::quiz::Question;
use pygloss_core::quiz::interview::Conversation;
use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::Error;
use tower_lsp::lsp_types::{TextDocumentIdentifier, Url};

use super::wire::Verdict;
use super::{failed, words};
use crate::documents::{Age, file_of};
use crate::handlers::commands::Command;
use crate::owner::Reply;
use crate::store::data_folder;
use crate::world::World;

pub use actions::list as actions;
#[cfg(test)]
pub use course::{block, run};
pub use course::{resume, start, stop, withdrawn};
pub use file::is_possible;
pub use notes::notes;
pub use script::{spans, waiting};
pub use talk::{offered, start as interview};

/// What the actions on a worksheet run.
pub const ACT: &str = "pygloss.worksheet";

/// Starts an interview.
pub const INTERVIEW: &str = "pygloss.interview.start";

/// The commands.
pub const COMMANDS: &[Command] =
    &[Command { name: ACT, run: act }, Command { name: INTERVIEW, run: talk::start_command }];

/// The folder of worksheets, below that for progress.
const FOLDER: &str = "worksheets";

/// Where worksheets are, for progress in this folder.
pub fn worksheets(data: &Path) -> PathBuf {
    data.join(FOLDER)
}

/// What is known of the worksheets that are in use.
#[derive(Debug, Default)]
pub struct Sheets {
    /// Where they are: as the environment names it, and without symbolic links.
    folders: Vec<PathBuf>,
    /// The file that has the newest question.
    newest: Option<PathBuf>,
    /// Questions of the running session, by the ids of their blocks.
    shown: HashMap<String, Shown>,
    /// Interviews, by their names.
    talks: HashMap<String, Conversation>,
    /// The code that they are about, for those that are.
    about: HashMap<String, script::About>,
    /// Blocks of interviews that were compared.
    compared: HashSet<String>,
}

/// A question in a worksheet.
#[derive(Debug)]
struct Shown {
    session: String,
    question: Question,
    hints: Vec<String>,
    /// What was told of the reader's words, where the answer is written.
    compared: Option<String>,
    state: State,
}

#[derive(Debug)]
enum State {
    Open,
    /// An answer is on its way.
    Checking,
    Told(Box<Verdict>),
    /// Skipped, or shown again.
    Over,
    Withdrawn,
}

/// What is to be done in a worksheet. Without a document it is the newest one, without a block the last
/// one in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Act {
    #[serde(default)]
    text_document: Option<TextDocumentIdentifier>,
    #[serde(default)]
    block: Option<String>,
    action: Action,
}

/// What can be done with a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    Check,
    Hint,
    ShowAnswer,
    Skip,
    Next,
    Stop,
    Resume,
    Compare,
    Good,
    InPart,
    NotYet,
}

impl Action {
    /// What clients show, and the name on the wire.
    fn title_and_name(self) -> (&'static str, &'static str) {
        match self {
            Self::Check => ("Check this answer", "check"),
            Self::Hint => ("Hint", "hint"),
            Self::ShowAnswer => ("Show the answer", "show-answer"),
            Self::Skip => ("Skip this question", "skip"),
            Self::Next => ("Next question", "next"),
            Self::Stop => ("End the quiz", "stop"),
            Self::Resume => ("Go on with the quiz", "resume"),
            Self::Compare => ("Compare with the points", "compare"),
            Self::Good => ("My answer was good", "good"),
            Self::InPart => ("My answer was good in part", "in-part"),
            Self::NotYet => ("My answer was not good yet", "not-yet"),
        }
    }
}

/// Whether a document is a worksheet.
pub fn is_worksheet(world: &mut World, uri: &Url) -> bool {
    let Some(file) = file_of(uri).filter(|file| file.extension().is_some_and(|end| end == "py"))
    else {
        return false;
    };
    let folders = &mut world.quiz.sheets.folders;
    if folders.is_empty() {
        let Some(folder) = data_folder().map(|data| worksheets(&data)) else { return false };
        folders.extend(fs::canonicalize(&folder).ok());
        folders.push(folder);
    }
    file.parent().is_some_and(|parent| folders.iter().any(|folder| folder == parent))
}

/// A file was opened: an interview about its code that another server began can go on.
pub fn code_opened(world: &mut World, uri: &Url) {
    let others = world.documents.keys().filter(|other| *other != uri);
    for sheet in others.cloned().collect::<Vec<Url>>() {
        let is_about = |text: &str| script::is_about(text, uri);
        if is_worksheet(world, &sheet)
            && world.documents.get(&sheet).is_some_and(|open| is_about(&open.text().to_string()))
        {
            changed(world, &sheet);
        }
    }
}

/// The newest worksheet, if the client has it open.
fn newest(world: &mut World) -> Option<Url> {
    let newest = world.quiz.sheets.newest.clone()?;
    let uris: Vec<Url> = world.documents.keys().cloned().collect();
    let is_it = |uri: &Url| file_of(uri).is_some_and(|file| file.file_name() == newest.file_name());
    uris.into_iter().find(|uri| is_it(uri) && is_worksheet(world, uri))
}

/// The answer must not wait for the reader: some editors block until it is there.
fn act(world: &mut World, arguments: Vec<Value>, reply: Reply<Value>) {
    let wanted = arguments.into_iter().next().unwrap_or_default();
    let wanted: Act = match serde_json::from_value(wanted) {
        Ok(wanted) => wanted,
        Err(wrong) => return reply.send(Err(Error::invalid_params(wrong.to_string()))),
    };
    let named = wanted.text_document.map(|document| document.uri);
    let Some(uri) = named.or_else(|| newest(world)) else {
        return reply.send(Err(failed("noWorksheet", words::NO_WORKSHEET)));
    };
    if !world.documents.contains_key(&uri) || !is_worksheet(world, &uri) {
        return reply.send(Err(failed("noWorksheet", words::NO_WORKSHEET)));
    }
    reply.send(Ok(Value::Null));
    course::run(world, &uri, wanted.block.as_deref(), wanted.action);
}

/// Has the client show the newest diagnostics of a worksheet.
fn changed(world: &mut World, uri: &Url) {
    if let Some(open) = world.documents.get_mut(uri) {
        open.report_age = Age::Old;
        world.text_changed(uri);
        crate::handlers::diagnostics::refresh(world);
    }
}
