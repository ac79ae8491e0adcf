//! An answer: whether it is one, how it came out, what is told and kept of it.

use super::present::{Presented, Secret};
use super::verdict::{Reason, Review, Verdict};
use super::{Choice, Confidence, Outcome, Question, Refusal, Shape, grade};

/// A pause longer than this is not thinking, in milliseconds.
const MAX_THINKING: u64 = 15 * 60 * 1000;

/// What the reader answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Which showing of a question.
    pub presentation: u128,
    /// The keys of the chosen options, in an order where that is the answer; nothing to be told
    /// the answer.
    pub keys: Option<Vec<String>>,
    /// How sure the reader was.
    pub confidence: Option<Confidence>,
    /// Time to the answer in milliseconds; the time since the showing when nothing is given.
    pub ms: Option<u64>,
    /// The reader's median time, in milliseconds.
    pub median: Option<u64>,
    /// Milliseconds since 1970 (UTC).
    pub now: u64,
}

/// An answer and what it led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What is told.
    pub verdict: Verdict,
    /// What is kept.
    pub review: Review,
    /// Number of the question in the session, from 1.
    pub number: usize,
    /// Number of questions of the session as far as it is known now.
    pub total: usize,
}

/// The indexes of the options with these keys, in the order of the keys.
///
/// # Errors
/// [`Refusal::NoSuchOption`], and [`Refusal::NoAnswer`] when they have not the question's shape.
pub(super) fn chosen(question: &Question, keys: &[String]) -> Result<Vec<usize>, Refusal> {
    let mut given = Vec::with_capacity(keys.len());
    for key in keys {
        let at = question.options.iter().position(|option| option.key == *key);
        let at = at.ok_or(Refusal::NoSuchOption)?;
        if given.contains(&at) {
            return Err(Refusal::NoAnswer);
        }
        given.push(at);
    }
    let fits = match question.kind.shape() {
        Shape::One => given.len() == 1,
        Shape::Several => !given.is_empty(),
        Shape::Order => given.len() == question.options.len(),
    };
    if fits { Ok(given) } else { Err(Refusal::NoAnswer) }
}

/// How the options in `given` came out; nothing is given when the reader gave up.
pub(super) fn outcome(open: &Presented, given: Option<&[usize]>) -> Outcome {
    let Some(given) = given else { return Outcome::GaveUp };
    let mut secrets = open.secrets.iter().enumerate();
    let is_right = match open.question.kind.shape() {
        Shape::One | Shape::Several => {
            secrets.all(|(at, secret)| secret.right == given.contains(&at))
        }
        Shape::Order => secrets.all(|(at, secret)| is_in_place(secret, at, given)),
    };
    if is_right { Outcome::Right } else { Outcome::Wrong }
}

/// Whether the option at index `at` stands in `given` where it belongs.
fn is_in_place(secret: &Secret, at: usize, given: &[usize]) -> bool {
    secret.place.is_some_and(|place| given.get(place) == Some(&at))
}

/// What is told of each option.
pub(super) fn reasons(
    options: Vec<Choice>,
    secrets: Vec<Secret>,
    given: Option<&[usize]>,
) -> Vec<Reason> {
    let given = given.unwrap_or_default();
    let options = options.into_iter().zip(secrets).enumerate();
    let reason = |(at, (option, secret)): (usize, (Choice, Secret))| Reason {
        key: option.key,
        label: option.label,
        right: secret.right || is_in_place(&secret, at, given),
        chosen: given.contains(&at),
        place: secret.place,
        why: secret.why,
    };
    options.map(reason).collect()
}

/// What is kept of an answer.
pub(super) fn review(session: &str, open: &Presented, outcome: Outcome, answer: &Answer) -> Review {
    let ms = answer.ms.unwrap_or_else(|| answer.now.saturating_sub(open.at));
    let ms = Some(ms).filter(|ms| *ms <= MAX_THINKING);
    let quick = ms.zip(answer.median).is_some_and(|(ms, median)| ms < median);
    Review {
        presentation: open.question.presentation,
        session: session.to_owned(),
        at: answer.now,
        card: open.planned.card.clone(),
        variant: open.variant.clone(),
        seed: open.seed,
        source: open.question.source,
        outcome,
        grade: grade(outcome, answer.confidence, open.given, open.recall, quick),
        confidence: answer.confidence,
        hints: u32::try_from(open.given).unwrap_or(u32::MAX),
        ms,
    }
}
