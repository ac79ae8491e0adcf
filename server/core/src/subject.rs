//! What a fact or a predicate is asked about.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::content::Library;
use crate::decorator::{self, Decorator};
use crate::facts::Facts;
use crate::facts::concurrency::BLOCKING_CALL;
use crate::facts::context_managers::CONTEXT_MANAGER;
use crate::facts::tables::Table;
use crate::modules::Site;
use crate::names::Names;
use crate::syntax::{Field, Kind, Node, kind};
use crate::vocabulary::Word;
use crate::{Document, Settings, Span};

/// The row of a call of which the reader says that it blocks.
static BLOCKING: LazyLock<Facts> = LazyLock::new(|| {
    let mut row = Facts::of(BLOCKING_CALL.columns);
    row.flag("thread", true);
    row
});

/// The row of a call of which the reader says that it opens something. Whether `with` can close that is
/// not said.
static RESOURCE: LazyLock<Facts> = LazyLock::new(|| {
    let mut row = Facts::of(CONTEXT_MANAGER.columns);
    row.code("release", "close");
    row
});

/// A construct of the reader's code: a node, the nodes around it and the file it stands in.
///
/// Nodes belong to the tree of one top-level item; their byte offsets count from the item's start.
/// [`Subject::span`] and [`Subject::line`] speak of the whole file.
pub struct Subject<'a> {
    document: &'a Document,
    settings: &'a Settings,
    /// Index of the item in the document.
    item: usize,
    /// From the item's root to the construct.
    path: &'a [Node<'a>],
    captures: &'a [(u32, Node<'a>)],
    capture_names: &'a [&'a str],
    library: Option<&'a Library>,
    site: Option<Site<'a>>,
    shared: Option<Shared<'a>>,
}

/// What several rules want to know about the same construct, found out once.
struct Shared<'a> {
    decorator: Option<Decorator<'a>>,
    callee: OnceCell<Option<String>>,
}

impl<'a> Subject<'a> {
    /// The last node of `path`, which starts at the root of the document's item `item`.
    ///
    /// # Panics
    /// When `path` is empty.
    pub fn new(
        document: &'a Document,
        settings: &'a Settings,
        item: usize,
        path: &'a [Node<'a>],
    ) -> Self {
        assert!(!path.is_empty());
        Self {
            document,
            settings,
            item,
            path,
            captures: &[],
            capture_names: &[],
            library: None,
            site: None,
            shared: None,
        }
    }

    /// The same subject with the nodes that a pattern captured.
    pub(crate) fn with_captures(
        self,
        captures: &'a [(u32, Node<'a>)],
        capture_names: &'a [&'a str],
    ) -> Self {
        Self { captures, capture_names, ..self }
    }

    /// Lets facts about the standard library be read from these packs.
    pub fn with_library(self, library: &'a Library) -> Self {
        Self { library: Some(library), ..self }
    }

    /// Lets facts follow imports into the files around the one at `site`.
    pub fn with_site(self, site: Option<Site<'a>>) -> Self {
        Self { site, ..self }
    }

    /// The same construct, of a file with these settings.
    pub(crate) fn with_settings<'b>(&'b self, settings: &'b Settings) -> Subject<'b> {
        Subject { settings, shared: None, ..*self }
    }

    /// Keeps in mind what several rules are going to ask.
    pub(crate) fn shared(mut self) -> Self {
        if matches!(kind(self.node()), Kind::FunctionDefinition | Kind::Call) {
            self.shared = Some(Shared { decorator: self.decorator(), callee: OnceCell::new() });
        }
        self
    }

    /// The decorator that the construct, a function, defines (see [`decorator::read`]).
    pub(crate) fn decorator(&self) -> Option<Decorator<'a>> {
        match &self.shared {
            Some(shared) => shared.decorator.clone(),
            None if kind(self.node()) == Kind::FunctionDefinition => {
                decorator::read(self.names(), self.item, self.node())
            }
            None => None,
        }
    }

    /// The dotted name of what the construct, a call, calls.
    pub(crate) fn callee(&self) -> Option<Cow<'_, str>> {
        match &self.shared {
            Some(shared) => {
                shared.callee.get_or_init(|| self.found_callee()).as_deref().map(Cow::Borrowed)
            }
            None => self.found_callee().map(Cow::Owned),
        }
    }

    fn found_callee(&self) -> Option<String> {
        let callee = Field::Function.of(self.node()).filter(|_| kind(self.node()) == Kind::Call)?;
        self.names().qualified(self.item, callee)
    }

    /// What the packs know about an object of the standard library, or the reader says about one from
    /// elsewhere. Nothing when no pack is there to ask.
    pub fn row(&self, table: &Table, name: &str) -> Option<&'a Facts> {
        self.library?.row(table, name).or_else(|| {
            let says = || self.settings.vocabulary.says(Word::Blocking, name);
            (table.name == BLOCKING_CALL.name && says()).then(|| &*BLOCKING)
        })
    }

    /// The row of [`CONTEXT_MANAGER`] of what opens something that has to be given back, by a method that the
    /// row names.
    pub(crate) fn resource(&self, name: &str) -> Option<&'a Facts> {
        let row = self.row(&CONTEXT_MANAGER, name).filter(|row| row.get("release").is_some());
        row.or_else(|| self.settings.vocabulary.says(Word::Resource, name).then(|| &*RESOURCE))
    }

    /// All that the packs know about the objects of a table, by name.
    pub fn rows(&self, table: &Table) -> BTreeMap<&'a str, &'a Facts> {
        self.library.map(|library| library.rows(table)).unwrap_or_default()
    }

    /// The file.
    pub fn document(&self) -> &'a Document {
        self.document
    }

    /// What is known about the file besides its text.
    pub fn settings(&self) -> &'a Settings {
        self.settings
    }

    /// What the names of the file mean.
    pub fn names(&self) -> Names<'a> {
        Names::new(self.document).at(self.site).knowing(&self.settings.vocabulary)
    }

    /// Index of the top-level item in the document.
    pub fn item(&self) -> usize {
        self.item
    }

    /// The construct.
    pub fn node(&self) -> Node<'a> {
        self.path[self.path.len() - 1]
    }

    /// From the item's root to the construct, both included.
    pub fn path(&self) -> &'a [Node<'a>] {
        self.path
    }

    /// The nodes around the construct, from the inside out.
    pub fn ancestors(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        self.path[..self.path.len() - 1].iter().rev().copied()
    }

    /// The node that the pattern captured under this name, the first one if there are several.
    pub fn capture(&self, name: &str) -> Option<Node<'a>> {
        let index = self.capture_names.iter().position(|other| *other == name)?;
        self.capture_at(u32::try_from(index).ok()?)
    }

    pub(crate) fn capture_at(&self, index: u32) -> Option<Node<'a>> {
        self.captures.iter().find(|(other, _)| *other == index).map(|(_, node)| *node)
    }

    /// The text of the item.
    pub fn item_text(&self) -> &'a str {
        self.document.items()[self.item].text()
    }

    /// The text of a node of the item.
    pub fn text(&self, node: Node<'_>) -> &'a str {
        self.item_text().get(node.byte_range()).unwrap_or_default()
    }

    /// The bytes of a node of the item, counted in the file.
    pub fn span(&self, node: Node<'_>) -> Span {
        Span::from(node.byte_range()).shifted(self.document.start_of(self.item))
    }

    /// The line of the file, from 0, on which a node of the item starts.
    pub fn line(&self, node: Node<'_>) -> usize {
        self.document.text().line_of(self.span(node).start)
    }
}
