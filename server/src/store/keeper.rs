//! The thread that keeps the store, so that nothing else waits for the disk.

use std::fmt;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

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
    /// Starts the thread. `notice` is called once if there is something the reader should know.
    pub fn start(folder: Option<PathBuf>, notice: impl FnOnce(String) + Send + 'static) -> Self {
        let (jobs, waiting) = channel::<Job>();
        let run = move || {
            let Ok(first) = waiting.recv() else { return };
            let opened = match folder {
                Some(folder) => open(&folder),
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
            first(&mut store);
            for job in waiting {
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

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keeper")
    }
}
