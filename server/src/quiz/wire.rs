//! The JSON of the quiz, as `editors/PROTOCOL.md` describes it.
//!
//! Architecture invariant: what is sent before the answer ([`Question`], [`Hint`], [`Session`]) has
//! no place for an answer, a reason, a card or a rule. Unknown fields of parameters are ignored.

mod compared;
mod params;
mod question;
mod session;
mod status;
mod verdict;

pub use compared::{Comparison, FlagSeen, PointSeen};
pub use params::{
    AnswerParams, CompareParams, Judgement, PresentationParams, Response, SessionParams,
    SkipParams, StartParams,
};
pub use question::{Choice, Hint, Kind, Question, Shape, Source, Subject, Topic};
pub use session::{
    Calibration, Confidence, Level, Mode, Session, Step, Summary, TopicScore, Ui, Withdrawn,
};
pub use status::{Status, Undone, UndoneAnswer};
pub use verdict::{Card, Next, Outcome, Reason, Verdict};
