//! `targets.scm`: which constructs have which card. All files of a pack are one query.

use std::ops::Range;
use std::sync::OnceLock;

use tree_sitter::{CaptureQuantifier, Query, QueryError, QueryErrorKind, QueryPredicateArg};

use super::id::suggest;
use super::source::{Fault, Part};
use super::{Concept, ContentError};
use crate::predicates::{Check, CheckArg, PREDICATES};
use crate::project::is_of_project;
use crate::syntax::language;

/// Most patterns of a pack; each costs time when it is compiled.
const MAX_PATTERNS: usize = 500;
/// Deepest nesting of a pattern: the query compiler recurses.
const MAX_DEPTH: usize = 32;

/// The targets of a pack, compiled when they are first asked for: it takes the compiler longer than
/// everything else about a pack, and only hovers need them.
pub(crate) struct LazyTargets {
    files: Vec<TargetsFile>,
    compiled: OnceLock<Option<Targets>>,
}

impl LazyTargets {
    /// The targets in `files`, not compiled.
    pub fn new(files: Vec<TargetsFile>) -> Self {
        Self { files, compiled: OnceLock::new() }
    }

    /// Compiles the targets, and says all that is wrong with them.
    pub fn check(&self, concepts: &[Concept], errors: &mut Vec<ContentError>) {
        let _ = self.compiled.get_or_init(|| compile(&self.files, concepts, errors));
    }

    /// The compiled targets of a pack with these concepts; nothing when it has none.
    pub fn get(&self, concepts: &[Concept]) -> Option<&Targets> {
        self.compiled.get_or_init(|| compile(&self.files, concepts, &mut Vec::new())).as_ref()
    }
}

/// The compiled targets of a pack.
pub(crate) struct Targets {
    pub query: Query,
    /// One per pattern of the query, in its order.
    pub patterns: Vec<Pattern>,
    /// Index of the capture `@target`.
    pub target: u32,
    /// Index of the capture `@range`, if any pattern has it.
    pub range: Option<u32>,
}

/// What a pattern stands for.
pub(crate) struct Pattern {
    /// Index of the concept in its pack.
    pub concept: usize,
    /// Index of the card in its concept.
    pub card: usize,
    pub checks: Vec<Check>,
}

/// A concept's `targets.scm`.
pub(crate) struct TargetsFile {
    /// Index of the concept in its pack.
    pub concept: usize,
    pub path: String,
    pub text: String,
    /// Ids of cards whose files have faults: these are reported, not that there is no such card.
    pub broken: Vec<String>,
}

/// Compiles all files of a pack; nothing for a pack without patterns.
fn compile(
    files: &[TargetsFile],
    concepts: &[Concept],
    errors: &mut Vec<ContentError>,
) -> Option<Targets> {
    let before = errors.len();
    for file in files {
        let faults = lint(&file.text);
        errors.extend(faults.into_iter().map(|fault| fault.at(&file.path)));
    }
    if errors.len() > before {
        return None;
    }
    let mut fused = String::new();
    let mut starts: Vec<(usize, &TargetsFile)> = Vec::new();
    for file in files {
        starts.push((fused.len(), file));
        fused.push_str(&file.text);
        fused.push('\n');
    }
    let query = match Query::new(language(), &fused) {
        Ok(query) => query,
        Err(_) => {
            // Compiled one by one, every broken file has its own error.
            for file in files {
                if let Err(error) = Query::new(language(), &file.text) {
                    errors.push(query_fault(&error).at(&file.path));
                }
            }
            debug_assert!(errors.len() > before);
            return None;
        }
    };
    if query.pattern_count() > MAX_PATTERNS {
        let message = format!("the pack has more than {MAX_PATTERNS} patterns");
        errors.push(Fault::new(0, message).at(&files[0].path));
        return None;
    }
    let target = query.capture_index_for_name("target");
    let range = query.capture_index_for_name("range");
    let mut patterns = Vec::with_capacity(query.pattern_count());
    let mut used: Vec<Vec<bool>> = concepts.iter().map(|c| vec![false; c.cards.len()]).collect();
    for index in 0..query.pattern_count() {
        let span = query.start_byte_for_pattern(index)..query.end_byte_for_pattern(index);
        let at = starts.partition_point(|(start, _)| *start <= span.start) - 1;
        let (start, file) = starts[at];
        let part = Part { text: &file.text, line: 1 };
        // The compiler's end of a pattern reaches past the white space behind it.
        let span = span.start - start..(span.end - start).min(file.text.len());
        let mut faults = Vec::new();
        let reader = Reader {
            query: &query,
            index,
            part,
            span,
            concept: &concepts[file.concept],
            broken: &file.broken,
        };
        if target.is_none_or(|target| {
            query.capture_quantifiers(index).get(target as usize) != Some(&CaptureQuantifier::One)
        }) {
            faults.push(reader.fault("a pattern captures exactly one node as `@target`"));
        }
        let card = reader.card(&mut faults);
        let checks = reader.checks(&mut faults);
        errors.extend(faults.into_iter().map(|fault| fault.at(&file.path)));
        if let Some(card) = card {
            used[file.concept][card] = true;
            patterns.push(Pattern { concept: file.concept, card, checks });
        }
    }
    for (concept, used) in concepts.iter().zip(used) {
        let unused = concept.cards.iter().zip(used).filter(|(_, used)| !used).map(|(card, _)| card);
        for card in unused.filter(|card| !is_of_project(card.provider)) {
            let path = format!("{}/cards/{}.md", concept.id, card.id);
            let message = "no pattern of targets.scm has this card: `(#set! card \"…\")`";
            errors.push(Fault::new(0, message).at(&path));
        }
    }
    let target = target?;
    (errors.len() == before).then_some(Targets { query, patterns, target, range })
}

