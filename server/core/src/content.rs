//! Packs of lessons: concepts with cards, rule pages and quiz items as data.
//!
//! Architecture invariant: a pack is data only. It can name constructs, facts and words, and
//! nothing it holds can run, load or link to anything but an `https` page.

mod card;
mod code_interview;
mod concept;
mod examples;
mod exercise;
mod front;
mod hints;
mod id;
mod interview;
mod late;
mod load;
mod lookup;
mod manifest;
mod message;
mod page;
mod pattern;
pub mod quiz;
mod refactoring;
mod render;
mod rubric;
mod rule;
mod scan;
mod source;
mod stdlib;
mod targets;
mod template;
mod units;
mod versions;

pub use card::Card;
pub(crate) use code_interview::CodeExample;
pub use code_interview::CodeInterview;
pub use concept::Concept;
pub use examples::{Example, Expect, Mark};
pub(crate) use exercise::Compiled;
pub use exercise::{Answer, Exercise, Goal, GoalPattern, KEEP, Level, SYNTAX};
pub use front::Link;
pub use hints::HintWords;
pub(crate) use id::closest;
#[cfg(test)]
pub(crate) use id::is_id;
pub use id::suggest;
pub use interview::{Flag, Interview, InterviewQuestion, Point};
pub use late::Late;
pub use load::{MAX_FILES, MAX_PACK_BYTES};
pub(crate) use lookup::card_id;
pub use lookup::{FoundExercise, Reading, Topic};
pub use manifest::Manifest;
pub use message::Message;
pub use page::Page;
pub use refactoring::{Outcome, Refactoring, Trial};
pub(crate) use rubric::Language;
pub use rubric::{Assessment, Seen};
pub use rule::{Case, Category, Rule, Tag};
pub use source::MAX_FILE_BYTES;
use targets::LazyTargets;
pub(crate) use targets::Targets;
pub use units::Unit;
pub(crate) use versions::Versions;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::facts::Facts;
use crate::facts::tables::Table;

/// All loaded packs.
#[derive(Debug, Default)]
pub struct Library {
    packs: Vec<Pack>,
    /// Where each rule stands: pack, concept, rule.
    rules: FxHashMap<String, (usize, usize, usize)>,
}

/// A loaded pack.
pub struct Pack {
    /// What the pack says about itself.
    pub manifest: Manifest,
    /// Its concepts, in the order in which they are taught.
    pub concepts: Vec<Concept>,
    /// The units of the text that it teaches, in the order of `units.toml`; empty without one.
    pub units: Late<Vec<Unit>>,
    /// Every id in use, `concept/item`, sorted; found when it is first asked for.
    ids: OnceLock<Vec<String>>,
    targets: LazyTargets,
    rows: stdlib::Rows,
    hints: hints::Hints,
    pub(crate) versions: Versions,
    interview: Option<Interview>,
}

impl Pack {
    /// Its mock interview.
    pub(crate) fn interview(&self) -> Option<&Interview> {
        self.interview.as_ref()
    }

    /// Every id in use, `concept/item`, sorted.
    pub(crate) fn ids(&self) -> &[String] {
        self.ids.get_or_init(|| {
            let mut ids: Vec<String> = self.concepts.iter().flat_map(Concept::ids).collect();
            ids.sort();
            ids
        })
    }

    /// Which constructs have which card; compiled when first asked for.
    pub(crate) fn targets(&self) -> Option<&Targets> {
        self.targets.get(&self.concepts)
    }
}

impl fmt::Debug for Pack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pack").field(&self.manifest.id).finish()
    }
}

/// One file of a pack: its path below the pack's root, with `/` between parts, and its bytes.
#[derive(Clone, Debug)]
pub struct PackFile<'a> {
    /// Path below the pack's root.
    pub path: &'a str,
    /// What the file holds.
    pub bytes: &'a [u8],
}

/// A fault in a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentError {
    /// Path below the pack's root.
    pub path: String,
    /// Line, from 1; 0 when the fault is the file as a whole.
    pub line: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

impl fmt::Display for ContentError {
    /// `file:line: message`, or `file: message` for a file as a whole.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}

impl std::error::Error for ContentError {}

impl Library {
    /// Adds a pack, or says everything that is wrong with it, in order of file and line. Files of
    /// one pack come in any order. A pack with a fault is not added at all.
    pub fn add_pack(&mut self, files: &[PackFile<'_>]) -> Result<(), Vec<ContentError>> {
        self.add(load::load(self, files, load::Check::All)?);
        Ok(())
    }

    /// As [`Library::add_pack`], for a pack that a test has checked: most of it is read when it is first
    /// asked for, and its targets are compiled when the first hover needs them, or by
    /// [`Library::prepare`].
    ///
    /// # Errors
    /// What is wrong with the parts that are read at once.
    pub fn add_built_in(&mut self, files: &[PackFile<'static>]) -> Result<(), Vec<ContentError>> {
        self.add(load::load(self, files, load::Check::Later(|bytes| bytes))?);
        Ok(())
    }

    /// Does what the first hover would else have to wait for.
    pub fn prepare(&self) {
        for pack in &self.packs {
            let _ = pack.targets();
        }
    }

    fn add(&mut self, pack: Pack) {
        for (c, concept) in pack.concepts.iter().enumerate() {
            for (r, rule) in concept.rules.iter().enumerate() {
                self.rules.entry(rule.id.clone()).or_insert((self.packs.len(), c, r));
            }
        }
        self.packs.push(pack);
    }

    /// What the authors of the newest pack should know though it is well formed: questions that can
    /// be guessed, things asked in one way only. In order of file and line.
    pub fn advice(&self) -> Vec<ContentError> {
        let concepts = self.packs.last().into_iter().flat_map(|pack| &pack.concepts);
        let quizzes: Vec<_> =
            concepts.map(|concept| (format!("{}/quiz.toml", concept.id), &concept.quiz)).collect();
        quiz::lint(quizzes.iter().map(|(path, items)| (path.as_str(), items.as_slice())))
    }

    /// What the packs know about an object of the standard library; the newest pack wins.
    pub fn row(&self, table: &Table, name: &str) -> Option<&Facts> {
        self.packs.iter().rev().find_map(|pack| pack.rows.get(table, name))
    }

    /// All rows of the table, by name; the newest pack wins.
    pub fn rows(&self, table: &Table) -> BTreeMap<&str, &Facts> {
        self.packs.iter().flat_map(|pack| pack.rows.of(table)).collect()
    }

    /// The words of a kind of inlay hint; the newest pack wins.
    pub fn hint_words(&self, kind: &str) -> Option<&HintWords> {
        self.packs.iter().rev().find_map(|pack| pack.hints.get(kind))
    }

    /// The mock interview; the newest pack that has one wins.
    pub fn interview(&self) -> Option<&Interview> {
        self.packs.iter().rev().find_map(|pack| pack.interview.as_ref())
    }

    /// How sentences of the language of the pack `id` negate: as its interview says, or that of a pack
    /// before it.
    pub(crate) fn language(&self, id: &str) -> Option<&Language> {
        let at = self.packs.iter().position(|pack| pack.manifest.id == id)?;
        let frames = self.packs[..=at].iter().rev().filter_map(|pack| pack.interview.as_ref());
        frames.map(|frame| &frame.language).next()
    }

    /// The packs, in the order in which they were added.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }
}

#[cfg(test)]
mod readme;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
