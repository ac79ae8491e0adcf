//! What the quiz itself says. What is taught stands in the packs.

use std::fmt::Write;

use pygloss_core::markdown::plain_text;

use super::wire::{Level, Outcome, Shape, Summary, UndoneAnswer};

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

/// What is told when there is no answer to take back.
pub const NOTHING_TO_UNDO: &str = "There is no answer to take back.";

/// What is told of an answer that was taken back; `now` in milliseconds since 1970.
pub fn undone(answer: &UndoneAnswer, now: u64) -> String {
    let how = match answer.outcome {
        Outcome::Right => "right",
        Outcome::Wrong => "wrong",
        Outcome::GaveUp => "given up",
    };
    let title = plain_text(&answer.topic.title);
    let item = answer.card.rsplit('/').next().unwrap_or_default();
    let when = ago(now.saturating_sub(answer.at));
    format!("Taken back: the answer to `{item}` ({title}, {how}, {when}). It counts no more.")
}

/// How long ago, in words.
fn ago(ms: u64) -> String {
    match ms / 60_000 {
        0 => "just now".to_owned(),
        minutes @ 1..=59 => format!("{minutes} min ago"),
        minutes @ 60..=2879 => format!("{} h ago", minutes / 60),
        minutes => format!("{} days ago", minutes / (24 * 60)),
    }
}

/// What a placement test found out about a topic.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Known => "known",
        Level::Partly => "known in part",
        Level::New => "new",
    }
}

/// What is told at the end, on one line; `now` in milliseconds since 1970.
pub fn summary(summary: &Summary, now: u64) -> String {
    let mut text = match (summary.asked, summary.right) {
        (0, _) => "There is nothing to ask right now.".to_owned(),
        (asked, right) if asked == right => format!("All {asked} right."),
        (asked, right) => format!("{right} of {asked} right."),
    };
    let placed = summary.by_topic.iter().filter_map(|topic| Some((&topic.title, topic.level?)));
    let placed: Vec<String> =
        placed.map(|(title, it)| format!("{}: {}", plain_text(title), level(it))).collect();
    if !placed.is_empty() {
        let _ = write!(text, " {}.", placed.join("; "));
    }
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
