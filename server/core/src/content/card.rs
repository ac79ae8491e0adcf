//! `cards/<id>.md`: the words about one kind of construct.

use serde::Deserialize;
use toml::Spanned;

use super::front::{Link, Links, Title, UnitAt, Units};
use super::id::suggest;
use super::late::Late;
use super::render::render;
use super::source::{Fault, Source, body_of, split};
use super::template::{Template, parse_card};
use crate::PythonVersion;
use crate::facts::{Facts, Provider, provider, providers};

/// A hover card.
#[derive(Debug)]
pub struct Card {
    /// Id within its concept.
    pub id: String,
    /// Title for lists, plain text with back-ticks around code.
    pub title: String,
    /// The hover targets it covers, such as `D01`.
    pub targets: Vec<String>,
    /// Primary sources.
    pub links: Vec<Link>,
    /// Where its facts come from.
    pub provider: &'static Provider,
    pub(crate) units: Vec<UnitAt>,
    pub(crate) template: Late<Template>,
}

impl Card {
    /// The units of the chapter that the card serves.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.units.iter().map(|(unit, _)| unit.as_str())
    }

    /// The card's Markdown with these facts. `target` is the oldest Python the code must run on;
    /// `rule` gives the Markdown that stands for a rule. Nothing if no line of the first paragraphs
    /// is left.
    pub(crate) fn render(
        &self,
        facts: &Facts,
        target: PythonVersion,
        rule: &dyn Fn(&str) -> String,
    ) -> Option<String> {
        render(&self.template, facts, target, rule)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: Title,
    facts: Spanned<String>,
    targets: Vec<Spanned<String>>,
    units: Units,
    links: Links,
}

/// Reads a card.
pub(crate) fn read(id: &str, source: Source<'_>, faults: &mut Vec<Fault>) -> Option<Card> {
    let (front_part, body) = match split(source.text()) {
        Ok(parts) => parts,
        Err(fault) => {
            faults.push(fault);
            return None;
        }
    };
    let front: Front = match front_part.toml() {
        Ok(front) => front,
        Err(fault) => {
            faults.push(fault);
            return None;
        }
    };
    let name = front.facts.get_ref();
    let provider = provider(name);
    if provider.is_none() {
        let known = suggest(name, providers().map(|provider| provider.name));
        let message = format!("no provider of facts is named `{name}`{known}");
        faults.push(front_part.fault(front.facts.span().start, message));
    }
    for target in &front.targets {
        if !is_target(target.get_ref()) {
            let message = format!("`{}`: expected a hover target such as `D01`", target.get_ref());
            faults.push(front_part.fault(target.span().start, message));
        }
    }
    let slots = provider.map_or(&[][..], |provider| provider.slots);
    let template = match source.later() {
        Some(text) => Late::later(move || parse_card(body_of(text), slots).0),
        None => {
            let (template, found) = parse_card(body, slots);
            if provider.is_some() {
                faults.extend(found);
            }
            Late::now(template)
        }
    };
    Some(Card {
        id: id.to_owned(),
        title: front.title.read(front_part, faults),
        targets: front.targets.into_iter().map(Spanned::into_inner).collect(),
        links: front.links.read(front_part, faults),
        units: front.units.read(front_part, faults),
        provider: provider?,
        template,
    })
}

fn is_target(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, a, b]
        if letter.is_ascii_uppercase() && a.is_ascii_digit() && b.is_ascii_digit())
}
