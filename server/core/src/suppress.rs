//! Which findings the reader has asked not to see, by comments in the file.
//!
//! `# pygloss: ignore[rule]` speaks of its line, or alone on a line of the logical line below;
//! `disable[rule]` and `enable[rule]` of a stretch of a block; `file-ignore[rule]` of the file. The
//! comments of other linters count for the rules that these linters have, too.

mod comment;
mod insert;
mod reach;

use std::cell::Cell;

use crate::analysis::{Foreign, Settings};
use crate::content::Rule;
use crate::{Document, Span};

pub(crate) use comment::{Reach, Rules, Said, name_spans, read};
pub(crate) use insert::silencing;
pub(crate) use reach::directives;

/// A comment that silences, in bytes of its item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Directive {
    /// From the `#` to the end of what it says.
    pub at: Span,
    pub said: Said,
}

impl Directive {
    /// True for another linter's comment behind code: what it silences follows from its line alone.
    pub fn is_narrow(&self, item: &str) -> bool {
        let start = item[..self.at.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let before = &item[start..self.at.start];
        let is_alone = before.trim_start().split('#').next() == Some("");
        self.said.reach == Reach::Line && !matches!(self.said.rules, Rules::Ours(_)) && !is_alone
    }
}

/// What the comments of a file silence, and which of them did.
#[derive(Debug, Default)]
pub(crate) struct Silence<'a> {
    all: Vec<Silencer<'a>>,
    foreign: Foreign,
}

/// A comment that silences.
#[derive(Debug)]
struct Silencer<'a> {
    /// Nothing for one that speaks of no code.
    stretch: Option<Stretch>,
    said: &'a Said,
    /// In bytes of the file.
    at: Span,
    /// Which of its rules have silenced a finding; for [`Rules::Ours`], in their order.
    used: Vec<Cell<bool>>,
}

#[derive(Clone, Copy, Debug)]
enum Stretch {
    File,
    /// Findings that start or end on these lines, in bytes of the file.
    Lines(Span),
    /// Findings that start here.
    Starts(Span),
}

impl<'a> Silence<'a> {
    /// Reads the comments of the file.
    pub fn of(document: &'a Document, settings: &Settings) -> Self {
        let mut silencers = Vec::new();
        for (index, item) in document.items().iter().enumerate() {
            for directive in item.directives() {
                let names = match &directive.said.rules {
                    Rules::Ours(names) => names.len(),
                    _ => 0,
                };
                silencers.push(Silencer {
                    stretch: reach::stretch(document, index, directive),
                    said: &directive.said,
                    at: directive.at.shifted(document.start_of(index)),
                    used: vec![Cell::new(false); names],
                });
            }
        }
        Self { all: silencers, foreign: settings.foreign }
    }

    /// Whether a finding of `rule` that stands at `at` (bytes of the file) is not to be shown.
    pub fn covers(&self, rule: &Rule, at: Span) -> bool {
        // All that cover it are of use: none of them can go alone.
        let covering = self.all.iter().filter(|silencer| silencer.covers(rule, at, self.foreign));
        covering.count() > 0
    }

    /// The names in comments of ours that no call of [`Self::covers`] has met, each with the bytes of
    /// its comment, and whether the comment could silence anything.
    pub fn unused(&self) -> impl Iterator<Item = Unused<'a>> {
        self.all.iter().flat_map(|silencer| {
            let Rules::Ours(names) = &silencer.said.rules else { return Vec::new() };
            let ends = silencer.said.reach == Reach::End;
            let unused = names.iter().zip(&silencer.used).enumerate();
            let unused = unused.filter(|(_, (_, used))| !used.get());
            unused
                .map(|(index, (name, _))| Unused { name, index, comment: silencer.at, ends })
                .collect()
        })
    }
}

/// The name of a rule in a comment that has silenced nothing of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unused<'a> {
    pub name: &'a str,
    /// Which name of the comment it is.
    pub index: usize,
    /// From the `#` to the end of what it says, in bytes of the file.
    pub comment: Span,
    /// True for a comment that ends what another one started.
    pub ends: bool,
}

impl Silencer<'_> {
    fn covers(&self, rule: &Rule, at: Span, foreign: Foreign) -> bool {
        let holds = self.stretch.is_some_and(|stretch| stretch.holds(at));
        let covers = holds && speaks_of(&self.said.rules, rule, foreign);
        if covers && let Rules::Ours(names) = &self.said.rules {
            for (_, used) in names.iter().zip(&self.used).filter(|(name, _)| **name == rule.id) {
                used.set(true);
            }
        }
        covers
    }
}

impl Stretch {
    fn holds(self, at: Span) -> bool {
        match self {
            Self::File => true,
            Self::Lines(lines) => {
                let on = |place| lines.start <= place && place <= lines.end;
                on(at.start) || on(at.end)
            }
            Self::Starts(span) => span.start <= at.start && at.start < span.end,
        }
    }
}

fn speaks_of(rules: &Rules, rule: &Rule, foreign: Foreign) -> bool {
    match rules {
        Rules::Ours(ids) => ids.contains(&rule.id),
        _ if foreign != Foreign::Aliases => foreign == Foreign::All,
        Rules::All => true,
        Rules::Aliases { tools, codes } => {
            rule.aliases.iter().filter_map(|alias| alias.split_once(':')).any(|(tool, code)| {
                tools.contains(&tool)
                    && codes.as_ref().is_none_or(|codes| codes.iter().any(|one| one == code))
            })
        }
    }
}

#[cfg(test)]
mod tests;
