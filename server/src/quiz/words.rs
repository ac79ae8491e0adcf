//! What the quiz itself says. What is taught stands in the packs.

use std::fmt::Write;

use super::wire::{Outcome, Summary};

/// Why a question is withdrawn.
pub const WITHDRAWN: &str = "The code that the question is about has changed.";

/// What a hover shows on code that is asked about.
pub const HIDDEN: &str =
    "A quiz question about this code is open. The card is back after the answer.";

/// The sentence that tells how an answer came out; `right` is the right option.
pub fn headline(outcome: Outcome, right: &str) -> String {
    match outcome {
        Outcome::Right => "Correct.".to_owned(),
        Outcome::Wrong => format!("Not quite. It is {right}."),
        Outcome::GaveUp => format!("It is {right}."),
    }
}

/// What is told at the end, on one line; `now` in milliseconds since 1970.
pub fn summary(summary: &Summary, now: u64) -> String {
    let mut text = match (summary.asked, summary.right) {
        (0, _) => "There is nothing to ask right now.".to_owned(),
        (asked, right) if asked == right => format!("All {asked} right."),
        (asked, right) => format!("{right} of {asked} right."),
    };
    match (summary.due, summary.next_due_at) {
        (0, Some(at)) => {
            let _ = write!(text, " The next question is due {}.", later(at, now));
        }
        (0, None) => {}
        (1, _) => text.push_str(" One question is due."),
        (due, _) => {
            let _ = write!(text, " {due} questions are due.");
        }
    }
    text
}

/// A point in time after `now`, in words.
fn later(at: u64, now: u64) -> String {
    const MINUTE: u64 = 60 * 1000;
    let minutes = at.saturating_sub(now).div_ceil(MINUTE);
    match minutes {
        0..=59 => format!("in {minutes} min"),
        60..=2879 => format!("in {} h", minutes.div_ceil(60)),
        _ => format!("in {} days", minutes / (24 * 60)),
    }
}
