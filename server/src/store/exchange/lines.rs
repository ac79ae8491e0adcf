//! The lines of an export: what each of them holds, and whether it can be true.

use serde::{Deserialize, Serialize};

use crate::store::{Judgement, PracticeEvent, Review};

/// The last millisecond of the year 9999: later ones are no time of an answer.
const LATEST: i64 = 253_402_300_799_999;

/// What the reader thought of an answer in an interview.
const JUDGEMENTS: [&str; 3] = ["good", "in-part", "not-yet"];

/// A line of JSON. Its fields tell what it is.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Line {
    Review(ReviewLine),
    Undone(UndoneLine),
    Judgement(JudgementLine),
    Practice(PracticeLine),
}

impl Line {
    /// Reads a line.
    ///
    /// # Errors
    /// When it is none. The reason is that of the kind whose own field it has, else that of a review.
    pub fn read(text: &str) -> serde_json::Result<Self> {
        #[derive(Deserialize)]
        struct Fields {
            undone: Option<serde::de::IgnoredAny>,
            judgement: Option<serde::de::IgnoredAny>,
            exercise: Option<serde::de::IgnoredAny>,
        }
        Ok(match serde_json::from_str(text)? {
            Fields { undone: Some(_), .. } => Self::Undone(serde_json::from_str(text)?),
            Fields { judgement: Some(_), .. } => Self::Judgement(serde_json::from_str(text)?),
            Fields { exercise: Some(_), .. } => Self::Practice(serde_json::from_str(text)?),
            _ => Self::Review(serde_json::from_str(text)?),
        })
    }
}

/// A review.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewLine {
    /// 32 hexadecimal digits.
    pub id: String,
    pub session: String,
    pub at: i64,
    pub card: String,
    pub variant: String,
    pub seed: u64,
    pub source: String,
    pub outcome: String,
    pub grade: u8,
    pub confidence: Option<String>,
    pub hints: u32,
    pub ms: Option<u64>,
}

/// That an answer was undone.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UndoneLine {
    /// The answer's id.
    pub undone: String,
    pub at: i64,
}

/// The reader's own judgement of an answer in an interview. The interview and the question name it.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JudgementLine {
    pub interview: String,
    pub question: String,
    pub at: i64,
    pub judgement: String,
    pub found: u32,
    pub points: u32,
}

/// Something that happened with an exercise.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PracticeLine {
    /// 32 hexadecimal digits.
    pub id: String,
    pub exercise: String,
    pub at: i64,
    pub event: String,
}

impl ReviewLine {
    /// The review, or the name of the field that is wrong.
    pub fn review(self) -> Result<Review, &'static str> {
        let id = identity(&self.id).ok_or("id")?;
        valid(is_time(self.at), "at")?;
        valid(!self.card.is_empty(), "card")?;
        valid((1..=4).contains(&self.grade), "grade")?;
        valid(self.ms.is_none_or(|ms| i64::try_from(ms).is_ok()), "ms")?;
        let confidence = self.confidence.as_deref();
        Ok(Review {
            id,
            session: self.session,
            at: self.at,
            card: self.card,
            variant: self.variant,
            seed: self.seed,
            source: word(&self.source, &["pack", "code"]).ok_or("source")?,
            outcome: word(&self.outcome, &["right", "wrong", "gave-up"]).ok_or("outcome")?,
            grade: self.grade,
            confidence: confidence
                .map(|said| word(said, &["sure", "unsure", "guess"]).ok_or("confidence"))
                .transpose()?,
            hints: self.hints,
            ms: self.ms,
        })
    }
}

impl UndoneLine {
    /// The answer, or the name of the field that is wrong.
    pub fn review(&self) -> Result<u128, &'static str> {
        valid(is_time(self.at), "at")?;
        identity(&self.undone).ok_or("undone")
    }
}

impl JudgementLine {
    /// The judgement, or the name of the field that is wrong.
    pub fn judgement(self) -> Result<Judgement, &'static str> {
        valid(!self.interview.is_empty(), "interview")?;
        valid(!self.question.is_empty(), "question")?;
        valid(is_time(self.at), "at")?;
        valid(JUDGEMENTS.contains(&self.judgement.as_str()), "judgement")?;
        valid(self.found <= self.points, "found")?;
        let Self { interview, question, at, judgement, found, points } = self;
        Ok(Judgement { interview, question, at, judgement, found, points })
    }
}

impl PracticeLine {
    /// The name of the event and what it was, or the name of the field that is wrong.
    pub fn event(&self) -> Result<(u128, PracticeEvent), &'static str> {
        valid(is_time(self.at), "at")?;
        valid(!self.exercise.is_empty(), "exercise")?;
        let event = PracticeEvent::of(&self.event).ok_or("event")?;
        Ok((identity(&self.id).ok_or("id")?, event))
    }
}

fn is_time(at: i64) -> bool {
    (0..=LATEST).contains(&at)
}

fn valid(valid: bool, field: &'static str) -> Result<(), &'static str> {
    if valid { Ok(()) } else { Err(field) }
}

/// The number that 32 hexadecimal digits stand for.
fn identity(digits: &str) -> Option<u128> {
    let hexadecimal = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u128::from_str_radix(digits, 16).ok().filter(|_| hexadecimal)
}

fn word(text: &str, known: &[&'static str]) -> Option<&'static str> {
    known.iter().copied().find(|known| *known == text)
}
