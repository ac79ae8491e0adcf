//! An answer: whether it is one, how it came out, what is told and kept of it.

use super::blank::{MAX_TEXT, Typed, compare};
use super::present::{Presented, Secret};
use super::recall::Recalled;
use super::verdict::{Reason, Review, Verdict};
use super::{Confidence, Grade, Outcome, Question, Refusal, Shape, grade};

/// A pause longer than this is not thinking, in milliseconds.
const MAX_THINKING: u64 = 15 * 60 * 1000;

/// What the reader answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Which showing of a question.
    pub presentation: u128,
    /// What the reader chose or typed; nothing to be told the answer.
    pub response: Option<Response>,
    /// How sure the reader was.
    pub confidence: Option<Confidence>,
    /// Time to the answer in milliseconds; the time since the showing when nothing is given.
    pub ms: Option<u64>,
    /// The reader's median time, in milliseconds.
    pub median: Option<u64>,
    /// Milliseconds since 1970 (UTC).
    pub now: u64,
}

/// What the reader chose or typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// The keys of the chosen options, in an order where that is the answer.
    Keys(Vec<String>),
    /// What belongs in the blank, for [`Shape::Text`].
    Text(String),
    /// What the reader thinks of the words that were compared, for [`Shape::Words`].
    Recalled(Recalled),
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

/// A response that is an answer to the question.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// The indexes of the options, in the order of the answer.
    picks: Vec<usize>,
    /// What the reader thinks of it, where nobody else can tell.
    recalled: Option<Recalled>,
}

/// What the response is.
///
/// # Errors
/// [`Refusal::NoSuchOption`], [`Refusal::NotPython`], [`Refusal::Unforeseen`], and
/// [`Refusal::NoAnswer`] when it has not the question's shape; [`Refusal::NotCompared`].
pub(super) fn given(open: &Presented, response: &Response) -> Result<Given, Refusal> {
    match (response, open.question.kind.shape()) {
        (Response::Text(text), Shape::Text) => typed(open, text),
        (Response::Keys(keys), Shape::One | Shape::Several | Shape::Order) => {
            let picks = chosen(&open.question, keys)?;
            Ok(Given { picks, recalled: None })
        }
        (Response::Recalled(how), Shape::Words) => {
            let found = open.rubric.as_ref().and_then(|rubric| rubric.found.clone());
            let picks = found.ok_or(Refusal::NotCompared)?;
            Ok(Given { picks, recalled: Some(*how) })
        }
        _ => Err(Refusal::NoAnswer),
    }
}

fn typed(open: &Presented, text: &str) -> Result<Given, Refusal> {
    if text.trim().is_empty() || text.chars().count() > MAX_TEXT {
        return Err(Refusal::NoAnswer);
    }
    let snippet = open.question.snippet.as_deref().unwrap_or_default();
    let forms = open.secrets.iter().map(|secret| secret.label.text.as_str());
    match compare(snippet, &open.names, forms, text) {
        Typed::Known(at) => Ok(Given { picks: vec![at], recalled: None }),
        // It may be right, in a way that nobody thought of.
        Typed::Unknown => Err(Refusal::Unforeseen),
        Typed::NotPython => Err(Refusal::NotPython),
    }
}

/// The indexes of the options with these keys, in the order of the keys.
fn chosen(question: &Question, keys: &[String]) -> Result<Vec<usize>, Refusal> {
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
        Shape::Text | Shape::Words => false,
    };
    if fits { Ok(given) } else { Err(Refusal::NoAnswer) }
}

/// How an answer came out; nothing is given when the reader gave up.
pub(super) fn outcome(open: &Presented, given: Option<&Given>) -> Outcome {
    let Some(Given { picks, recalled }) = given else { return Outcome::GaveUp };
    let mut secrets = open.secrets.iter().enumerate();
    let is_right = match open.question.kind.shape() {
        Shape::One | Shape::Several => {
            secrets.all(|(at, secret)| secret.right == picks.contains(&at))
        }
        Shape::Order => secrets.all(|(at, secret)| is_in_place(secret, at, picks)),
        // Any of the right forms will do.
        Shape::Text => secrets.any(|(at, secret)| secret.right && picks.contains(&at)),
        Shape::Words => recalled.is_some_and(|how| how != Recalled::Again),
    };
    if is_right { Outcome::Right } else { Outcome::Wrong }
}

/// Whether the option at index `at` stands in `given` where it belongs.
fn is_in_place(secret: &Secret, at: usize, given: &[usize]) -> bool {
    secret.place.is_some_and(|place| given.get(place) == Some(&at))
}

/// What is told of each option.
pub(super) fn reasons(secrets: Vec<Secret>, given: Option<Given>) -> Vec<Reason> {
    let Given { picks, .. } = given.unwrap_or_default();
    let reason = |(at, secret): (usize, Secret)| Reason {
        right: secret.right || is_in_place(&secret, at, &picks),
        chosen: picks.contains(&at),
        place: secret.place,
        key: secret.key,
        label: secret.label,
        why: secret.why,
    };
    secrets.into_iter().enumerate().map(reason).collect()
}

/// What is kept of an answer.
pub(super) fn review(session: &str, open: &Presented, outcome: Outcome, answer: &Answer) -> Review {
    // Who judges the answer need not say how sure it was.
    let is_judged = open.question.kind.shape() == Shape::Words;
    let confidence = answer.confidence.filter(|_| !is_judged);
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
        grade: match answer.response {
            Some(Response::Recalled(Recalled::Hard)) if outcome == Outcome::Right => Grade::Hard,
            // Nobody writes sentences quickly.
            _ => grade(outcome, confidence, open.given, open.recall, quick && !is_judged),
        },
        confidence,
        hints: u32::try_from(open.given).unwrap_or(u32::MAX),
        ms,
    }
}
