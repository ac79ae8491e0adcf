//! Where a session stands, and how it ended.

use pygloss_core::quiz;
use serde::{Deserialize, Serialize};

use super::Question;

/// What a session asks about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// What is due, then what is new.
    #[default]
    Review,
    /// Everything of the given topics, due or not.
    Topic,
    /// What teaches the rules that find something in the given file, or in all that are open.
    Mistakes,
    /// The reader's code at a position, or all of the file when nothing there can be asked about.
    Cursor,
    /// A few questions on each topic, to find out which the reader knows.
    Placement,
    /// No session: an interview in a worksheet.
    Interview,
}

/// Who draws the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Ui {
    /// The client, from the JSON of this file.
    Rich,
    /// The server, by `window/showMessageRequest`.
    Prompt,
    /// The reader, in a file that the server writes.
    Worksheet,
}

/// How sure the reader was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Confidence {
    /// Knew it.
    Sure,
    /// Thought so.
    Unsure,
    /// Took a chance.
    Guess,
}

/// A session as the client sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Names it in later calls.
    pub id: String,
    /// What it asks about.
    pub mode: Mode,
    /// Number of the question that is open or was answered last, from 1; 0 before the first.
    pub index: usize,
    /// Number of questions if none is missed: one that is missed comes again, which adds to it. Of a
    /// placement test, the most there may be: a topic that is clear takes its other questions along.
    pub total: usize,
    /// Who draws.
    pub ui: Ui,
    /// Milliseconds since 1970 (UTC).
    pub started_at: u64,
}

/// Result of `start`, `resume`, `next` and of `skip` without `giveUp`: exactly one of `question` and
/// `done` is there.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Where the session stands.
    pub session: Session,
    /// What is asked now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
    /// The session is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<Summary>,
}

/// A session that is over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Answers, those to repeated questions included.
    pub asked: usize,
    /// Right answers.
    pub right: usize,
    /// The same by topic.
    pub by_topic: Vec<TopicScore>,
    /// How well the reader knew what was known.
    pub calibration: Calibration,
    /// Cards that are due now.
    pub due: usize,
    /// When the next card falls due, in milliseconds since 1970 (UTC); absent when one is due now or
    /// none was ever asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due_at: Option<u64>,
}

/// The answers of one topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicScore {
    /// `pack/concept`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Right answers.
    pub right: usize,
    /// Answers.
    pub of: usize,
    /// What a placement test found; absent in other sessions, and where it did not come to an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
}

/// What the reader knows of a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// All answers were right.
    Known,
    /// Two of three were.
    Partly,
    /// At most one was.
    New,
}

/// How confidence and outcome met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Calibration {
    /// Sure and right.
    pub sure_right: usize,
    /// Sure and wrong.
    pub sure_wrong: usize,
    /// Guessed and right.
    pub guess_right: usize,
}

impl From<quiz::Level> for Level {
    fn from(level: quiz::Level) -> Self {
        match level {
            quiz::Level::Known => Self::Known,
            quiz::Level::Partly => Self::Partly,
            quiz::Level::New => Self::New,
        }
    }
}

/// Parameters of the notification `pygloss/quiz/withdrawn`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Withdrawn {
    /// The session.
    pub session_id: String,
    /// The question that is no longer asked; `next` goes on.
    pub presentation_id: String,
    /// Why, in one sentence of plain text.
    pub reason: String,
}
