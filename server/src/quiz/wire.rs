//! The JSON of the quiz, as `editors/PROTOCOL.md` describes it.
//!
//! Architecture invariant: what is sent before the answer ([`Question`], [`Hint`], [`Session`]) has
//! no place for an answer, a reason, a card or a rule. Unknown fields of parameters are ignored.

use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::{Location, Position, Range, TextDocumentIdentifier, Url};

/// What a session asks about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// What is due, then what is new.
    #[default]
    Review,
    /// Everything of the given topics, due or not.
    Topic,
    /// The reader's code at a position, or all of the file when nothing there can be asked about.
    Cursor,
}

/// Who draws the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Ui {
    /// The client, from the JSON of this file.
    Rich,
    /// The server, by `window/showMessageRequest`.
    Prompt,
}

/// Parameters of `pygloss/quiz/start`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StartParams {
    /// What to ask about.
    pub mode: Mode,
    /// Ids `pack/concept`, or just `concept`; all topics when empty.
    pub topics: Vec<String>,
    /// The file that questions about the reader's code are made from.
    pub text_document: Option<TextDocumentIdentifier>,
    /// The cursor, for [`Mode::Cursor`].
    pub position: Option<Position>,
    /// Most questions, 1 to 50; 5 when absent.
    pub limit: Option<u32>,
    /// Who draws; the best that the client can when absent.
    pub ui: Option<Ui>,
}

/// Parameters of `resume`, `next` and `stop`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SessionParams {
    /// The session; the newest one when absent.
    pub session_id: Option<String>,
}

/// Parameters of `answer`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerParams {
    /// The session.
    pub session_id: String,
    /// The question as it was shown.
    pub presentation_id: String,
    /// What the reader chose.
    pub response: Response,
    /// How sure the reader was.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// Time from the question on the screen to the answer, in milliseconds.
    #[serde(default)]
    pub ms: Option<u64>,
}

/// What the reader chose.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    /// Keys of options, each once: as many as the [`Shape`] of the question wants.
    pub keys: Vec<String>,
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

/// Parameters of `hint`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PresentationParams {
    /// The session.
    pub session_id: String,
    /// The question as it was shown.
    pub presentation_id: String,
}

/// Parameters of `skip`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SkipParams {
    /// The session.
    pub session_id: String,
    /// The question as it was shown.
    pub presentation_id: String,
    /// The reader does not know and wants to see the answer; counts as a lapse.
    #[serde(default)]
    pub give_up: bool,
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
    /// Number of questions if none is missed: one that is missed comes again, which adds to it.
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

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// One of several options.
    Choice,
    /// `True` or `False`.
    Bool,
    /// All options that are right.
    Several,
    /// The options in order.
    Order,
}

/// What an answer consists of, which is what a client draws. A further [`Kind`] has one of these
/// shapes, so that clients need not know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Shape {
    /// One option.
    One,
    /// One option or more.
    Several,
    /// Every option, in an order.
    Order,
}

/// A question without anything that gives its answer away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// Names this showing of the question; 32 hexadecimal digits.
    pub presentation_id: String,
    /// What is asked for.
    pub kind: Kind,
    /// How to draw it.
    pub shape: Shape,
    /// What it belongs to.
    pub topic: Topic,
    /// The whole question as Markdown, the snippet included.
    pub prompt: String,
    /// The question on one line of plain text, at most 300 characters, without the snippet.
    pub plain: String,
    /// The code the question is about, if the pack brings it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<String>,
    /// In the order in which they are to be shown.
    pub options: Vec<Choice>,
    /// The reader's code the question is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// Number of hints that can be asked for.
    pub hints: usize,
    /// Where the question comes from.
    pub source: Source,
}

/// Where a question comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Source {
    /// An author wrote it.
    Pack,
    /// It was computed from the reader's code.
    Code,
}

/// A concept of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// `pack/concept`.
    pub id: String,
    /// Title, plain text with back-ticks around code.
    pub title: String,
}

/// An option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Names the option in this presentation only.
    pub key: String,
    /// One line; plain text with back-ticks around code, or code alone when `code` is set.
    pub label: String,
    /// The label is code as a whole and has no back-ticks around it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub code: bool,
}

/// The reader's code that a question is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The document.
    pub uri: Url,
    /// The version of the document that `range` is for.
    pub version: i32,
    /// Where the code stands.
    pub range: Range,
}

/// Result of `hint`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// Markdown.
    pub text: String,
    /// Number of hints given for this question, this one included.
    pub given: usize,
    /// Number of hints there are.
    pub of: usize,
}

/// How an answer came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// The right answer.
    Right,
    /// Another answer.
    Wrong,
    /// The reader gave up.
    GaveUp,
}

/// Result of `answer`, and of `skip` with `giveUp`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// Where the session stands.
    pub session: Session,
    /// How it came out.
    pub outcome: Outcome,
    /// 1 for right, 0 otherwise.
    pub score: f64,
    /// One sentence of plain text: `Correct.`, or `Not quite.` and the right answer if it
    /// is short enough.
    pub headline: String,
    /// Markdown: the reason for every option, those that make the answer last and in its order, then
    /// links to the sources.
    pub explanation: String,
    /// Every option in the order of the question.
    pub options: Vec<Reason>,
    /// What the answer was computed from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Location>,
    /// The card's memory after this answer; null when nothing can be kept.
    pub card: Option<Card>,
    /// What comes after it.
    pub next: Next,
}

/// What comes after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Next {
    /// `next` gives a question, unless the code it is about changes.
    Question,
    /// `next` gives the summary.
    Done,
}

/// An option after the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Key of the option.
    pub key: String,
    /// Whether it is a right one; in an order, whether the reader put it in its place.
    pub right: bool,
    /// Whether the reader chose it.
    pub chosen: bool,
    /// Where the answer is an order, the place of the option in it, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<usize>,
    /// Why it is right or wrong: Markdown, one paragraph.
    pub why: String,
}

/// What the store knows of a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// Milliseconds since 1970 (UTC).
    pub due_at: u64,
    /// Days until the chance to remember falls to 90 %.
    pub stability_days: f64,
    /// The chance to remember just before the answer, 0 to 1; null for a first answer.
    pub retrievability_was: Option<f64>,
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_false(value: &bool) -> bool {
    !value
}
