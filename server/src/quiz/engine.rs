//! What can be done with a session: the same for every user interface.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use pygloss_core::quiz::{
    Answer, Chance, Confidence, Context, Hidden, Refusal, Response, Step, Surface,
};
use pygloss_core::{Library, Settings, Span};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{MessageType, TextDocumentPositionParams, Url};

use super::refusal::{error, no_session};
use super::wire::{self, Ui};
use super::{Active, WithdrawnNotification, pause, prompt, show, worksheet};
use crate::handlers::inlay;
use crate::store::Store;
use crate::world::World;

/// What goes on with a result.
pub(crate) type Then<T> = Box<dyn FnOnce(&mut World, Result<T>) + Send>;

/// Runs `action` on the session `id`, or on the one there is.
pub fn in_session(
    world: &mut World,
    id: Option<&str>,
    action: impl FnOnce(&mut Active, &Context<'_>) -> std::result::Result<Step, Refusal>,
    then: Then<wire::Step>,
) {
    if !is_active(world, id) {
        return then(world, Err(no_session()));
    }
    let step = with_context(world, action).unwrap_or(Err(Refusal::Over));
    finish(world, step, then);
}

/// Goes on after a verdict.
pub fn next(world: &mut World, id: Option<&str>, then: Then<wire::Step>) {
    let action =
        |active: &mut Active, context: &Context<'_>| active.session.next(context, chance(), now());
    in_session(world, id, action, then);
}

/// Leaves a question out.
pub fn skip(world: &mut World, id: &str, presentation: u128, then: Then<wire::Step>) {
    let action = |active: &mut Active, context: &Context<'_>| {
        active.session.skip(context, presentation, chance(), now())
    };
    in_session(world, Some(id), action, then);
}

/// Gives the next hint.
pub fn hint(world: &mut World, id: &str, presentation: u128) -> Result<wire::Hint> {
    if !is_active(world, Some(id)) {
        return Err(no_session());
    }
    let active = world.quiz.active.as_mut().ok_or_else(no_session)?;
    let hint = active.session.hint(presentation).map_err(error)?;
    pause::keep(world, |_| {});
    Ok(wire::Hint { text: hint.text, given: hint.given, of: hint.of })
}

/// Takes an answer; without a `response` the reader gave up. The verdict is told when the answer is kept.
pub fn answer(
    world: &mut World,
    id: &str,
    presentation: u128,
    response: Option<Response>,
    (confidence, ms): (Option<wire::Confidence>, Option<u64>),
    then: Then<wire::Verdict>,
) {
    if !is_active(world, Some(id)) {
        return then(world, Err(no_session()));
    }
    let confidence = confidence.map(|said| match said {
        wire::Confidence::Sure => Confidence::Sure,
        wire::Confidence::Unsure => Confidence::Unsure,
        wire::Confidence::Guess => Confidence::Guess,
    });
    let answered = with_open_question(world, |active, context| {
        let median = active.median;
        let answer = Answer { presentation, response, confidence, ms, median, now: now() };
        active.session.answer(context, &answer).cloned()
    });
    let answered = match answered.unwrap_or(Err(Refusal::Over)) {
        Ok(answered) => answered,
        Err(refusal) => {
            if refusal == Refusal::Changed {
                withdrawn(world, presentation);
            }
            return then(world, Err(error(refusal)));
        }
    };
    let Some(mut verdict) = show::verdict(world, &answered) else {
        return then(world, Err(no_session()));
    };
    if !answered.verdict.evidence.is_empty() {
        inlay::refresh_hints(world);
    }
    let review = show::review(&answered.review);
    let paused = world.quiz.active.as_ref().and_then(pause::paused);
    let keep = move |store: &mut Store| {
        let recorded = store.record_in(&review, paused.as_ref()).map_err(|error| error.to_string());
        recorded.map(|recorded| show::card(&recorded).filter(|_| store.is_lasting()))
    };
    with_store(world, keep, move |world, kept| {
        match kept {
            Some(Ok(card)) => verdict.card = card,
            Some(Err(why)) => warn(world, format!("The answer could not be kept: {why}.")),
            None => {}
        }
        then(world, Ok(verdict));
    });
}

