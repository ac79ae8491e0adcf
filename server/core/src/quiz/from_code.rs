//! Questions computed from the reader's code.
//!
//! A generator takes what is known about a function and gives the options of a question, one of
//! them right; the words are the author's. It answers nothing unless every fact it needs is certain:
//! a wrong answer in a quiz is worse than no question. Two properties keep the options from giving
//! the answer away: the same code with another answer has the same options in the same order, and
//! [`Generator::asked`] names only slots that do not depend on the answer.

mod decorated;
mod description;
mod find;
mod guards;
mod literal;
mod name;
mod signature;
mod stack;
#[cfg(test)]
pub(crate) mod testing;

use crate::Span;
use crate::facts::{Facts, Slot};

pub use decorated::{DecoratedFunction, DecoratorLine, Docstring, How, Outcome, Wrapper};
pub use find::functions;

/// Every generator that `from = "…"` in a quiz can name.
pub static GENERATORS: &[&Generator] =
    &[&name::GENERATOR, &description::GENERATOR, &signature::GENERATOR, &stack::GENERATOR];

/// The generator of that name.
pub fn generator(name: &str) -> Option<&'static Generator> {
    GENERATORS.iter().copied().find(|generator| generator.name == name)
}

/// Longest label that is computed, in characters.
const MAX_LABEL: usize = 80;
/// Most options of a computed question.
const MAX_OPTIONS: usize = 4;

/// Computes one kind of question.
#[derive(Debug)]
pub struct Generator {
    /// The name that quizzes use, `[a-z0-9-]`.
    pub name: &'static str,
    /// What it asks about, one line of Markdown for the author's guide.
    pub doc: &'static str,
    /// The slots of prompt, hints and labels. They do not depend on the answer.
    pub asked: &'static [Slot],
    /// The slots of the reasons; those of `asked` are among them.
    pub told: &'static [Slot],
    /// What options there can be.
    pub roles: &'static [Role],
    /// What the answer can come down to.
    pub cases: &'static [Case],
    /// Computes the question, or nothing when its answer is not certain.
    pub run: fn(&DecoratedFunction) -> Option<Computed>,
}

impl PartialEq for Generator {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// What an option stands for.
#[derive(Debug)]
pub struct Role {
    /// The name that quizzes use.
    pub name: &'static str,
    /// What the option says, one line for the author's guide.
    pub doc: &'static str,
    /// How it is shown.
    pub shown: Shown,
}

impl Role {
    const fn code(name: &'static str, doc: &'static str) -> Self {
        Self { name, doc, shown: Shown::Code }
    }

    const fn words(name: &'static str, doc: &'static str) -> Self {
        Self { name, doc, shown: Shown::Words }
    }
}

/// How an option is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// As code that the generator computes.
    Code,
    /// In the author's words, `labels.<role>`.
    Words,
}

/// One of the things that the answer can come down to.
#[derive(Debug)]
pub struct Case {
    /// The name that quizzes use.
    pub name: &'static str,
    /// When it holds, one line for the author's guide.
    pub doc: &'static str,
    /// The role of the right option.
    pub right: &'static str,
    /// The roles of the other options that can occur.
    pub wrong: &'static [&'static str],
}

impl Case {
    /// All roles that can occur.
    pub fn roles(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.right).chain(self.wrong.iter().copied())
    }
}

/// A question about the reader's code with its answer, without words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computed {
    /// The case that holds.
    pub case: &'static Case,
    /// Two or more; those with the role `case.right` are right, which is one.
    pub options: Vec<Candidate>,
    /// The values for [`Generator::told`].
    pub facts: Facts,
}

impl PartialEq for Case {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Case {}

/// An option of a computed question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What it stands for.
    pub role: &'static str,
    /// What is shown, for roles that are shown as code.
    pub code: Option<String>,
}

/// Where the reader's code says what the answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What the question is about, in bytes of the file.
    pub subject: Span,
    /// What the answer follows from, in order of position, in bytes of the file.
    pub from: Vec<Span>,
    /// The definitions that `subject` and `from` belong to, whole, in bytes of the file.
    pub extents: Vec<Span>,
    /// Their texts: with the same texts the answer is the same.
    pub texts: Vec<String>,
}

/// The options for labels in order of preference, or nothing when the right one does not stand out:
/// fewer than `least` labels are left, or a label is too long to be shown. The first `fixed` labels
/// must differ.
fn candidates(
    labels: impl IntoIterator<Item = (&'static str, Option<String>)>,
    fixed: usize,
    least: usize,
) -> Option<Vec<Candidate>> {
    let mut found: Vec<Candidate> = Vec::new();
    for (at, (role, label)) in labels.into_iter().enumerate() {
        let label = match label {
            Some(label) => label,
            None if at < fixed => return None,
            None => continue,
        };
        let is_new = found.iter().all(|other| other.code.as_ref() != Some(&label));
        let fits = label.chars().count() <= MAX_LABEL && !label.contains('\n');
        if at < fixed && !(is_new && fits) {
            return None;
        }
        if is_new && fits && found.len() < MAX_OPTIONS {
            found.push(Candidate { role, code: Some(label) });
        }
    }
    (found.len() >= least).then_some(found)
}

/// Python's `repr` of a string of plain characters, or nothing for others.
fn repr(text: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_graphic() || c == ' ';
    if !text.chars().all(plain) || text.contains(['\\', '\'']) {
        return None;
    }
    Some(format!("'{text}'"))
}

#[cfg(test)]
mod cpython;
#[cfg(test)]
mod tests;
