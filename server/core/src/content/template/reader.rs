//! Reading one line of a template into its parts.

use std::ops::Range;

use super::{MapJoin, Prose, TemplatePart, marker};
use crate::PythonVersion;
use crate::content::id::{is_id, rule_name, suggest};
use crate::content::scan::{Scan, holding};
use crate::content::source::Fault;
use crate::content::source::Part;
use crate::facts::{Slot, SlotKind};

pub(super) struct Reader<'a> {
    pub body: Part<'a>,
    pub scan: &'a Scan,
    pub slots: &'a [Slot],
    pub faults: &'a mut Vec<Fault>,
}

impl Reader<'_> {
    /// Reads the line at the bytes `unit` of the body; in the section `Version` if `version`.
    pub fn prose(&mut self, unit: Range<usize>, version: bool) -> Prose {
        let text = &self.body.text[unit.clone()];
        let lead = text.len() - text.trim_start().len();
        let marker = marker(text.trim_start());
        let (indent, is_item) = (lead + marker, marker > 0);
        let mut prose = Prose { indent, is_item, ..Prose::default() };
        let mut plain = " ".repeat(lead);
        let mut at = unit.start + lead;
        while at < unit.end {
            let rest = &self.body.text[at..unit.end];
            if let Some(span) = holding(&self.scan.code_spans, at).filter(|span| span.start == at) {
                let end = span.end.min(unit.end);
                if span.end > unit.end {
                    self.fault(at, "a code span that does not end on its line");
                }
                self.code(at, &self.body.text[at..end]);
                plain.push_str(&self.body.text[at..end].replace('\n', " "));
                at = end;
            } else if rest.starts_with("{{") || rest.starts_with("}}") {
                plain.push_str(&rest[..1]);
                at += 2;
            } else if let Some(inner) = rest.strip_prefix('{') {
                let name = inner.split(['{', '}', '\n', ' ']).next().unwrap_or(inner);
                let len = name.len() + 2;
                if !inner[name.len()..].starts_with('}') {
                    self.fault(at, "a `{` without `}`; write `{{` for the character");
                    at += 1;
                    continue;
                }
                let part = self.slot(at, name, &mut prose.list);
                flush(&mut plain, &mut prose.parts);
                prose.parts.extend(part);
                at += len;
            } else if let Some(id) = rest.strip_prefix("[[").and_then(rule_name) {
                flush(&mut plain, &mut prose.parts);
                prose.parts.push(TemplatePart::Rule(id.to_owned(), self.body.line_at(at)));
                at += id.len() + 4;
            } else if rest.starts_with('\n') {
                let next = rest.trim_start();
                if !next.is_empty() {
                    plain.push(' ');
                }
                at = unit.end - next.len();
            } else {
                let c = rest.chars().next().expect("not at the end");
                match c {
                    '}' => self.fault(at, "a `}` without `{`; write `}}` for the character"),
                    '`' => self.fault(at, "a back-tick without its partner on this line"),
                    _ => {}
                }
                plain.push(c);
                at += c.len_utf8();
            }
        }
        plain.truncate(plain.trim_end().len());
        flush(&mut plain, &mut prose.parts);
        if version {
            prose.since = self.since(&unit, &prose);
        }
        self.neighbours(&unit, &prose);
        prose
    }

    fn fault(&mut self, at: usize, message: impl Into<String>) {
        self.faults.push(self.body.fault(at, message));
    }

    /// A code span is taken as it is; one that holds nothing but a slot is a slip.
    fn code(&mut self, at: usize, span: &str) {
        let inner = span.trim_matches('`').trim();
        if let Some(name) = inner.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            let name = name.split('.').next().unwrap_or(name);
            if self.slots.iter().any(|slot| slot.name == name) {
                self.fault(at, format!("`{{{name}}}` brings its own back-ticks; take these away"));
            }
        }
    }

    fn slot(&mut self, at: usize, name: &str, list: &mut Option<String>) -> Option<TemplatePart> {
        if holding(&self.scan.links, at).is_some() {
            self.fault(
                at,
                format!("the slot `{{{name}}}` inside a link: no text of a link is filled in"),
            );
            return None;
        }
        let (outer, field) = match name.split_once('.') {
            Some((outer, field)) => (outer, Some(field)),
            None => (name, None),
        };
        let Some(slot) = self.slots.iter().find(|slot| slot.name == outer) else {
            let known = suggest(outer, self.slots.iter().map(|slot| slot.name));
            let what = if is_id(outer) { "unknown slot" } else { "not a slot" };
            self.fault(at, format!("{what} `{{{name}}}`{known}"));
            return None;
        };
        match (slot.kind, field) {
            (SlotKind::Records(fields), Some(field)) => {
                if !fields.iter().any(|slot| slot.name == field) {
                    let known = suggest(field, fields.iter().map(|slot| slot.name));
                    self.fault(at, format!("unknown slot `{{{name}}}`{known}"));
                    return None;
                }
                if list.as_deref().is_some_and(|other| other != outer) {
                    self.fault(
                        at,
                        format!("`{{{name}}}`: the line already repeats for another list"),
                    );
                    return None;
                }
                *list = Some(outer.to_owned());
                Some(TemplatePart::Field(field.to_owned()))
            }
            (SlotKind::Records(fields), None) => {
                let names = fields.map_join(|field| format!("`{{{outer}.{}}}`", field.name));
                self.fault(at, format!("`{{{name}}}` is a list; name a field: {names}"));
                None
            }
            (_, Some(_)) => {
                self.fault(at, format!("`{{{name}}}`: `{outer}` is no list"));
                None
            }
            (_, None) => Some(TemplatePart::Slot(outer.to_owned())),
        }
    }

    /// The release at the start of a line of the section `Version`.
    fn since(&mut self, unit: &Range<usize>, prose: &Prose) -> Option<PythonVersion> {
        let since = match prose.parts.first() {
            Some(TemplatePart::Text(text)) => text
                .strip_prefix("- ")
                .and_then(|text| text.split_once(": "))
                .and_then(|(version, _)| {
                    version.parse().ok().filter(|v: &PythonVersion| v.to_string() == version)
                }),
            _ => None,
        };
        if since.is_none() {
            self.fault(unit.start, "a line of `## Version` starts with a release: `- 3.12: …`");
        }
        since
    }

    /// Filled-in slots are code spans: next to a back-tick or to each other they would become one.
    /// A block must have its line for itself.
    fn neighbours(&mut self, unit: &Range<usize>, prose: &Prose) {
        let kind = |part: &TemplatePart| match part {
            TemplatePart::Slot(name) => self.slots.iter().find(|s| s.name == name).map(|s| s.kind),
            _ => None,
        };
        if prose.parts.len() > 1
            && prose.parts.iter().any(|part| matches!(kind(part), Some(SlotKind::Block)))
        {
            self.fault(unit.start, "a slot that is a block of code stands alone on its line");
            return;
        }
        let shown = prose.parts.iter().filter(|part| !matches!(kind(part), Some(SlotKind::Flag)));
        let shown: Vec<_> = shown.collect();
        let touch = shown.windows(2).any(|pair| match (pair[0], pair[1]) {
            (TemplatePart::Text(before), TemplatePart::Text(after)) => {
                before.ends_with('`') && after.starts_with('`')
            }
            (TemplatePart::Text(before), _) => before.ends_with(['`', '\\']),
            (_, TemplatePart::Text(after)) => after.starts_with('`'),
            _ => true,
        });
        if touch {
            self.fault(
                unit.start,
                "a slot touches a back-tick or another slot; put a word between",
            );
        }
    }
}

fn flush(plain: &mut String, parts: &mut Vec<TemplatePart>) {
    if !plain.is_empty() {
        parts.push(TemplatePart::Text(std::mem::take(plain)));
    }
}
