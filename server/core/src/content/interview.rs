//! `interview.toml`: a mock interview, with what to look for in the reader's own words.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::id::is_id;
use super::manifest::not_an_id;
use super::rubric::{Language, Phrase};
use super::source::{Fault, Part};

/// The file, below the pack's root.
pub(crate) const PATH: &str = "interview.toml";

/// A mock interview.
#[derive(Clone, Debug)]
pub struct Interview {
    /// What the permanent ids of its questions begin with: the id of its pack, or of an interview about
    /// the reader's code, `pack/concept/interview`.
    pub pack: String,
    /// Title for readers.
    pub title: String,
    /// What the reader is asked to build, and for whom.
    pub scenario: String,
    /// What the comparison with a list of phrases can tell, and what it cannot.
    pub notice: String,
    /// What more there is to say of a comparison where the points come from the reader's code.
    pub(crate) code_notice: String,
    /// The interviewer's last words.
    pub closing: String,
    /// In the order in which they are asked.
    pub questions: Vec<InterviewQuestion>,
    pub(crate) language: Language,
}

/// A question of an interview.
#[derive(Clone, Debug)]
pub struct InterviewQuestion {
    /// Permanent id.
    pub id: String,
    /// Title for readers.
    pub title: String,
    /// The interviewer's words.
    pub ask: String,
    /// An answer that has all points and no flag.
    pub model: String,
    /// What a good answer names.
    pub points: Vec<Point>,
    /// What a good answer avoids.
    pub flags: Vec<Flag>,
    /// Units of the text that it serves, each with its line.
    pub(crate) units: Vec<(String, usize)>,
}

/// Something that a good answer names.
#[derive(Clone, Debug)]
pub struct Point {
    /// Id within the question.
    pub id: String,
    /// Title for readers.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// What the interviewer asks if it is missed.
    pub follow: String,
    pub(crate) words: Vec<Phrase>,
}

