//! What stands in the reader's words. Nothing here goes out before there are any.

use serde::{Deserialize, Serialize};

/// Result of `compare`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// Every point of the rubric.
    pub points: Vec<PointSeen>,
    /// What makes an interviewer doubt.
    pub flags: Vec<FlagSeen>,
    /// An answer with all points: Markdown, one paragraph.
    pub model: String,
    /// All of it as Markdown.
    pub explanation: String,
}

/// A point of the rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PointSeen {
    /// Title, plain text with back-ticks around code.
    pub title: String,
    /// It stands in the reader's words.
    pub found: bool,
    /// It stands there in a negation only, so that it does not count.
    pub denied: bool,
    /// The words by which it was found, or that deny it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Why it matters: Markdown, one paragraph.
    pub why: String,
}

/// A flag that is up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlagSeen {
    /// Title, plain text with back-ticks around code.
    pub title: String,
    /// Why it is one: Markdown, one paragraph.
    pub why: String,
}
