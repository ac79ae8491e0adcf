//! Texts that are analysed, Python or another file of a project, and what can be asked about them.

use std::path::PathBuf;

use pygloss_core::analysis::{
    self, Edit, Finding, FixAll, FixedFinding, Hover, OfferedFinding, Settings,
};
use pygloss_core::modules::Site;
use pygloss_core::project::{self, FileKind, Place, ProjectFile};
use pygloss_core::quiz::from_code::{self, CodeQuestion, Generator};
use pygloss_core::text::Text;
use pygloss_core::{Document, Library, Span};
use tower_lsp::lsp_types::Url;

use crate::documents::Documents;
use crate::imports::{Cache, Folder};
use crate::workspace::Workspace;

/// A text that is analysed.
#[derive(Debug)]
pub enum Analysed {
    /// Python.
    Python(Box<Document>),
    /// Another file of a project.
    Project(ProjectFile),
}

impl Analysed {
    /// The text, analysed as its path demands; nothing for what is neither.
    pub fn new(text: &str, is_python: bool, path: &str) -> Option<Self> {
        if is_python {
            return Some(Self::Python(Box::new(Document::new(text))));
        }
        FileKind::of(path).map(|kind| Self::Project(ProjectFile::new(kind, text)))
    }

    /// The text.
    pub fn text(&self) -> &Text {
        match self {
            Self::Python(document) => document.text(),
            Self::Project(file) => file.text(),
        }
    }

    /// All questions about it.
    pub fn questions(&self, library: &Library, settings: &Settings) -> Vec<CodeQuestion> {
        match self {
            Self::Python(document) => from_code::questions(library, document, settings),
            Self::Project(file) => from_code::questions_in(library, file, settings),
        }
    }

    /// The questions about it that one generator computes.
    pub fn questions_of(
        &self,
        library: &Library,
        settings: &Settings,
        generator: &'static Generator,
    ) -> Vec<CodeQuestion> {
        match self {
            Self::Python(document) => {
                from_code::questions_of(library, document, settings, generator)
            }
            Self::Project(file) => from_code::questions_in_of(library, file, settings, generator),
        }
    }

    /// The questions about what is at `offset` and around it, but for those that take long.
    pub fn questions_at(
        &self,
        library: &Library,
        settings: &Settings,
        offset: usize,
    ) -> Vec<CodeQuestion> {
        match self {
            Self::Python(document) => from_code::questions_at(library, document, settings, offset),
            Self::Project(file) => from_code::questions_in(library, file, settings),
        }
    }

    /// Puts `new` in place of `span`.
    pub fn edit(&mut self, span: Span, new: &str) {
        match self {
            Self::Python(document) => document.edit(span, new),
            Self::Project(file) => file.edit(span, new),
        }
    }
}

/// The files around one, and its path among them.
#[derive(Debug)]
pub struct Around<'w> {
    folder: Folder<'w>,
    path: String,
}

impl<'w> Around<'w> {
    /// The file at `path` in the folder `root`.
    pub fn new(root: PathBuf, path: String, documents: &'w Documents, cache: &'w Cache) -> Self {
        Self { folder: Folder::new(root, documents, cache), path }
    }

    fn site(&self) -> Option<Site<'_>> {
        Site::new(&self.folder, &self.path)
    }

    fn place(&self) -> Option<Place<'_>> {
        Place::new(&self.folder, &self.path)
    }
}

/// A text that is asked about, with all that the answers rest on.
#[derive(Debug)]
pub struct Asked<'w> {
    /// The text.
    pub content: &'w Analysed,
    /// What is known about the file besides.
    pub settings: &'w Settings,
    /// The files around it. Only cards about Python need them, and all about other files.
    pub around: Option<Around<'w>>,
}

impl<'w> Asked<'w> {
    /// An open document; nothing for one that is not analysed. Python is seen alone.
    pub fn of(
        documents: &'w mut Documents,
        workspace: &Workspace,
        cache: &'w Cache,
        uri: &Url,
    ) -> Option<Self> {
        let rests_on_others = documents.get(uri)?.rests_on_others();
        Self::open(documents, uri, rests_on_others.then_some((workspace, cache)))
    }

