//! The open documents, by the URI that the client gave them.
//!
//! Architecture invariant: the text is what the client sent; no file is read for it, and a URI of
//! any scheme is as good as another.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use pygloss_core::analysis::{self, Settings, Severity};
use pygloss_core::project::FileKind;
use pygloss_core::quiz::from_code::{CodeQuestion, Generator};
use pygloss_core::text::Text;
use pygloss_core::{Document, Library};
use tower_lsp::lsp_types::{Range, TextDocumentItem, Url};

use crate::analysed::Analysed;
use crate::convert::{Encoding, Places};
use crate::gate::uri;
use crate::practice::Work;

/// Longest text that is analysed, in bytes.
pub const MAX_TEXT: usize = 4 << 20;

/// Longest line that is analysed, in bytes.
pub const MAX_LINE: usize = 64 << 10;

/// All open documents.
pub type Documents = HashMap<Url, OpenDocument>;

/// A document that the client has open.
#[derive(Debug)]
pub struct OpenDocument {
    /// The version that the client gave the text.
    pub version: i32,
    /// What is known about the file besides its text.
    pub settings: Settings,
    /// The last diagnostics that were found.
    pub report: Report,
    /// Whether it is of the text and the settings as they are.
    pub report_age: Age,
    /// Where the findings stand.
    pub places: Places,
    /// The exercise whose file it is.
    pub exercise: Option<Work>,
    /// The questions about the code, if somebody asked for them since something changed.
    questions: Option<Arc<[CodeQuestion]>>,
    content: Content,
    is_python: bool,
    path: String,
}

/// What has changed since a report was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Age {
    /// Anything.
    #[default]
    Old,
    /// The text, on lines on which nothing of the report stands.
    Typed,
    /// Nothing.
    Current,
}

/// What is shown of the findings of one text.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Names the content: two reports with one id are equal. 0 for a report that was never made.
    pub id: u64,
    /// In order of position.
    pub shown: Vec<Shown>,
    /// Findings behind those that are shown, and where they begin.
    pub more: Option<(usize, Range)>,
    /// The [`analysis::revision`] of the findings, if they are shown as they were found.
    pub revision: Option<u64>,
}

/// A finding in the client's positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Permanent id of the rule.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Where it stands.
    pub range: Range,
    /// What it says.
    pub message: Arc<str>,
    /// Other places that explain it, and why.
    pub related: Vec<(Range, Arc<str>)>,
}

#[derive(Debug)]
enum Content {
    Analysed(Analysed),
    /// Neither Python nor a file of a project, or over the limits.
    TextOnly(Text),
}

impl OpenDocument {
    /// What a client opened.
    pub fn new(item: TextDocumentItem, settings: Settings) -> Self {
        let path = path_of(&item.uri);
        let has_ending = |suffix: &&str| path.ends_with(suffix);
        // A name says more than a client that has only one language for this server.
        let is_python = FileKind::of(&path).is_none()
            && (item.language_id == "python" || [".py", ".pyi", ".pyw"].iter().any(has_ending));
        Self {
            version: item.version,
            settings,
            report: Report::default(),
            report_age: Age::Old,
            places: Places::default(),
            exercise: Work::of(&item.uri),
            questions: None,
            content: Content::new(&item.text, is_python, &path),
            is_python,
            path,
        }
    }

    /// The text.
    pub fn text(&self) -> &Text {
        self.content.text()
    }

    /// What analysis of Python works on, or nothing for texts that are not analysed. The answer
    /// depends on the text alone, not on the edits that led to it.
    pub fn analysed(&mut self) -> Option<(&Document, &Settings)> {
        self.rest();
        match &self.content {
            Content::Analysed(Analysed::Python(document)) => Some((document, &self.settings)),
            _ => None,
        }
    }

    /// As [`OpenDocument::analysed`], for a look in passing.
    pub fn document(&self) -> Option<&Document> {
        match &self.content {
            Content::Analysed(Analysed::Python(document)) => Some(document),
            _ => None,
        }
    }

    /// The questions about the code, or what a file of a project says, which are computed once for a
    /// text; none about what is not analysed.
    pub fn questions(&mut self, library: &Library) -> Arc<[CodeQuestion]> {
        if self.questions.is_none() {
            self.rest();
            self.questions =
                self.content().map(|content| content.questions(library, &self.settings).into());
        }
        self.questions.clone().unwrap_or_default()
    }

    /// [`Self::questions`], at least those that `generator` computes, which takes less time.
    pub fn questions_of(
        &mut self,
        library: &Library,
        generator: &'static Generator,
    ) -> Arc<[CodeQuestion]> {
        if let Some(all) = &self.questions {
            return Arc::clone(all);
        }
        self.rest();
        let found = self
            .content()
            .map(|content| content.questions_of(library, &self.settings, generator).into());
        found.unwrap_or_default()
    }

    /// Forgets what rests on settings and packs, which changed.
    pub fn outdate(&mut self) {
        self.report_age = Age::Old;
        self.questions = None;
    }

    /// What is analysed.
    pub fn content(&self) -> Option<&Analysed> {
        match &self.content {
            Content::Analysed(content) => Some(content),
            Content::TextOnly(_) => None,
        }
    }

