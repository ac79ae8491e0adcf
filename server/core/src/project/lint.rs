//! Runs the rules about files of a project.

use std::sync::Arc;

use super::rules::{self, FileRule};
use super::silence::Silence;
use super::{Place, ProjectFile, View};
use crate::analysis::{Finding, Settings, Severity};
use crate::content::Library;
use crate::lint::{Found, Said};
use crate::selection::Verdict;

/// Something found, and what the rule's page says about it.
pub(super) struct Hit {
    pub rule: &'static FileRule,
    pub found: Found,
    severity: Severity,
    message: Arc<str>,
}

/// All findings of the file, in order of position. What rests on other files is found only with a
/// `place`.
pub fn findings(
    library: &Library,
    file: &ProjectFile,
    settings: &Settings,
    place: Option<Place<'_>>,
) -> Vec<Finding> {
    hits(&View::new(library, file, settings, place)).iter().map(Hit::finding).collect()
}

/// What the rules that are on find and no comment silences.
pub(super) fn hits(view: &View<'_>) -> Vec<Hit> {
    let selection = view.settings.selection.resolve(view.library);
    let silence = Silence::of(view);
    let mut hits = Vec::new();
    for rule in rules::RULES {
        let wanted = match selection.of(rule.rule.id) {
            Verdict::Off => continue,
            Verdict::On => None,
            Verdict::Weighs(severity) => Some(severity),
        };
        let Some(said) = said(view.library, rule) else { continue };
        let mut all = Vec::new();
        (rule.check)(view, &mut all);
        for found in all {
            // A message with a slot that has no value is not shown: the fact is not known.
            let Some((severity, message)) = said.finding(found.case, &found.facts) else {
                continue;
            };
            if !silence.covers(rule.rule.id, found.at) {
                let (severity, message) = (wanted.unwrap_or(severity), message.into());
                hits.push(Hit { rule, found, severity, message });
            }
        }
    }
    hits.sort_by_key(|hit| hit.found.at);
    hits
}

pub(super) fn said<'a>(library: &'a Library, rule: &FileRule) -> Option<&'a Said> {
    library.rule(rule.rule.id)?.said.as_deref()
}

impl Hit {
    pub(super) fn finding(&self) -> Finding {
        Finding {
            rule: self.rule.rule.id,
            severity: self.severity,
            span: self.found.at,
            message: Arc::clone(&self.message),
            related: Vec::new(),
        }
    }
}
