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
struct RawPoint {
    id: Spanned<String>,
    title: String,
    words: Vec<String>,
    why: String,
    follow: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFlag {
    id: Spanned<String>,
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
struct RawCheck {
    text: Spanned<String>,
    points: BTreeSet<String>,
    flags: BTreeSet<String>,
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
    let point = |raw: RawPoint| Point {
        id: raw.id.into_inner(),
        title: raw.title,
        why: raw.why,
        follow: raw.follow,
        words: phrases(&raw.words),
    };
    let flag = |raw: RawFlag| Flag {
        id: raw.id.into_inner(),
        title: raw.title,
        why: raw.why,
        words: phrases(&raw.words),
        unless: phrases(&raw.unless),
        without: raw.without,
    };
    let unit = |unit: Spanned<String>| {
        let line = part.line_at(unit.span().start);
        (unit.into_inner(), line)
    };
    let question = InterviewQuestion {
        id: raw.id.into_inner(),
        title: raw.title,
        ask: raw.ask,
        units: raw.units.into_iter().map(unit).collect(),
        points: raw.point.into_iter().map(point).collect(),
        flags: raw.flag.into_iter().map(flag).collect(),
        model: raw.model.get_ref().clone(),
    };
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
    let mut missed = BTreeSet::new();
    let mut raised = BTreeSet::new();
    let model = RawCheck { text: raw.model, points: points.clone(), flags: BTreeSet::new() };
    for check in std::iter::once(&model).chain(&raw.check) {
        let found = question.assess(check.text.get_ref(), language);
        let has: BTreeSet<String> = found
            .points
            .iter()
            .filter(|seen| seen.place.is_some())
            .map(|seen| seen.id.into())
            .collect();
        let up: BTreeSet<String> = found.flags.iter().map(|seen| seen.id.into()).collect();
        if (&has, &up) != (&check.points, &check.flags) {
            let message = format!("in this answer are the points {has:?} and the flags {up:?}");
            faults.push(part.fault(check.text.span().start, message));
        }
        missed.extend(points.difference(&has).cloned());
        raised.extend(up);
    }
    for point in question.points.iter().filter(|point| !missed.contains(&point.id)) {
        let message = format!("no `[[question.check]]` misses the point `{}`", point.id);
        faults.push(Fault::new(line, message));
    }
    for flag in question.flags.iter().filter(|flag| !raised.contains(&flag.id)) {
        let message = format!("no `[[question.check]]` raises the flag `{}`", flag.id);
        faults.push(Fault::new(line, message));
    }
    question
}

pub(super) fn phrases(texts: &[String]) -> Vec<Phrase> {
    texts.iter().map(|text| Phrase::new(text)).collect()
}
