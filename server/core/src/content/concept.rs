//! `concept.md`: what there is to learn about a concept, and the folder around it.

use serde::Deserialize;

use super::card::Card;
use super::code_interview::CodeInterview;
use super::exercise::Exercise;
use super::front::{Link, Links, Title, UnitAt, Units};
use super::late::Late;
use super::page::Page;
use super::quiz::QuizItem;
use super::refactoring::Refactoring;
use super::rule::Rule;
use super::source::{Fault, split};

/// A concept of a pack and everything that is taught about it.
#[derive(Debug)]
pub struct Concept {
    /// Id within the pack.
    pub id: String,
    /// Title for readers, plain text with back-ticks around code.
    pub title: String,
    /// Primary sources.
    pub links: Vec<Link>,
    /// The page that explains it.
    pub page: Page,
    /// Hover cards, by id.
    pub cards: Vec<Card>,
    /// Rules, by id.
    pub rules: Vec<Rule>,
    /// Conversions of code, by id.
    pub refactorings: Late<Vec<Refactoring>>,
    /// The questions of `quiz.toml`, in the order in which they are taught.
    pub quiz: Late<Vec<QuizItem>>,
    /// The interviews about the reader's code, of `interview.toml`.
    pub interviews: Late<Vec<CodeInterview>>,
    /// The exercises, the easy ones first.
    pub exercises: Late<Vec<Exercise>>,
    /// Python source to try the concept on, from `tour.py`; empty without one.
    pub tour: String,
    pub(crate) units: Vec<UnitAt>,
}

impl Concept {
    /// The units of the chapter that the concept covers.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.units.iter().map(|(unit, _)| unit.as_str())
    }

    /// The id of everything that has one, `concept/item`.
    pub(crate) fn ids(&self) -> impl Iterator<Item = String> {
        let cards = self.cards.iter().map(|card| &card.id);
        let rules = self.rules.iter().map(|rule| &rule.id);
        let refactorings = self.refactorings.iter().map(|one| &one.id);
        let exercises = self.exercises.iter().map(|exercise| &exercise.id);
        let questions = self.quiz.iter().map(|item| &item.id);
        let interviews = self.interviews.iter().map(|it| &it.id);
        let files = cards.chain(rules).chain(refactorings).chain(exercises);
        files.chain(questions).chain(interviews).map(|id| format!("{}/{id}", self.id))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: Title,
    units: Units,
    links: Links,
}

/// Reads a concept's page; cards, rules, refactorings and quiz are added by the loader.
pub(crate) fn read(id: &str, text: &str, faults: &mut Vec<Fault>) -> Option<Concept> {
    let parts = split(text).and_then(|(front, body)| Ok((front, body, front.toml::<Front>()?)));
    let (front_part, body, front) = parts.map_err(|fault| faults.push(fault)).ok()?;
    let page = Page::read(body, faults);
    if page.is_empty() {
        faults.push(body.fault(0, "the page of a concept has no text"));
    }
    Some(Concept {
        id: id.to_owned(),
        title: front.title.read(front_part, faults),
        links: front.links.read(front_part, faults),
        units: front.units.read(front_part, faults),
        page,
        cards: Vec::new(),
        rules: Vec::new(),
        refactorings: Late::default(),
        quiz: Late::default(),
        interviews: Late::default(),
        exercises: Late::default(),
        tour: String::new(),
    })
}
