//! Comments of ours in files of a project: `# pygloss: ignore[rule]` for its line, or alone on a line
//! for the line below; `# pygloss: file-ignore[rule]` for the file.

use super::fixes::edited;
use super::lint::hits;
use super::{Place, ProjectFile, View};
use crate::Span;
use crate::analysis::{Edit, Finding, Settings};
use crate::content::Library;
use crate::suppress::{Reach, Rules, read};

/// What the comments of a file silence.
pub(super) struct Silence(Vec<Silencer>);

struct Silencer {
    rules: Vec<String>,
    /// The bytes in which findings are silenced when they start there; nothing for the file.
    stretch: Option<Span>,
}

impl Silence {
    /// Reads the comments of the file.
    pub fn of(view: &View<'_>) -> Self {
        let mut found = Vec::new();
        let mut start = 0;
        let mut lines = view.text.split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            let end = start + line.len();
            let said = line.find("# pygloss:").and_then(|at| {
                let is_alone = line[..at].trim().is_empty();
                Some((is_alone, read(&line[at + 1..])?))
            });
            if let Some((is_alone, said)) = said
                && let Rules::Ours(rules) = said.rules
            {
                let below = lines.peek().map_or(0, |line| line.len());
                let stretch = match said.reach {
                    Reach::File => Some(None),
                    Reach::Line => {
                        Some(Some(Span::new(start, end + if is_alone { below } else { 0 })))
                    }
                    _ => None,
                };
                found.extend(stretch.map(|stretch| Silencer { rules, stretch }));
            }
            start = end;
        }
        Self(found)
    }

    /// Whether a finding of `rule` at `at` is not to be shown.
    pub fn covers(&self, rule: &str, at: Span) -> bool {
        self.0.iter().any(|silencer| {
            let holds = silencer.stretch.is_none_or(|it| it.start <= at.start && at.start < it.end);
            holds && silencer.rules.iter().any(|id| id == rule)
        })
    }
}

/// The edits that put a comment above the line of `finding` so that it is not shown any more; nothing
/// where no comment can stand.
pub fn silencing(
    library: &Library,
    file: &ProjectFile,
    settings: &Settings,
    place: Option<Place<'_>>,
    finding: &Finding,
) -> Option<Vec<Edit>> {
    let view = View::new(library, file, settings, place);
    let text = &view.text;
    let start = text[..finding.span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = &text[start..];
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let comment = format!("{indent}# pygloss: ignore[{}]{end}", finding.rule);
    let edits = vec![Edit { span: Span::empty(start), text: comment }];
    let after = edited(&view, &edits)?;
    let same =
        |view: &View<'_>| hits(view).iter().filter(|it| it.rule.rule.id == finding.rule).count();
    (same(&after) < same(&view)).then_some(edits)
}
