//! Makes the mistake of a rule in code that is right, in a copy of it.

use super::Rule;
use super::run::{findings, fixes};
use crate::analysis::{Edit, Finding, Severity};
use crate::content::Library;
use crate::subject::Subject;
use crate::syntax::{Kind, Node, function::statements, kind};
use crate::{Document, Span, walk};

/// Replacements, disjoint and in ascending order.
type Edits = Vec<(Span, String)>;

/// What undoes the fix of a rule: it makes the mistake in code that has it not, so that the fix gives the
/// code back.
#[derive(Debug)]
pub struct Inverse {
    /// The rule that finds the mistake.
    pub rule: &'static Rule,
    /// The kinds of node that `edits` is asked about.
    pub kinds: &'static [Kind],
    /// Edits that make the mistake at an intact node, in bytes of the file, in ascending order.
    pub edits: fn(&Subject<'_>) -> Option<Edits>,
}

/// A function with a mistake that was put into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// The function, its first line without indentation.
    pub code: String,
    /// Line of `code`, from 0, that is wrong: where the rule finds the mistake or, if nothing was
    /// changed there, the one line that was.
    pub line: usize,
    /// The lines of `code`, from 0, on which a statement starts that is as it was and of which nobody
    /// can say that the mistake is there.
    pub others: Vec<usize>,
}

impl Inverse {
    /// The outermost function around the subject with the mistake in it. Nothing unless no rule found a
    /// mistake in the function before, this rule finds the mistake and no rule anything else that was
    /// not there, and the preferred fix gives the code back to the last byte.
    pub fn mutant(&'static self, subject: &Subject<'_>, library: &Library) -> Option<Mutant> {
        let definition = outermost(subject.path())?;
        let whole = subject.span(definition);
        let edits = (self.edits)(subject)?;
        edits.iter().all(|(span, _)| whole.contains(*span)).then_some(())?;
        let copy = Copy::of(subject);
        let moved = |span: Span| Some(Span::new(copy.at(span.start)?, copy.at(span.end)?));
        let edits: Option<Vec<Edit>> =
            edits.into_iter().map(|(span, text)| Some(Edit { span: moved(span)?, text })).collect();
        let settings = subject.settings();
        let known = findings(library, &Document::new(&copy.text), settings);
        let own = moved(whole)?;
        // A mistake of the reader's own would be a right answer, too.
        known.iter().all(|it| is_advice(it) || !own.meets(it.span)).then_some(())?;
        let broken = applied(&copy.text, &edits?);
        let document = Document::new(&broken);
        let all = findings(library, &document, settings);
        let found = only_new(&known, &all)?;
        (found.rule == self.rule.id).then_some(())?;
        let mended = fixes(library, &document, settings, found.span).into_iter();
        let mended =
            mended.filter(|it| it.finding == *found).find_map(|it| it.fixes.into_iter().next());
        (applied(&broken, &mended?.edits) == copy.text).then_some(())?;
        let before = subject.text(definition);
        let mut shown = shown(&document, copy.at(whole.start)?, found.span, before)?;
        // Somebody might take these for the mistake.
        let first = document.text().line_of(copy.at(whole.start)?);
        let advised = all.iter().filter(|it| *it != found);
        let advised: Vec<_> = advised
            .filter_map(|it| document.text().line_of(it.span.start).checked_sub(first))
            .collect();
        shown.others.retain(|line| !advised.contains(line));
        Some(shown)
    }
}

/// The outermost function of the path, with its decorators.
fn outermost<'a>(path: &[Node<'a>]) -> Option<Node<'a>> {
    let at = path.iter().position(|node| kind(*node) == Kind::FunctionDefinition)?;
    let around = at.checked_sub(1).map(|before| path[before]);
    Some(around.filter(|node| kind(*node) == Kind::DecoratedDefinition).unwrap_or(path[at]))
}

/// Longer files are not copied as a whole.
const MAX_WHOLE: usize = 16 << 10;

/// A short file, or the imports of a long one and one item.
struct Copy {
    text: String,
    /// Where the item starts in the file, and in the copy.
    item: Span,
    starts_at: usize,
}

impl Copy {
    fn of(subject: &Subject<'_>) -> Self {
        let document = subject.document();
        let item = document.span_of(subject.item());
        if document.text().len() <= MAX_WHOLE {
            return Self { text: document.text().to_string(), item, starts_at: item.start };
        }
        let mut text = String::new();
        for item in &document.items()[..subject.item()] {
            let import = item.tree().and_then(|tree| tree.root_node().named_child(0));
            let is_import = import.is_some_and(|node| {
                matches!(kind(node), Kind::ImportStatement | Kind::ImportFromStatement)
            });
            if is_import {
                text.push_str(item.text());
            }
        }
        let starts_at = text.len();
        text.push_str(subject.item_text());
        Self { text, item, starts_at }
    }

