//! What a status line shows.

use super::engine::{Then, now, time, with_store};
use super::{show, wire};
use crate::store::Store;
use crate::world::World;

/// Tells how many questions are due and whether a quiz waits. Opens no store where there is none.
pub fn status(world: &mut World, then: Then<wire::Status>) {
    let running = world.quiz.active.as_ref().filter(|active| !active.session.is_over());
    let session = running.map(show::session);
    if world.quiz.is_unused() {
        return then(world, Ok(wire::Status { session, ..wire::Status::default() }));
    }
    let read = |store: &mut Store| {
        let now = time(now());
        (store.schedule(now).unwrap_or_default(), store.is_waiting(now).unwrap_or(false))
    };
    with_store(world, read, move |world, found| {
        let (mut cards, waiting) = found.unwrap_or_default();
        cards.retain(|card| world.library.has_id(&card.card));
        let (due, next_due_at) = show::due(&cards, now());
        then(world, Ok(wire::Status { due, next_due_at, session, waiting }));
    });
}
