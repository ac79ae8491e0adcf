//! `exercises/<id>.md`: a program to work on, the goals that it is to reach, and answers that the
//! goals are tested with.

mod answer;
mod goal;
mod read;

pub use answer::Answer;
pub(crate) use goal::Compiled;
pub use goal::{Goal, GoalPattern};
pub(crate) use read::read;

use super::front::{Link, UnitAt};
use super::page::Page;

/// An exercise. The reader works on [`Exercise::start`] until nothing of the goals is open.
#[derive(Debug)]
pub struct Exercise {
    /// Permanent id within the concept.
    pub id: String,
    /// Title for readers, plain text with back-ticks around code.
    pub title: String,
    /// How much of the program the reader writes.
    pub level: Level,
    /// Each tells more; plain text with back-ticks around code.
    pub hints: Vec<String>,
    /// Primary sources.
    pub links: Vec<Link>,
    /// Names of functions and classes that stay as they are in [`Exercise::start`], but for their
    /// decorators.
    pub keep: Vec<String>,
    /// What the program is to reach.
    pub goals: Vec<Goal>,
    /// What is told with the solution.
    pub page: Page,
    /// The program that the reader gets. Its docstring says what to do.
    pub start: String,
    /// A program that reaches all goals.
    pub solution: String,
    /// Programs that the goals are tested with.
    pub answers: Vec<Answer>,
    /// What CPython prints for the solution and for every other right answer.
    pub stdout: Option<String>,
    pub(crate) units: Vec<UnitAt>,
}

/// How much of the program the reader writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The way is shown on one piece of code; the reader goes it on another one.
    Worked,
    /// Blanks are filled in.
    Fill,
    /// The reader writes it alone.
    Write,
}

impl Level {
    /// The word in front matter and in the protocol.
    pub fn name(self) -> &'static str {
        match self {
            Self::Worked => "worked",
            Self::Fill => "fill",
            Self::Write => "write",
        }
    }
}

/// What an answer misses when a name that is to stay was changed.
pub const KEEP: &str = "keep";
/// What an answer misses that is no Python.
pub const SYNTAX: &str = "syntax";
