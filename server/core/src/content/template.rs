//! The template language of cards and messages: text with `{slot}`, `{list.field}` and
//! `[[rule-id]]`. No conditions, no loops: a line whose slot has no value disappears.

mod reader;

use std::ops::Range;

use reader::Reader;

use super::scan::{Scan, scan};
use super::source::{Fault, Part};
use crate::PythonVersion;
use crate::facts::Slot;

/// The sections a card may have after its first paragraphs, in this order.
pub const SECTIONS: &[&str] = &["Here", "Say in the interview", "Watch for", "Version"];

/// A card's body.
#[derive(Debug, Default)]
pub(crate) struct Template {
    pub sections: Vec<Section>,
}

impl Template {
    /// The pieces of all lines.
    pub fn parts(&self) -> impl Iterator<Item = &TemplatePart> {
        self.sections.iter().flat_map(|section| &section.lines).flat_map(|line| match line {
            Line::Prose(prose) => prose.parts.as_slice(),
            Line::Blank | Line::Literal(_) => &[],
        })
    }
}

/// Lines under one heading; the first section has none.
#[derive(Debug, Default)]
pub(crate) struct Section {
    pub heading: Option<&'static str>,
    pub lines: Vec<Line>,
}

/// What is kept or dropped as a whole.
#[derive(Debug)]
pub(crate) enum Line {
    Blank,
    /// A code fence, taken as it is.
    Literal(String),
    Prose(Prose),
}

/// A line of the author together with the indented lines that continue it.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    pub parts: Vec<TemplatePart>,
    /// The list whose records the line is written for.
    pub list: Option<String>,
    /// Columns by which wrapped lines are indented.
    pub indent: usize,
    /// The line starts an item of a list; any other line goes on where the one before ended.
    pub is_item: bool,
    /// The release the line speaks of: not shown where every supported Python is that new.
    pub since: Option<PythonVersion>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TemplatePart {
    Text(String),
    Slot(String),
    Field(String),
    /// A rule's id, and the file's line for the fault if there is no such rule.
    Rule(String, usize),
}

/// Reads a card's body.
pub(crate) fn parse_card(body: Part<'_>, slots: &[Slot]) -> (Template, Vec<Fault>) {
    let mut scan = scan(body);
    let mut faults = std::mem::take(&mut scan.faults);
    let mut template = Template { sections: vec![Section::default()] };
    let mut next_heading = 0;
    for unit in units(body.text, &scan) {
        let text = &body.text[unit.clone()];
        let last = template.sections.last_mut().expect("there is a first section");
        if let Some(heading) = scan.headings.iter().find(|h| h.range.start == unit.start) {
            let known = SECTIONS.iter().position(|name| *name == heading.text);
            match known {
                Some(index) if text.starts_with("## ") && index >= next_heading => {
                    next_heading = index + 1;
                    let heading = Some(SECTIONS[index]);
                    template.sections.push(Section { heading, lines: Vec::new() });
                }
                _ => faults.push(body.fault(
                    unit.start,
                    format!(
                        "the heading `{}`: a card's headings are {}, each at most once, in this order",
                        heading.text,
                        SECTIONS.map_join(|name| format!("`## {name}`")),
                    ),
                )),
            }
        } else if scan.fences.iter().any(|fence| fence.range.start == unit.start) {
            last.lines.push(Line::Literal(text.trim_end().to_owned()));
        } else if text.trim().is_empty() {
            last.lines.push(Line::Blank);
        } else {
            let version = last.heading == Some("Version");
            let mut reader = Reader { body, scan: &scan, slots, faults: &mut faults };
            let prose = reader.prose(unit, version);
            last.lines.push(Line::Prose(prose));
        }
    }
    if !template.sections[0].lines.iter().any(|line| matches!(line, Line::Prose(_))) {
        faults.push(body.fault(0, "a card starts with a paragraph: the fact about this code"));
    }
    (template, faults)
}

/// Reads one line of plain text: a message or a title.
pub(crate) fn parse_line(part: Part<'_>, slots: &[Slot]) -> (Vec<TemplatePart>, Vec<Fault>) {
    let scan = scan(part);
    let mut faults = Vec::new();
    let marked = !scan.links.is_empty() || !scan.headings.is_empty() || !scan.fences.is_empty();
    if part.text.contains('\n') || part.text.trim().is_empty() || !scan.faults.is_empty() || marked
    {
        faults.push(part.fault(0, "expected one line of plain text with back-ticks around code"));
    }
    let mut reader = Reader { body: part, scan: &scan, slots, faults: &mut faults };
    let prose = reader.prose(0..part.text.len(), false);
    if prose.list.is_some() || prose.parts.iter().any(|p| matches!(p, TemplatePart::Rule(..))) {
        faults.push(part.fault(0, "only plain slots can stand in a line of its own"));
    }
    (prose.parts, faults)
}

/// Cuts the body into headings, fences, empty lines and lines with what continues them.
fn units(text: &str, scan: &Scan) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n + 1);
        let line = &text[at..end];
        if let Some(fence) = scan.fences.iter().find(|f| f.range.contains(&at)) {
            let start = at;
            at = fence.range.end.max(end);
            // The fence's range may end before its line break.
            if text.as_bytes().get(at) == Some(&b'\n') {
                at += 1;
            }
            units.push(start..at);
            continue;
        }
        let trimmed = line.trim_start();
        let continues =
            line.starts_with("  ") && !trimmed.trim().is_empty() && marker(trimmed) == 0;
        match units.last_mut() {
            Some(last) if continues && !text[last.clone()].trim().is_empty() => last.end = end,
            _ => units.push(at..end),
        }
        at = end;
    }
    units
}

/// Width of the list marker that `line` starts with.
fn marker(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match &line.as_bytes()[digits..] {
        [b'-' | b'*' | b'+', b' ', ..] if digits == 0 => 2,
        [b'.' | b')', b' ', ..] if digits > 0 => digits + 2,
        _ => 0,
    }
}

/// Joins a list for a message.
pub(crate) trait MapJoin<T> {
    fn map_join(&self, show: impl Fn(&T) -> String) -> String;
}

impl<T> MapJoin<T> for [T] {
    fn map_join(&self, show: impl Fn(&T) -> String) -> String {
        self.iter().map(show).collect::<Vec<_>>().join(", ")
    }
}
