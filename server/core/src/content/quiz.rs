//! `quiz.toml`: the questions of a concept.
//!
//! An item is one thing to know; the reader's memory of it is one card. Its variants are questions
//! about that thing in different words: written by the author, or worded by the author and computed
//! from the reader's code by a generator (see [`crate::quiz::from_code`]).

mod blank;
mod computed;
mod lint;
mod raw;
mod recall;
mod written;

use std::fmt;
use std::str::FromStr;

use super::front::UnitAt;
use super::interview::{Check, InterviewQuestion};
use super::source::{Fault, Part};
use super::{ContentError, Link, Message};
use crate::PythonVersion;
use crate::quiz::from_code::Generator;

pub(crate) use lint::lint;
pub(crate) use recall::check as check_recall;

/// Longest prompt, in characters: message boxes of editors cut longer ones.
pub const MAX_PROMPT: usize = 300;
/// Longest label of an option, in characters.
pub const MAX_LABEL: usize = 120;
/// Most options of a question.
pub const MAX_OPTIONS: usize = 6;
/// Most forms of an answer that is typed, right and wrong ones.
pub const MAX_FORMS: usize = 10;
/// Most hints of a question.
pub const MAX_HINTS: usize = 4;

/// The questions of a concept.
#[derive(Debug, Default)]
pub struct QuizFile {
    /// In the order in which they are taught.
    pub items: Vec<QuizItem>,
}

/// One thing to know.
#[derive(Debug)]
pub struct QuizItem {
    /// Permanent id, unique in the concept.
    pub id: String,
    /// The units of the chapter it serves.
    pub(crate) units: Vec<UnitAt>,
    /// Primary sources.
    pub links: Vec<Link>,
    /// Questions about it, at least one.
    pub variants: Vec<Variant>,
    /// Line of the file, from 1.
    pub(crate) line: usize,
}

impl QuizItem {
    /// Ids of the units of the chapter that the item serves.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.units.iter().map(|(unit, _)| unit.as_str())
    }
}

/// One question about an item.
#[derive(Debug)]
pub struct Variant {
    /// Permanent id, unique in the item.
    pub id: String,
    /// The Pythons for which the question and its answer are true.
    pub python: PythonRange,
    /// Where the answer comes from.
    pub form: Form,
    /// Line of the file, from 1.
    pub(crate) line: usize,
}

/// Where the answer to a question comes from.
#[derive(Debug)]
pub enum Form {
    /// From the author.
    Written(Written),
    /// From the reader's code.
    Computed(Wording),
    /// From the reader, who writes and judges it.
    Recall(Recall),
}

/// A question that is answered in the reader's own words.
#[derive(Debug)]
pub struct Recall {
    /// The prompt, the rubric and a model answer. Its points have no further question.
    pub question: InterviewQuestion,
    /// Lines of Markdown, each telling more than the one before.
    pub hints: Vec<String>,
    /// Answers of which is known what stands in them.
    pub(crate) checks: Vec<Check>,
}

/// How the question is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One of several options.
    Choice,
    /// `True` or `False`, in this order.
    Bool,
    /// What a snippet prints. The options are outputs, character by character.
    Predict,
    /// All right options, and no other.
    Several,
    /// All options in the order in which they happen, which is the author's.
    Order,
    /// What belongs in the one blank of a snippet. The options are forms of the answer, right and wrong.
    Blank,
}

/// A question that the author answers.
#[derive(Debug)]
pub struct Written {
    /// How it is put.
    pub kind: Kind,
    /// One line of Markdown.
    pub prompt: String,
    /// A complete program to read, ending in a line break.
    pub snippet: Option<String>,
    /// What the snippet prints on every Python of the range; with a blank, what it prints with the
    /// right forms and with no wrong one.
    pub stdout: Option<String>,
    /// At least two. Exactly one is right; of [`Kind::Several`] and [`Kind::Blank`] one or more,
    /// and of [`Kind::Order`] none is marked.
    pub options: Vec<Choice>,
    /// Of [`Kind::Blank`], the names of a form that may be other ones.
    pub names: Vec<String>,
    /// Lines of Markdown, each telling more than the one before.
    pub hints: Vec<String>,
}

impl Written {
    /// Whether the answer has to be worked out rather than recognised.
    pub fn is_recall(&self) -> bool {
        matches!(self.kind, Kind::Predict | Kind::Order | Kind::Blank) || self.has_outputs()
    }

    /// Whether the options are lines that the snippet may print.
    fn has_outputs(&self) -> bool {
        is_output(self.kind, self.stdout.is_some())
    }
}

