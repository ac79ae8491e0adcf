//! The quiz as clients see it: custom requests, commands, prompts, worksheets.
//!
//! Architecture invariant: one state machine ([`pygloss_core::quiz`]) under every user interface.
//! Nothing here waits: what needs the store goes on when the store has answered, on the owner's
//! thread like everything else, and a prompt that is never answered is a quiz that waits.

mod engine;
mod pause;
mod prompt;
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

use pygloss_core::quiz::Session;
use tower_lsp::lsp_types::notification::Notification;
use tower_lsp::lsp_types::{Hover, TextDocumentPositionParams, Url};

use crate::asks::AskId;
use crate::owner::Owner;
use crate::store::{Keeper, calendar, data_folder};
use crate::world::World;
use wire::{Mode, Ui};

pub use engine::{asked_about, session_name};
pub(crate) use engine::{chance, now, time, warn, with_store};
pub(crate) use refusal::failed;
pub use requests::{COMMANDS, REQUESTS, START};
pub(crate) use requests::{only, read};
pub use show::{judgement, review};
pub use start::remembered;
pub use status::status;
pub use undo::in_words as undone_in_words;
pub use words::level as level_in_words;
pub use worksheet::{
    COMMANDS as WORKSHEET_COMMANDS, actions as worksheet_actions, is_worksheet,
    notes as worksheet_notes, worksheets,
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
    /// The file in whose diagnostics the code of the open question was left out.
    hidden_in: Option<Url>,
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
    engine::is_asking_about(world, uri)
}

/// Has the diagnostics of a file made anew when a question about its code was opened or is open no more;
/// false when nothing changed. What is found in that code could give the answer away.
pub fn hide(world: &mut World) -> bool {
    let asked = world.quiz.active.as_ref().filter(|active| active.session.open_code().is_some());
    let now = asked.and_then(|active| active.uri.clone());
    if now == world.quiz.hidden_in {
        return false;
    }
    let before = std::mem::replace(&mut world.quiz.hidden_in, now.clone());
    for uri in [before, now].into_iter().flatten() {
        world.report_changed(&uri);
    }
    true
}

/// What a hover shows on code that the open question is about: the card would give the answer away.
pub fn hover(world: &mut World, place: &TextDocumentPositionParams) -> Option<Hover> {
    engine::covers(world, place).then(|| show::hidden_card(world.client.markdown))
}