/// Ends a session.
pub fn stop(world: &mut World, id: Option<&str>, then: Then<wire::Summary>) {
    if !is_active(world, id) {
        return then(world, Err(no_session()));
    }
    prompt::withdraw(world);
    if let Some(active) = &mut world.quiz.active {
        active.session.stop();
    }
    pause::keep(world, |_| {});
    summary(world, then);
}

/// Turns a step into what is told about it.
pub fn finish(world: &mut World, step: std::result::Result<Step, Refusal>, then: Then<wire::Step>) {
    let session = world.quiz.active.as_ref().map(show::session);
    match (step, session) {
        (Ok(Step::Ask(question)), Some(session)) => {
            if question.subject.is_some() {
                inlay::refresh_hints(world);
            }
            let question = Some(show::question(world, &question));
            let step = wire::Step { session, question, done: None };
            pause::keep(world, move |world| then(world, Ok(step)));
        }
        (Ok(Step::Done), Some(session)) => {
            pause::keep(world, |_| {});
            let done = move |world: &mut World, summary: Result<wire::Summary>| {
                let step = |done| wire::Step { session, question: None, done: Some(done) };
                then(world, summary.map(step));
            };
            summary(world, Box::new(done));
        }
        (Ok(_), None) => then(world, Err(no_session())),
        (Err(refusal), _) => then(world, Err(error(refusal))),
    }
}

fn summary(world: &mut World, then: Then<wire::Summary>) {
    let Some(active) = &world.quiz.active else { return then(world, Err(no_session())) };
    let tally = active.session.tally().clone();
    let placement = active.session.placement().cloned();
    with_store(
        world,
        |store| store.schedule(time(now())).unwrap_or_default(),
        move |world, cards| {
            // What was learnt from a pack that is gone is due no more.
            let mut cards = cards.unwrap_or_default();
            cards.retain(|card| world.library.has_id(&card.card));
            let summary = show::summary(&tally, placement.as_ref(), &cards, now());
            then(world, Ok(summary));
        },
    );
}

/// Tells the reader that the open question is asked no more.
pub fn withdrawn(world: &mut World, presentation: u128) {
    let Some(active) = &world.quiz.active else { return };
    match active.ui {
        Ui::Prompt => prompt::withdrawn(world),
        Ui::Worksheet => worksheet::withdrawn(world, presentation),
        Ui::Rich if world.client.rich_quiz => {
            let params = wire::Withdrawn {
                session_id: active.session.id().to_owned(),
                presentation_id: show::presentation_id(presentation),
                reason: super::words::WITHDRAWN.to_owned(),
            };
            world.asks.notify::<WithdrawnNotification>(params);
        }
        Ui::Rich => {}
    }
}

/// The code of the file at `uri` that an open question is about, in bytes of the file.
fn asked_about(world: &mut World, uri: &Url) -> Vec<Span> {
    let mut spans = worksheet::spans(world, uri);
    if asked_in_session(world).is_none_or(|(file, _)| file != *uri) {
        return spans;
    }
    let extents = with_open_question(world, |active, context| {
        let evidence = active.session.open_evidence(context.questions);
        evidence.flat_map(|evidence| evidence.extents.iter().copied()).collect()
    });
    spans.extend::<Vec<Span>>(extents.unwrap_or_default());
    spans
}

/// What in the file at `uri` would tell the answer of an open question.
pub fn hidden(world: &mut World, uri: &Url) -> Hidden {
    let asked = asked_about(world, uri);
    world.documents.get(uri).map(|open| Hidden::of(open.text(), asked)).unwrap_or_default()
}

/// Whether a hover at the place, on which `card` would be shown, would tell the answer of an open question.
pub fn covers(world: &mut World, place: &TextDocumentPositionParams, card: Option<&str>) -> bool {
    let uri = &place.text_document.uri;
    let files: BTreeSet<Url> = open_questions(world).into_iter().map(|(file, _)| file).collect();
    files.into_iter().any(|file| {
        let hidden = hidden(world, &file);
        // A card follows imports.
        if card.is_some_and(|card| hidden.is_named_in(card)) {
            return true;
        }
        let Some(open) = world.documents.get(uri).filter(|_| file == *uri) else { return false };
        let offset = world.client.encoding.offset(open.text(), place.position);
        hidden.covers(open.text(), Span::empty(offset))
    })
}

pub fn is_active(world: &World, id: Option<&str>) -> bool {
    let active = world.quiz.active.as_ref();
    active.is_some_and(|active| id.is_none_or(|id| id == active.session.id()))
}

