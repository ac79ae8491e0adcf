//! The thread that keeps the store, so that nothing else waits for the disk.

use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use super::{Opened, Store, open, open_in_memory};

type Job = Box<dyn FnOnce(&mut Store) + Send>;

/// Hands work to the thread of the store. The store is opened with the first piece of work.
#[derive(Clone, Debug)]
pub struct Keeper {
    jobs: Sender<Job>,
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
        Self { jobs }
    }

    /// Runs `job` on the thread of the store, behind what was handed over before.
    pub fn run(&self, job: impl FnOnce(&mut Store) + Send + 'static) {
        let _ = self.jobs.send(Box::new(job));
    }
}
