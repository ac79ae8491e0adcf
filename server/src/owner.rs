//! The thread that owns everything the server knows.
//!
//! Architecture invariant: the [`World`] is touched by this thread alone, in the order in which
//! closures were posted, so no lock and no version check is needed to answer for the right text.
//! A closure that panics takes nothing down with it but its own answer.

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use futures::channel::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::MessageType;

use crate::world::World;

/// Deep enough for what recursion there is, with its cap; an overflow cannot be caught.
const STACK_BYTES: usize = 16 << 20;

/// So long nobody types who stops to think.
const PAUSE: Duration = Duration::from_millis(200);

type Job = Box<dyn FnOnce(&mut World) + Send>;

/// Posts work to the owner's thread.
#[derive(Clone, Debug)]
pub struct Owner {
    jobs: Sender<Job>,
}

impl Owner {
    /// Starts the thread; the world is made there, and knows how to post to it.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn start(world: impl FnOnce(Self) -> World + Send + 'static) -> io::Result<Self> {
        let (jobs, queue) = channel();
        let owner = Self { jobs };
        let posts = owner.clone();
        thread::Builder::new()
            .name("owner".into())
            .stack_size(STACK_BYTES)
            .spawn(move || run(&mut world(posts), &queue))?;
        Ok(owner)
    }

    /// Queues `job`. `what` names it should it panic.
    pub fn post(&self, what: &'static str, job: impl FnOnce(&mut World) + Send + 'static) {
        // The thread ends with the process; a job after that has nobody to serve.
        let _ = self.jobs.send(Box::new(move |world| {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| job(world))) {
                // A change of state that broke off: the reader ought to know.
                let short = format!("pygloss: internal error in {what}; see the log");
                world.asks.show(MessageType::ERROR, short);
                world.log_error(format!("internal error in {what}: {}", text_of(&*panic)));
            }
        }));
    }

    /// Queues `job` now, not at the first poll of the answer. It does not run once the answer is no
    /// longer awaited, which is how a cancelled request ends.
    ///
    /// # Errors
    /// What `job` answers, or an internal error when it panics.
    pub fn ask<T, F>(
        &self,
        what: &'static str,
        job: F,
    ) -> impl Future<Output = Result<T>> + Send + use<T, F>
    where
        T: Send + 'static,
        F: FnOnce(&mut World) -> Result<T> + Send + 'static,
    {
        self.ask_later(what, |world, reply| reply.send(job(world)))
    }

    /// As [`Owner::ask`], for an answer that `then` takes on the owner's thread, and that cannot be
    /// cancelled.
    pub fn ask_then<T>(
        &self,
        what: &'static str,
        job: impl FnOnce(&mut World) -> Result<T> + Send + 'static,
        then: impl FnOnce(Result<T>) + Send + 'static,
    ) {
        self.post(what, move |world| {
            let answer = catch_unwind(AssertUnwindSafe(|| job(world)));
            then(answer.unwrap_or_else(|panic| Err(internal_error(what, &*panic))));
        });
    }

    /// As [`Owner::ask`], for answers that `job` cannot give at once: whoever it hands the [`Reply`]
    /// to gives them.
    ///
    /// # Errors
    /// What is answered, or an internal error when `job` panics or the reply is dropped.
    pub fn ask_later<T, F>(
        &self,
        what: &'static str,
        job: F,
    ) -> impl Future<Output = Result<T>> + Send + use<T, F>
    where
        T: Send + 'static,
        F: FnOnce(&mut World, Reply<T>) + Send + 'static,
    {
        let (sender, answer) = oneshot::channel();
        let _ = self.jobs.send(Box::new(move |world| {
            if sender.is_canceled() {
                return;
            }
            let way = Arc::new(Mutex::new(Some(sender)));
            let reply = Reply { way: Arc::clone(&way) };
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| job(world, reply))) {
                Reply { way }.send(Err(internal_error(what, &*panic)));
            }
        }));
        async { answer.await.unwrap_or_else(|_| Err(Error::internal_error())) }
    }
}