/// The open questions about code: the file, and what names the question.
pub fn open_questions(world: &World) -> Vec<(Url, String)> {
    let mut all = worksheet::waiting(world);
    all.extend(asked_in_session(world));
    all
}

fn asked_in_session(world: &World) -> Option<(Url, String)> {
    let active = world.quiz.active.as_ref()?;
    active.session.open_code()?;
    let question = active.session.open()?;
    Some((active.uri.clone()?, show::presentation_id(question.presentation)))
}

/// Runs `action` on the running session and on what questions are made from.
pub fn with_context<T>(
    world: &mut World,
    action: impl FnOnce(&mut Active, &Context<'_>) -> T,
) -> Option<T> {
    with(world, false, action)
}

/// [`with_context`] for what is about the open question and no other: as to code, there are only the
/// questions of its kind.
pub fn with_open_question<T>(
    world: &mut World,
    action: impl FnOnce(&mut Active, &Context<'_>) -> T,
) -> Option<T> {
    with(world, true, action)
}

fn with<T>(
    world: &mut World,
    open_only: bool,
    action: impl FnOnce(&mut Active, &Context<'_>) -> T,
) -> Option<T> {
    let World { documents, library, quiz, user, client, .. } = world;
    let active = quiz.active.as_mut()?;
    let library: &Library = library;
    let mut open = active.uri.as_ref().and_then(|uri| documents.get_mut(uri));
    let asked = active.session.open_code().map(|asked| asked.generator);
    let questions = open.as_mut().map(|open| match (open_only, asked) {
        (true, Some(generator)) => open.questions_of(library, generator),
        (true, None) => Arc::default(),
        (false, _) => open.questions(library),
    });
    let python = match open.filter(|open| open.content().is_some()) {
        Some(open) => open.settings.target,
        None => user.wishes.target.unwrap_or(Settings::default().target),
    };
    let questions = questions.unwrap_or_default();
    let surface = match active.ui {
        Ui::Prompt => Surface::default(),
        Ui::Worksheet => Surface::FULL,
        Ui::Rich => Surface {
            snippets: true,
            several: client.draws_several,
            order: client.draws_order,
            text: client.draws_text,
            words: client.draws_words,
        },
    };
    Some(action(active, &Context { library, python, surface, questions: &questions }))
}

/// Runs `job` on the store's thread and `then` on the owner's; `then` gets nothing when there is no
/// store at all.
pub fn with_store<T: Send + 'static>(
    world: &mut World,
    job: impl FnOnce(&mut Store) -> T + Send + 'static,
    then: impl FnOnce(&mut World, Option<T>) + Send + 'static,
) {
    let Some(owner) = world.quiz.owner.clone() else { return then(world, None) };
    let Some(keeper) = world.quiz.keeper() else { return then(world, None) };
    keeper.run(move |store| {
        let result = job(store);
        owner.post("quiz", move |world| then(world, Some(result)));
    });
}

/// Tells the reader once that something is wrong with the store; the log gets the rest.
pub fn warn(world: &mut World, text: String) {
    if std::mem::replace(&mut world.quiz.warned, true) {
        world.asks.log(MessageType::WARNING, text);
    } else {
        world.asks.show(MessageType::WARNING, format!("pygloss: {text}"));
    }
}

/// Milliseconds since 1970 (UTC).
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// A name for a new session or interview.
///
/// # Panics
/// When the operating system gives no random numbers.
pub fn session_name() -> String {
    format!("{:016x}", chance().seed)
}

/// As the store has it.
pub fn time(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}

#[cfg(test)]
thread_local! {
    /// Gives the same chances again to a test that sets it.
    pub static DICE: std::cell::Cell<Option<u64>> = const { std::cell::Cell::new(None) };
}

/// # Panics
/// When the operating system gives no random numbers.
pub fn chance() -> Chance {
    #[cfg(test)]
    if let Some(seed) = DICE.get() {
        DICE.set(Some(seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1)));
        return Chance { id: u128::from(seed) + (1 << 64), seed };
    }
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).expect("random numbers");
    let (id, seed) = bytes.split_at(16);
    Chance {
        id: u128::from_ne_bytes(id.try_into().expect("16 bytes")),
        seed: u64::from_ne_bytes(seed.try_into().expect("8 bytes")),
    }
}