    /// An open document with the files around it, whatever it is.
    pub fn with_files(
        documents: &'w mut Documents,
        workspace: &Workspace,
        cache: &'w Cache,
        uri: &Url,
    ) -> Option<Self> {
        Self::open(documents, uri, Some((workspace, cache)))
    }

    fn open(
        documents: &'w mut Documents,
        uri: &Url,
        files: Option<(&Workspace, &'w Cache)>,
    ) -> Option<Self> {
        documents.get_mut(uri)?.rest();
        let documents = &*documents;
        let open = documents.get(uri)?;
        let around = files.and_then(|(workspace, cache)| {
            let (root, path) = workspace.place_of(uri)?;
            Some(Around::new(root.to_owned(), path, documents, cache))
        });
        Some(Self { content: open.content()?, settings: &open.settings, around })
    }

    /// The text.
    pub fn text(&self) -> &'w Text {
        self.content.text()
    }

    fn place(&self) -> Option<Place<'_>> {
        self.around.as_ref()?.place()
    }

    /// The card about what is at `offset`.
    pub fn hover(&self, library: &Library, offset: usize) -> Option<Hover> {
        match self.content {
            Analysed::Python(document) => {
                let site = self.around.as_ref().and_then(Around::site);
                analysis::hover_at(library, document, self.settings, site, offset)
            }
            Analysed::Project(file) => {
                project::hover(library, file, self.settings, self.place(), offset)
            }
        }
    }

    /// All findings, in order of position.
    pub fn findings(&self, library: &Library) -> Vec<Finding> {
        match self.content {
            Analysed::Python(document) => analysis::findings(library, document, self.settings),
            Analysed::Project(file) => {
                project::findings(library, file, self.settings, self.place())
            }
        }
    }

    /// The findings that meet `span`, each with its verified fixes.
    pub fn fixes(&self, library: &Library, span: Span) -> Vec<FixedFinding> {
        match self.content {
            Analysed::Python(document) => analysis::fixes(library, document, self.settings, span),
            Analysed::Project(file) => {
                project::fixes(library, file, self.settings, self.place(), span)
            }
        }
    }

    /// [`Asked::fixes`] without their edits.
    pub fn offers(&self, library: &Library, span: Span) -> Vec<OfferedFinding> {
        match self.content {
            Analysed::Python(document) => analysis::offers(library, document, self.settings, span),
            Analysed::Project(_) => {
                self.fixes(library, span).into_iter().map(OfferedFinding::from).collect()
            }
        }
    }

    /// All safe fixes that do not overlap.
    pub fn fix_all(&self, library: &Library) -> FixAll {
        match self.content {
            Analysed::Python(document) => analysis::fix_all(library, document, self.settings),
            Analysed::Project(file) => project::fix_all(library, file, self.settings, self.place()),
        }
    }

    /// Whether there is anything for [`Asked::fix_all`].
    pub fn is_fixable(&self, library: &Library) -> bool {
        match self.content {
            Analysed::Python(document) => analysis::is_fixable(library, document, self.settings),
            Analysed::Project(_) => !self.fix_all(library).edits.is_empty(),
        }
    }

    /// Whether [`Self::silence`] has edits.
    pub fn can_silence(&self, library: &Library, finding: &Finding) -> bool {
        match self.content {
            Analysed::Python(document) => {
                analysis::can_silence(library, document, self.settings, finding)
            }
            Analysed::Project(_) => self.silence(library, finding).is_some(),
        }
    }

    /// The edits after which a comment silences `finding`.
    pub fn silence(&self, library: &Library, finding: &Finding) -> Option<Vec<Edit>> {
        match self.content {
            Analysed::Python(document) => {
                analysis::silence(library, document, self.settings, finding)
            }
            Analysed::Project(file) => {
                project::silence(library, file, self.settings, self.place(), finding)
            }
        }
    }
}
