//! Exercises: what of the goals a program has not reached yet.
//!
//! A program is judged by its syntax trees, its names and its facts. Nothing of it runs, and the
//! reader's configuration has no say.

mod reach;
mod scope;
mod verify;

pub use verify::verify;

use crate::content::{Compiled, Exercise, Goal, KEEP, SYNTAX};
use crate::document::Item;
use crate::names::Names;
use crate::quiz::normal::Normal;
use crate::syntax::{Field, Kind, Node, kind};
use crate::{Document, Library, Settings, Span, lint, walk};
use scope::Part;

/// Something that is still to be done.
#[derive(Clone, Copy, Debug)]
pub struct OpenGoal<'a> {
    /// What.
    pub what: Open<'a>,
    /// Where, in bytes of the file; at most one line.
    pub span: Span,
}

/// What is still to be done.
#[derive(Clone, Copy, Debug)]
pub enum Open<'a> {
    /// A goal of the exercise is open.
    Goal(&'a Goal),
    /// What the goal speaks of is not there, or not once.
    Missing(&'a Goal),
    /// A function or class is not what it was.
    Changed(&'a str),
    /// The text is no Python; then nothing else can be told.
    NotPython,
}

impl OpenGoal<'_> {
    /// The id of the goal, [`KEEP`] or [`SYNTAX`].
    pub fn id(&self) -> &str {
        match self.what {
            Open::Goal(goal) | Open::Missing(goal) => &goal.id,
            Open::Changed(_) => KEEP,
            Open::NotPython => SYNTAX,
        }
    }
}

/// What of the exercise is still to be done in `document`, in the order of its goals. Nothing: the
/// exercise is passed.
pub fn open_goals<'a>(
    library: &Library,
    exercise: &'a Exercise,
    document: &Document,
) -> Vec<OpenGoal<'a>> {
    if let Some(span) = broken(document) {
        return vec![OpenGoal { what: Open::NotPython, span }];
    }
    let program = Program { library, document, settings: Settings::default() };
    let start = Document::new(&exercise.start);
    let changed = exercise.keep.iter().filter_map(|name| program.changed(&start, name));
    let goals = exercise.goals.iter().filter_map(|goal| program.open(goal));
    goals.chain(changed).collect()
}

/// Where the text is no Python.
fn broken(document: &Document) -> Option<Span> {
    let index = document.items().iter().position(|item| !item.is_intact())?;
    let item = &document.items()[index];
    let at = item.tree().and_then(|tree| {
        let mut at = None;
        walk::until(tree.root_node(), |node| {
            if at.is_none() && (node.is_error_node() || node.is_missing()) {
                at = Some(node.start_byte());
            }
            at.is_some() || !node.is_broken()
        });
        at
    });
    Some(line_from(document, document.start_of(index) + at.unwrap_or(0)))
}

/// From `offset` to the end of its line; the whole line when nothing is behind it.
fn line_from(document: &Document, offset: usize) -> Span {
    let text = document.text();
    let line = text.line_content(text.line_of(offset.min(text.len())));
    let start = if offset < line.end { offset } else { line.start };
    Span::new(start, line.end)
}

/// A program that is looked at.
struct Program<'a> {
    library: &'a Library,
    document: &'a Document,
    settings: Settings,
}

impl Program<'_> {
    /// The goal, if it is not reached.
    fn open<'g>(&self, goal: &'g Goal) -> Option<OpenGoal<'g>> {
        let part = match goal.within.as_deref().map(|name| (name, scope::find(self.document, name)))
        {
            Some((_, Some(part))) => Some(part),
            Some((name, None)) => {
                let around = name
                    .rsplit_once('.')
                    .and_then(|(around, _)| scope::find(self.document, around));
                return Some(OpenGoal { what: Open::Missing(goal), span: self.head(around) });
            }
            None => None,
        };
        let span = self.miss(goal, part)?;
        Some(OpenGoal { what: Open::Goal(goal), span })
    }

    /// Where the goal is missed.
    fn miss(&self, goal: &Goal, part: Option<Part<'_>>) -> Option<Span> {
        let unwanted = goal.must_not.as_ref().and_then(|pattern| {
            // A pattern that cannot be used must not let anything pass.
            let found = pattern.get().map(|pattern| self.matches(pattern, part));
            found.map_or(Some(self.head(part)), |found| found.into_iter().next())
        });
        let unwanted = unwanted.or_else(|| {
            let found = lint::found_by(self.library, self.document, &self.settings, &goal.clean);
            let within = part.map(|part| part.span(self.document));
            found.into_iter().find(|at| within.is_none_or(|within| within.meets(*at)))
        });
        if let Some(at) = unwanted {
            let line = line_from(self.document, at.start);
            return Some(Span::new(line.start, at.end.clamp(line.start, line.end)));
        }
        let pattern = goal.must.as_ref()?;
        let found = pattern.get().map_or(0, |pattern| self.matches(pattern, part).len());
        (found < goal.at_least).then(|| self.head(part))
    }

    /// The constructs of `part`, or of the whole file, that the patterns match, in order.
    fn matches(&self, pattern: &Compiled, part: Option<Part<'_>>) -> Vec<Span> {
        let all = 0..self.document.items().len();
        let items = part.map_or(all, |part| part.item..part.item + 1);
        let mut found: Vec<Span> = items
            .flat_map(|index| {
                let node = part.map(|part| part.node);
                reach::matches(self.library, self.document, &self.settings, index, node, pattern)
            })
            .collect();
        found.sort();
        found.dedup();
        found
    }

    /// The name that is to stay, if it did not.
    fn changed<'g>(&self, start: &Document, name: &'g str) -> Option<OpenGoal<'g>> {
        let (then, now) = (scope::find(start, name), scope::find(self.document, name));
        let same = then.zip(now).is_some_and(|(then, now)| {
            let normal = |document, part: Part<'_>| {
                let text = item_of(document, part).text();
                Normal::of(&text[part.definition().byte_range()])
            };
            let (then, now) = (normal(start, then), normal(self.document, now));
            then.is_some() && then == now
        });
        let span = self.head(now);
        (!same).then_some(OpenGoal { what: Open::Changed(name), span })
    }

    /// The name of a part, or the first line of the file.
    fn head(&self, part: Option<Part<'_>>) -> Span {
        let name = part.and_then(|part| {
            let name = Field::Name.of(part.definition())?;
            Some(Span::from(name.byte_range()).shifted(self.document.start_of(part.item)))
        });
        name.unwrap_or_else(|| self.document.text().line_content(0))
    }
}

fn item_of<'a>(document: &'a Document, part: Part<'_>) -> &'a Item {
    Names::new(document).item(part.item)
}

/// Whether a node is a `def` or a `class`.
fn is_definition(node: Node<'_>) -> bool {
    matches!(kind(node), Kind::FunctionDefinition | Kind::ClassDefinition)
}

#[cfg(test)]
mod tests;
