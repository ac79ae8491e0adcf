//! How far a long run has come, on a terminal.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// A run that is over before this says nothing.
const PATIENCE: Duration = Duration::from_millis(800);

/// Between two looks at how far it has come.
const PAUSE: Duration = Duration::from_millis(100);

/// Does `work`, which counts what is done, and shows meanwhile how much of `all` files that is, on
/// standard error if that is a terminal and `is_shown`.
pub fn shown<T>(all: usize, is_shown: bool, work: impl FnOnce(&AtomicUsize) -> T) -> T {
    let done = AtomicUsize::new(0);
    if !is_shown || !io::stderr().is_terminal() {
        return work(&done);
    }
    thread::scope(|scope| {
        let (over, is_over) = channel::<()>();
        scope.spawn(|| {
            let is_over = is_over;
            let mut pause = PATIENCE;
            let mut has_shown = false;
            // Ends when the sender is dropped, also by a panic.
            while is_over.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                (pause, has_shown) = (PAUSE, true);
                write(&line(done.load(Ordering::Relaxed), all));
            }
            if has_shown {
                write("\r\x1b[K");
            }
        });
        let result = work(&done);
        drop(over);
        result
    })
}

/// In place of the line before it.
fn line(done: usize, all: usize) -> String {
    format!("\r\x1b[Kchecked {done} of {all} files")
}

fn write(text: &str) {
    let mut out = io::stderr().lock();
    // Nobody sees it: nothing can be done about that.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_work_gives_comes_back_and_a_line_takes_the_place_of_the_last() {
        let count = shown(3, true, |done| done.fetch_add(2, Ordering::Relaxed) + 2);
        assert_eq!(count, 2);
        assert_eq!(line(2, 3), "\r\u{1b}[Kchecked 2 of 3 files");
    }
}
