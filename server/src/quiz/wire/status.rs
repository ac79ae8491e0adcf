//! What is due, and what was taken back.

use serde::{Deserialize, Serialize};

use super::{Outcome, Session, Topic};

/// Result of `pygloss/status`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Questions that are due now.
    pub due: usize,
    /// When the next one falls due, in milliseconds since 1970 (UTC); absent when one is due now or none
    /// was ever asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due_at: Option<u64>,
    /// The session that runs in this server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// A session of a server that is gone can be resumed.
    pub waiting: bool,
}

/// Result of `pygloss/quiz/undo`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Undone {
    /// What was taken back; absent when there is no answer that counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<UndoneAnswer>,
    /// The same in one sentence of plain text.
    pub message: String,
}

/// An answer that counts no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UndoneAnswer {
    /// When it was given, in milliseconds since 1970 (UTC).
    pub at: u64,
    /// What it belongs to; the title is the id where its pack is gone.
    pub topic: Topic,
    /// Permanent id, `pack/concept/item`.
    pub card: String,
    /// How it had come out.
    pub outcome: Outcome,
}
