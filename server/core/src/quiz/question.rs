//! What a client may see before the answer.

use crate::Span;
use crate::content::quiz::Label;

/// A question as it is shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Names this showing.
    pub presentation: u128,
    /// How it is drawn.
    pub kind: Kind,
    /// What it belongs to.
    pub topic: Topic,
    /// One line of Markdown.
    pub prompt: String,
    /// The author's code that it is about.
    pub snippet: Option<String>,
    /// In the order in which they are shown.
    pub options: Vec<Choice>,
    /// The reader's code that it is about, in bytes of the file.
    pub subject: Option<Span>,
    /// Number of hints that can be asked for.
    pub hints: usize,
    /// Where it comes from.
    pub source: Source,
}

/// How a question is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One of several options.
    Choice,
    /// `True` or `False`.
    Bool,
}

/// Where a question comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// An author wrote it.
    Pack,
    /// It was computed from the reader's code.
    Code,
}

/// A concept of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Topic {
    /// `pack/concept`.
    pub id: String,
    /// Plain text with back-ticks around code.
    pub title: String,
}

/// An option as it is shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Made up for this showing.
    pub key: String,
    /// What is shown.
    pub label: Label,
}
