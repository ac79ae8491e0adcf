//! The rules that are switched on.

use std::sync::Arc;

use super::{Rule, run};
use crate::Document;
use crate::analysis::{Safety, Settings, Severity};
use crate::content::Library;
use crate::rules::RULES;
use crate::selection::{Resolved, Verdict};
use crate::syntax::Kind;

/// The rules that are switched on and have words, by the kind of node that they look at.
pub(super) struct Active<'a> {
    pub library: &'a Library,
    by_kind: Arc<Table>,
}

/// Rules by the number of a kind.
pub(super) type Table = Vec<Vec<On>>;

/// A rule that is switched on.
#[derive(Clone, Copy, Debug)]
pub(super) struct On {
    pub rule: &'static Rule,
    /// What the reader has its findings weigh, instead of what the page says.
    pub severity: Option<Severity>,
    /// What the reader says of its fixes: of those that are known to be safe, and of the others.
    safety: [Safety; 2],
}

impl<'a> Active<'a> {
    /// Found out once for a document, as long as its settings stay.
    pub fn of(library: &'a Library, document: &Document, settings: &Settings) -> Self {
        let made_for = (settings, library.rules().count());
        let by_kind = document.findings.rules(made_for, || table(library, settings, RULES));
        Self { library, by_kind }
    }

    /// For settings that are not those of the document.
    pub fn apart(library: &'a Library, settings: &Settings) -> Self {
        Self { library, by_kind: Arc::new(table(library, settings, RULES)) }
    }

    /// As if the other rules were switched off.
    pub fn only(library: &'a Library, settings: &Settings, rule: &'static Rule) -> Self {
        Self { library, by_kind: Arc::new(table(library, settings, &[rule])) }
    }

    /// How many rules there are, on or off.
    pub fn rules(&self) -> usize {
        self.library.rules().count()
    }

    /// What a fix of the rule is, where it is known to be `known`.
    pub fn safety(&self, rule: &'static Rule, known: Safety) -> Safety {
        let all = rule.kinds.first().map(|kind| self.at(*kind)).unwrap_or_default();
        let on = all.iter().find(|on| on.rule.id == rule.id);
        on.map_or(known, |on| on.safety[usize::from(known == Safety::Review)])
    }

    pub fn at(&self, kind: Kind) -> &[On] {
        &self.by_kind[kind as usize]
    }
}

fn table(library: &Library, settings: &Settings, rules: &[&'static Rule]) -> Table {
    let mut by_kind = vec![Vec::new(); Kind::Other as usize + 1];
    let selection = settings.selection.resolve(library);
    for rule in rules {
        let Some(on) = on(library, &selection, rule) else { continue };
        for kind in rule.kinds {
            by_kind[*kind as usize].push(on);
        }
    }
    by_kind
}

fn on(library: &Library, selection: &Resolved<'_>, rule: &'static Rule) -> Option<On> {
    run::said(library, rule)?;
    let severity = match selection.of(rule.id) {
        Verdict::Off => return None,
        Verdict::On => None,
        Verdict::Weighs(severity) => Some(severity),
    };
    let safety = [Safety::Safe, Safety::Review].map(|known| selection.safety(rule.id, known));
    Some(On { rule, severity, safety })
}