/// The way back to whoever awaits an answer.
pub struct Reply<T> {
    /// Empty once the answer is given.
    way: Arc<Mutex<Option<oneshot::Sender<Result<T>>>>>,
}

impl<T> Reply<T> {
    /// Gives the answer; nothing happens when nobody awaits it any longer.
    pub fn send(self, result: Result<T>) {
        let way = self.way.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(way) = way {
            let _ = way.send(result);
        }
    }
}

impl<T> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reply")
    }
}

fn run(world: &mut World, queue: &Receiver<Job>) {
    let mut is_pause = false;
    loop {
        let job = match queue.try_recv() {
            Ok(job) => job,
            Err(TryRecvError::Disconnected) => return,
            Err(TryRecvError::Empty) => {
                if between(world, World::idle, true)
                    || between(world, |world| world.prepare(is_pause), false)
                {
                    continue;
                }
                let next = match is_pause {
                    true => queue.recv().map_err(RecvTimeoutError::from),
                    false => queue.recv_timeout(PAUSE),
                };
                match next {
                    Ok(job) => job,
                    Err(RecvTimeoutError::Timeout) => {
                        is_pause = true;
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        };
        is_pause = false;
        job(world);
    }
}

/// One piece of work between messages; false when there is none. `broken` is what comes of a panic: true
/// where the piece is gone with it.
fn between(world: &mut World, work: impl FnOnce(&mut World) -> bool, broken: bool) -> bool {
    catch_unwind(AssertUnwindSafe(|| work(world))).unwrap_or_else(|panic| {
        world.log_error(format!("internal error between messages: {}", text_of(&*panic)));
        broken
    })
}

/// The error that answers a request whose handler panicked.
pub fn internal_error(what: &str, panic: &(dyn Any + Send)) -> Error {
    let message = format!("internal error in {what}: {}", text_of(panic));
    Error { message: message.into(), ..Error::internal_error() }
}

fn text_of(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("panic")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::Writer;
    use crate::shelf::Shelf;
    use futures::executor::block_on;
    use std::sync::{Arc, Mutex};

    fn owner() -> Owner {
        let writer = Writer::start(io::sink(), || {}).unwrap();
        Owner::start(|_| World::new(writer, Shelf::built_in(), Box::new(|| {}))).unwrap()
    }

    #[test]
    fn a_panic_is_the_answer_to_its_own_request_only() {
        let owner = owner();
        let answer = owner.ask("hover", |_| -> Result<()> { panic!("odd") });
        let error = block_on(answer).unwrap_err();
        assert_eq!((error.code.code(), &*error.message), (-32603, "internal error in hover: odd"));
        owner.post("didChange", |_| panic!("odd"));
        assert_eq!(block_on(owner.ask("hover", |_| Ok(7))), Ok(7));
        let (send, answers) = channel();
        owner.ask_then(
            "list",
            |_| -> Result<()> { panic!("odd") },
            move |it| send.send(it).unwrap(),
        );
        let error = answers.recv().unwrap().unwrap_err();
        assert_eq!((error.code.code(), &*error.message), (-32603, "internal error in list: odd"));
        assert_eq!(block_on(owner.ask("hover", |_| Ok(7))), Ok(7));
    }

    #[test]
    fn jobs_run_in_order_and_those_nobody_waits_for_not_at_all() {
        let owner = owner();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let push = |number| {
            let seen = Arc::clone(&seen);
            move |_: &mut World| seen.lock().unwrap().push(number)
        };
        let (release, blocked) = channel::<()>();
        owner.post("wait", move |_| blocked.recv().unwrap());
        for number in 0..100 {
            owner.post("number", push(number));
            let push = push(1000);
            drop(owner.ask("cancelled", move |world| {
                push(world);
                Ok(())
            }));
        }
        release.send(()).unwrap();
        block_on(owner.ask("end", |_| Ok(()))).unwrap();
        assert_eq!(*seen.lock().unwrap(), (0..100).collect::<Vec<_>>());
    }
}
