//! Which findings the reader has asked not to see, by comments in the file.
//!
//! `# pygloss: ignore[rule]` speaks of its line, or alone on a line of the logical line below;
//! `disable[rule]` and `enable[rule]` of a stretch of a block; `file-ignore[rule]` of the file. The
//! comments of other linters count for the rules that these linters have, too.

mod comment;
mod insert;
mod reach;

use crate::content::Rule;
use crate::{Document, Span};

pub(crate) use comment::{Reach, Rules, Said};
pub(crate) use insert::silencing;
pub(crate) use reach::directives;

/// A comment that silences, in bytes of its item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Directive {
    /// From the `#` to the end of what it says.
    pub at: Span,
    pub said: Said,
}

/// The stretches of a file in which rules are silent.
#[derive(Debug, Default)]
pub(crate) struct Silence<'a>(Vec<(Stretch, &'a Rules)>);

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
    pub fn of(document: &'a Document) -> Self {
        let mut stretches = Vec::new();
        for (index, item) in document.items().iter().enumerate() {
            for directive in item.directives() {
                if let Some(stretch) = reach::stretch(document, index, directive) {
                    stretches.push((stretch, &directive.said.rules));
                }
            }
        }
        Self(stretches)
    }

    /// Whether a finding of `rule` that stands at `at` (bytes of the file) is not to be shown.
    pub fn covers(&self, rule: &Rule, at: Span) -> bool {
        self.0.iter().any(|(stretch, rules)| stretch.holds(at) && speaks_of(rules, rule))
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

fn speaks_of(rules: &Rules, rule: &Rule) -> bool {
    match rules {
        Rules::All => true,
        Rules::Ours(ids) => ids.contains(&rule.id),
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
