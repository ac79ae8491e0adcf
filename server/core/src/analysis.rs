//! What an editor asks about an open file. Every answer is plain data in byte offsets of the whole
//! file; nothing here can fail: no fact means no answer.

use std::sync::Arc;

use crate::cards;
use crate::content::Library;
use crate::document::Document;
use crate::modules::Site;
use crate::selection::Selection;
use crate::vocabulary::Vocabulary;
use crate::{PythonVersion, Span, hints, lint, refactor, suppress};

pub use crate::hints::{HintKinds, InlayHint};

/// What is known about a file besides its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The oldest Python version the code must run on.
    pub target: PythonVersion,
    /// What named that version; else it is a guess.
    pub target_source: Option<TargetSource>,
    /// True for `test_*.py`, `*_test.py`, `conftest.py` and files below `test/` or `tests/`.
    pub is_test: bool,
    /// True for `.pyi` files.
    pub is_stub: bool,
    /// Which rules are on, and how much their findings weigh.
    pub selection: Selection,
    /// What comments for other linters silence.
    pub foreign: Foreign,
    /// What the reader says about names from elsewhere.
    pub vocabulary: Arc<Vocabulary>,
}

/// What says which Python the code must run on, the clearest word first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetSource {
    /// The reader, in the editor or on the command line.
    Reader,
    /// pygloss's own configuration file.
    Configuration,
    /// `project.requires-python` in a `pyproject.toml`.
    RequiresPython,
    /// What ruff is told.
    Ruff,
    /// What mypy or pyright is told.
    Checker,
    /// A `.python-version`.
    PythonVersionFile,
    /// The virtual environment of the project.
    Environment,
}

impl TargetSource {
    /// Every one.
    pub const ALL: &[Self] = &[
        Self::Reader,
        Self::Configuration,
        Self::RequiresPython,
        Self::Ruff,
        Self::Checker,
        Self::PythonVersionFile,
        Self::Environment,
    ];

    /// What a pack calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Configuration => "configuration",
            Self::RequiresPython => "requires-python",
            Self::Ruff => "ruff",
            Self::Checker => "type-checker",
            Self::PythonVersionFile => "python-version",
            Self::Environment => "environment",
        }
    }
}

impl Settings {
    /// True if a file or the reader named the target version.
    pub fn is_target_known(&self) -> bool {
        self.target_source.is_some()
    }
}

/// What comments for other linters silence, such as `# noqa: B023`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Foreign {
    /// Rules that the linter knows under that name, and a comment without a name all.
    #[default]
    Aliases,
    /// All rules, whatever they name.
    All,
    /// Nothing.
    None,
}

/// The card about the construct under the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// CommonMark without raw HTML; lines of prose are at most 80 columns where they can be.
    pub markdown: String,
    /// The construct the card is about.
    pub span: Span,
    /// Permanent id of the card, `pack/concept/card`.
    pub card: String,
}

impl Hover {
    /// Full id of the concept whose card it is, `pack/concept`.
    pub fn concept(&self) -> &str {
        self.card.rsplit_once('/').map_or("", |(concept, _)| concept)
    }
}

/// How much a finding weighs (LSP's four severities).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The statement provably raises, hangs or does nothing.
    Error,
    /// Code that tends to be a bug.
    Warning,
    /// Idiom and performance.
    Information,
    /// Teaching and refactoring.
    Hint,
}

/// A mistake found in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Permanent id of the rule, such as `decorator-missing-wraps`.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Where it stands.
    pub span: Span,
    /// One sentence of plain text with back-ticks around code.
    pub message: Arc<str>,
    /// Other places that explain it.
    pub related: Vec<Related>,
}

/// A place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// Why it matters, plain text.
    pub message: Arc<str>,
}

/// Whether a fix keeps the behaviour of every program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Safety {
    /// Keeps behaviour, or the old code could only fail. Part of fix-all.
    Safe,
    /// May change behaviour; the title says what. Never part of fix-all.
    Review,
}

/// Replaces `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What is put there.
    pub text: String,
}

/// A verified fix for one finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What the reader is offered, plain text with back-ticks around code.
    pub title: String,
    /// Whether it keeps behaviour.
    pub safety: Safety,
    /// Disjoint edits in ascending order.
    pub edits: Vec<Edit>,
}

/// A conversion of the code at a place, which no finding asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Rewrite {
    /// Permanent id of the conversion, such as `loop-to-comprehension`.
    pub id: &'static str,
    /// What the reader is offered, plain text with back-ticks around code.
    pub title: String,
    /// The edits, or why there are none.
    pub offer: Offer,
}

/// Whether a conversion can be made.
#[derive(Clone, Debug, PartialEq)]
pub enum Offer {
    /// These edits were tried.
    Edits {
        /// Disjoint edits in ascending order.
        edits: Vec<Edit>,
        /// What the reader is going to write over.
        blank: Option<Blank>,
    },
    /// It would be wrong here. One sentence of plain text with back-ticks around code.
    Refused(String),
}

/// A place in the text of an edit that is the reader's to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blank {
    /// Index of the edit.
    pub edit: usize,
    /// Bytes of its text.
    pub span: Span,
}

