//! Comments of ours that silence nothing.

use super::{run, verify};
use crate::analysis::{Edit, Finding, Fix, FixedFinding, Safety, Settings};
use crate::content::{Library, closest};
use crate::facts::Facts;
use crate::rules::unused_ignore::{RULE, SLOTS};
use crate::selection::Verdict;
use crate::suppress::{Silence, Unused, name_spans};
use crate::{Document, Span};

/// The id of the rule.
pub const UNUSED_IGNORE: &str = RULE.id;

/// A name that silences nothing.
pub(super) struct Left<'a> {
    unused: Unused<'a>,
    at: Span,
    /// Without a case: the rule exists.
    case: Option<&'static str>,
    like: Option<&'a str>,
    /// No name of the comment silences anything, and all are rules.
    whole: bool,
}

/// The names that silence nothing. Every finding of the file must have met `silence` before.
pub(super) fn find<'a>(
    library: &'a Library,
    document: &Document,
    settings: &Settings,
    silence: &Silence<'a>,
) -> Vec<Left<'a>> {
    let mut unused = silence.unused().peekable();
    // In broken code less is found, and what is missing may come back with the next key.
    if unused.peek().is_none()
        || settings.is_stub
        || !document.items().iter().all(crate::document::Item::is_intact)
    {
        return Vec::new();
    }
    let resolved = settings.selection.resolve(library);
    if resolved.of(RULE.id) == Verdict::Off {
        return Vec::new();
    }
    let mut left = Vec::new();
    for unused in unused {
        let known = library.rule(unused.name).map(|rule| rule.id.as_str());
        let (case, like) = match known {
            // A rule that is off would have nothing to silence.
            Some(id) if id == unused.name => {
                if unused.ends || id == RULE.id || resolved.of(id) == Verdict::Off {
                    continue;
                }
                (None, None)
            }
            Some(id) => (Some("misspelt"), Some(id)),
            None => match closest(unused.name, library.rules().map(|rule| rule.id.as_str())) {
                Some(id) => (Some("misspelt"), Some(id)),
                None => (Some("unknown"), None),
            },
        };
        let names = name_spans(&document.text().slice(unused.comment));
        let Some(at) = names.get(unused.index) else { continue };
        let at = at.shifted(unused.comment.start);
        if !library.rule(RULE.id).is_some_and(|rule| silence.covers(rule, at)) {
            left.push(Left { unused, at, case, like, whole: false });
        }
    }
    for group in left.chunk_by_mut(|a, b| a.unused.comment == b.unused.comment) {
        let names = name_spans(&document.text().slice(group[0].unused.comment)).len();
        let whole = group.len() == names && group.iter().all(|one| one.case.is_none());
        group.iter_mut().for_each(|one| one.whole = whole);
    }
    left
}

impl Left<'_> {
    fn facts(&self) -> Facts {
        let mut facts = Facts::of(SLOTS);
        facts.code("rule", self.unused.name);
        if let Some(like) = self.like {
            facts.code("like", like);
        }
        facts
    }

    /// What is shown.
    pub fn finding(&self, library: &Library, settings: &Settings) -> Option<Finding> {
        let said = run::said(library, &RULE)?;
        let (severity, message) = said.finding(self.case, &self.facts())?;
        let severity = match settings.selection.resolve(library).of(RULE.id) {
            Verdict::Off => return None,
            Verdict::On => severity,
            Verdict::Weighs(severity) => severity,
        };
        let (at, message) = (self.at, message.into());
        let related = Vec::new();
        Some(Finding { rule: RULE.id, severity, span: at, message, related })
    }

    /// The finding with its fixes.
    pub fn fixed(
        &self,
        library: &Library,
        document: &Document,
        settings: &Settings,
    ) -> Option<FixedFinding> {
        let said = run::said(library, &RULE)?;
        let fix = |id: &str, safety, edit: Edit| {
            verify::with_comment(document, &edit)?;
            Some(Fix { title: said.title(id, &self.facts())?, safety, edits: vec![edit] })
        };
        let rename = self.like.and_then(|like| {
            let edit = Edit { span: self.at, text: like.to_owned() };
            // The right name may silence nothing either.
            let after = verify::with_comment(document, &edit)?;
            let still = |it: &Finding| it.rule == RULE.id && it.span.start == self.at.start;
            let helps = !run::findings(library, &after, settings).iter().any(still);
            helps.then(|| fix("rename", Safety::Review, edit)).flatten()
        });
        let (id, edit, is_all) = self.removal(document);
        // A name that only this version does not know, and reasons in words, are not for us to
        // throw away unasked.
        let safety = if self.case.is_none() && is_all { Safety::Safe } else { Safety::Review };
        let safety = settings.selection.resolve(library).safety(RULE.id, safety);
        let fixes = rename.into_iter().chain(fix(id, safety, edit)).collect();
        Some(FixedFinding { finding: self.finding(library, settings)?, fixes, yields: false })
    }

    /// The fix and the edit that take the name away, and whether no words of the reader go with it.
    fn removal(&self, document: &Document) -> (&'static str, Edit, bool) {
        let text = document.text();
        let comment = self.unused.comment;
        let said = text.slice(comment);
        let names = name_spans(&said);
        let index = self.unused.index;
        if names.len() > 1 && !self.whole {
            // With the comma that it needs.
            let span = match names.get(index + 1) {
                Some(next) => Span::new(names[index].start, next.start),
                None => Span::new(names[index - 1].end, names[index].end),
            };
            let edit = Edit { span: span.shifted(comment.start), text: String::new() };
            return ("remove-name", edit, true);
        }
        let is_all = said.split_once(']').is_some_and(|(_, rest)| rest.trim().is_empty());
        let line = text.line_of(comment.start);
        let content = text.line_content(line);
        let before = text.slice(Span::new(content.start, comment.start));
        let is_last = comment.end >= content.end;
        let kept = content.start + before.trim_end().len();
        let span = match (kept == content.start, is_last) {
            // Alone: the line goes as a whole.
            (true, true) if line + 1 < text.line_count() => {
                Span::new(content.start, text.line_start(line + 1))
            }
            (_, true) => Span::new(kept, comment.end),
            (_, false) => comment,
        };
        ("remove-comment", Edit { span, text: String::new() }, is_all)
    }
}
