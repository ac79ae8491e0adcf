//! Taking the last answer back.

use pygloss_core::Library;
use pygloss_core::quiz::{self, Confidence, Outcome, Source};
use tower_lsp::lsp_types::MessageType;

use super::engine::{Then, now, time, with_store};
use super::refusal::failed;
use super::{pause, wire, words};
use crate::store::{Store, Undone};
use crate::world::World;

/// Takes back the newest answer that counts, of whichever program. When it belongs to the running session,
/// that counts it no more either.
pub fn undo(world: &mut World, then: Then<wire::Undone>) {
    if world.quiz.is_unused() {
        return then(world, Ok(told(world, None)));
    }
    let take = |store: &mut Store| store.undo(time(now())).map_err(|error| error.to_string());
    with_store(world, take, move |world, taken| match taken.unwrap_or(Ok(None)) {
        Ok(undone) => {
            let of_this = |id: &str| undone.as_ref().is_some_and(|undone| undone.session == id);
            let active = world.quiz.active.as_mut();
            let running = active.filter(|active| of_this(active.session.id()));
            if let Some((active, undone)) = running.zip(undone.as_ref()) {
                active.session.undo(&in_session(undone));
                pause::keep(world, |_| {});
            }
            let told = told(world, undone.as_ref());
            then(world, Ok(told));
        }
        Err(why) => {
            let text = format!("The answer could not be taken back: {why}.");
            world.asks.log(MessageType::WARNING, text);
            then(world, Err(failed("store", "the answer could not be taken back; see the log")));
        }
    });
}

/// The same for a command: a client that does not draw what comes back is told in words.
pub fn command(world: &mut World, then: Then<wire::Undone>) {
    let tell: Then<wire::Undone> = Box::new(move |world, result| {
        if let Some(undone) = result.as_ref().ok().filter(|_| !world.client.rich_quiz) {
            world.asks.show(MessageType::INFO, format!("pygloss: {}", undone.message));
        }
        then(world, result);
    });
    undo(world, tell);
}

/// What is told of it, in one sentence.
pub fn in_words(library: &Library, undone: Option<&Undone>) -> String {
    undone.map_or_else(
        || words::NOTHING_TO_UNDO.to_owned(),
        |undone| words::undone(&answer(library, undone), now()),
    )
}

fn told(world: &World, undone: Option<&Undone>) -> wire::Undone {
    let message = in_words(&world.library, undone);
    wire::Undone { answer: undone.map(|undone| answer(&world.library, undone)), message }
}

fn answer(library: &Library, undone: &Undone) -> wire::UndoneAnswer {
    let id = undone.card.rsplit_once('/').map_or(undone.card.as_str(), |it| it.0);
    let found = library.concepts().find(|(pack, concept)| {
        id.split_once('/') == Some((pack.manifest.id.as_str(), concept.id.as_str()))
    });
    let title = found.map_or_else(|| id.to_owned(), |(_, concept)| concept.title.clone());
    wire::UndoneAnswer {
        at: undone.at.max(0).cast_unsigned(),
        card: undone.card.clone(),
        outcome: match outcome(undone) {
            Outcome::Right => wire::Outcome::Right,
            Outcome::Wrong => wire::Outcome::Wrong,
            Outcome::GaveUp => wire::Outcome::GaveUp,
        },
        topic: wire::Topic { id: id.to_owned(), title },
    }
}

fn outcome(undone: &Undone) -> Outcome {
    match undone.outcome.as_str() {
        "right" => Outcome::Right,
        "wrong" => Outcome::Wrong,
        _ => Outcome::GaveUp,
    }
}

fn in_session(undone: &Undone) -> quiz::Undone {
    quiz::Undone {
        presentation: undone.id,
        card: undone.card.clone(),
        variant: undone.variant.clone(),
        source: if undone.source == "pack" { Source::Pack } else { Source::Code },
        outcome: outcome(undone),
        knew: quiz::Undone::knew(undone.grade),
        confidence: match undone.confidence.as_deref() {
            Some("sure") => Some(Confidence::Sure),
            Some("unsure") => Some(Confidence::Unsure),
            Some("guess") => Some(Confidence::Guess),
            _ => None,
        },
    }
}
