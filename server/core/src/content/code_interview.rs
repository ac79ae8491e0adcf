//! `<concept>/interview.toml`: what an interviewer asks about the reader's own code.
//!
//! Facts of the code decide which points there are: a point whose sentence has a slot without a value
//! is none. What is left is an [`Interview`] like any other.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::front::{UnitAt, Units};
use super::id::is_id;
use super::interview::{Flag, Interview, InterviewQuestion, Point};
use super::manifest::not_an_id;
use super::render::render_line;
use super::rubric::Phrase;
use super::source::{Fault, Part};
use super::suggest;
use super::template::{TemplatePart, parse_line};
use crate::facts::{Facts, Slot};

/// An interview about one kind of construct.
#[derive(Debug)]
pub struct CodeInterview {
    /// Permanent id within its concept.
    pub id: String,
    /// Id of the card of the concept whose construct it is about.
    pub card: String,
    /// Title for readers.
    pub title: String,
    /// Code, and answers of which is known what stands in them.
    pub(crate) examples: Vec<CodeExample>,
    pub(crate) units: Vec<UnitAt>,
    /// Its line in the file.
    pub(crate) line: usize,
    scenario: Vec<TemplatePart>,
    questions: Vec<Question>,
}

/// Code to try an interview on.
#[derive(Debug)]
pub(crate) struct CodeExample {
    pub code: String,
    /// The interview is about where this text first ends in the code.
    pub cursor: String,
    pub answers: Vec<CodeAnswer>,
    pub line: usize,
}

/// An answer and exactly what must be found in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeAnswer {
    pub question: String,
    pub text: String,
    pub points: BTreeSet<String>,
    pub flags: BTreeSet<String>,
}

#[derive(Debug)]
struct Question {
    id: String,
    title: String,
    ask: Vec<TemplatePart>,
    points: Vec<PointAbout>,
    flags: Vec<FlagAbout>,
}

#[derive(Debug)]
struct PointAbout {
    id: String,
    title: String,
    why: String,
    follow: Vec<TemplatePart>,
    /// The sentence of a good answer: true of this code.
    say: Vec<TemplatePart>,
    words: Vec<Words>,
}

#[derive(Debug)]
struct FlagAbout {
    id: String,
    title: String,
    why: Vec<TemplatePart>,
    words: Vec<Words>,
    unless: Vec<Words>,
    without: Vec<String>,
}

