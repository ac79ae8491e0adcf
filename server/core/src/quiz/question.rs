//! What a client may see before the answer.

use crate::Span;
use crate::content::quiz::{self as content, Label};

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
    /// In the order in which they are shown; none where the answer is typed or written.
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
    /// All options that are right, and no other.
    Several,
    /// All options, in the order in which they happen.
    Order,
    /// What belongs in the blank of the snippet.
    Blank,
    /// Which line of the snippet, the reader's code with one change, has the mistake.
    Bug,
    /// An explanation in the reader's own words.
    Recall,
}

impl Kind {
    /// What an answer to it consists of.
    pub fn shape(self) -> Shape {
        match self {
            Self::Choice | Self::Bool | Self::Bug => Shape::One,
            Self::Several => Shape::Several,
            Self::Order => Shape::Order,
            Self::Blank => Shape::Text,
            Self::Recall => Shape::Words,
        }
    }
}

impl From<content::Kind> for Kind {
    fn from(kind: content::Kind) -> Self {
        match kind {
            content::Kind::Choice | content::Kind::Predict => Self::Choice,
            content::Kind::Bool => Self::Bool,
            content::Kind::Several => Self::Several,
            content::Kind::Order => Self::Order,
            content::Kind::Blank => Self::Blank,
        }
    }
}

/// What an answer consists of. Surfaces draw shapes, so that a further [`Kind`] of a known shape
/// changes none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// One option.
    One,
    /// One option or more; their order means nothing.
    Several,
    /// Every option once; their order is the answer.
    Order,
    /// What the reader types; there are no options.
    Text,
    /// What the reader thinks of an answer in free words, after it was compared with the rubric; there are
    /// no options.
    Words,
}

/// What can be shown to the reader besides a line of text with options to choose one from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surface {
    /// The author's code.
    pub snippets: bool,
    /// Questions of [`Shape::Several`].
    pub several: bool,
    /// Questions of [`Shape::Order`].
    pub order: bool,
    /// Questions of [`Shape::Text`].
    pub text: bool,
    /// Questions of [`Shape::Words`].
    pub words: bool,
}

impl Surface {
    /// Everything.
    pub const FULL: Self =
        Self { snippets: true, several: true, order: true, text: true, words: true };

    /// Whether questions of this shape can be shown.
    pub fn draws(self, shape: Shape) -> bool {
        match shape {
            Shape::One => true,
            Shape::Several => self.several,
            Shape::Order => self.order,
            Shape::Text => self.text,
            Shape::Words => self.words,
        }
    }
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
