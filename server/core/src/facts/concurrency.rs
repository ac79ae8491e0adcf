//! Facts about threads, processes and coroutines.

mod await_point;
mod blocking_call;
mod cancelled;
mod clock;
mod code;
mod context_local;
mod coroutine_calls;
mod coroutine_function;
mod executor;
mod future;
mod gather;
mod gil;
mod gil_check;
mod held;
mod locks;
mod main_guard;
mod manager;
mod passed;
mod process;
mod queue;
mod run_loop;
mod semaphore;
mod shared_iterator;
mod shared_memory;
mod shared_state;
mod shared_update;
mod shared_value;
mod sleep;
mod started;
mod task;
mod task_group;
mod thread;
mod time_limit;
mod to_thread;

pub(crate) use blocking_call::{blocking_in, blocks, helper};
pub(crate) use code::{Around, callee, is_guarded, name_of, run_with, suspensions};
pub(crate) use held::{Held, Place};
pub(in crate::facts) use locks::held_already;
pub(crate) use process::{StartMethod, start_method};
pub(crate) use shared_update::PROVIDER as SHARED_UPDATE;
pub(crate) use started::{Model, Start, Started, computes, is_nested, starts};
pub(crate) use time_limit::exceptions;

use super::Provider;
use super::tables::Table;

#[cfg(test)]
mod testing;

pub static PROVIDERS: &[&Provider] = &[
    &coroutine_function::PROVIDER,
    &await_point::PROVIDER,
    &blocking_call::PROVIDER,
    &run_loop::RUN,
    &run_loop::GET,
    &gather::PROVIDER,
    &task::PROVIDER,
    &task_group::PROVIDER,
    &time_limit::PROVIDER,
    &semaphore::PROVIDER,
    &locks::PROVIDER,
    &sleep::PROVIDER,
    &shared_iterator::PROVIDER,
    &future::PROVIDER,
    &gil_check::PROVIDER,
    &clock::PROVIDER,
    &shared_value::PROVIDER,
    &manager::PROVIDER,
    &shared_memory::PROVIDER,
    &queue::PROVIDER,
    &to_thread::PROVIDER,
    &thread::PROVIDER,
    &shared_update::PROVIDER,
    &executor::PROVIDER,
    &process::PROVIDER,
    &main_guard::PROVIDER,
    &cancelled::PROVIDER,
    &context_local::PROVIDER,
];

/// The tables of the topic.
pub static BLOCKING_CALL: &Table = &blocking_call::TABLE;
pub static AWAITABLE: &Table = &await_point::TABLE;

/// True for an `except` clause that catches the cancellation of the coroutine around it.
pub(in crate::facts) fn catches_cancellation(subject: &crate::subject::Subject<'_>) -> bool {
    (cancelled::PROVIDER.run)(subject).is_some()
}
