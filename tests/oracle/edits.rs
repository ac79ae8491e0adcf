//! Random edits: after any of them a document must be what a fresh open of its text is.
//!
//! Usage: `oracle edits DIRECTORY`, whose Python files are edited beside small snippets.
//! `PYGLOSS_SEED` repeats a run, `PYGLOSS_SEQUENCE` one sequence of it, `PYGLOSS_EDITS` sets how
//! many edits are made (12,000 unless given).

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use fastrand::Rng;

use crate::replay::{Replay, Step};
use crate::shrink::shrink;
use crate::typist::Typist;
use crate::{Outcome, typist};

/// A single edit takes milliseconds; this long means that it never ends.
const HANG: Duration = Duration::from_secs(60);

pub fn main(arguments: &[String]) -> Outcome {
    let Some(directory) = arguments.first() else {
        eprintln!("usage: oracle edits DIRECTORY");
        return Ok(ExitCode::from(2));
    };
    let files = python_files(Path::new(directory));
    if files.is_empty() {
        eprintln!("no Python files in {directory}");
        return Ok(ExitCode::from(2));
    }
    let clock = || SystemTime::UNIX_EPOCH.elapsed().map_or(1, |time| time.as_nanos() as u64);
    let seed = number("PYGLOSS_SEED").unwrap_or_else(|| clock() % 1_000_000_000);
    let wanted = number("PYGLOSS_EDITS").unwrap_or(12_000) as usize;
    let only = number("PYGLOSS_SEQUENCE");
    println!("PYGLOSS_SEED={seed}");

    let (made, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
    let next = AtomicU64::new(only.unwrap_or(0));
    let work = || {
        while made.load(Ordering::Relaxed) < wanted && !failed.load(Ordering::Relaxed) {
            let sequence = next.fetch_add(1, Ordering::Relaxed);
            if only.is_some_and(|only| only != sequence) {
                return;
            }
            if let Err(report) = run_sequence(&files, seed, sequence, &made) {
                failed.store(true, Ordering::Relaxed);
                println!("PYGLOSS_SEED={seed} PYGLOSS_SEQUENCE={sequence}\n{report}");
            }
        }
    };
    std::thread::spawn({
        let seed = seed.to_string();
        move || watch(&seed)
    });
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    println!("{} edits", made.load(Ordering::Relaxed));
    Ok(ExitCode::from(u8::from(failed.load(Ordering::Relaxed))))
}

fn number(variable: &str) -> Option<u64> {
    let value = std::env::var(variable).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{variable} must be a number, not {value:?}")))
}

/// Steps that all threads have ended so far.
static STEPS: AtomicU64 = AtomicU64::new(0);

fn watch(seed: &str) {
    let mut before = u64::MAX;
    loop {
        let now = STEPS.load(Ordering::Relaxed);
        if now == before {
            println!("PYGLOSS_SEED={seed}\nan edit or a tree took over {HANG:?}");
            std::process::exit(3);
        }
        before = now;
        std::thread::sleep(HANG);
    }
}

fn python_files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut directories = vec![directory.to_owned()];
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("site-packages") {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "py") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn run_sequence(
    files: &[PathBuf],
    seed: u64,
    sequence: u64,
    made: &AtomicUsize,
) -> Result<(), String> {
    let mut random = Rng::with_seed(seed ^ sequence.wrapping_mul(0xD6E8_FEB8_6659_FD93));
    let source = typist::source(files, &mut random);
    let mut typist = Typist::new(files, random);
    let mut steps = Vec::new();
    let run = || {
        let mut replay = Replay::open(&source);
        while let Some(step) = typist.next(&replay.text) {
            made.fetch_add(usize::from(matches!(step, Step::Edit { .. })), Ordering::Relaxed);
            steps.push(step);
            replay.run(&steps[steps.len() - 1])?;
            STEPS.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    };
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
    result.unwrap_or_else(|_| Err("panic".to_owned())).map_err(|what: String| {
        let (source, steps) = shrink(&source, &steps);
        format!("{what}\nsource: {source:?}\nsteps: {steps:#?}")
    })
}