/// Checks what the query compiler does not bound.
fn lint(text: &str) -> Vec<Fault> {
    let part = Part { text, line: 1 };
    let (mut depth, mut in_string, mut in_comment, mut escaped) = (0usize, false, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' if in_comment => in_comment = false,
            _ if in_comment => {}
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b';' => in_comment = true,
            b'(' | b'[' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return vec![
                        part.fault(at, format!("nested deeper than {MAX_DEPTH} brackets")),
                    ];
                }
            }
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Vec::new()
}

fn query_fault(error: &QueryError) -> Fault {
    let message = error.message.lines().next().unwrap_or_default().replace('"', "`");
    let what = match error.kind {
        QueryErrorKind::NodeType => format!("{message} is no node of tree-sitter-python"),
        QueryErrorKind::Field => format!("{message} is no field of tree-sitter-python"),
        QueryErrorKind::Capture => format!("no capture is named {message}"),
        QueryErrorKind::Structure => "the grammar never builds such a tree".to_owned(),
        QueryErrorKind::Syntax => "a syntax error".to_owned(),
        QueryErrorKind::Predicate | QueryErrorKind::Language => message,
    };
    Fault::new(error.row + 1, format!("{what} (column {})", error.column + 1))
}

struct Reader<'a> {
    query: &'a Query,
    index: usize,
    part: Part<'a>,
    span: Range<usize>,
    concept: &'a Concept,
    broken: &'a [String],
}

impl Reader<'_> {
    fn fault(&self, message: impl Into<String>) -> Fault {
        self.part.fault(self.span.start, message)
    }

    /// A fault on the line of the pattern that holds `word`.
    fn fault_at(&self, word: &str, message: String) -> Fault {
        let found = self.part.text[self.span.clone()].find(word).unwrap_or(0);
        self.part.fault(self.span.start + found, message)
    }

    fn card(&self, faults: &mut Vec<Fault>) -> Option<usize> {
        let mut card = None;
        for property in self.query.property_settings(self.index) {
            match (&*property.key, property.value.as_deref()) {
                ("card", Some(id)) => {
                    card = self.concept.cards.iter().position(|card| card.id == id);
                    if card.is_none() && self.broken.iter().any(|other| other == id) {
                        return None;
                    }
                    if card.is_none() {
                        let ids = self.concept.cards.iter().map(|card| card.id.as_str());
                        let message = format!("no card `{id}` in `cards/`{}", suggest(id, ids));
                        faults.push(self.fault_at(id, message));
                        return None;
                    }
                }
                (key, _) => {
                    let message = format!("`#set! {key}`: only `(#set! card \"…\")` is known");
                    faults.push(self.fault_at(key, message));
                }
            }
        }
        if card.is_none() {
            faults.push(self.fault("a pattern names its card: `(#set! card \"…\")`"));
        }
        card
    }

    fn checks(&self, faults: &mut Vec<Fault>) -> Vec<Check> {
        if !self.query.property_predicates(self.index).is_empty() {
            faults.push(
                self.fault_at("#is", "`#is?` and `#is-not?` have no meaning here".to_owned()),
            );
        }
        let mut checks = Vec::new();
        for found in self.query.general_predicates(self.index) {
            let name = &*found.operator;
            let Some(predicate) = PREDICATES.iter().copied().find(|p| p.name == name) else {
                let known = suggest(name, PREDICATES.iter().map(|p| p.name));
                faults.push(self.fault_at(name, format!("unknown predicate `#{name}`{known}")));
                continue;
            };
            let args: Vec<CheckArg> = found
                .args
                .iter()
                .map(|arg| match arg {
                    QueryPredicateArg::Capture(index) => CheckArg::Capture(*index),
                    QueryPredicateArg::String(text) => CheckArg::Text(text.to_string()),
                })
                .collect();
            match predicate.check(args) {
                Ok(check) => checks.push(check),
                Err(message) => faults.push(self.fault_at(name, message)),
            }
        }
        checks
    }
}
