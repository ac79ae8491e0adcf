//! Tree-sitter patterns of a pack: what bounds them, and the conditions that they make.

use std::ops::Range;

use tree_sitter::{CaptureQuantifier, Query, QueryError, QueryErrorKind, QueryPredicateArg};

use super::id::suggest;
use super::source::{Fault, Part};
use crate::predicates::{Check, CheckArg, PREDICATES};

/// Deepest nesting of a pattern: the query compiler recurses.
const MAX_DEPTH: usize = 32;

/// Checks what the query compiler does not bound.
pub(crate) fn lint(text: &str) -> Vec<Fault> {
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

pub(crate) fn query_fault(error: &QueryError) -> Fault {
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

/// One pattern of a query.
pub(crate) struct PatternReader<'a> {
    pub query: &'a Query,
    /// Its place in the query.
    pub index: usize,
    /// What the query was compiled from.
    pub part: Part<'a>,
    /// The bytes of the pattern in `part`.
    pub span: Range<usize>,
}

impl PatternReader<'_> {
    pub fn fault(&self, message: impl Into<String>) -> Fault {
        self.part.fault(self.span.start, message)
    }

    /// A fault on the line of the pattern that holds `word`.
    pub fn fault_at(&self, word: &str, message: String) -> Fault {
        let found = self.part.text[self.span.clone()].find(word).unwrap_or(0);
        self.part.fault(self.span.start + found, message)
    }

    /// A pattern captures one node as the capture with the index `target`.
    pub fn one_target(&self, target: Option<u32>, faults: &mut Vec<Fault>) {
        let quantifiers = self.query.capture_quantifiers(self.index);
        let is_one = |target| quantifiers.get(target as usize) == Some(&CaptureQuantifier::One);
        if !target.is_some_and(is_one) {
            faults.push(self.fault("a pattern captures exactly one node as `@target`"));
        }
    }

    /// The conditions of ours that the pattern makes.
    pub fn checks(&self, faults: &mut Vec<Fault>) -> Vec<Check> {
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
