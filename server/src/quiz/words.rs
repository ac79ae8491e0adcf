//! What the quiz itself says. What is taught stands in the packs.

use std::fmt::Write;

use super::wire::{Outcome, Shape, Summary};

/// Why a question is withdrawn.
pub const WITHDRAWN: &str = "The code that the question is about has changed.";

/// What a hover shows on code that is asked about.
pub const HIDDEN: &str =
    "A quiz question about this code is open. The card is back after the answer.";

/// What is told of a wrong answer that the reader was sure of.
pub const SURPRISE: &str = "You were sure of it, so it comes first the next time.";

/// The longest answer that a headline tells, in characters.
const MAX_ANSWER: usize = 120;

/// The sentence that tells how an answer came out; `right` are the options that make the right one.
pub fn headline(outcome: Outcome, shape: Shape, right: &[String]) -> String {
    let told = match (shape, right) {
        (Shape::Several, [_, _, ..]) => format!("These are right: {}.", right.join("; ")),
        (Shape::Text, [first, _, ..]) => format!("One answer is {first}."),
        (Shape::Order, _) => format!("The order is: {}.", right.join("; ")),
        _ => format!("It is {}.", right.join("")),
    };
    let is_short = shape == Shape::One || told.chars().count() <= MAX_ANSWER;
    match outcome {
        Outcome::Right => "Correct.".to_owned(),
        Outcome::Wrong if is_short => format!("Not quite. {told}"),
        Outcome::Wrong => "Not quite.".to_owned(),
        Outcome::GaveUp if is_short => told,
        Outcome::GaveUp => "This is the answer.".to_owned(),
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
