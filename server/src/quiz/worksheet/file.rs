//! Putting text into a worksheet: by an edit of the document, else as a new file.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use pygloss_core::Span;
use pygloss_core::analysis::Edit;
use pygloss_core::quiz::worksheet::{blocks, comment, free_text, is_quoted, told_at};
use tower_lsp::lsp_types::request::{ApplyWorkspaceEdit, ShowDocument};
use tower_lsp::lsp_types::{
    ApplyWorkspaceEditParams, MessageType, Position, Range, ShowDocumentParams, Url, WorkspaceEdit,
};

use super::{newest, worksheets};
use crate::handlers::edits::workspace_edit;
use crate::handlers::pages;
use crate::store::data_folder;
use crate::world::World;

/// Most files of one quiz or interview.
const MAX_FILES: u32 = 1000;

/// What is to be added to a worksheet.
#[derive(Clone, Debug, Default)]
pub struct Added {
    /// The worksheet; the newest one when absent.
    pub uri: Option<Url>,
    /// What goes into the block of this id.
    pub told: Option<(String, String)>,
    /// It takes the place of what was told there before.
    pub anew: bool,
    /// What goes to the end. In a new file it is all there is, behind `before`.
    pub end: String,
    /// What a new file says first.
    pub before: String,
    /// What a new file is called, without a number and the ending.
    pub name: String,
    /// It goes into a new file whatever is open.
    pub is_new: bool,
    /// The cursor goes to what is at the end.
    pub is_next: bool,
}

/// Adds to the open worksheet where the client takes edits, else writes what goes to the end into a
/// new file and shows that.
pub fn add(world: &mut World, added: Added) {
    attempt(world, added, 2);
}

fn attempt(world: &mut World, added: Added, tries: u32) {
    let edit = if tries > 0 { edit(world, &added) } else { None };
    let Some((edit, place)) = edit else {
        if !added.end.is_empty() {
            create(world, added.name, format!("{}{}", added.before, added.end));
        }
        return;
    };
    // Neovim prints a label, and two in a row make the reader press a key.
    let params = ApplyWorkspaceEditParams { label: None, edit };
    world.asks.ask::<ApplyWorkspaceEdit>(params, move |world, answer| {
        // The reader may have typed meanwhile.
        if !answer.is_ok_and(|answer| answer.applied) {
            attempt(world, added, tries - 1);
        } else if added.is_next && world.client.show_document {
            show_place(world, added.uri, place);
        } else if added.uri.is_none()
            && let Some(path) = world.quiz.sheets.newest.clone()
        {
            show(world, &path);
        }
    });
}

/// The edit, and where the reader goes on after it.
fn edit(world: &mut World, added: &Added) -> Option<(WorkspaceEdit, Position)> {
    if !world.client.apply_edit || added.is_new {
        return None;
    }
    let uri = added.uri.clone().or_else(|| newest(world))?;
    let open = world.documents.get(&uri)?;
    let text = open.text().to_string();
    let mut edits = Vec::new();
    if let Some((id, told)) = &added.told
        && let Some(block) = blocks(&text).into_iter().find(|block| block.id == *id)
    {
        let before = told_at(&text, &block).filter(|_| added.anew);
        let span = Span::new(before.unwrap_or(block.foot), block.foot);
        edits.push(Edit { span, text: on_its_own_line(&text, span.start, told) });
    }
    if !added.end.is_empty() {
        // Before the last line break: behind it there is no line in some editors.
        let last = text.strip_suffix('\n').unwrap_or(&text);
        let at = last.strip_suffix('\r').unwrap_or(last).len();
        let added = format!("\n\n{}", added.end.trim_end());
        edits.push(Edit { span: Span::empty(at), text: added });
    }
    let edit = workspace_edit(&world.client, open.text(), &uri, open.version, &edits);
    let mut after = open.text().clone();
    for edit in edits.iter().rev() {
        after.replace(edit.span, &edit.text);
    }
    let place = world.client.encoding.position(&after, answer_at(&after.to_string()));
    (!edits.is_empty()).then_some((edit, place))
}

/// Where the last question of a worksheet is answered: between its quotes, else at its start.
fn answer_at(text: &str) -> usize {
    let blocks = blocks(text);
    let Some(block) = blocks.last() else { return text.len() };
    if !is_quoted(text, block) {
        return block.head.start;
    }
    let words = free_text(text, block);
    let is_empty = words.is_empty() && text[..words.start].ends_with('\n');
    // The empty line before the quotes.
    words.start - usize::from(is_empty)
}

/// Puts the cursor at a place of an open worksheet.
fn show_place(world: &mut World, uri: Option<Url>, place: Position) {
    let Some(uri) = uri.or_else(|| newest(world)) else { return };
    let selection = Some(Range::new(place, place));
    let params = ShowDocumentParams { uri, external: None, take_focus: Some(true), selection };
    world.asks.ask::<ShowDocument>(params, |_, _| {});
}

fn on_its_own_line(text: &str, at: usize, told: &str) -> String {
    let broken = text[..at].is_empty() || text[..at].ends_with('\n');
    if broken { told.to_owned() } else { format!("\n{told}") }
}

/// The first lines of a worksheet; `mark` is one for the server. Other checkers are asked to leave it alone.
pub fn header(title: &str, how: &str, mark: &str) -> String {
    let keep_out = "# ruff: noqa\n# flake8: noqa\n# pylint: skip-file\n";
    format!("{}\n{}{keep_out}{mark}\n", comment(title), comment(how))
}

/// Whether there is a place for worksheets.
pub fn is_possible(world: &World) -> bool {
    world.owner.is_some() && data_folder().is_some()
}

/// Writes a new file, by a thread of its own, and shows it.
fn create(world: &mut World, name: String, text: String) {
    let (Some(owner), Some(folder)) = (world.owner.clone(), data_folder()) else { return };
    let folder = worksheets(&folder);
    std::thread::spawn(move || {
        let written = write(&folder, &name, &text);
        owner.post("worksheet", move |world| match written {
            Ok(path) => {
                // The folder may be new, and then without a canonical name so far.
                world.quiz.sheets.folders.clear();
                show(world, &path);
                world.quiz.sheets.newest = Some(path);
            }
            Err(error) => {
                let message = format!("pygloss: the worksheet cannot be written: {error}");
                world.asks.show(MessageType::WARNING, message);
            }
        });
    });
}

fn show(world: &mut World, path: &Path) {
    let said = format!("pygloss: the worksheet is {}", path.display());
    pages::show(world, path, said);
}

/// A file of its own, which only the reader can read; no file is ever written over.
fn write(folder: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    let mut make = fs::DirBuilder::new();
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        make.mode(0o700);
        options.mode(0o600);
    }
    make.recursive(true).create(folder)?;
    for number in 1..=MAX_FILES {
        let ending = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{name}{ending}.py"));
        match options.open(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                return Ok(path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
