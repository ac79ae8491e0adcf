//! Why a session does not do what is asked of it.

/// Why an input is refused. The session is as it was, but for [`Refusal::Changed`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The session is over.
    Over,
    /// It is about another showing than the open one.
    Stale,
    /// The question was answered already.
    AlreadyAnswered,
    /// A question is open.
    NotAnswered,
    /// The question has no such option.
    NoSuchOption,
    /// The options do not make an answer: too few, too many, or one of them twice.
    NoAnswer,
    /// With what was typed the snippet is not Python.
    NotPython,
    /// What was typed is none of the answers that the author foresaw, right or wrong.
    Unforeseen,
    /// There are no words that the reader could judge.
    NotCompared,
    /// There are no more hints.
    NoHint,
    /// The code that the question is about changed; it is withdrawn.
    Changed,
}
