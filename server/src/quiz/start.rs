//! How a session starts: what it asks about.

use std::collections::HashMap;

use pygloss_core::Library;
use pygloss_core::quiz::from_code::CodeQuestion;
use pygloss_core::quiz::{
    Context, Refusal, Remembered, Session, Step, Wish, deck, mistakes, placement,
};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::Url;

use super::engine::{Then, chance, finish, now, time, with_context, with_store};
use super::wire::{self, Mode, StartParams, Ui};
use super::{Active, pause, prompt};
use crate::analysed::Asked;
use crate::store::Store;
use crate::world::World;

/// Questions of a session when nobody says how many.
const LIMIT: u32 = 5;

/// What the store knows at `now` of the cards that were asked before. What was answered wrongly although the
/// reader was sure comes before all else: it is what a correction changes most.
pub fn remembered(store: &Store, now: i64) -> HashMap<String, Remembered> {
    let surprises = store.surprises().unwrap_or_default();
    let known = store.schedule(now).unwrap_or_default().into_iter().map(|card| {
        let is_surprise = surprises.contains(&card.card);
        let due_at = if is_surprise { 0 } else { card.due_at.max(0).cast_unsigned() };
        (card.card, Remembered { due_at, last_variant: card.last_variant })
    });
    known.collect()
}

/// Starts a session in place of the one before it.
pub fn start(world: &mut World, params: StartParams, ui: Ui, then: Then<wire::Step>) {
    if let Err(wrong) = validate(&params) {
        return then(world, Err(wrong));
    }
    pause::forget(world);
    let read =
        |store: &mut Store| (remembered(store, time(now())), store.median_ms().ok().flatten());
    with_store(world, read, move |world, known| {
        let (cards, median) = known.unwrap_or_default();
        let step = begin(world, params, ui, &cards, median);
        finish(world, step, then);
    });
}

fn validate(params: &StartParams) -> Result<()> {
    if params.limit.is_some_and(|limit| !(1..=50).contains(&limit)) {
        return Err(Error::invalid_params("`limit` is from 1 to 50"));
    }
    if params.mode == Mode::Cursor && params.text_document.is_none() {
        return Err(Error::invalid_params("mode \"cursor\" needs a `textDocument`"));
    }
    Ok(())
}

fn begin(
    world: &mut World,
    params: StartParams,
    ui: Ui,
    cards: &HashMap<String, Remembered>,
    median: Option<u64>,
) -> std::result::Result<Step, Refusal> {
    prompt::withdraw(world);
    let chance = chance();
    let limit = params.limit.unwrap_or(world.user.quiz_limit.map_or(LIMIT, u32::from));
    world.quiz.active = Some(Active {
        session: Session::new(format!("{:016x}", chance.seed), Vec::new()),
        mode: params.mode,
        ui,
        uri: params.text_document.map(|document| document.uri),
        started_at: now(),
        median,
    });
    let offset = cursor(world, params.position);
    let topics = match &world.user.wishes.topics {
        Some(wanted) if params.topics.is_empty() => known(&world.library, wanted),
        _ => params.topics,
    };
    let memory = |card: &str| cards.get(card).cloned();
    let found = if params.mode == Mode::Mistakes { found(world) } else { Vec::new() };
    let step = with_context(world, |active, context| {
        let here: Vec<CodeQuestion>;
        let mut context = *context;
        if let Some(offset) = offset {
            let touches = |it: &&CodeQuestion| it.evidence.extents[0].touches(offset);
            here = context.questions.iter().filter(touches).cloned().collect();
            let askable = Context { questions: &here, ..context };
            if !deck(&askable, Wish::Code, &topics, &memory, now(), 1).is_empty() {
                context = askable;
            }
        }
        let plan = |wish| deck(&context, wish, &topics, &memory, now(), limit as usize);
        let deck = match params.mode {
            Mode::Review => plan(Wish::Review),
            Mode::Topic => plan(Wish::Topic),
            Mode::Cursor => plan(Wish::Code),
            Mode::Mistakes => mistakes(&context, &found, &memory, now(), limit as usize),
            Mode::Placement => placement(&context, &topics, &memory, now()),
            Mode::Interview => Vec::new(),
        };
        let id = active.session.id().to_owned();
        active.session = match params.mode {
            Mode::Placement => Session::placing(id, deck),
            _ => Session::new(id, deck),
        };
        active.session.next(&context, chance, now())
    });
    step.unwrap_or(Err(Refusal::Over))
}

/// Those of the topics in the reader's settings that there are; all when there is none of them.
fn known(library: &Library, wanted: &[String]) -> Vec<String> {
    wanted.iter().filter(|topic| library.knows_topic(topic)).cloned().collect()
}

/// The rules that find something in the file of the session, or in all open files when it has none:
/// one for each finding.
fn found(world: &mut World) -> Vec<&'static str> {
    let World { documents, library, quiz, workspace, imported, .. } = world;
    let uri = quiz.active.as_ref().and_then(|active| active.uri.as_ref());
    let wanted = |known: &&Url| uri.is_none_or(|uri| uri == *known);
    let files: Vec<Url> = documents.keys().filter(wanted).cloned().collect();
    let mut found = Vec::new();
    for file in files {
        let Some(asked) = Asked::of(documents, workspace, imported, &file) else { continue };
        // What another linter shows can be learnt from as well.
        let mut settings = asked.settings.clone();
        settings.selection.peer = None;
        let findings = Asked { settings: &settings, ..asked }.findings(library);
        found.extend(findings.into_iter().map(|finding| finding.rule));
    }
    found
}

/// The byte at `position` of the file of a session that asks about the cursor.
fn cursor(world: &World, position: Option<tower_lsp::lsp_types::Position>) -> Option<usize> {
    let active = world.quiz.active.as_ref().filter(|active| active.mode == Mode::Cursor)?;
    let open = world.documents.get(active.uri.as_ref()?)?;
    Some(world.client.encoding.offset(open.text(), position?))
}
