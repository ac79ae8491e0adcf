//! `refactorings/<id>.md`: what a conversion says, and the examples it is tested with.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::examples::unmark;
use super::front::{Link, Links, Title, UnitAt, Units};
use super::id::is_id;
use super::manifest::not_an_id;
use super::page::Page;
use super::scan::Fence;
use super::source::{Fault, Part, split};
use crate::refactor::{Said, conversion};
use crate::{PythonVersion, Span};

/// The page of a conversion. Titles and reasons may name slots of the conversion in braces.
#[derive(Debug)]
pub struct Refactoring {
    /// Permanent id, unique over all packs, such as `loop-to-comprehension`.
    pub id: String,
    /// Title for readers, plain text with back-ticks around code.
    pub title: String,
    /// What the reader is offered: one line, plain text with back-ticks around code.
    pub action: String,
    /// What the offer says in cases where it changes something, by the case's id.
    pub titles: BTreeMap<String, String>,
    /// Why it would be wrong, by the reason's id.
    pub refused: BTreeMap<String, String>,
    /// The words ready to be filled in; nothing when the engine does not have the conversion.
    pub(crate) said: Option<Said>,
    /// Primary sources.
    pub links: Vec<Link>,
    /// What changes, and what to mind.
    pub page: Page,
    /// Its tests, in the page's order.
    pub trials: Vec<Trial>,
    pub(crate) units: Vec<UnitAt>,
}

/// A fenced example of a conversion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Python source without the line that only holds the mark.
    pub code: String,
    /// The cursor, or the selection if there are several carets.
    pub at: Span,
    /// The oldest Python the example is for, if it says so.
    pub target: Option<PythonVersion>,
    /// What must come of it.
    pub expect: Outcome,
    /// Line of the opening fence in the page's file, from 1.
    pub line: usize,
}

/// What must come of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It becomes this code, under this title of the page if it says so.
    Becomes {
        /// The code after it.
        code: String,
        /// The id of the title.
        title: Option<String>,
    },
    /// It is refused for the reason with this id.
    Refused(String),
    /// Nothing is said.
    Silent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: Title,
    action: Spanned<String>,
    #[serde(default)]
    titles: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    refused: BTreeMap<Spanned<String>, Spanned<String>>,
    units: Units,
    links: Links,
}

/// Reads a conversion's page.
pub(crate) fn read(id: &str, text: &str, faults: &mut Vec<Fault>) -> Option<Refactoring> {
    let parts = split(text).and_then(|(front, body)| Ok((front, body, front.toml::<Front>()?)));
    let (front_part, body, front) = parts.map_err(|fault| faults.push(fault)).ok()?;
    let mut lines = |texts: BTreeMap<Spanned<String>, Spanned<String>>| -> BTreeMap<_, _> {
        for (id, text) in &texts {
            if !is_id(id.get_ref()) {
                faults.push(front_part.fault(id.span().start, not_an_id(id.get_ref())));
            }
            one_line(front_part, text, faults);
        }
        texts.into_iter().map(|(id, text)| (id.into_inner(), text.into_inner())).collect()
    };
    let (titles, refused) = (lines(front.titles), lines(front.refused));
    one_line(front_part, &front.action, faults);
    let (page, fences) = Page::read_with_fences(body, faults);
    let mut found = Refactoring {
        id: id.to_owned(),
        title: front.title.read(front_part, faults),
        action: front.action.into_inner(),
        trials: trials(body, &fences, (&titles, &refused), faults),
        titles,
        refused,
        said: None,
        links: front.links.read(front_part, faults),
        page,
        units: front.units.read(front_part, faults),
    };
    match conversion(id).map(|engine| Said::read(&found, engine)) {
        Some(Ok(said)) => found.said = Some(said),
        Some(Err(all)) => {
            faults.extend(all.into_iter().map(|message| front_part.fault(0, message)));
        }
        None => {}
    }
    Some(found)
}

