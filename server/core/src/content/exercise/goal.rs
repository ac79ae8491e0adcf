//! A goal of an exercise: what must be in the program, and what must not.

use std::fmt;
use std::sync::OnceLock;

use tree_sitter::Query;

use crate::content::pattern::{PatternReader, lint, query_fault};
use crate::content::source::{Fault, Part};
use crate::predicates::Check;
use crate::syntax::language;

/// Something that the program is to reach. All that a goal asks for must hold.
#[derive(Debug)]
pub struct Goal {
    /// Id within the exercise.
    pub id: String,
    /// What is said while it is open: one line of plain text with back-ticks around code.
    pub message: String,
    /// The function or class that it speaks of, `Class.method` or `outer.inner`; without one it is
    /// the whole file.
    pub within: Option<String>,
    /// A construct that must be there.
    pub must: Option<GoalPattern>,
    /// How many of them.
    pub at_least: usize,
    /// A construct that must not be there.
    pub must_not: Option<GoalPattern>,
    /// Rules that must find nothing, not even under a comment that silences them.
    pub clean: Vec<String>,
}

/// Tree-sitter patterns, one of which is to match. Compiled when first asked for.
pub struct GoalPattern {
    text: String,
    /// Line of the patterns' first line in their file, from 1.
    line: usize,
    compiled: OnceLock<Option<Compiled>>,
}

/// Compiled patterns.
pub(crate) struct Compiled {
    pub query: Query,
    /// Index of the capture `@target`.
    pub target: u32,
    /// The conditions of each pattern.
    pub checks: Vec<Vec<Check>>,
}

impl GoalPattern {
    pub(super) fn new(text: String, line: usize) -> Self {
        Self { text, line, compiled: OnceLock::new() }
    }

    /// Compiles the patterns, and says all that is wrong with them.
    pub(crate) fn check(&self, faults: &mut Vec<Fault>) {
        let part = Part { text: &self.text, line: self.line };
        let _ = self.compiled.get_or_init(|| compile(part, faults));
    }

    /// The compiled patterns; nothing when they have a fault.
    pub(crate) fn get(&self) -> Option<&Compiled> {
        self.check(&mut Vec::new());
        self.compiled.get()?.as_ref()
    }
}

fn compile(part: Part<'_>, faults: &mut Vec<Fault>) -> Option<Compiled> {
    let before = faults.len();
    let moved = |fault: Fault| Fault { line: fault.line + part.line - 1, ..fault };
    faults.extend(lint(part.text).into_iter().map(moved));
    if faults.len() > before {
        return None;
    }
    let query = match Query::new(language(), part.text) {
        Ok(query) => query,
        Err(error) => {
            faults.push(moved(query_fault(&error)));
            return None;
        }
    };
    let target = query.capture_index_for_name("target");
    let mut checks = Vec::new();
    for index in 0..query.pattern_count() {
        let end = query.end_byte_for_pattern(index).min(part.text.len());
        let span = query.start_byte_for_pattern(index)..end;
        let reader = PatternReader { query: &query, index, part, span };
        reader.one_target(target, faults);
        if query.property_settings(index).iter().any(|_| true) {
            faults.push(reader.fault("`#set!` has no meaning in a goal"));
        }
        checks.push(reader.checks(faults));
    }
    if checks.is_empty() {
        faults.push(part.fault(0, "expected a pattern"));
    }
    let target = target?;
    (faults.len() == before).then_some(Compiled { query, target, checks })
}

impl fmt::Debug for GoalPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("GoalPattern").field(&self.text).finish()
    }
}
