//! What the quiz itself says. What is taught stands in the packs.

use std::fmt::Write;

use pygloss_core::markdown::plain_text;
use pygloss_core::quiz;
use pygloss_core::quiz::interview::Judgement;

use super::wire::{Level, Outcome, Reason, Shape, Summary, UndoneAnswer};

/// Why a question is withdrawn.
pub const WITHDRAWN: &str = "The code that the question is about has changed.";

/// What a hover shows on code that is asked about.
pub const HIDDEN: &str =
    "A quiz question about this code is open. The card is back after the answer.";

/// What is told of a wrong answer that the reader was sure of.
pub const SURPRISE: &str = "You were sure of it, so it comes first the next time.";

/// The title of a quiz in a worksheet.
pub const QUIZ_TITLE: &str = "A quiz by pygloss.";

/// Why nothing is done in a worksheet.
pub const NO_WORKSHEET: &str = "no worksheet is open here";
/// The same.
pub const NO_FOLDER: &str = "there is no folder to write worksheets into";
/// The same.
pub const NO_BLOCK: &str = "This question is gone from the worksheet.";
/// The same.
pub const TWO_BLOCKS: &str = "This question stands in the worksheet twice. Delete one of them.";
/// The same.
pub const CLOSED_BLOCK: &str = "This question is no longer open.";
/// The same.
pub const NOT_HERE: &str = "That cannot be done with this question.";
/// The same.
pub const BEHIND: &str = "The interview has gone on from this question.";
/// The same.
pub const NO_WORDS: &str = "Write your answer between the quotes first.";
/// The same.
pub const NOT_COMPARED: &str = "Compare your answer with the points first, and judge it once.";

/// The same.
pub const NOTHING_HERE: &str = "there is no interview about the code here";
/// The same.
pub const CODE_CLOSED: &str = "The file of the code that this interview is about is not open.";
/// The same.
pub const UNKNOWN_TALK: &str =
    "It is not known any more which code this interview is about. Start another one.";

/// What a diagnostic says of a question from another time.
pub const UNKNOWN_BLOCK: &str =
    "This question is not open now. Go on with the quiz, or start another.";
/// What a diagnostic says of the second of two equal blocks.
pub const TWICE: &str = "This question stands here twice. Delete one of them.";

/// Before points that stand in an answer.
pub const FOUND: &str = "Found in your text:";
/// Instead of points.
pub const NONE: &str = "none of the points";
/// Before a point that does not.
pub const MISSED: &str = "Not found:";
/// Before a point that stands in a negation.
pub const DENIED: &str = "Denied in your text, so it does not count:";
/// Before a flag.
pub const FLAG: &str = "A red flag?";
/// Before the model answer.
pub const MODEL: &str = "An answer with all points:";
/// What follows the comparison of an answer.
pub const JUDGE: &str = "This is no mark. How was your answer? Say so by a code action.";
/// What follows the comparison where the client asks for the judgement.
pub const NO_MARK: &str = "This is no mark. How well did you know it?";
/// What follows the comparison of an answer to one more question.
pub const GO_ON: &str = "The code action \"Next question\" goes on.";

/// How a worksheet is answered; `edits` are made where the client takes them.
pub fn worksheet(edits: bool) -> &'static str {
    if edits {
        "Mark your answer in the question. Then, with the cursor in it, choose \"Check this answer\" from \
         the code actions: what comes of it is written below, and the next question with it. Lines may be \
         moved. Nothing in this file is run."
    } else {
        "Mark your answer in the question. Then, with the cursor in it, choose \"Check this answer\" from \
         the code actions: what comes of it is in the diagnostics. \"Next question\" opens another file. \
         Nothing in this file is run."
    }
}

/// How an interview is answered.
pub fn interview(edits: bool) -> &'static str {
    if edits {
        "Write your answer between the quotes. Then, with the cursor there, choose \"Compare with the \
         points\" from the code actions."
    } else {
        "Write your answer between the quotes. Then, with the cursor there, choose \"Compare with the \
         points\" from the code actions: what is found is in the diagnostics."
    }
}

/// What the reader thought of an answer.
pub fn judged(how: Judgement) -> &'static str {
    match how {
        Judgement::Good => "You thought: good.",
        Judgement::InPart => "You thought: good in part.",
        Judgement::NotYet => "You thought: not good yet.",
    }
}

/// What is missing where nothing is marked.
pub fn no_answer(shape: quiz::Shape) -> &'static str {
    match shape {
        quiz::Shape::One => "Mark one option with an x first.",
        quiz::Shape::Several => "Mark the options that are right with an x first.",
        quiz::Shape::Order => "Number the options first.",
        quiz::Shape::Text => "Type your answer behind the > first.",
        quiz::Shape::Words => NO_WORDS,
    }
}

/// What is told of one option, or of one form of what was to be typed.
pub fn reason(option: &Reason, why: &str) -> String {
    let label = option.label.as_ref().map(|label| format!("{label}: ")).unwrap_or_default();
    match (option.place, option.right) {
        (Some(place), _) => format!("Its place is {place}. {why}"),
        (None, true) => format!("{label}Right. {why}"),
        (None, false) => format!("{label}Wrong. {why}"),
    }
}

/// The longest answer that a headline tells, in characters.
const MAX_ANSWER: usize = 120;

/// The sentence that tells how an answer came out; `right` are the options that make the right one.
pub fn headline(outcome: Outcome, shape: Shape, right: &[String]) -> String {
    if shape == Shape::Words {
        return match outcome {
            Outcome::Right => "Counted as known.",
            Outcome::Wrong => "Counted as not known.",
            Outcome::GaveUp => "This is the answer.",
        }
        .to_owned();
    }
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