fn one_line(part: Part<'_>, text: &Spanned<String>, faults: &mut Vec<Fault>) {
    if text.get_ref().trim().is_empty() || text.get_ref().contains('\n') {
        let message = "expected one line of plain text with back-ticks around code";
        faults.push(part.fault(text.span().start, message));
    }
}

/// Titles and reasons by their ids.
type Words<'a> = (&'a BTreeMap<String, String>, &'a BTreeMap<String, String>);

/// Reads the examples. Fences that are not `py` are text.
fn trials(
    body: Part<'_>,
    fences: &[Fence],
    (titles, refused): Words<'_>,
    faults: &mut Vec<Fault>,
) -> Vec<Trial> {
    let mut trials: Vec<Trial> = Vec::new();
    let mut before = None;
    for fence in fences {
        let line = body.line_at(fence.range.start);
        let mut words = fence.info.split_whitespace();
        let (Some("py"), Some(what)) = (words.next(), words.next()) else { continue };
        let (mut target, mut title, mut is_known) = (None, None, true);
        for word in words {
            match word.split_once('=') {
                Some(("target", version)) => target = version.parse().ok(),
                Some(("title", id)) if what == "after" && titles.contains_key(id) => {
                    title = Some(id.to_owned());
                }
                _ => is_known = false,
            }
        }
        let trial = |code: &str, expect| {
            let (code, marks) = unmark(code);
            let [mark] = marks[..] else { return None };
            let len = mark.len.filter(|len| *len > 1).unwrap_or(0);
            let at = Span::new(mark.start, mark.start + len);
            Some(Trial { code, at, target, expect, line })
        };
        let found = match what.split_once('=') {
            None if what == "before" => {
                before = trial(&fence.code, Outcome::Silent);
                is_known &= before.is_some();
                fault_unless(line, is_known, faults);
                continue;
            }
            None if what == "after" => before.take().map(|before: Trial| {
                let expect = Outcome::Becomes { code: fence.code.clone(), title };
                Trial { expect, ..before }
            }),
            None if what == "silent" => trial(&fence.code, Outcome::Silent),
            Some(("refused", reason)) if refused.contains_key(reason) => {
                trial(&fence.code, Outcome::Refused(reason.to_owned()))
            }
            _ => None,
        };
        fault_unless(line, is_known && found.is_some(), faults);
        trials.extend(found);
    }
    for (reason, line) in unshown(&trials, titles, refused) {
        faults.push(Fault::new(line, reason));
    }
    trials
}

fn fault_unless(line: usize, is_fine: bool, faults: &mut Vec<Fault>) {
    if !is_fine {
        let message = "expected `before` and then `after`, `refused=` and the id of a reason, or \
                       `silent`, each but `after` with one mark, and maybe `target=3.12` or, after \
                       `after`, `title=` and the id of a title";
        faults.push(Fault::new(line, message));
    }
}

/// The titles and reasons that no example shows.
fn unshown<'a>(
    trials: &'a [Trial],
    titles: &'a BTreeMap<String, String>,
    refused: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = (String, usize)> + 'a {
    let has_title = |id: &&String| {
        trials.iter().any(|trial| {
            matches!(&trial.expect, Outcome::Becomes { title: Some(title), .. } if title == *id)
        })
    };
    let has_reason =
        |id: &&String| trials.iter().any(|trial| trial.expect == Outcome::Refused((*id).clone()));
    let titles = titles.keys().filter(move |id| !has_title(id));
    let reasons = refused.keys().filter(move |id| !has_reason(id));
    let is_shown = trials.iter().any(|it| matches!(it.expect, Outcome::Becomes { .. }));
    titles
        .map(|id| (format!("no example has `title={id}`"), 0))
        .chain(reasons.map(|id| (format!("no example has `refused={id}`"), 0)))
        .chain((!is_shown).then(|| ("a refactoring needs `before` and `after`".to_owned(), 0)))
}
