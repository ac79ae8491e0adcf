//! What is told after an answer.

use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::Location;

use super::Session;

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
    /// is short enough; where the reader judged, what that counts as.
    pub headline: String,
    /// Markdown: the reason for every option, those that make the answer last and in its order, then
    /// links to the sources.
    pub explanation: String,
    /// Every option in the order of the question; where the answer was typed, the forms that the
    /// author foresaw, and last the reader's if it is none of them; where it was written, the points.
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
    /// Key of the option; empty where the answer was typed or written.
    pub key: String,
    /// Where the answer was typed, the code that this is about; where it was written, the point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
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
