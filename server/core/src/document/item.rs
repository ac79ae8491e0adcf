//! One top-level item.

use std::cell::{Cell, OnceCell};
use std::sync::Arc;

use super::attributes::Attributes;
use super::parse;
use crate::Span;
use crate::items::{ItemEnd, masked};
use crate::scope::ItemScopes;
use crate::suppress::{Directive, directives};
use crate::syntax::{Tree, soundness};

/// Identifies an item for as long as it starts at the same statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(pub(super) u32);

/// One top-level statement, with the comments and blank lines behind it. Offsets inside an item
/// count bytes from its start.
#[derive(Clone, Debug)]
pub struct Item {
    id: ItemId,
    text: Arc<String>,
    end: ItemEnd,
    tree: OnceCell<Option<Arc<Tree>>>,
    /// What the parser made, while someone may need it again: the next edit, or another hover.
    parsed: OnceCell<tree_sitter::Tree>,
    is_edited: bool,
    /// How often [`Item::rest`] has looked since the tree was last asked for.
    unused: Cell<u8>,
    stale: Option<Stale>,
    scopes: OnceCell<Option<Arc<ItemScopes>>>,
    directives: OnceCell<Arc<[Directive]>>,
    intact: OnceCell<bool>,
    attributes: OnceCell<Arc<Attributes>>,
}

/// The tree without errors of an earlier text.
#[derive(Clone, Debug)]
struct Stale {
    tree: tree_sitter::Tree,
    /// The bytes of the item before this one are what they were.
    same: usize,
    /// Some text since was parsed and had an error, so that this one is likely to have one. The tree
    /// was told of the edits before.
    is_broken: bool,
}

/// CPython's parser gives up at 200 nested brackets (`MAXSTACK` of its tokenizer), so deeper text
/// is no Python.
const MAX_BRACKETS: usize = 200;

/// The scanner of the grammar reads about a hundred bytes in a microsecond. No file of the standard
/// library comes near.
const MAX_RESCANNED: usize = 20_000_000;

impl Item {
    pub(super) fn new(id: ItemId, text: String, end: ItemEnd) -> Self {
        Self {
            id,
            text: Arc::new(text),
            end,
            tree: OnceCell::new(),
            parsed: OnceCell::new(),
            is_edited: false,
            unused: Cell::new(0),
            stale: None,
            scopes: OnceCell::new(),
            directives: OnceCell::new(),
            intact: OnceCell::new(),
            attributes: OnceCell::new(),
        }
    }

    /// Stays the same while the item is edited.
    pub fn id(&self) -> ItemId {
        self.id
    }

