//! The thread that keeps the store, so that nothing else waits for the disk.

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::open::{damage, open_quickly};
use super::{Opened, Store, open, open_in_memory};

type Job = Box<dyn FnOnce(&mut Store) + Send>;

/// Hands work to the thread of the store. The store is opened with the first piece of work.
#[derive(Clone)]
pub struct Keeper {
    jobs: Sender<Job>,
    /// What comes before the next job.
    prepared: Arc<Mutex<Vec<Job>>>,
}

impl Keeper {
    /// Starts the thread. `notice` is called with what the reader should know, if there is anything.
    pub fn start(folder: Option<PathBuf>, notice: impl Fn(String) + Send + 'static) -> Self {
        let (jobs, waiting) = channel::<Job>();
        let run = move || {
            let Ok(first) = waiting.recv() else { return };
            let opened = match &folder {
                Some(folder) => open_quickly(folder),
                None => Opened {
                    store: open_in_memory(),
                    notice: Some(
                        "Progress cannot be kept: the environment names no home folder.".to_owned(),
                    ),
                },
            };
            if let Some(text) = opened.notice {
                notice(text);
            }
            let mut store = opened.store;
            let folder = folder.filter(|_| store.is_lasting());
            first(&mut store);
            let is_damaged = Arc::new(AtomicBool::new(false));
            if let Some(folder) = folder.clone() {
                check(folder, Arc::clone(&is_damaged));
            }
            for job in waiting {
                if let Some(folder) = folder.as_ref().filter(|_| is_damaged.swap(false, Relaxed)) {
                    let interview = store.interview;
                    let opened = open(folder);
                    store = opened.store;
                    store.set_interview(interview);
                    opened.notice.into_iter().for_each(&notice);
                }
                job(&mut store);
            }
        };
        // Without the thread jobs are dropped, and the quiz runs without memory.
        let _ = thread::Builder::new().name("store".to_owned()).spawn(run);
        Self { jobs, prepared: Arc::default() }
    }

    /// Runs `job` before the next one, if there is a next one: it does not open the store.
    pub fn prepare(&self, job: impl FnOnce(&mut Store) + Send + 'static) {
        if let Ok(mut prepared) = self.prepared.lock() {
            prepared.push(Box::new(job));
        }
    }

    /// Runs `job` on the thread of the store, behind what was handed over before.
    pub fn run(&self, job: impl FnOnce(&mut Store) + Send + 'static) {
        let prepared = self.prepared.lock().map(|mut prepared| std::mem::take(&mut *prepared));
        let jobs = prepared.unwrap_or_default().into_iter();
        for job in jobs.chain(std::iter::once(Box::new(job) as Job)) {
            let _ = self.jobs.send(job);
        }
    }
}

/// What a reader waits for when the store is opened is done by then.
const CALM: Duration = Duration::from_millis(300);

/// Reads all of the file in `folder` on a thread of its own, which takes a while when it is long, and says so if
/// there is damage.
fn check(folder: PathBuf, is_damaged: Arc<AtomicBool>) {
    let look = move || {
        thread::sleep(CALM);
        is_damaged.store(damage(&folder).is_some(), Relaxed);
    };
    let _ = thread::Builder::new().name("store-check".to_owned()).spawn(look);
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keeper")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::salvage::tests::damaged;
    use crate::store::tests::review;

    #[test]
    fn damage_that_opening_does_not_see_is_found_soon() {
        let folder = tempfile::tempdir().unwrap();
        damaged(folder.path());
        let (said, notices) = channel();
        let keeper =
            Keeper::start(Some(folder.path().to_owned()), move |text| said.send(text).unwrap());
        let (done, kept) = channel();
        let notice = loop {
            let done = done.clone();
            keeper.run(move |store| done.send(store.reviews().is_ok()).unwrap());
            kept.recv().unwrap();
            match notices.try_recv() {
                Ok(notice) => break notice,
                Err(_) => thread::sleep(Duration::from_millis(5)),
            }
        };
        assert!(notice.contains("answers could be saved from it"), "{notice}");
        keeper.run(move |store| {
            let recorded = store.record(&review(u128::MAX, 1, 3));
            done.send(recorded.is_ok() && store.is_lasting()).unwrap();
        });
        assert!(kept.recv().unwrap());
    }
}
