//! The course of a quiz in a worksheet.

use pygloss_core::markdown::plain_text;
use pygloss_core::quiz::worksheet::{self, Block, BlockKind, Wrong, blocks, comment, marked, told};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{MessageType, Url};

use super::file::{Added, add, header};
use super::{Action, Shown, State, changed, newest, recall, talk};
use crate::quiz::wire::{Confidence, StartParams, Step, Summary, Ui, Verdict};
use crate::quiz::{engine, pause, show, words};
use crate::world::World;

/// Starts a session.
pub fn start(world: &mut World, params: StartParams) {
    world.quiz.sheets.shown.clear();
    let added = Added { is_new: true, ..Added::default() };
    let then = move |world: &mut World, result| step(world, result, added);
    super::super::start::start(world, params, Ui::Worksheet, Box::new(then));
}

/// Shows the open question again, or goes on.
pub fn resume(world: &mut World, uri: Option<Url>) {
    if let Some(active) = &mut world.quiz.active {
        active.ui = Ui::Worksheet;
    }
    let added = Added { uri, is_next: true, ..Added::default() };
    let then = move |world: &mut World, result| step(world, result, added);
    pause::resume(world, None, Ui::Worksheet, Box::new(then));
}

/// Ends the session.
pub fn stop(world: &mut World) {
    engine::stop(world, None, Box::new(|world, result| end(world, result, Added::default())));
}

/// The open question is asked no more.
pub fn withdrawn(world: &mut World, presentation: u128) {
    if let Some(shown) = world.quiz.sheets.shown.get_mut(&block_id(presentation)) {
        shown.state = State::Withdrawn;
    }
    say(world, words::WITHDRAWN);
    if let Some(uri) = newest(world) {
        changed(world, &uri);
    }
}

/// Does what was chosen for a block of a worksheet.
pub fn run(world: &mut World, uri: &Url, block: Option<&str>, action: Action) {
    match action {
        Action::Stop => return stop(world),
        Action::Resume => return resume(world, Some(uri.clone())),
        _ => {}
    }
    let Some(text) = world.documents.get(uri).map(|open| open.text().to_string()) else { return };
    let blocks = blocks(&text);
    let found: Vec<&Block> = match block {
        Some(id) => blocks.iter().filter(|block| block.id == id).collect(),
        None => blocks.last().into_iter().collect(),
    };
    match found[..] {
        [] => say(world, words::NO_BLOCK),
        [block] => match block.kind {
            BlockKind::Question => question(world, uri, &text, block, action),
            BlockKind::Interview => talk::run(world, uri, &text, block, action),
        },
        _ => say(world, words::TWO_BLOCKS),
    }
}

fn question(world: &mut World, uri: &Url, text: &str, block: &Block, action: Action) {
    let Some(shown) = world.quiz.sheets.shown.get_mut(&block.id) else {
        return say(world, words::UNKNOWN_BLOCK);
    };
    let presentation = shown.question.presentation;
    let session = shown.session.clone();
    let is_open = matches!(shown.state, State::Open);
    let added = Added { uri: Some(uri.clone()), is_next: true, ..Added::default() };
    match action {
        Action::Next if !is_open => {
            engine::next(world, Some(&session), step_into(added));
        }
        _ if !is_open => say(world, words::CLOSED_BLOCK),
        Action::Next | Action::Skip => {
            shown.state = State::Over;
            engine::skip(world, &session, presentation, step_into(added));
            changed(world, uri);
        }
        Action::Hint => hint(world, uri, block, &session, presentation),
        Action::Compare => recall::compare(world, uri, text, block),
        Action::Good | Action::InPart | Action::NotYet => {
            answer(world, uri, block, recall::judged(action), None);
        }
        Action::ShowAnswer => answer(world, uri, block, None, None),
        Action::Check => match marked(text, block, &shown.question) {
            Ok(found) => answer(world, uri, block, Some(found.response), found.confidence),
            Err(fault) => {
                let text = match fault.wrong {
                    Wrong::Nothing => words::no_answer(shown.question.kind.shape()).to_owned(),
                    wrong => wrong.to_string(),
                };
                say(world, &text);
            }
        },
        _ => say(world, words::NOT_HERE),
    }
}

fn hint(world: &mut World, uri: &Url, block: &Block, session: &str, presentation: u128) {
    match engine::hint(world, session, presentation) {
        Ok(hint) => {
            let text = plain_text(&hint.text).trim().to_owned();
            if let Some(shown) = world.quiz.sheets.shown.get_mut(&block.id) {
                shown.hints.push(text.clone());
            }
            let told = Some((block.id.clone(), comment(&format!("Hint: {text}"))));
            add(world, Added { uri: Some(uri.clone()), told, ..Added::default() });
            changed(world, uri);
        }
        Err(error) => say(world, &error.message),
    }
}