    /// The place in the copy of a byte of the file.
    fn at(&self, offset: usize) -> Option<usize> {
        self.item.touches(offset).then(|| offset - self.item.start + self.starts_at)
    }
}

/// The text after the edits, which are disjoint and in ascending order.
fn applied(text: &str, edits: &[Edit]) -> String {
    let mut out = text.to_owned();
    for edit in edits.iter().rev() {
        out.replace_range(edit.span.range(), &edit.text);
    }
    out
}

/// True for what is no mistake, but could be written better.
fn is_advice(finding: &Finding) -> bool {
    matches!(finding.severity, Severity::Information | Severity::Hint)
}

/// The one finding that was not known before. What only said how to write something shorter may be gone
/// with what it was about.
fn only_new<'a>(known: &[Finding], all: &'a [Finding]) -> Option<&'a Finding> {
    let mut known: Vec<&Finding> = known.iter().collect();
    let mut new = Vec::new();
    for finding in all {
        match known.iter().position(|it| it.rule == finding.rule) {
            Some(at) => drop(known.swap_remove(at)),
            None => new.push(finding),
        }
    }
    let only = new.pop()?;
    (new.is_empty() && known.iter().all(|it| is_advice(it))).then_some(only)
}

/// The definition that starts at `start`, as it is shown. `before` is its text without the mistake.
fn shown(document: &Document, start: usize, mistake: Span, before: &str) -> Option<Mutant> {
    let item = document.item_at(start)?;
    let begin = document.start_of(item);
    let root = document.items()[item].tree()?.root_node();
    let text = document.items()[item].text();
    let path = walk::path_to(root, start - begin, start - begin + 1)?;
    let is_it = |node: &&Node<'_>| {
        node.start_byte() == start - begin
            && matches!(kind(**node), Kind::FunctionDefinition | Kind::DecoratedDefinition)
    };
    let definition = path.iter().find(is_it)?;
    let first = document.text().line_of(start);
    let line = |offset: usize| document.text().line_of(begin + offset).checked_sub(first);
    let mut starts = Vec::new();
    walk::until(*definition, |node| {
        if kind(node) == Kind::Block {
            starts.extend(statements(node).into_iter().filter_map(|it| line(it.start_byte())));
        } else if kind(node) == Kind::FunctionDefinition {
            // Behind its decorators.
            starts.extend(line(node.start_byte()));
        }
        false
    });
    starts.extend(line(definition.start_byte()));
    starts.sort_unstable();
    starts.dedup();
    let head = text.get(..definition.start_byte())?;
    let indent = &head[head.rfind('\n').map_or(0, |at| at + 1)..];
    indent.trim().is_empty().then_some(())?;
    let lines = text.get(definition.byte_range())?.lines();
    let code: Vec<_> = lines.map(|line| line.strip_prefix(indent).unwrap_or(line)).collect();
    let found = document.text().line_of(mistake.start).checked_sub(first)?;
    let (line, others) = wrong(&code, &starts, found, before)?;
    Some(Mutant { code: code.join("\n"), line, others })
}

/// The line that is wrong, and those that can stand beside it: `starts` are the first lines of
/// statements, `found` is where the rule finds the mistake.
fn wrong(
    code: &[&str],
    starts: &[usize],
    found: usize,
    before: &str,
) -> Option<(usize, Vec<usize>)> {
    let known: Vec<&str> = before.lines().map(str::trim).collect();
    let is_new = |line: usize| !known.contains(&code[line].trim());
    let of = |line: usize| starts.iter().rev().find(|start| **start <= line).copied();
    let mut changed: Vec<usize> =
        (0..code.len()).filter(|line| is_new(*line)).filter_map(of).collect();
    changed.dedup();
    starts.contains(&found).then_some(())?;
    let line = match changed[..] {
        [] => found,
        _ if changed.contains(&found) => found,
        [only] if is_new(only) => only,
        _ => return None,
    };
    // What is missing behind an assignment is missed wherever its variable is used.
    let assigned = code[line].split_once(" = ").map(|(name, _)| name.trim());
    let uses = |line: usize, name: &str| {
        let words = code[line].split(|char: char| !char.is_alphanumeric() && char != '_');
        words.into_iter().any(|word| word == name)
    };
    let is_clear =
        |other: usize| !changed.is_empty() || !assigned.is_some_and(|name| uses(other, name));
    let others = starts.iter().copied();
    let others = others.filter(|it| *it != line && !changed.contains(it) && is_clear(*it));
    Some((line, others.collect()))
}