/// Whether the options of a question of this kind, with or without a `stdout`, are outputs.
fn is_output(kind: Kind, stdout: bool) -> bool {
    kind == Kind::Predict || (matches!(kind, Kind::Several | Kind::Order) && stdout)
}

/// An option and the reason for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the reader chooses.
    pub label: Label,
    /// Whether it is the right one.
    pub right: bool,
    /// One paragraph of Markdown, shown after the answer.
    pub why: String,
    /// Stays at the end when the options are shuffled.
    pub last: bool,
}

/// The text of an option.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label {
    /// One line; plain text with back-ticks around code, or code alone.
    pub text: String,
    /// The text is code as a whole and has no back-ticks around it.
    pub code: bool,
}

impl Label {
    /// Code as a whole.
    pub fn code(text: impl Into<String>) -> Self {
        Self { text: text.into(), code: true }
    }

    /// Reads a line of Markdown; one that is a single code span becomes code.
    pub fn from_markdown(line: &str) -> Self {
        let inner = line.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
        match inner.filter(|inner| !inner.is_empty() && !inner.contains('`')) {
            Some(code) => Self::code(code.trim()),
            None => Self { text: line.to_owned(), code: false },
        }
    }
}

/// The words of a question that is computed.
#[derive(Debug)]
pub struct Wording {
    /// What computes it.
    pub generator: &'static Generator,
    /// Names only slots that tell nothing about the answer.
    pub prompt: Message,
    /// Like the prompt; each tells more than the one before.
    pub hints: Vec<Message>,
    /// Labels by the option's role, for the roles that have no code to show.
    pub(crate) labels: Vec<(&'static str, Message)>,
    /// Reasons by case and role.
    pub(crate) why: Vec<(&'static str, &'static str, Message)>,
}

impl Wording {
    /// The label of the options with this role, for roles that are shown in words.
    pub fn label(&self, role: &str) -> Option<&Message> {
        self.labels.iter().find(|(other, _)| *other == role).map(|(_, label)| label)
    }

    /// The reason for the option with this role in this case.
    pub fn why(&self, case: &str, role: &str) -> Option<&Message> {
        self.why.iter().find(|(c, r, _)| *c == case && *r == role).map(|(_, _, why)| why)
    }
}

/// A range of Pythons: `>=3.9`, or `>=3.9,<3.14`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PythonRange {
    /// The first one.
    pub from: PythonVersion,
    /// The first one after it.
    pub below: Option<PythonVersion>,
}

impl PythonRange {
    /// Whether `version` is one of them.
    pub fn contains(self, version: PythonVersion) -> bool {
        self.from <= version && self.below.is_none_or(|below| version < below)
    }
}

impl Default for PythonRange {
    fn default() -> Self {
        Self { from: PythonVersion::OLDEST, below: None }
    }
}

impl FromStr for PythonRange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}`: expected `>=3.9` or `>=3.9,<3.14`");
        let (from, below) = match text.split_once(',') {
            Some((from, below)) => (from, Some(below.trim().strip_prefix('<').ok_or_else(wrong)?)),
            None => (text, None),
        };
        let from = from.trim().strip_prefix(">=").and_then(|v| v.parse().ok()).ok_or_else(wrong)?;
        let below: Option<PythonVersion> =
            below.map(|version| version.parse().map_err(|_| wrong())).transpose()?;
        if below.is_some_and(|below| below <= from) {
            return Err(format!("`{text}` holds no Python"));
        }
        Ok(Self { from, below })
    }
}

impl fmt::Display for PythonRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, ">={}", self.from)?;
        self.below.map_or(Ok(()), |below| write!(f, ",<{below}"))
    }
}

/// Reads the `quiz.toml` at `path`.
///
/// # Errors
/// Everything that is wrong with it, in order of lines.
pub fn parse(path: &str, text: &str) -> Result<QuizFile, Vec<ContentError>> {
    let mut faults = Vec::new();
    let items = read(text, &mut faults);
    if faults.is_empty() {
        return Ok(QuizFile { items });
    }
    faults.sort_by_key(|fault| fault.line);
    Err(faults.into_iter().map(|fault| fault.at(path)).collect())
}

/// Reads the items of a file and everything that is wrong with them.
pub(crate) fn read(text: &str, faults: &mut Vec<Fault>) -> Vec<QuizItem> {
    raw::read(Part { text, line: 1 }, faults)
}

#[cfg(test)]
mod bank;
#[cfg(test)]
mod tests;
