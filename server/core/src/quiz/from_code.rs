//! Questions computed from the reader's code.
//!
//! A generator takes what is known about a place in the code and gives the options of a question, one
//! of them right or all of them in order; the words are the author's. It answers nothing unless every
//! fact it needs is certain: a wrong answer in a quiz is worse than no question. Two properties keep
//! the options from giving the answer away: they do not hang on which of them is right, and
//! [`Generator::asked`] names only slots that do not depend on the answer.

mod bug;
mod collections;
mod concurrency;
mod construct;
mod context_managers;
mod decorated;
mod description;
mod environments;
mod files;
mod find;
mod generators;
mod guards;
mod literal;
mod metaclasses;
mod name;
mod question;
mod robustness;
mod signature;
mod stack;
#[cfg(test)]
pub(crate) mod testing;
mod type_hints;

use super::Kind;
use crate::Span;
use crate::facts::{Facts, Slot};
use crate::project::View;
use crate::subject::Subject;
use crate::syntax;

pub use decorated::{DecoratedFunction, DecoratorLine, Docstring, How, Outcome, Wrapper};
pub use files::{Posed, questions_in, questions_in_of};
pub use question::{CodeQuestion, questions, questions_at, questions_of, questions_without_copies};

/// Those that rest on facts.
static FROM_FACTS: &[&Generator] = &[
    &name::GENERATOR,
    &description::GENERATOR,
    &signature::GENERATOR,
    &stack::GENERATOR,
    &generators::call::GENERATOR,
    &generators::second_reader::GENERATOR,
    &context_managers::binding::GENERATOR,
    &context_managers::order::GENERATOR,
    &context_managers::exception::GENERATOR,
    &concurrency::call::GENERATOR,
    &concurrency::waiting::GENERATOR,
    &concurrency::results::GENERATOR,
    &type_hints::instance_check::GENERATOR,
    &type_hints::kept::GENERATOR,
    &type_hints::checked::GENERATOR,
    &environments::interpreter::GENERATOR,
    &environments::module::SINCE,
    &environments::module::REMOVED,
    &environments::version::SEVERAL,
    &environments::version::IN,
    &environments::version::OUT_ONLY,
    &environments::pin::GENERATOR,
    &environments::marker::SEVERAL,
    &environments::marker::GENERATOR,
    &environments::python::SEVERAL,
    &environments::python::GENERATOR,
    &environments::option::GENERATOR,
    &environments::extra::EXTRA,
    &environments::extra::HASH,
    &environments::installed::SEVERAL,
    &environments::installed::GENERATOR,
    &collections::missing_key::GENERATOR,
    &collections::cost::GENERATOR,
    &metaclasses::order::GENERATOR,
    &metaclasses::metaclass::GENERATOR,
    &metaclasses::creation::GENERATOR,
    &robustness::default_object::GENERATOR,
];

/// Every generator that `from = "…"` in a quiz can name.
pub fn generators() -> impl Iterator<Item = &'static Generator> + Clone {
    FROM_FACTS.iter().copied().chain(bug::GENERATORS)
}

/// The generator of that name.
pub fn generator(name: &str) -> Option<&'static Generator> {
    generators().find(|generator| generator.name == name)
}

/// Longest label that is computed, in characters.
const MAX_LABEL: usize = 80;
/// Longest code of the reader in a prompt, in characters.
const MAX_CODE: usize = 60;
/// Most options of a computed question.
const MAX_OPTIONS: usize = 4;

/// Computes one kind of question.
#[derive(Debug)]
pub struct Generator {
    /// The name that quizzes use, `[a-z0-9-]`.
    pub name: &'static str,
    /// What it asks about, one line of Markdown for the author's guide.
    pub doc: &'static str,
    /// How the question is put: [`Kind::Choice`], [`Kind::Several`], [`Kind::Order`] or [`Kind::Bug`].
    pub kind: Kind,
    /// The slots of prompt, hints and labels. They do not depend on the answer.
    pub asked: &'static [Slot],
    /// The slots of the reasons; those of `asked` are among them.
    pub told: &'static [Slot],
    /// What options there can be.
    pub roles: &'static [Role],
    /// What the answer can come down to.
    pub cases: &'static [Case],
    /// Computes the question.
    pub find: Find,
}

/// What a generator looks at, and how it computes a question; nothing when its answer is not certain.
#[derive(Clone, Copy, Debug)]
pub enum Find {
    /// A function at module level with decorators.
    Decorated(fn(&DecoratedFunction) -> Option<Computed>),
    /// A node of one of these kinds.
    At(&'static [syntax::Kind], fn(&Subject<'_>) -> Option<Found>),
    /// A copy of a function with the mistake of the rule with this id in it.
    Mutant(&'static str),
    /// A file of a project that is not Python.
    InFile(fn(&View<'_>) -> Vec<Posed>),
}

/// A question about a node.
#[derive(Clone, Debug)]
pub struct Found {
    /// The question.
    pub computed: Computed,
    /// What it is about, in bytes of the file.
    pub subject: Span,
    /// What the answer follows from, in bytes of the file.
    pub from: Vec<Span>,
}

impl PartialEq for Generator {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// What an option stands for.
#[derive(Clone, Copy, Debug)]
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
    /// The role of the right option; where the answer is an order, of the first one.
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
    /// Two or more, all different. Those with the role `case.right` are right, which is one, or some of
    /// [`Kind::Several`]; of [`Kind::Order`] they stand in the right order.
    pub options: Vec<Candidate>,
    /// The code that is shown with the question, if it is not the reader's as it stands.
    pub snippet: Option<String>,
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

impl Computed {
    /// The question whose options are shown in the author's words: one for each of `roles`.
    fn in_words(case: &'static Case, roles: &[Role], facts: Facts) -> Self {
        let options = roles.iter().map(|role| Candidate { role: role.name, code: None }).collect();
        Self { case, options, snippet: None, facts }
    }
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

/// True for code that is short enough to stand in a question, on one line.
fn is_brief(code: &str) -> bool {
    !code.is_empty() && code.chars().count() <= MAX_CODE && !code.contains(['\n', '\r'])
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
