//! What is sent before the answer. Nothing here has a place for an answer, a reason, a card or a
//! rule.

use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::{Range, Url};

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
    /// What belongs in the blank of the snippet.
    Blank,
    /// Which line of the snippet, the reader's code with one change, has the mistake.
    Bug,
    /// An explanation in the reader's own words.
    Recall,
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
    /// A line of code that the reader types.
    Text,
    /// Sentences that the reader writes, compares with a rubric and judges.
    Words,
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
    /// In the order in which they are to be shown; none where the shape is [`Shape::Text`] or [`Shape::Words`].
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_false(value: &bool) -> bool {
    !value
}