/// A finding together with its fixes.
#[derive(Clone, Debug, PartialEq)]
pub struct FixedFinding {
    /// The finding the fixes remove.
    pub finding: Finding,
    /// Preferred fix first.
    pub fixes: Vec<Fix>,
    /// Another linter says the same there, so that [`findings`] leaves it out.
    pub yields: bool,
}

/// A verified fix without its edits.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// See [`Fix::title`].
    pub title: String,
    /// See [`Fix::safety`].
    pub safety: Safety,
}

/// A finding together with what its fixes are called, see [`FixedFinding`].
#[derive(Clone, Debug, PartialEq)]
pub struct OfferedFinding {
    /// The finding the fixes remove.
    pub finding: Finding,
    /// Preferred fix first.
    pub fixes: Arc<[Offered]>,
    /// See [`FixedFinding::yields`].
    pub yields: bool,
}

impl From<&Fix> for Offered {
    fn from(fix: &Fix) -> Self {
        Self { title: fix.title.clone(), safety: fix.safety }
    }
}

impl From<FixedFinding> for OfferedFinding {
    fn from(found: FixedFinding) -> Self {
        let FixedFinding { finding, fixes, yields } = found;
        Self { finding, fixes: fixes.iter().map(Offered::from).collect(), yields }
    }
}

/// Fixes of one file that go together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FixAll {
    /// Disjoint edits in ascending order.
    pub edits: Vec<Edit>,
    /// The rule of each finding that is fixed.
    pub rules: Vec<&'static str>,
}

/// The card for the construct at `offset` (bytes), or nothing when no fact is known about it.
pub fn hover(
    library: &Library,
    document: &Document,
    settings: &Settings,
    offset: usize,
) -> Option<Hover> {
    cards::hover(library, document, settings, None, offset)
}

/// [`hover`], with what the files around the one at `site` say about names that it imports.
pub fn hover_at(
    library: &Library,
    document: &Document,
    settings: &Settings,
    site: Option<Site<'_>>,
    offset: usize,
) -> Option<Hover> {
    cards::hover(library, document, settings, site, offset)
}

/// The inlay hints of these kinds in `span`, in order of position.
pub fn inlay_hints(
    library: &Library,
    document: &Document,
    settings: &Settings,
    kinds: HintKinds,
    span: Span,
) -> Vec<InlayHint> {
    hints::inlay_hints(library, document, settings, kinds, span)
}

/// All findings of the file, in order of position.
pub fn findings(library: &Library, document: &Document, settings: &Settings) -> Vec<Finding> {
    lint::findings(library, document, settings)
}

/// A number that stays what it is as long as [`findings`] of the document do nothing but move with the
/// text around them. It says nothing about other settings or packs, and of another document nothing at all.
pub fn revision(library: &Library, document: &Document, settings: &Settings) -> u64 {
    lint::revision(library, document, settings)
}

/// Makes ready what [`findings`] tells, with less memory than it would take at once for a long file.
/// Findings are the same without.
pub fn prepare(library: &Library, document: &mut Document, settings: &Settings) {
    lint::prepare(library, document, settings);
}

/// The findings that meet `span`, each with the fixes that were verified for it.
pub fn fixes(
    library: &Library,
    document: &Document,
    settings: &Settings,
    span: Span,
) -> Vec<FixedFinding> {
    lint::fixes(library, document, settings, span)
}

/// [`fixes`] without their edits; at once where [`prepare_offers`] was called in time.
pub fn offers(
    library: &Library,
    document: &Document,
    settings: &Settings,
    span: Span,
) -> Vec<OfferedFinding> {
    lint::offers(library, document, settings, span)
}

/// Makes some of what [`offers`] is going to be asked for, of a file whose findings are known. What the
/// last keys changed is left for a `pause` in typing. False when there is nothing left to make.
pub fn prepare_offers(
    library: &Library,
    document: &Document,
    settings: &Settings,
    pause: bool,
) -> bool {
    lint::prepare_offers(library, document, settings, pause)
}

/// The conversions that can be made at `span`, a cursor or a selection, and those that would be wrong
/// there.
pub fn rewrites(
    library: &Library,
    document: &Document,
    settings: &Settings,
    span: Span,
) -> Vec<Rewrite> {
    refactor::rewrites(library, document, settings, span)
}

/// The edits that put a comment into the file so that `finding` is not shown any more; nothing where
/// no comment can stand.
pub fn silence(
    library: &Library,
    document: &Document,
    settings: &Settings,
    finding: &Finding,
) -> Option<Vec<Edit>> {
    suppress::silencing(library, document, settings, finding)
}

/// Whether [`silence`] has edits for `finding`. Quicker than to make them.
pub fn can_silence(
    library: &Library,
    document: &Document,
    settings: &Settings,
    finding: &Finding,
) -> bool {
    suppress::can_silence(library, document, settings, finding)
}

/// All safe fixes of the file that do not overlap.
pub fn fix_all(library: &Library, document: &Document, settings: &Settings) -> FixAll {
    lint::fix_all(library, document, settings)
}

/// Whether [`fix_all`] has anything to fix. It is known without making all fixes.
pub fn is_fixable(library: &Library, document: &Document, settings: &Settings) -> bool {
    lint::is_fixable(library, document, settings)
}
