//! Sessions that outlive the server: each is kept as it goes, and another server goes on with it.

use pygloss_core::Library;
use pygloss_core::quiz::{Saved, Session};
use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::MessageType;

use super::engine::{self, Then, in_session, is_active, now, time, with_store};
use super::refusal::no_session;
use super::wire::{self, Mode, Ui};
use super::{Active, prompt};
use crate::store::{Paused, Store};
use crate::world::World;

/// A session as the store has it.
#[derive(Serialize, Deserialize)]
struct State {
    mode: Mode,
    started_at: u64,
    session: Saved,
}

/// The session as it is to be kept; nothing when it is over.
pub fn paused(active: &Active) -> Option<Paused> {
    let Active { session, mode, started_at, .. } = active;
    let saved = session.save()?;
    let id = saved.id.clone();
    let state = State { mode: *mode, started_at: *started_at, session: saved };
    Some(Paused { id, state: serde_json::to_string(&state).ok()? })
}

/// Keeps the running session as it is now, or forgets it when it is over. `then` runs when that is
/// done, so that what the reader sees is what a later server goes on with.
pub fn keep(world: &mut World, then: impl FnOnce(&mut World) + Send + 'static) {
    let Some(active) = &world.quiz.active else { return then(world) };
    let (id, paused) = (active.session.id().to_owned(), paused(active));
    let job = move |store: &mut Store| match paused {
        Some(paused) => store.pause(&paused, time(now())),
        None => store.forget(&id),
    };
    with_store(world, job, move |world, kept| {
        if let Some(Err(error)) = kept {
            let text = format!("The quiz could not be kept for later: {error}.");
            world.asks.log(MessageType::WARNING, text);
        }
        then(world);
    });
}

/// Forgets the running session, which another one takes the place of.
pub fn forget(world: &mut World) {
    let Some(active) = &world.quiz.active else { return };
    let id = active.session.id().to_owned();
    with_store(world, move |store| store.forget(&id), |_, _| {});
}

/// Shows the open question of the running session anew, or goes on with one that another server left
/// when it ended. Such a one is drawn by `ui`.
pub fn resume(world: &mut World, id: Option<&str>, ui: Ui, then: Then<wire::Step>) {
    let runs = world.quiz.active.as_ref().is_some_and(|active| !active.session.is_over());
    if runs && is_active(world, id) {
        return again(world, id, then);
    }
    let id = id.map(str::to_owned);
    let take = move |store: &mut Store| {
        let taken = store.take_over(id.as_deref(), time(now())).ok().flatten();
        taken.map(|paused| (paused, store.median_ms().ok().flatten()))
    };
    with_store(world, take, move |world, taken| {
        let taken = taken.flatten();
        let Some(active) = taken.and_then(|it| restored(&world.library, &it.0, it.1, ui)) else {
            return then(world, Err(no_session()));
        };
        prompt::withdraw(world);
        forget(world);
        world.quiz.active = Some(active);
        again(world, None, then);
    });
}

/// Nothing when it was written by a version that wrote it otherwise.
fn restored(library: &Library, paused: &Paused, median: Option<u64>, ui: Ui) -> Option<Active> {
    let State { mode, started_at, session } = serde_json::from_str(&paused.state).ok()?;
    let session = Session::restore(session, library);
    Some(Active { session, mode, ui, uri: None, started_at, median })
}

fn again(world: &mut World, id: Option<&str>, then: Then<wire::Step>) {
    let action = |active: &mut Active, context: &pygloss_core::quiz::Context<'_>| {
        active.session.resume(context, engine::chance(), now())
    };
    in_session(world, id, action, then);
}
