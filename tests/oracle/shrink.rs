//! Cuts a failing sequence of edits down to what still fails.

use crate::replay::{Replay, Step};

fn failure_of(source: &str, steps: &[Step]) -> Option<String> {
    let run = || {
        let mut replay = Replay::open(source);
        steps.iter().find_map(|step| replay.run(step).err())
    };
    std::panic::catch_unwind(run).unwrap_or_else(|_| Some("panic".to_owned()))
}

/// Leaves out steps and lines as long as the rest still fails.
pub fn shrink(source: &str, steps: &[Step]) -> (String, Vec<Step>) {
    let steps = without_needless(steps.to_vec(), |steps| failure_of(source, steps).is_some());
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let lines = without_needless(lines, |lines| failure_of(&lines.concat(), &steps).is_some());
    (lines.concat(), steps)
}

fn without_needless<T: Clone>(mut parts: Vec<T>, fails: impl Fn(&[T]) -> bool) -> Vec<T> {
    let mut size = parts.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < parts.len() {
            let mut shorter = parts.clone();
            shorter.drain(at..(at + size).min(parts.len()));
            if fails(&shorter) {
                parts = shorter;
            } else {
                at += size;
            }
        }
        size = if size == 1 { 0 } else { size.div_ceil(2) };
    }
    parts
}
