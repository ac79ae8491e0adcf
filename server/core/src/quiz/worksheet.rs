//! A quiz as a Python file of comments, which the reader answers by editing it.
//!
//! A question is a block between two lines that name it, so that it is found wherever it is moved:
//!
//! ```text
//! # ---- 1/5 · Decorators · question 3f2a91c4
//! # What does `g` return?
//! # Mark one option with an x.
//! # [ ] A. a generator
//! # [x] B. a list
//! # ---- end 3f2a91c4
//! ```
//!
//! Architecture invariant: what is written of a question comes from a [`Question`] alone, which has
//! no place for the answer. What the reader edits is only read: an option is known by its letter, and
//! a block that is no answer to its question is a [`Fault`], never a wrong answer.

mod read;
mod write;

use super::{Confidence, Question, Response};
use crate::Span;

pub use read::{blocks, free_text, is_quoted, marked, option_lines, told_at};
pub use write::{comment, question, spoken, told};

/// How the first line of what is told of an answer begins, behind the `#`.
const TOLD: &str = "=>";

/// What stands between two lines that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// What its lines call it.
    pub id: String,
    /// From its first line to the end of its last one.
    pub span: Span,
    /// The first line.
    pub head: Span,
    /// Where something more can be put into it: before its last line.
    pub foot: usize,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A question of a quiz.
    Question,
    /// A question of an interview, to be answered in one's own words.
    Interview,
}

impl BlockKind {
    /// The word for it in the first line of a block.
    fn word(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Interview => "interview",
        }
    }
}

/// An answer as it stands in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// What the reader marked or typed.
    pub response: Response,
    /// How sure the reader is, if the block asks and the reader says so.
    pub confidence: Option<Confidence>,
    /// The lines of what is marked, in the order of the text.
    pub lines: Vec<Span>,
}

/// Why a block is no answer to its question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line that it is about; the first one of the block when it is about all of it.
    pub span: Span,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What is wrong with a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wrong {
    /// Nothing is marked or typed yet.
    Nothing,
    /// Some options have no number yet.
    Incomplete,
    /// Something else than an `x` between the brackets.
    Mark,
    /// Something else between the brackets than a number of the order.
    Number,
    /// A number that another option has.
    SameNumber,
    /// More than one option is marked where one is asked for.
    TooMany,
    /// A letter that no option of the question has.
    NoSuchOption,
    /// An option that stands there twice.
    Twice,
    /// An option is gone, or the line to type in.
    Gone,
    /// More text than any answer needs.
    TooLong,
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Nothing => "There is no answer yet.",
            Self::Incomplete => "Every option needs a number.",
            Self::Mark => {
                "Mark an option with an x between the brackets, and leave the others empty."
            }
            Self::Number => "Between the brackets belongs the place of the option: 1, 2 and so on.",
            Self::SameNumber => "Another option has this number as well.",
            Self::TooMany => "Mark one option only.",
            Self::NoSuchOption => "The question has no option with this letter.",
            Self::Twice => "This option stands here twice.",
            Self::Gone => {
                "A line of this question is gone, so that it cannot be checked. Undo that."
            }
            Self::TooLong => "That is longer than any answer.",
        })
    }
}

/// The letter of the option with this index.
pub fn letter(index: usize) -> char {
    u8::try_from(index)
        .ok()
        .filter(|index| *index < 26)
        .map_or('?', |index| char::from(b'A' + index))
}

#[cfg(test)]
mod tests;
