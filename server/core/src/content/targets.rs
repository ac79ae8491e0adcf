//! `targets.scm`: which constructs have which card. All files of a pack are one query.

use std::sync::OnceLock;

use tree_sitter::Query;

use super::id::suggest;
use super::pattern::{PatternReader, lint, query_fault};
use super::source::{Fault, Part};
use super::{Concept, ContentError};
use crate::predicates::Check;
use crate::project::is_of_project;
use crate::syntax::{Node, language};

/// Most patterns of a pack; each costs time when it is compiled.
const MAX_PATTERNS: usize = 500;

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
    /// See [`Targets::without_tokens`].
    without_tokens: OnceLock<Query>,
}

impl Targets {
    /// The query without the [patterns of tokens](Pattern::tokens), whose search goes through all
    /// children of a node. Made when it is first asked for.
    pub fn without_tokens(&self) -> &Query {
        self.without_tokens.get_or_init(|| {
            let mut query = self.query.deep_clone();
            for (index, pattern) in self.patterns.iter().enumerate() {
                if !pattern.tokens.is_empty() {
                    query.disable_pattern(index);
                }
            }
            query
        })
    }

    /// Whether a pattern of tokens may match a node right above `leaf`.
    pub fn may_be_token(&self, leaf: Node<'_>) -> bool {
        let is_it = |token: &String| token == leaf.kind();
        !leaf.is_named() && self.patterns.iter().any(|pattern| pattern.tokens.iter().any(is_it))
    }
}

/// What a pattern stands for.
pub(crate) struct Pattern {
    /// Index of the concept in its pack.
    pub concept: usize,
    /// Index of the card in its concept.
    pub card: usize,
    pub checks: Vec<Check>,
    /// If each `@range` is one of some tokens right below the `@target`, and the pattern asks for
    /// nothing else, these tokens: `((list "[" @range "]" @range) @target`.
    pub tokens: Vec<String>,
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
        let pattern = PatternReader { query: &query, index, part, span };
        let concept = &concepts[file.concept];
        let reader = Reader { pattern, concept, broken: &file.broken };
        reader.pattern.one_target(target, &mut faults);
        let card = reader.card(&mut faults);
        let checks = reader.pattern.checks(&mut faults);
        errors.extend(faults.into_iter().map(|fault| fault.at(&file.path)));
        if let Some(card) = card {
            used[file.concept][card] = true;
            let tokens = tokens(&part.text[reader.pattern.span.clone()]);
            patterns.push(Pattern { concept: file.concept, card, checks, tokens });
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
    let without_tokens = OnceLock::new();
    let targets = Targets { query, patterns, target, range, without_tokens };
    (errors.len() == before).then_some(targets)
}

/// The tokens of a pattern, see [`Pattern::tokens`].
fn tokens(pattern: &str) -> Vec<String> {
    let is_kind = |char: char| char.is_ascii_lowercase() || char == '_';
    let Some(inner) = pattern.strip_prefix("((") else { return Vec::new() };
    let mut rest = inner.trim_start_matches(is_kind);
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix(')') {
            let is_target = behind.trim_start().starts_with("@target");
            return if is_target { found } else { Vec::new() };
        }
        match rest.strip_prefix('[') {
            Some(mut list) => loop {
                list = list.trim_start();
                if let Some(behind) = list.strip_prefix(']') {
                    rest = behind;
                    break;
                }
                let Some((one, behind)) = token(list) else { return Vec::new() };
                found.push(one.to_owned());
                list = behind;
            },
            None => {
                let Some((one, behind)) = token(rest) else { return Vec::new() };
                found.push(one.to_owned());
                rest = behind;
            }
        }
        let Some(behind) = rest.trim_start().strip_prefix("@range") else { return Vec::new() };
        rest = behind;
    }
}

/// The token in quotes that a text starts with, and what stands behind it.
fn token(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('"')?.split_once('"')
}

struct Reader<'a> {
    pattern: PatternReader<'a>,
    concept: &'a Concept,
    broken: &'a [String],
}

impl Reader<'_> {
    fn card(&self, faults: &mut Vec<Fault>) -> Option<usize> {
        let mut card = None;
        for property in self.pattern.query.property_settings(self.pattern.index) {
            match (&*property.key, property.value.as_deref()) {
                ("card", Some(id)) => {
                    card = self.concept.cards.iter().position(|card| card.id == id);
                    if card.is_none() && self.broken.iter().any(|other| other == id) {
                        return None;
                    }
                    if card.is_none() {
                        let ids = self.concept.cards.iter().map(|card| card.id.as_str());
                        let message = format!("no card `{id}` in `cards/`{}", suggest(id, ids));
                        faults.push(self.pattern.fault_at(id, message));
                        return None;
                    }
                }
                (key, _) => {
                    let message = format!("`#set! {key}`: only `(#set! card \"…\")` is known");
                    faults.push(self.pattern.fault_at(key, message));
                }
            }
        }
        if card.is_none() {
            faults.push(self.pattern.fault("a pattern names its card: `(#set! card \"…\")`"));
        }
        card
    }
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn patterns_of_tokens() {
        assert_eq!(
            tokens("((list \"[\" @range \"]\" @range) @target (#set! card \"c\"))"),
            ["[", "]"]
        );
        assert_eq!(tokens("((a_b [\"not in\" \"]\"] @range) @target)"), ["not in", "]"]);
        for other in [
            "((list) @target)",
            "((list \"[\" @range (_)) @target)",
            "((list \"[\" @range name: (_) @range) @target)",
            "((list \"[\") @target)",
            "((list \"[\" @word) @target)",
            "((list [\"[\" (_)] @range) @target)",
            "((call function: (list \"[\" @range)) @target)",
            "((call (list \"[\" @range) @target))",
            "([(list \"[\" @range)] @target)",
        ] {
            assert!(tokens(other).is_empty(), "{other}");
        }
    }
}