    /// Whether what is found in it rests on the files around it.
    pub fn rests_on_others(&self) -> bool {
        matches!(self.content, Content::Analysed(Analysed::Project(_)))
    }

    /// The text, and what is known about where things stand in it.
    pub fn text_and_places(&mut self) -> (&Text, &mut Places) {
        (self.content.text(), &mut self.places)
    }

    /// Comes to rest after edits, so that what is asked next is answered from the text alone.
    pub fn rest(&mut self) {
        if let Content::Analysed(Analysed::Python(document)) = &mut self.content {
            document.rest();
        }
    }

    /// Makes some of the fixes of its findings ready, see [`analysis::prepare_offers`].
    pub fn prepare_offers(&self, library: &Library, pause: bool) -> bool {
        match &self.content {
            Content::Analysed(Analysed::Python(document)) => {
                analysis::prepare_offers(library, document, &self.settings, pause)
            }
            _ => false,
        }
    }

    /// Makes findings ready, see [`analysis::prepare`].
    pub fn prepare(&mut self, library: &Library) {
        if let Content::Analysed(Analysed::Python(document)) = &mut self.content {
            analysis::prepare(library, document, &self.settings);
        }
    }

    /// See [`analysis::revision`]; nothing for what is not Python.
    pub fn revision(&self, library: &Library) -> Option<u64> {
        self.document().map(|document| analysis::revision(library, document, &self.settings))
    }

    /// Puts `new` in place of `range`, or of the whole text.
    pub fn edit(&mut self, encoding: Encoding, range: Option<Range>, new: &str) {
        let mut age = std::mem::take(&mut self.report_age);
        self.questions = None;
        let Some(range) = range else {
            self.content = Content::new(new, self.is_python, &self.path);
            self.places = Places::default();
            return;
        };
        // A clone of a rope is free.
        let before = self.text().clone();
        let span = encoding.span(&before, range);
        match &mut self.content {
            Content::Analysed(content) => {
                let mut text = before.clone();
                text.replace(span, new);
                if fits_after(&text, span.start, new) {
                    content.edit(span, new);
                } else {
                    self.content = Content::TextOnly(text);
                    age = Age::Old;
                }
            }
            Content::TextOnly(text) => {
                age = Age::Old;
                text.replace(span, new);
                let may_be = self.is_python || FileKind::of(&self.path).is_some();
                if may_be && text.len() <= MAX_TEXT {
                    let text = text.to_string();
                    self.content = Content::new(&text, self.is_python, &self.path);
                }
            }
        }
        let Self { places, content, .. } = self;
        if places.edit(&before, span, new.len(), content.text()) && age != Age::Old {
            self.report_age = Age::Typed;
        }
    }
}

impl Content {
    fn new(text: &str, is_python: bool, path: &str) -> Self {
        let analysed = is_analysable(text).then(|| Analysed::new(text, is_python, path)).flatten();
        analysed.map_or_else(|| Self::TextOnly(Text::new(text)), Self::Analysed)
    }

    fn text(&self) -> &Text {
        match self {
            Self::Analysed(content) => content.text(),
            Self::TextOnly(text) => text,
        }
    }
}

/// Whether `text` is within the limits of analysis.
pub fn is_analysable(text: &str) -> bool {
    text.len() <= MAX_TEXT && longest_line(text) <= MAX_LINE
}

/// Whether a text that fitted still does with `new` put in at `start`.
fn fits_after(text: &Text, start: usize, new: &str) -> bool {
    let len_of_line = |at| text.line_content(text.line_of(at)).len();
    text.len() <= MAX_TEXT
        && len_of_line(start) <= MAX_LINE
        && len_of_line(start + new.len()) <= MAX_LINE
        && (new.len() <= MAX_LINE || longest_line(new) <= MAX_LINE)
}

fn longest_line(text: &str) -> usize {
    let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes());
    let starts = std::iter::once(0).chain(ends.clone().map(|end| end + 1));
    let lens = starts.zip(ends.chain(std::iter::once(text.len()))).map(|(start, end)| end - start);
    lens.max().unwrap_or(0)
}

/// The path of a URI for looking at names and endings; it may not exist on this machine.
pub fn path_of(url: &Url) -> String {
    let spelling = uri::spelling(url);
    let end = spelling.find(['?', '#']).unwrap_or(spelling.len());
    spelling[..end].to_owned()
}

/// The file on this machine that a URI names.
pub fn file_of(url: &Url) -> Option<PathBuf> {
    let url = Url::parse(&uri::spelling(url)).ok()?;
    (url.scheme() == "file").then(|| url.to_file_path().ok())?
}

/// What the path of a file says about it: whether it is a test, and whether a stub.
pub fn is_test_and_stub(path: &str) -> (bool, bool) {
    let mut parts: Vec<&str> = path.split(['/', '\\']).collect();
    let name = parts.pop().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_test = stem == "conftest"
        || stem.starts_with("test_")
        || stem.ends_with("_test")
        || parts.iter().any(|&folder| folder == "test" || folder == "tests");
    (is_test, name.ends_with(".pyi"))
}

#[cfg(test)]
mod tests;
