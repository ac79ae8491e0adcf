//! Work on many files with all processors.

use std::io::Error;
use std::sync::atomic::{AtomicUsize, Ordering};

use pygloss_core::Library;

use crate::pack;

/// Calls `work` with each path, in any order; stops at an error.
pub fn out(
    paths: &[String],
    work: impl Fn(&Library, &str) -> Result<(), Error> + Sync,
) -> Result<(), Error> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let library = pack::library();
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(&library, path)?;
        }
        Ok(())
    };
    let threads = std::thread::available_parallelism()?.get();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("no thread panics"))
    })
}
