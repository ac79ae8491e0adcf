//! The TOML of a quiz, before the questions of each kind are looked at.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::{Form, MAX_HINTS, PythonRange, QuizItem, Variant, computed, recall, written};
use crate::content::front::{Links, Units};
use crate::content::id::is_id;
use crate::content::interview::{RawCheck, RawFlag, RawPoint};
use crate::content::manifest::not_an_id;
use crate::content::scan::scan;
use crate::content::source::{Fault, Part};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    item: Vec<Spanned<RawItem>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    id: Spanned<String>,
    units: Units,
    #[serde(default)]
    links: Links,
    #[serde(default)]
    python: Option<Spanned<String>>,
    #[serde(default)]
    hints: Vec<Spanned<String>>,
    #[serde(default)]
    variant: Vec<Spanned<RawVariant>>,
}

/// Keys of both forms; each form refuses those of the other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawVariant {
    id: Spanned<String>,
    pub prompt: Spanned<String>,
    #[serde(default)]
    python: Option<Spanned<String>>,
    #[serde(default)]
    hints: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    pub kind: Option<Spanned<RawKind>>,
    #[serde(default)]
    pub snippet: Option<Spanned<String>>,
    #[serde(default)]
    pub stdout: Option<Spanned<String>>,
    #[serde(default)]
    pub options: Vec<Spanned<RawOption>>,
    #[serde(default)]
    pub names: Vec<Spanned<String>>,
    #[serde(default)]
    pub model: Option<Spanned<String>>,
    #[serde(default)]
    pub point: Vec<RawPoint>,
    #[serde(default)]
    pub flag: Vec<RawFlag>,
    #[serde(default)]
    pub check: Vec<RawCheck>,
    #[serde(default)]
    pub from: Option<Spanned<String>>,
    #[serde(default)]
    pub labels: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub why: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<String>>>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawKind {
    Choice,
    Bool,
    Predict,
    Several,
    Order,
    Blank,
    Recall,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOption {
    pub text: Spanned<String>,
    pub why: Spanned<String>,
    #[serde(default)]
    pub right: bool,
    #[serde(default)]
    pub pin: Option<Spanned<String>>,
}

impl RawVariant {
    pub fn id(&self) -> &str {
        self.id.get_ref()
    }

    /// Whether it is answered in the reader's own words; a rubric alone makes it so, for what is missing
    /// to be told.
    fn is_recall(&self) -> bool {
        let is_kind = self.kind.as_ref().is_some_and(|kind| *kind.get_ref() == RawKind::Recall);
        let has_rubric = !(self.point.is_empty() && self.flag.is_empty() && self.check.is_empty());
        is_kind || has_rubric || self.model.is_some()
    }
}

/// Collects what is wrong with a file.
pub(super) struct Faults<'a> {
    pub part: Part<'a>,
    list: &'a mut Vec<Fault>,
}

impl Faults<'_> {
    /// Adds a fault at a byte of the file.
    pub fn add(&mut self, at: usize, message: impl Into<String>) {
        self.list.push(self.part.fault(at, message));
    }

    pub fn extend(&mut self, faults: Vec<Fault>) {
        self.list.extend(faults);
    }

    /// Checks that `text` is one line of Markdown without anything but text and code.
    pub fn line(&mut self, text: &Spanned<String>, max: usize) {
        let at = text.span().start;
        let text = text.get_ref();
        let found = scan(Part { text, line: 1 });
        let marked =
            !found.links.is_empty() || !found.headings.is_empty() || !found.fences.is_empty();
        if text.trim().is_empty() || text.contains('\n') || marked || !found.faults.is_empty() {
            self.add(at, "expected one line of plain text with back-ticks around code");
        } else if text.chars().count() > max {
            self.add(at, format!("longer than {max} characters"));
        }
    }

    pub fn id(&mut self, id: &Spanned<String>) {
        if !is_id(id.get_ref()) {
            self.add(id.span().start, not_an_id(id.get_ref()));
        }
    }

    fn python(&mut self, range: &Spanned<String>) -> Option<PythonRange> {
        range
            .get_ref()
            .parse()
            .map_err(|message: String| self.add(range.span().start, message))
            .ok()
    }
}

/// Reads the items of a file.
pub(super) fn read(part: Part<'_>, list: &mut Vec<Fault>) -> Vec<QuizItem> {
    let raw: RawFile = match part.toml() {
        Ok(raw) => raw,
        Err(fault) => {
            list.push(fault);
            return Vec::new();
        }
    };
    let mut seen = BTreeSet::new();
    let mut items = Vec::new();
    for item in raw.item {
        let at = item.span().start;
        let raw = item.into_inner();
        let units = raw.units.read(part, list);
        let links = raw.links.read(part, list);
        let mut faults = Faults { part, list };
        faults.id(&raw.id);
        if !seen.insert(raw.id.get_ref().clone()) {
            faults.add(raw.id.span().start, format!("a second item `{}`", raw.id.get_ref()));
        }
        let python = raw.python.and_then(|range| faults.python(&range)).unwrap_or_default();
        if raw.variant.is_empty() {
            faults.add(at, "an item needs at least one `[[item.variant]]`");
        }
        let variants = variants(raw.variant, python, &raw.hints, &mut faults);
        let line = part.line_at(at);
        items.push(QuizItem { id: raw.id.into_inner(), units, links, variants, line });
    }
    items
}

fn variants(
    list: Vec<Spanned<RawVariant>>,
    python: PythonRange,
    hints: &[Spanned<String>],
    faults: &mut Faults<'_>,
) -> Vec<Variant> {
    let mut seen = BTreeSet::new();
    let mut variants = Vec::new();
    for variant in list {
        let at = variant.span().start;
        let mut raw = variant.into_inner();
        faults.id(&raw.id);
        if !seen.insert(raw.id.get_ref().clone()) {
            faults.add(raw.id.span().start, format!("a second variant `{}`", raw.id.get_ref()));
        }
        let range = raw.python.take().and_then(|range| faults.python(&range));
        let own = raw.hints.take();
        let hints = own.as_deref().unwrap_or(hints);
        if let Some(hint) = hints.get(MAX_HINTS) {
            faults.add(hint.span().start, format!("more than {MAX_HINTS} hints"));
        }
        let form = if raw.is_recall() {
            recall::read(&mut raw, at, hints, faults).map(Form::Recall)
        } else if raw.from.is_some() {
            computed::read(&raw, hints, faults).map(Form::Computed)
        } else {
            written::read(&raw, at, hints, faults).map(Form::Written)
        };
        if let Some(form) = form {
            let line = faults.part.line_at(at);
            let python = range.unwrap_or(python);
            variants.push(Variant { id: raw.id.into_inner(), python, form, line });
        }
    }
    variants
}
