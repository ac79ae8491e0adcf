//! Which findings the reader has asked not to see, by comments in the file.
//!
//! `# pygloss: ignore[rule]` speaks of its line, or alone on a line of the logical line below;
//! `disable[rule]` and `enable[rule]` of a stretch of a block; `file-ignore[rule]` of the file. The
//! comments of other linters count for the rules that these linters have, too.

mod comment;
mod insert;
mod reach;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::analysis::{Foreign, Settings};
use crate::content::Rule;
use crate::{Document, Span};

pub(crate) use comment::{Reach, Rules, Said, name_spans, read};
pub(crate) use insert::{can_silence, silencing};
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
    /// Which of them speak of a rule, by its id: a file may have very many.
    about: RefCell<FxHashMap<String, Rc<[usize]>>>,
}

/// A comment that silences.
#[derive(Debug)]
struct Silencer<'a> {
    /// Nothing for one that speaks of no code.
    stretch: Option<Stretch>,
    said: &'a Said,
    /// In bytes of the file.
    at: Span,
    /// For each of its names, where another comment ends what it starts, in bytes of the file.
    ends: Vec<usize>,
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
        let whole = reach::Whole::of(document);
        for (index, item) in document.items().iter().enumerate() {
            for directive in item.directives() {
                let names = match &directive.said.rules {
                    Rules::Ours(names) => names.len(),
                    _ => 0,
                };
                let at = directive.at.shifted(document.start_of(index));
                let is_start = matches!(directive.said.reach, Reach::Start | Reach::Block);
                silencers.push(Silencer {
                    stretch: reach::stretch(document, &whole, index, directive),
                    said: &directive.said,
                    ends: if is_start {
                        whole.after(at.start, &directive.said.rules)
                    } else {
                        vec![]
                    },
                    at,
                    used: vec![Cell::new(false); names],
                });
            }
        }
        Self { all: silencers, foreign: settings.foreign, about: RefCell::default() }
    }

    /// Whether a finding of `rule` that stands at `at` (bytes of the file) is not to be shown.
    pub fn covers(&self, rule: &Rule, at: Span) -> bool {
        // All that cover it are of use: none of them can go alone.
        let about = self.about(rule);
        let covering =
            about.iter().filter(|index| self.all[**index].covers(rule, at, self.foreign));
        covering.count() > 0
    }

    /// Those that speak of a rule, in their order.
    fn about(&self, rule: &Rule) -> Rc<[usize]> {
        if let Some(known) = self.about.borrow().get(&rule.id) {
            return Rc::clone(known);
        }
        let speak = |it: &Silencer<'_>| speaks_of(&it.said.rules, rule, self.foreign, &|_| true);
        let all = self.all.iter().enumerate().filter(|(_, silencer)| speak(silencer));
        let about: Rc<[usize]> = all.map(|(index, _)| index).collect();
        self.about.borrow_mut().insert(rule.id.clone(), Rc::clone(&about));
        about
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
        if !holds || !speaks_of(&self.said.rules, rule, foreign, &|name| self.lasts(name, at)) {
            return false;
        }
        if let Rules::Ours(names) = &self.said.rules {
            for (_, used) in names.iter().zip(&self.used).filter(|(name, _)| **name == rule.id) {
                used.set(true);
            }
        }
        true
    }

    /// Whether no other comment has ended the name with this index before a finding.
    fn lasts(&self, name: usize, at: Span) -> bool {
        self.ends.get(name).is_none_or(|end| at.start < *end)
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

/// Whether one of the names speaks of the rule, of those that last.
fn speaks_of(rules: &Rules, rule: &Rule, foreign: Foreign, lasts: &dyn Fn(usize) -> bool) -> bool {
    match rules {
        Rules::Ours(ids) => ids.iter().enumerate().any(|(at, id)| *id == rule.id && lasts(at)),
        _ if foreign == Foreign::None => false,
        Rules::Aliases { codes: Some(codes), .. } if foreign == Foreign::All => {
            (0..codes.len().max(1)).any(lasts)
        }
        Rules::All => lasts(0),
        Rules::Aliases { .. } if foreign == Foreign::All => lasts(0),
        Rules::Aliases { tools, codes } => {
            let aliases = rule.aliases.iter().filter_map(|alias| alias.split_once(':'));
            let mut known = aliases.filter(|(tool, _)| tools.contains(tool));
            known.any(|(_, code)| match codes {
                None => lasts(0),
                Some(codes) => codes.iter().enumerate().any(|(at, one)| one == code && lasts(at)),
            })
        }
    }
}

#[cfg(test)]
mod tests;
