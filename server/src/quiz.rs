//! The quiz as clients see it: custom requests, commands, prompts, worksheets.
//!
//! Architecture invariant: one state machine ([`pygloss_core::quiz`]) under every user interface.
//! Nothing here waits: what needs the store goes on when the store has answered, on the owner's
//! thread like everything else, and a prompt that is never answered is a quiz that waits.

mod engine;
mod pause;
mod prompt;
mod recall;
mod refusal;
mod requests;
mod show;
mod start;
mod status;
mod undo;
mod words;
mod worksheet;

pub mod wire;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use pygloss_core::quiz::Session;
use tower_lsp::lsp_types::notification::Notification;
use tower_lsp::lsp_types::{Hover, TextDocumentPositionParams, Url};

use crate::asks::AskId;
use crate::owner::Owner;
use crate::store::{Keeper, calendar, data_folder};
use crate::world::World;
use wire::{Mode, Ui};

pub(crate) use engine::{chance, now, time, warn, with_store};
pub use engine::{hidden, session_name};
pub use recall::in_words as comparison_in_words;
pub(crate) use refusal::failed;
pub use requests::{COMMANDS, REQUESTS, START};
pub(crate) use requests::{only, read};
pub use show::{judgement, review};
pub use start::remembered;
pub use status::status;
pub use undo::in_words as undone_in_words;
pub use words::level as level_in_words;
pub use worksheet::{
    COMMANDS as WORKSHEET_COMMANDS, INTERVIEW, actions as worksheet_actions,
    code_opened as worksheet_code_opened, is_worksheet, notes as worksheet_notes,
    offered as is_interview_offered, worksheets,
};

/// The state of the quiz.
#[derive(Debug, Default)]
pub struct Quiz {
    /// Brings answers of the store back to the owner's thread.
    owner: Option<Owner>,
    /// Started with the first quiz, so that who never takes one has no store.
    keeper: Option<Keeper>,
    active: Option<Active>,
    /// The prompt that the reader has not answered. There is never more than one: some clients show
    /// only the last, and never answer the others.
    prompt: Option<AskId>,
    /// The questions that are in files.
    sheets: worksheet::Sheets,
    /// The code that the open question is about may have changed.
    code_changed: bool,
    /// The open questions about code whose code was left out of the diagnostics: the file, and what names
    /// the question.
    hidden_for: BTreeSet<(Url, String)>,
    /// The reader knows that the store cannot be written.
    warned: bool,
    /// When the interview is, in milliseconds since 1970.
    interview: Option<i64>,
}

/// The session that runs.
#[derive(Debug)]
struct Active {
    session: Session,
    mode: Mode,
    ui: Ui,
    /// The file that questions are made from.
    uri: Option<Url>,
    /// Milliseconds since 1970 (UTC).
    started_at: u64,
    /// The reader's median time to a right answer, in milliseconds.
    median: Option<u64>,
}

impl Quiz {
    /// Says how to get back to the owner's thread. Without it nothing is kept.
    pub fn connect(&mut self, owner: Owner) {
        self.owner = Some(owner);
    }

    /// The text of `uri` changed, or it was closed.
    pub fn text_changed(&mut self, uri: &Url) {
        let is_asked = |active: &Active| {
            let question = active.session.open();
            active.uri.as_ref() == Some(uri)
                && question.is_some_and(|question| question.subject.is_some())
        };
        self.code_changed |= self.active.as_ref().is_some_and(is_asked);
    }

    /// The thread of the store; nothing for a world that is not connected.
    fn keeper(&mut self) -> Option<&Keeper> {
        if self.keeper.is_none() {
            let owner = self.owner.clone()?;
            let notice = move |text| owner.post("store", |world| engine::warn(world, text));
            let keeper = Keeper::start(data_folder(), notice);
            let interview = self.interview;
            keeper.prepare(move |store| store.set_interview(interview));
            self.keeper = Some(keeper);
        }
        self.keeper.as_ref()
    }

    /// Whether nothing was answered yet, here or by any other program: then the store is better left
    /// unopened, as that would make it.
    pub(crate) fn is_unused(&self) -> bool {
        let file = || data_folder().map(|folder| folder.join("progress.db"));
        self.keeper.is_none() && !file().is_some_and(|file| file.exists())
    }
}

/// `pygloss/quiz/withdrawn`.
#[derive(Debug)]
struct WithdrawnNotification;

impl Notification for WithdrawnNotification {
    type Params = wire::Withdrawn;
    const METHOD: &'static str = "pygloss/quiz/withdrawn";
}

/// The setting `interviewDate` changed.
pub fn interview_changed(world: &mut World) {
    let date = world.user.interview_date.as_deref();
    let at = date.and_then(calendar::start);
    world.quiz.interview = at;
    if let Some(keeper) = &world.quiz.keeper {
        keeper.prepare(move |store| store.set_interview(at));
    }
}

/// Withdraws the open question if its code changed; true when there was something to look at.
pub fn check(world: &mut World) -> bool {
    if !std::mem::take(&mut world.quiz.code_changed) {
        return false;
    }
    let withdrawn =
        engine::with_open_question(world, |active, context| active.session.check(context));
    if let Some(presentation) = withdrawn.flatten() {
        engine::withdrawn(world, presentation);
    }
    true
}

/// Whether the open question is about code of the file at `uri`: what is shown there by itself must not
/// give the answer away.
pub fn is_asking_about(world: &World, uri: &Url) -> bool {
    engine::open_questions(world).iter().any(|(file, _)| file == uri)
}

/// Has the diagnostics of a file made anew when a question about its code was opened or is open no more;
/// false when nothing changed. What is found in that code could give the answer away.
pub fn hide(world: &mut World) -> bool {
    let now: BTreeSet<(Url, String)> = engine::open_questions(world).into_iter().collect();
    if now == world.quiz.hidden_for {
        return false;
    }
    let before = std::mem::replace(&mut world.quiz.hidden_for, now.clone());
    let changed: BTreeSet<&Url> = before.symmetric_difference(&now).map(|(uri, _)| uri).collect();
    for uri in changed {
        world.report_changed(uri);
    }
    true
}

/// What a hover shows instead of `card` where that would give the answer of an open question away; it stands
/// for any card when absent.
pub fn hover(
    world: &mut World,
    place: &TextDocumentPositionParams,
    card: Option<&str>,
) -> Option<Hover> {
    engine::covers(world, place, card).then(|| show::hidden_card(world.client.markdown))
}
