//! What stands in the diagnostics of a worksheet.

use std::collections::HashSet;

use pygloss_core::Span;
use pygloss_core::analysis::Severity;
use pygloss_core::content::Interview;
use pygloss_core::markdown::plain_text;
use pygloss_core::quiz::worksheet::{
    Block, BlockKind, Wrong, blocks, free_text, marked, option_lines, told_at,
};
use tower_lsp::lsp_types::Url;

use super::script::{self, Script};
use super::talk::{Place, at, current, plain};
use super::{Shown, State};
use crate::quiz::wire::{Outcome, Verdict};
use crate::quiz::words;
use crate::world::World;

/// What is said about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where, in bytes.
    pub span: Span,
    /// How much it weighs.
    pub severity: Severity,
    /// Plain text.
    pub message: String,
}

/// The notes on a worksheet, in order of position. Nothing about a question that is open depends on
/// its answer.
pub fn notes(world: &mut World, uri: &Url) -> Vec<Note> {
    let Some(text) = world.documents.get(uri).map(|open| open.text().to_string()) else {
        return Vec::new();
    };
    let mut notes = Notes { text: &text, found: Vec::new() };
    let mut seen = HashSet::new();
    for block in blocks(&text) {
        if !seen.insert(block.id.clone()) {
            notes.add(block.head, Severity::Warning, words::TWICE);
            continue;
        }
        match block.kind {
            BlockKind::Question => match world.quiz.sheets.shown.get(&block.id) {
                Some(shown) => notes.question(&block, shown, !world.client.apply_edit),
                None if told_at(&text, &block).is_none() => {
                    notes.add(block.head, Severity::Information, words::UNKNOWN_BLOCK);
                }
                None => {}
            },
            BlockKind::Interview => {
                let Some(place) = Place::read(&block.id) else { continue };
                let script = script::of(world, &text, place.talk);
                let is_compared = world.quiz.sheets.compared.contains(&block.id);
                match script.as_ref().map(Script::interview) {
                    Ok(Some(interview)) if is_compared => {
                        notes.interview(world, interview, &block);
                    }
                    Ok(_) => {}
                    Err(why) => notes.add(block.head, Severity::Information, *why),
                }
            }
        }
    }
    notes.found.sort_by_key(|note| (note.span.start, note.span.end));
    notes.found
}

struct Notes<'a> {
    text: &'a str,
    found: Vec<Note>,
}

impl Notes<'_> {
    fn add(&mut self, span: Span, severity: Severity, message: impl Into<String>) {
        self.found.push(Note { span, severity, message: message.into() });
    }

    fn question(&mut self, block: &Block, shown: &Shown, hints: bool) {
        match &shown.state {
            State::Open | State::Checking => {
                // Half an answer is no mistake.
                if let Err(fault) = marked(self.text, block, &shown.question)
                    && !matches!(fault.wrong, Wrong::Nothing | Wrong::Incomplete)
                {
                    self.add(fault.span, Severity::Warning, fault.wrong.to_string());
                }
                if let Some(told) = shown.compared.as_ref().filter(|_| hints) {
                    self.add(block.head, Severity::Information, told.clone());
                }
                for hint in shown.hints.iter().filter(|_| hints) {
                    self.add(block.head, Severity::Information, format!("Hint: {hint}"));
                }
            }
            State::Withdrawn => self.add(block.head, Severity::Information, words::WITHDRAWN),
            State::Told(verdict) => self.verdict(block, verdict),
            State::Over => {}
        }
    }

    fn verdict(&mut self, block: &Block, verdict: &Verdict) {
        let weight = match verdict.outcome {
            Outcome::Wrong => Severity::Warning,
            Outcome::Right | Outcome::GaveUp => Severity::Information,
        };
        self.add(block.head, weight, verdict.headline.clone());
        let lines = option_lines(self.text, block, verdict.options.len());
        for (option, line) in verdict.options.iter().zip(lines) {
            let why = plain_text(&option.why);
            let weight = match (option.right, option.chosen) {
                (true, _) => Severity::Information,
                (false, true) => Severity::Warning,
                (false, false) => Severity::Hint,
            };
            let told = words::reason(option, why.trim());
            self.add(line.unwrap_or(block.head), weight, told);
        }
    }

    fn interview(&mut self, world: &World, interview: &Interview, block: &Block) {
        let span = free_text(self.text, block);
        let known = current(world, interview, self.text, block);
        let Some(mut talk) = known.or_else(|| at(interview, self.text, block)) else { return };
        let Ok(told) = talk.compare(interview, &self.text[span.start..span.end]) else { return };
        let Some(question) = interview.questions.iter().find(|it| it.id == told.question) else {
            return;
        };
        let here = |place: Span| {
            let place = told.in_newest(place)?;
            Some(Span::new(span.start + place.start, span.start + place.end))
        };
        for (point, seen) in question.points.iter().zip(&told.found.points) {
            let (title, why) = (plain(&point.title), plain(&point.why));
            match (seen.place, seen.negated) {
                (Some(place), _) => {
                    if let Some(place) = here(place) {
                        let message = format!("{} {title}.", words::FOUND);
                        self.add(place, Severity::Information, message);
                    }
                }
                (None, Some(place)) => {
                    let message = format!("{} {title}. {why}", words::DENIED);
                    self.add(here(place).unwrap_or(block.head), Severity::Information, message);
                }
                (None, None) => {
                    let message = format!("{} {title}. {why}", words::MISSED);
                    self.add(block.head, Severity::Information, message);
                }
            }
        }
        for seen in &told.found.flags {
            let Some(flag) = question.flags.iter().find(|flag| flag.id == seen.id) else {
                continue;
            };
            let message = format!("{} {}. {}", words::FLAG, plain(&flag.title), plain(&flag.why));
            let place = seen.place.and_then(here).unwrap_or(block.head);
            self.add(place, Severity::Warning, message);
        }
    }
}