/// Gives an answer; without a response the reader gave up.
fn answer(
    world: &mut World,
    uri: &Url,
    block: &Block,
    response: Option<pygloss_core::quiz::Response>,
    confidence: Option<pygloss_core::quiz::Confidence>,
) {
    let Some(shown) = world.quiz.sheets.shown.get_mut(&block.id) else { return };
    shown.state = State::Checking;
    let (session, presentation) = (shown.session.clone(), shown.question.presentation);
    let confidence = confidence.map(|said| match said {
        pygloss_core::quiz::Confidence::Sure => Confidence::Sure,
        pygloss_core::quiz::Confidence::Unsure => Confidence::Unsure,
        pygloss_core::quiz::Confidence::Guess => Confidence::Guess,
    });
    let (uri, id) = (uri.clone(), block.id.clone());
    let then = move |world: &mut World, result| tell(world, uri, id, result);
    engine::answer(world, &session, presentation, response, (confidence, None), Box::new(then));
}

fn tell(world: &mut World, uri: Url, id: String, result: Result<Verdict>) {
    let Some(shown) = world.quiz.sheets.shown.get_mut(&id) else { return };
    let verdict = match result {
        Ok(verdict) => verdict,
        Err(error) => {
            // What was withdrawn stays so, and that is said already.
            if matches!(shown.state, State::Checking) {
                shown.state = State::Open;
                say(world, &error.message);
            }
            return;
        }
    };
    let session = shown.session.clone();
    let explanation = plain_text(&verdict.explanation);
    // What is looked for stands there already where the reader's words were compared.
    let explanation = if shown.compared.is_some() { "" } else { explanation.trim() };
    let text = told(format!("{}\n{explanation}", verdict.headline).trim());
    let headline = verdict.headline.clone();
    shown.state = State::Told(Box::new(verdict));
    changed(world, &uri);
    if world.client.apply_edit {
        // What comes next stands below, so that the reader only reads on.
        let added = Added { uri: Some(uri), told: Some((id, text)), ..Added::default() };
        engine::next(world, Some(&session), step_into(added));
    } else {
        say(world, &headline);
    }
}

fn step_into(added: Added) -> engine::Then<Step> {
    Box::new(move |world, result| step(world, result, added))
}

/// Adds the next question, or how the quiz ended.
fn step(world: &mut World, result: Result<Step>, added: Added) {
    match result {
        Ok(Step { question: Some(question), session, .. }) => {
            let place = format!("{}/{}", session.index, session.total);
            let asked = block_id(show::presentation(&question.presentation_id));
            // It may have been asked for again meanwhile.
            let newest = block(world, &place).filter(|(id, _)| *id == asked);
            let Some((id, end)) = newest else { return add(world, added) };
            let name = format!("quiz-{}", session.id.get(..8).unwrap_or(&session.id));
            let how = words::worksheet(world.client.apply_edit);
            let before = header(words::QUIZ_TITLE, how, "");
            show_question(world, session.id, id);
            add(world, Added { end, before, name, ..added });
        }
        Ok(Step { done: Some(summary), .. }) => end(world, Ok(summary), added),
        Ok(Step { done: None, .. }) => {}
        Err(error) => {
            add(world, added);
            say(world, &error.message);
        }
    }
}

/// The open question as a block, and the id of that. Nothing of it but the question goes into it.
pub fn block(world: &World, place: &str) -> Option<(String, String)> {
    let active = world.quiz.active.as_ref()?;
    let question = active.session.open()?;
    let id = block_id(question.presentation);
    let file = active.uri.as_ref().filter(|_| question.subject.is_some());
    let file = file.and_then(|uri| uri.path().rsplit('/').next().map(str::to_owned));
    let asks = world.user.quiz_confidence;
    let text = worksheet::question(question, &id, place, file.as_deref(), asks);
    Some((id, text))
}

/// Remembers what the block `id` asks. What was open before is asked no more.
fn show_question(world: &mut World, session: String, id: String) {
    let active = world.quiz.active.as_ref();
    let Some(question) = active.and_then(|active| active.session.open()).cloned() else { return };
    let sheets = &mut world.quiz.sheets;
    for shown in sheets.shown.values_mut().filter(|shown| matches!(shown.state, State::Open)) {
        shown.state = State::Over;
    }
    sheets.shown.insert(
        id,
        Shown { session, question, hints: Vec::new(), compared: None, state: State::Open },
    );
}

/// The short name of a presentation.
fn block_id(presentation: u128) -> String {
    format!("{:08x}", presentation & 0xffff_ffff)
}

fn end(world: &mut World, result: Result<Summary>, added: Added) {
    match result {
        Ok(summary) => {
            let text = words::summary(&summary, engine::now());
            let is_open = added.uri.is_some() || newest(world).is_some();
            if is_open && world.client.apply_edit {
                add(world, Added { end: told(&text), ..added });
            }
            say(world, &text);
        }
        Err(error) => say(world, &error.message),
    }
    world.quiz.sheets.shown.values_mut().for_each(|shown| {
        if matches!(shown.state, State::Open) {
            shown.state = State::Over;
        }
    });
    if let Some(uri) = newest(world) {
        changed(world, &uri);
    }
}

/// Tells the reader something.
pub fn say(world: &World, text: &str) {
    world.asks.show(MessageType::INFO, format!("pygloss: {text}"));
}