    /// The text of the item.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// True when the texts are the same; known at once where one item is a clone of the other.
    pub(crate) fn has_text_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text) || self.text == other.text
    }

    /// The syntax tree, whose root is a `module` node; made when first asked for. Nothing when the
    /// text nests deeper than Python allows or the parser needs absurdly long.
    pub fn tree(&self) -> Option<&Tree> {
        self.unused.set(0);
        self.tree.get_or_init(|| self.make_tree().map(Arc::new)).as_deref()
    }

    /// The tree as the parser makes it, which takes several times the memory. Of what is only read, it is made
    /// when it is first asked for.
    pub fn parsed(&self) -> Option<&tree_sitter::Tree> {
        if self.parsed.get().is_none() {
            let _ = self.parsed.set(self.parse()?);
        }
        self.parsed.get()
    }

    /// Bytes of text with a tree in memory.
    pub(super) fn parsed_len(&self) -> usize {
        if matches!(self.tree.get(), Some(Some(_))) { self.text.len() } else { 0 }
    }

    /// Drops the tree if nobody asked for it since the last `looks` calls before this one. It is made
    /// again when it is asked for.
    pub(super) fn rest(&mut self, looks: u8) {
        let unused = self.unused.get();
        self.unused.set(unused.saturating_add(1));
        if unused >= looks && matches!(self.tree.get(), Some(Some(_))) {
            self.tree.take();
            self.parsed.take();
            self.stale = None;
        }
    }

    /// Makes what is kept of an item without keeping its tree, unless it is there.
    pub(super) fn summarise(&self) {
        if self.scopes.get().is_some() || self.tree.get().is_some() || self.stale.is_some() {
            return;
        }
        let Some(tree) = self.make_tree() else { return };
        let root = tree.root_node();
        let scopes = Arc::new(ItemScopes::build(&self.text, root));
        self.attributes.get_or_init(|| Arc::new(self.attributes_in(&tree, Some(&scopes))));
        self.scopes.get_or_init(|| Some(scopes));
        self.directives.get_or_init(|| directives(&self.text, &tree).into());
        self.intact.get_or_init(|| !root.is_broken());
    }

    /// The scopes of the item; made when first asked for. Nothing when there is no tree.
    pub fn scopes(&self) -> Option<&ItemScopes> {
        self.scopes.get_or_init(|| self.find_scopes()).as_deref()
    }

    pub(super) fn shared_scopes(&self) -> Option<Arc<ItemScopes>> {
        self.scopes.get_or_init(|| self.find_scopes()).clone()
    }

    fn find_scopes(&self) -> Option<Arc<ItemScopes>> {
        Some(Arc::new(ItemScopes::build(&self.text, self.tree()?.root_node())))
    }

    pub(super) fn attributes(&self) -> Arc<Attributes> {
        let found = self.attributes.get_or_init(|| {
            Arc::new(match self.tree() {
                Some(tree) => self.attributes_in(tree, self.scopes()),
                None => Attributes::of_text(&self.text),
            })
        });
        Arc::clone(found)
    }

    fn attributes_in(&self, tree: &Tree, scopes: Option<&ItemScopes>) -> Attributes {
        match scopes.filter(|_| !tree.root_node().is_broken()) {
            Some(scopes) => Attributes::of_intact(&self.text, scopes),
            None => Attributes::of_text(&self.text),
        }
    }

    /// The comments that silence rules, in order.
    pub(crate) fn directives(&self) -> &[Directive] {
        self.directives.get_or_init(|| {
            let found = self.tree().map(|tree| directives(&self.text, tree));
            found.unwrap_or_default().into()
        })
    }

    /// True when the item has a tree without errors.
    pub(crate) fn is_intact(&self) -> bool {
        *self.intact.get_or_init(|| self.tree().is_some_and(|tree| !tree.root_node().is_broken()))
    }

    /// False for text that gets no tree, however short it is.
    pub(super) fn is_parsable(&self) -> bool {
        is_parsable(self.end)
    }

    /// True when a statement in it is [left open](ItemEnd::is_open).
    pub(crate) fn is_open(&self) -> bool {
        self.end.is_open
    }

    /// True when the tree exists.
    pub fn is_parsed(&self) -> bool {
        self.tree.get().is_some()
    }

    pub(super) fn end(&self) -> ItemEnd {
        self.end
    }

    pub(super) fn set_end(&mut self, end: ItemEnd) {
        if is_parsable(self.end) != is_parsable(end) || self.end.is_open != end.is_open {
            self.scopes.take();
            self.directives.take();
            self.intact.take();
            self.attributes.take();
            self.tree.take();
            self.parsed.take();
        }
        self.end = end;
    }

    /// Replaces `span` of the item by `text`. The tree follows when it is asked for; unless this is a trial,
    /// all is kept that may help with the next edit.
    pub(super) fn edit(&mut self, span: Span, text: &str, end: ItemEnd, is_trial: bool) {
        self.scopes.take();
        self.directives.take();
        self.intact.take();
        self.attributes.take();
        let parsed = self.parsed.take();
        if let Some(tree) = self.tree.take() {
            // Of a statement that was left open the parser knows nothing.
            let may_help = |it: &Tree| self.end.is_open || !it.root_node().is_broken();
            // What is edited once will be edited again, and then this helps with each key.
            let again = || if is_trial { None } else { self.parse() };
            let old = tree.is_some_and(|it| may_help(&it)).then(|| parsed.or_else(again)).flatten();
            match old.filter(|old| !old.root_node().has_error()) {
                Some(tree) => {
                    let mut stale = Stale { tree, same: self.text.len(), is_broken: false };
                    if self.end.is_open {
                        stale.without(&masked(&self.text).statements);
                    }
                    self.stale = Some(stale);
                }
                // Over broken code, what the parser makes may depend on the path that led to the text.
                None => self.stale.iter_mut().for_each(|stale| stale.is_broken = true),
            }
        }
        self.is_edited |= !is_trial;
        if let Some(stale) = &mut self.stale {
            // To the parser, what a `\r` is depends on the byte behind it.
            let after_return = self.text[..span.start].ends_with('\r');
            let start = span.start - usize::from(after_return);
            stale.same = stale.same.min(start);
            if !stale.is_broken {
                stale.tree.edit(&soundness::edit(start, span.end, span.start + text.len()));
            }
        }
        Arc::make_mut(&mut self.text).replace_range(span.start..span.end, text);
        self.end = end;
    }

    fn make_tree(&self) -> Option<Tree> {
        if let Some(parsed) = self.parsed.get() {
            return Tree::new(parsed);
        }
        let parsed = self.parse()?;
        let tree = Tree::new(&parsed);
        if self.is_edited {
            let _ = self.parsed.set(parsed);
        }
        tree
    }

    fn parse(&self) -> Option<tree_sitter::Tree> {
        is_parsable(self.end).then_some(())?;
        if !self.end.is_open {
            return parse_with(&self.text, self.stale.as_ref());
        }
        let masked = masked(&self.text);
        let mut stale = self.stale.clone();
        stale.iter_mut().for_each(|stale| stale.without(&masked.statements));
        let mut tree = parse_with(&masked.text, stale.as_ref())?;
        masked.names.iter().for_each(|name| soundness::mark(&mut tree, *name));
        Some(tree)
    }
}

impl Stale {
    /// Forgets what stands at these places, which are still as long as they were.
    fn without(&mut self, places: &[Span]) {
        for place in places {
            self.same = self.same.min(place.start);
            if !self.is_broken {
                self.tree.edit(&soundness::same_length(*place));
            }
        }
    }
}

fn parse_with(text: &str, stale: Option<&Stale>) -> Option<tree_sitter::Tree> {
    let Some(stale) = stale else { return parse::tree(text) };
    let followed = if stale.is_broken { None } else { parse::follow(text, &stale.tree) };
    followed.or_else(|| {
        // Telling a tree what to use of it takes time, too.
        let is_much = stale.same > text.len() / 3;
        if is_much { parse::from_start(text, &stale.tree, stale.same) } else { parse::tree(text) }
    })
}

/// False for text that no program holds and that would take the parser seconds.
fn is_parsable(end: ItemEnd) -> bool {
    end.depth <= MAX_BRACKETS && end.rescanned <= MAX_RESCANNED
}
