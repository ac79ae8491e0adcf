//! The quiz: which questions there are, how a session runs, what an answer counts.
//!
//! Architecture invariant: everything here is a pure function of its arguments. Time comes in as
//! milliseconds since 1970 (UTC), chance as numbers. What a client may see before the answer is a
//! [`Question`] and nothing else; it has no place for an answer, a reason, a card or a rule.

mod answer;
pub mod blank;
mod deck;
pub mod from_code;
mod grade;
mod hidden;
pub mod interview;
mod mistakes;
pub mod normal;
mod placement;
mod present;
mod question;
mod recall;
mod refusal;
mod saved;
mod session;
mod undo;
mod verdict;
pub mod worksheet;

use crate::{Library, PythonVersion};
use from_code::CodeQuestion;

pub use answer::{Answer, Answered, Response};
pub use deck::{Planned, Remembered, Wish, deck};
pub use grade::{Confidence, Grade, Outcome, grade};
pub use hidden::Hidden;
pub use mistakes::mistakes;
pub use placement::{Level, Placement, placement};
pub use question::{Choice, Kind, Question, Shape, Source, Surface, Topic};
pub use recall::{Compared, FlagSeen, PointSeen, Recalled};
pub use refusal::Refusal;
pub use saved::{Saved, SavedCard, SavedOpen, SavedTally};
pub use session::{Hint, Session, Step};
pub use undo::Undone;
pub use verdict::{Calibration, Reason, Review, Tally, TopicTally, Verdict};

/// What a question is made from.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The packs.
    pub library: &'a Library,
    /// The oldest Python the reader's code must run on.
    pub python: PythonVersion,
    /// What can be shown.
    pub surface: Surface,
    /// What can be asked about the reader's file.
    pub questions: &'a [CodeQuestion],
}

/// The chance that goes into showing one question. Both numbers are drawn anew for each showing and
/// do not follow from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    /// Names the presentation.
    pub id: u128,
    /// Chooses the variant, the order of the options and their keys.
    pub seed: u64,
}

#[cfg(test)]
mod shapes;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tour;