/// What an answer may say: a phrase, or one with names of the reader's code in it.
#[derive(Debug)]
enum Words {
    Phrase(Phrase),
    WithSlots(Vec<TemplatePart>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    interview: Vec<RawInterview>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawInterview {
    id: Spanned<String>,
    card: Spanned<String>,
    title: String,
    units: Units,
    scenario: Spanned<String>,
    #[serde(default)]
    question: Vec<RawQuestion>,
    #[serde(default)]
    example: Vec<RawExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQuestion {
    id: Spanned<String>,
    title: String,
    ask: Spanned<String>,
    #[serde(default)]
    point: Vec<RawPoint>,
    #[serde(default)]
    flag: Vec<RawFlag>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPoint {
    id: Spanned<String>,
    title: String,
    say: Spanned<String>,
    words: Vec<Spanned<String>>,
    why: String,
    follow: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFlag {
    id: Spanned<String>,
    title: String,
    why: Spanned<String>,
    #[serde(default)]
    words: Vec<Spanned<String>>,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
    #[serde(default)]
    without: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExample {
    code: Spanned<String>,
    cursor: String,
    #[serde(default)]
    answers: Vec<CodeAnswer>,
}

impl CodeInterview {
    /// The interview with these facts; nothing when they leave nothing to ask. `full_id` is its id with
    /// pack and concept, `frame` the pack's mock interview: its words about itself hold here too.
    pub(crate) fn about(
        &self,
        full_id: &str,
        facts: &Facts,
        frame: &Interview,
    ) -> Option<Interview> {
        let questions: Vec<_> = self.questions.iter().filter_map(|it| it.about(facts)).collect();
        (!questions.is_empty()).then_some(())?;
        Some(Interview {
            pack: full_id.to_owned(),
            title: self.title.clone(),
            scenario: render_line(&self.scenario, facts)?,
            notice: format!("{} {}", frame.notice, frame.code_notice),
            closing: frame.closing.clone(),
            code_notice: String::new(),
            questions,
            language: frame.language.clone(),
        })
    }

    /// The ids of its questions, with those of their points and flags.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&str, Vec<&str>, Vec<&str>)> {
        self.questions.iter().map(|question| {
            let points = question.points.iter().map(|point| point.id.as_str()).collect();
            let flags = question.flags.iter().map(|flag| flag.id.as_str()).collect();
            (question.id.as_str(), points, flags)
        })
    }

    /// The titles of its questions by id.
    pub fn questions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.questions.iter().map(|question| (question.id.as_str(), question.title.as_str()))
    }
}

impl Question {
    fn about(&self, facts: &Facts) -> Option<InterviewQuestion> {
        let ask = render_line(&self.ask, facts)?;
        let (mut points, mut model) = (Vec::new(), Vec::new());
        for point in &self.points {
            let Some(say) = render_line(&point.say, facts) else { continue };
            let Some(follow) = render_line(&point.follow, facts) else { continue };
            model.push(say);
            points.push(Point {
                id: point.id.clone(),
                title: point.title.clone(),
                why: point.why.clone(),
                follow,
                words: phrases(&point.words, facts),
            });
        }
        (!points.is_empty()).then_some(())?;
        let is_there = |id: &String| points.iter().any(|point| point.id == *id);
        let flags = self.flags.iter().filter_map(|flag| {
            let why = render_line(&flag.why, facts)?;
            let without: Vec<_> = flag.without.iter().filter(|it| is_there(it)).cloned().collect();
            (!flag.words.is_empty() || !without.is_empty()).then_some(())?;
            Some(Flag {
                id: flag.id.clone(),
                title: flag.title.clone(),
                why,
                words: phrases(&flag.words, facts),
                unless: phrases(&flag.unless, facts),
                without,
            })
        });
        Some(InterviewQuestion {
            id: self.id.clone(),
            title: self.title.clone(),
            ask,
            model: model.join(" "),
            flags: flags.collect(),
            points,
            units: Vec::new(),
        })
    }
}

/// The phrases that these facts give.
fn phrases(words: &[Words], facts: &Facts) -> Vec<Phrase> {
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, '_' | '\'') { c } else { ' ' };
    let phrase = |words: &Words| match words {
        Words::Phrase(phrase) => Some(phrase.clone()),
        Words::WithSlots(parts) => {
            let text: String = render_line(parts, facts)?.chars().map(plain).collect();
            (!text.trim().is_empty()).then(|| Phrase::new(&text))
        }
    };
    words.iter().filter_map(phrase).collect()
}

/// A card by its id, and the slots of its facts.
pub(crate) type CardSlots = (String, &'static [Slot]);

/// Reads the file; a concept need not have one. The interviews are about the constructs of `cards`.
pub(crate) fn read(text: &str, cards: &[CardSlots], faults: &mut Vec<Fault>) -> Vec<CodeInterview> {
    let part = Part { text, line: 1 };
    let raw: Raw = match part.toml() {
        Ok(raw) => raw,
        Err(fault) => {
            faults.push(fault);
            return Vec::new();
        }
    };
    let mut reader = Reader { part, faults, slots: None };
    raw.interview.into_iter().map(|raw| reader.interview(raw, cards)).collect()
}

struct Reader<'a> {
    part: Part<'a>,
    faults: &'a mut Vec<Fault>,
    /// Those of the card that is asked about; nothing when there is no such card.
    slots: Option<&'static [Slot]>,
}

impl Reader<'_> {
    fn interview(&mut self, raw: RawInterview, cards: &[CardSlots]) -> CodeInterview {
        let name = raw.card.get_ref();
        let card = cards.iter().find(|(id, _)| id == name);
        if card.is_none() {
            let known = suggest(name, cards.iter().map(|(id, _)| id.as_str()));
            self.fault(&raw.card, format!("the concept has no card `{name}`{known}"));
        }
        self.slots = card.map(|(_, slots)| *slots);
        let line = self.part.line_at(raw.id.span().start);
        let units = raw.units.read(self.part, self.faults);
        self.ids(std::iter::once(&raw.id));
        self.ids(raw.question.iter().map(|question| &question.id));
        if raw.question.is_empty() {
            self.fault(
                &raw.id,
                "an interview has at least one `[[interview.question]]`".to_owned(),
            );
        }
        if raw.example.is_empty() {
            self.fault(&raw.id, "an interview has at least one `[[interview.example]]`".to_owned());
        }
        CodeInterview {
            line,
            card: name.clone(),
            scenario: self.line(&raw.scenario),
            questions: raw.question.into_iter().map(|it| self.question(it)).collect(),
            examples: raw.example.into_iter().map(|it| self.example(it)).collect(),
            id: raw.id.into_inner(),
            title: raw.title,
            units,
        }
    }

    fn question(&mut self, raw: RawQuestion) -> Question {
        self.ids(raw.point.iter().map(|it| &it.id).chain(raw.flag.iter().map(|it| &it.id)));
        for flag in &raw.flag {
            if flag.words.is_empty() == flag.without.is_empty() {
                let message = "a flag has either `words` or `without`".to_owned();
                self.fault(&flag.id, message);
            }
            for id in &flag.without {
                if raw.point.iter().all(|point| point.id.get_ref() != id) {
                    self.fault(&flag.id, format!("the question has no point `{id}`"));
                }
            }
        }
        Question {
            ask: self.line(&raw.ask),
            points: raw.point.into_iter().map(|it| self.point(it)).collect(),
            flags: raw.flag.into_iter().map(|it| self.flag(it)).collect(),
            id: raw.id.into_inner(),
            title: raw.title,
        }
    }

    fn point(&mut self, raw: RawPoint) -> PointAbout {
        PointAbout {
            follow: self.line(&raw.follow),
            say: self.line(&raw.say),
            id: raw.id.into_inner(),
            title: raw.title,
            why: raw.why,
            words: self.words(&raw.words),
        }
    }

    fn flag(&mut self, raw: RawFlag) -> FlagAbout {
        FlagAbout {
            why: self.line(&raw.why),
            id: raw.id.into_inner(),
            title: raw.title,
            words: self.words(&raw.words),
            unless: self.words(&raw.unless),
            without: raw.without,
        }
    }

    fn example(&mut self, raw: RawExample) -> CodeExample {
        let line = self.part.line_at(raw.code.span().start);
        let RawExample { code, cursor, answers } = raw;
        CodeExample { code: code.into_inner(), cursor, answers, line }
    }

    fn words(&mut self, texts: &[Spanned<String>]) -> Vec<Words> {
        let words = texts.iter().map(|text| match text.get_ref().contains('{') {
            true => Words::WithSlots(self.line(text)),
            false => Words::Phrase(Phrase::new(text.get_ref())),
        });
        words.collect()
    }

    /// One line of text with slots.
    fn line(&mut self, text: &Spanned<String>) -> Vec<TemplatePart> {
        let Some(slots) = self.slots else { return Vec::new() };
        let part = Part { text: text.get_ref(), line: self.part.line_at(text.span().start) };
        let (parts, faults) = parse_line(part, slots);
        self.faults.extend(faults);
        parts
    }

    fn ids<'a>(&mut self, ids: impl Iterator<Item = &'a Spanned<String>>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !is_id(id.get_ref()) {
                self.fault(id, not_an_id(id.get_ref()));
            } else if !seen.insert(id.get_ref()) {
                self.fault(id, format!("the id `{}` stands twice", id.get_ref()));
            }
        }
    }

    fn fault(&mut self, at: &Spanned<String>, message: String) {
        self.faults.push(self.part.fault(at.span().start, message));
    }
}