/// Something that makes an interviewer doubt.
#[derive(Clone, Debug)]
pub struct Flag {
    /// Id within the question.
    pub id: String,
    /// Title for readers.
    pub title: String,
    /// Why it is one.
    pub why: String,
    /// Any of them raises the flag.
    pub(crate) words: Vec<Phrase>,
    /// Any of them takes it back.
    pub(crate) unless: Vec<Phrase>,
    /// Ids of points; the flag is up while none of them is found.
    pub(crate) without: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    title: String,
    scenario: String,
    notice: String,
    #[serde(default, rename = "code-notice")]
    code_notice: String,
    closing: String,
    language: RawLanguage,
    #[serde(default)]
    question: Vec<RawQuestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLanguage {
    negations: Vec<String>,
    affirmations: Vec<String>,
    breaks: Vec<String>,
    #[serde(default)]
    joins: Vec<String>,
    #[serde(default)]
    clauses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQuestion {
    id: Spanned<String>,
    title: String,
    #[serde(default)]
    units: Vec<Spanned<String>>,
    ask: String,
    model: Spanned<String>,
    #[serde(default)]
    point: Vec<RawPoint>,
    #[serde(default)]
    flag: Vec<RawFlag>,
    #[serde(default)]
    check: Vec<RawCheck>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPoint {
    pub id: Spanned<String>,
    title: String,
    words: Vec<String>,
    why: String,
    /// Of an interview only.
    #[serde(default)]
    pub follow: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFlag {
    pub id: Spanned<String>,
    title: String,
    why: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
}

/// An answer and exactly what must be found in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCheck {
    text: Spanned<String>,
    points: BTreeSet<String>,
    #[serde(default)]
    flags: BTreeSet<String>,
}

/// An answer, exactly what must be found in it, and its line.
#[derive(Debug)]
pub(crate) struct Check {
    text: String,
    points: BTreeSet<String>,
    flags: BTreeSet<String>,
    line: usize,
}

impl RawCheck {
    pub(super) fn read(self, part: Part<'_>) -> Check {
        let line = part.line_at(self.text.span().start);
        Check { text: self.text.into_inner(), points: self.points, flags: self.flags, line }
    }
}

impl RawPoint {
    pub(super) fn read(self) -> Point {
        Point {
            id: self.id.into_inner(),
            title: self.title,
            why: self.why,
            follow: self.follow.unwrap_or_default(),
            words: phrases(&self.words),
        }
    }
}

impl RawFlag {
    pub(super) fn read(self) -> Flag {
        Flag {
            id: self.id.into_inner(),
            title: self.title,
            why: self.why,
            words: phrases(&self.words),
            unless: phrases(&self.unless),
            without: self.without,
        }
    }
}

/// Reads the file; a pack need not have one.
pub(crate) fn read(pack: &str, text: &str, faults: &mut Vec<Fault>) -> Option<Interview> {
    if text.trim().is_empty() {
        return None;
    }
    let part = Part { text, line: 1 };
    let raw: Raw = part.toml().map_err(|fault| faults.push(fault)).ok()?;
    let Raw { title, scenario, notice, code_notice, closing, language, question: asked } = raw;
    let language = Language {
        negations: phrases(&language.negations),
        affirmations: phrases(&language.affirmations),
        breaks: phrases(&language.breaks),
        joins: phrases(&language.joins),
        clauses: phrases(&language.clauses),
    };
    let mut seen = BTreeSet::new();
    let mut questions = Vec::new();
    for raw in asked {
        if !seen.insert(raw.id.get_ref().clone()) {
            let message = format!("the question `{}` stands twice", raw.id.get_ref());
            faults.push(part.fault(raw.id.span().start, message));
        }
        questions.push(question(raw, part, &language, faults));
    }
    if questions.is_empty() {
        faults.push(Fault::new(1, "an interview has at least one `[[question]]`"));
    }
    let pack = pack.to_owned();
    Some(Interview { pack, title, scenario, notice, code_notice, closing, questions, language })
}

fn question(
    raw: RawQuestion,
    part: Part<'_>,
    language: &Language,
    faults: &mut Vec<Fault>,
) -> InterviewQuestion {
    let line = part.line_at(raw.id.span().start);
    let mut ids = BTreeSet::new();
    let all = raw.point.iter().map(|point| &point.id).chain(raw.flag.iter().map(|flag| &flag.id));
    for id in all.chain([&raw.id]) {
        if !is_id(id.get_ref()) {
            faults.push(part.fault(id.span().start, not_an_id(id.get_ref())));
        } else if !ids.insert(id.get_ref().clone()) {
            let message = format!("the id `{}` stands twice in the question", id.get_ref());
            faults.push(part.fault(id.span().start, message));
        }
    }
    for point in raw.point.iter().filter(|point| point.follow.is_none()) {
        faults.push(part.fault(point.id.span().start, "a point of an interview has its `follow`"));
    }
    let unit = |unit: Spanned<String>| {
        let line = part.line_at(unit.span().start);
        (unit.into_inner(), line)
    };
    let question = InterviewQuestion {
        id: raw.id.into_inner(),
        title: raw.title,
        ask: raw.ask,
        units: raw.units.into_iter().map(unit).collect(),
        points: raw.point.into_iter().map(RawPoint::read).collect(),
        flags: raw.flag.into_iter().map(RawFlag::read).collect(),
        model: raw.model.get_ref().clone(),
    };
    check_flags(&question, line, faults);
    let model = part.line_at(raw.model.span().start);
    let checks: Vec<Check> = raw.check.into_iter().map(|check| check.read(part)).collect();
    try_answers(&question, language, (line, model), &checks, "question.check", faults);
    question
}

/// A flag has either what raises it or what is missing while it is up.
pub(super) fn check_flags(question: &InterviewQuestion, line: usize, faults: &mut Vec<Fault>) {
    let points: BTreeSet<String> = question.points.iter().map(|point| point.id.clone()).collect();
    for flag in &question.flags {
        if flag.words.is_empty() == flag.without.is_empty() {
            let message = format!("the flag `{}` has either `words` or `without`", flag.id);
            faults.push(Fault::new(line, message));
        }
        for id in flag.without.iter().filter(|id| !points.contains(*id)) {
            faults.push(Fault::new(line, format!("the question has no point `{id}`")));
        }
    }
}

/// Holds the model answer and the checks against a rubric: each has exactly what it is said to have, and
/// each part of the rubric is missed or raised by one. `lines` are those of the question and its model.
pub(super) fn try_answers(
    question: &InterviewQuestion,
    language: &Language,
    lines: (usize, usize),
    checks: &[Check],
    table: &str,
    faults: &mut Vec<Fault>,
) {
    let mut missed = BTreeSet::new();
    let mut raised = BTreeSet::new();
    let points: BTreeSet<String> = question.points.iter().map(|point| point.id.clone()).collect();
    let (text, flags) = (question.model.clone(), BTreeSet::new());
    let model = Check { text, points: points.clone(), flags, line: lines.1 };
    for check in std::iter::once(&model).chain(checks) {
        let found = question.assess(&check.text, language);
        let has: BTreeSet<String> = found
            .points
            .iter()
            .filter(|seen| seen.place.is_some())
            .map(|seen| seen.id.into())
            .collect();
        let up: BTreeSet<String> = found.flags.iter().map(|seen| seen.id.into()).collect();
        if (&has, &up) != (&check.points, &check.flags) {
            let message = format!("in this answer are the points {has:?} and the flags {up:?}");
            faults.push(Fault::new(check.line, message));
        }
        missed.extend(points.difference(&has).cloned());
        raised.extend(up);
    }
    for point in question.points.iter().filter(|point| !missed.contains(&point.id)) {
        let message = format!("no `[[{table}]]` misses the point `{}`", point.id);
        faults.push(Fault::new(lines.0, message));
    }
    for flag in question.flags.iter().filter(|flag| !raised.contains(&flag.id)) {
        let message = format!("no `[[{table}]]` raises the flag `{}`", flag.id);
        faults.push(Fault::new(lines.0, message));
    }
}

pub(super) fn phrases(texts: &[String]) -> Vec<Phrase> {
    texts.iter().map(|text| Phrase::new(text)).collect()
}
