//! What a name means in its file.
//!
//! A fact that needs a name is stated only when the name resolves to one thing. So every question
//! here answers nothing as soon as there are two possibilities: two bindings that are not the same
//! import, a `from … import *` of which is not known what it binds, or a name that is not bound at all
//! where the file may bind names behind the reader's back.
//!
//! ```
//! use pygloss_core::{Document, names::Names};
//! let document = Document::new("from functools import wraps as w\nprint(w)\n");
//! let names = Names::new(&document);
//! let path = pygloss_core::walk::path_to(document.items()[1].tree().unwrap().root_node(), 6, 7);
//! assert_eq!(names.qualified(1, *path.unwrap().last().unwrap()).as_deref(), Some("functools.wraps"));
//! ```

mod elsewhere;
mod receiver;
mod stars;

pub use elsewhere::Definition;
pub use receiver::Receiver;
pub use stars::Star;

use crate::Document;
use crate::builtins::is_builtin;
use crate::document::Item;
use crate::modules::Site;
use crate::scope::{
    Binding, BindingKind, ItemScopes, MODULE, Reference, Resolution, ScopeId, ScopeKind,
};
use crate::syntax::{Field, Kind, Node, kind};
use crate::vocabulary::Vocabulary;
use crate::{Span, walk};

/// The names of a file.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    document: &'a Document,
    site: Option<Site<'a>>,
    vocabulary: Option<&'a Vocabulary>,
}

/// A binding and the item it is in.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'a> {
    /// Index of the item.
    pub item: usize,
    /// The binding, in bytes of the item.
    pub binding: &'a Binding,
}

/// What a name was found to be.
#[derive(Clone, Debug)]
pub enum Meaning<'a> {
    /// A variable of a function, class or comprehension, with all its bindings.
    Local(ScopeId, Vec<Bound<'a>>),
    /// A variable of the module, with all its bindings.
    Module(Vec<Bound<'a>>),
    /// What a `from … import *` binds to the same name.
    Star(Star),
    /// A builtin that nothing in the file hides.
    Builtin,
    /// Not bound here; may come from anywhere.
    Unknown,
}

/// A use of a name and the item it is in.
#[derive(Clone, Copy, Debug)]
pub struct Use<'a> {
    /// Index of the item.
    pub item: usize,
    /// The use, in bytes of the item.
    pub reference: &'a Reference,
}

/// `x = a.b; y = x; …` is followed this far.
const MAX_REBINDINGS: usize = 5;

impl<'a> Names<'a> {
    /// The names of `document`, as far as it tells alone.
    pub fn new(document: &'a Document) -> Self {
        Self { document, site: None, vocabulary: None }
    }

    /// The place of the file, if imports can be followed from there.
    pub(crate) fn site(&self) -> Option<Site<'a>> {
        self.site
    }

    /// The item with this index.
    pub fn item(&self, index: usize) -> &'a Item {
        self.document.note_content(index);
        &self.document.items()[index]
    }

    /// True when the text of some item of the file is such, by a word.
    pub(crate) fn some_text(&self, holds: fn(&str, &str) -> bool, word: &str) -> bool {
        self.document.some_text(holds, word)
    }

    /// True when the file has one of the words somewhere.
    pub(crate) fn mentions_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.document.mentions(word))
    }

    /// All items, for what must know every line of the file.
    pub(crate) fn all_items(&self) -> &'a [Item] {
        self.document.note_everything();
        self.document.items()
    }

    /// The items in which an attribute of this name may be set; nothing when any may be set.
    pub(crate) fn items_with_attribute(&self, name: &str) -> Option<Vec<usize>> {
        self.document.items_with_attribute(name)
    }

    /// The scopes of an item.
    pub fn scopes(&self, item: usize) -> Option<&'a ItemScopes> {
        self.item(item).scopes()
    }

    /// The scopes of an item, for answers that follow from the names it binds and from nothing else
    /// in it.
    fn bound_scopes(&self, item: usize) -> Option<&'a ItemScopes> {
        self.document.items()[item].scopes()
    }

    /// The bindings of `name` at module level, in order.
    pub fn module_bindings(&self, name: &str) -> Vec<Bound<'a>> {
        let mut found = Vec::new();
        for item in self.document.items_that_bind(name) {
            let Some(scopes) = self.bound_scopes(item) else { continue };
            let Some(number) = scopes.number(name) else { continue };
            found.extend(scopes.bindings(MODULE, number).map(|binding| Bound { item, binding }));
        }
        found
    }

    /// What the name means that is used by the identifier `node`.
    pub fn meaning(&self, item: usize, node: Node<'_>) -> Meaning<'a> {
        let reference = self.scopes(item).and_then(|scopes| scopes.reference_at(node.start_byte()));
        match reference {
            Some(reference) => self.meaning_of(Use { item, reference }),
            None => Meaning::Unknown,
        }
    }

    fn meaning_of(&self, used: Use<'a>) -> Meaning<'a> {
        let meaning = self.meaning_in(used);
        if self.may_come_from_further_out(used, &meaning) { Meaning::Unknown } else { meaning }
    }

    /// Class bodies and the module look names up when they run, so before a name is bound there,
    /// it is the module's or a builtin.
    fn may_come_from_further_out(&self, used: Use<'a>, meaning: &Meaning<'a>) -> bool {
        let Some(scopes) = self.scopes(used.item) else { return true };
        let (owner, bindings) = match meaning {
            Meaning::Local(owner, bindings) if scopes.scopes()[*owner].kind == ScopeKind::Class => {
                (*owner, bindings)
            }
            Meaning::Module(bindings) if is_builtin(scopes.name(used.reference.name)) => {
                (MODULE, bindings)
            }
            _ => return false,
        };
        let is_bound_before = |bound: &Bound<'_>| {
            let Binding { kind, from, node, conditional, .. } = *bound.binding;
            let gives_value = !matches!(kind, BindingKind::Delete | BindingKind::Declaration);
            let is_before = bound.item < used.item
                || bound.item == used.item && node.end <= used.reference.at.start;
            gives_value && from == owner && !conditional && is_before
        };
        !bindings.iter().any(is_bound_before)
    }

    fn meaning_in(&self, used: Use<'a>) -> Meaning<'a> {
        let Use { item, reference } = used;
        let Some(scopes) = self.scopes(item) else { return Meaning::Unknown };
        match scopes.resolve(reference.scope, reference.name) {
            Resolution::Local(owner) => {
                let bindings = scopes.bindings(owner, reference.name);
                Meaning::Local(owner, bindings.map(|binding| Bound { item, binding }).collect())
            }
            Resolution::Module => {
                let name = scopes.name(reference.name);
                self.meaning_at(name, Some((item, reference.at.start)))
            }
        }
    }

    /// What `name` means at module level.
    pub fn module_meaning(&self, name: &str) -> Meaning<'a> {
        self.meaning_at(name, None)
    }

    /// The one binding that the identifier can refer to.
    pub fn binding(&self, item: usize, node: Node<'_>) -> Option<Bound<'a>> {
        match self.meaning(item, node) {
            Meaning::Local(_, bindings) | Meaning::Module(bindings) => only(&bindings),
            _ => None,
        }
    }

    /// The function or class of this file that an identifier can only be. For `self`, `cls` and
    /// `super()` see [`Names::receiver`].
    pub fn definition(&self, item: usize, node: Node<'_>) -> Option<Bound<'a>> {
        let bound = match kind(node) {
            Kind::Identifier => self.binding(item, node)?,
            Kind::ParenthesizedExpression => return self.definition(item, node.named_child(0)?),
            _ => return None,
        };
        matches!(bound.binding.kind, BindingKind::Function | BindingKind::Class).then_some(bound)
    }

    /// The node that a binding's statement, definition or parameter is.
    pub fn node(&self, bound: Bound<'a>) -> Option<Node<'a>> {
        node_with(self.item(bound.item).tree()?.root_node(), bound.binding.node)
    }

    /// The dotted name that an expression stands for, through imports and single rebindings:
    /// `functools.wraps`, `builtins.property`. Relative imports keep their leading dots. Nothing for
    /// what this file defines itself.
    pub fn qualified(&self, item: usize, node: Node<'_>) -> Option<String> {
        self.qualified_within(item, node, 0)
    }

    fn qualified_within(&self, item: usize, node: Node<'_>, depth: usize) -> Option<String> {
        let mut attributes = Vec::new();
        let mut at = node;
        loop {
            match kind(at) {
                Kind::Attribute => {
                    attributes.push(Field::Attribute.of(at)?);
                    at = Field::Object.of(at)?;
                }
                Kind::ParenthesizedExpression => at = at.named_child(0)?,
                Kind::Identifier => break,
                _ => return None,
            }
        }
        let text = self.item(item).text();
        let mut path = self.qualified_name(item, at, depth)?;
        for attribute in attributes.into_iter().rev() {
            path.push('.');
            path.push_str(text.get(attribute.byte_range())?);
        }
        Some(path)
    }

    fn qualified_name(&self, item: usize, identifier: Node<'_>, depth: usize) -> Option<String> {
        let text = self.item(item).text();
        let bindings = match self.meaning(item, identifier) {
            Meaning::Local(_, bindings) | Meaning::Module(bindings) => bindings,
            Meaning::Builtin => {
                return Some(format!("builtins.{}", &text[identifier.byte_range()]));
            }
            Meaning::Star(star) => {
                return Some(member_of(&star.module, &text[identifier.byte_range()]));
            }
            Meaning::Unknown => return None,
        };
        let mut paths = bindings.iter().map(|bound| self.imported(*bound, depth));
        let first = paths.next()??;
        paths.all(|path| path.as_ref() == Some(&first)).then_some(first)
    }

    /// The dotted name that a binding binds its name to, if it is an import, or a single
    /// assignment from one.
    fn imported(&self, bound: Bound<'a>, depth: usize) -> Option<String> {
        match bound.binding.kind {
            BindingKind::Import | BindingKind::ImportFrom => {
                let (module, name) = self.import_of(bound)?;
                Some(match name {
                    Some(name) => member_of(&module, &name),
                    None => module,
                })
            }
            BindingKind::Assignment if depth < MAX_REBINDINGS && !bound.binding.conditional => {
                let node = self.node(bound)?;
                let left = Field::Left.of(node)?;
                let is_plain = Span::from(left.byte_range()) == bound.binding.at;
                let value = Field::Right.of(node).filter(|_| is_plain)?;
                self.qualified_within(bound.item, value, depth + 1)
            }
            _ => None,
        }
    }

    /// All uses of what `bound` binds, in order. Nothing when another binding could be meant, or one
    /// of the uses could be another variable.
    pub fn uses(&self, bound: Bound<'a>) -> Option<Vec<Use<'a>>> {
        let scopes = self.scopes(bound.item)?;
        let Binding { name, scope: owner, .. } = *bound.binding;
        let text = scopes.name(name);
        if owner != MODULE {
            let bindings: Vec<_> = scopes
                .bindings(owner, name)
                .map(|binding| Bound { item: bound.item, binding })
                .collect();
            only(&bindings)?;
            return self.uses_in(bound.item, text, Resolution::Local(owner));
        }
        match self.module_meaning(text) {
            Meaning::Module(bindings) => only(&bindings)?,
            _ => return None,
        };
        let mut uses = Vec::new();
        for item in self.document.items_that_use(text) {
            uses.extend(self.uses_in(item, text, Resolution::Module)?);
        }
        Some(uses)
    }

    fn uses_in(&self, item: usize, name: &str, owner: Resolution) -> Option<Vec<Use<'a>>> {
        let Some(scopes) = self.scopes(item) else { return Some(Vec::new()) };
        let Some(number) = scopes.number(name) else { return Some(Vec::new()) };
        scopes
            .references()
            .iter()
            .filter(|found| {
                found.name == number && scopes.resolve(found.scope, found.name) == owner
            })
            .map(|reference| {
                let used = Use { item, reference };
                (!matches!(self.meaning_of(used), Meaning::Unknown)).then_some(used)
            })
            .collect()
    }

    /// True when the identifier refers to the parameter or variable `name` of the function whose
    /// node is `function`, and to nothing else.
    pub fn is_variable_of(&self, item: usize, identifier: Node<'_>, function: Node<'_>) -> bool {
        let Some(scopes) = self.scopes(item) else { return false };
        let Some(reference) = scopes.reference_at(identifier.start_byte()) else { return false };
        let owner = scopes.scope_of(function.byte_range().into());
        owner.is_some_and(|owner| {
            scopes.resolve(reference.scope, reference.name) == Resolution::Local(owner)
        })
    }

    /// The bindings of `name` in the scope of the function, class or lambda `node`.
    pub fn bindings_in(&self, item: usize, node: Node<'_>, name: &str) -> Vec<&'a Binding> {
        let Some(scopes) = self.scopes(item) else { return Vec::new() };
        let scope = scopes.scope_of(node.byte_range().into());
        match (scope, scopes.number(name)) {
            (Some(scope), Some(name)) => scopes.bindings(scope, name).collect(),
            _ => Vec::new(),
        }
    }

    /// True when `name`, written at `offset` of an item, would not mean the module's variable or a
    /// builtin: a scope around the place binds it.
    pub fn is_hidden_at(&self, item: usize, offset: usize, name: &str) -> bool {
        let Some(scopes) = self.scopes(item) else { return true };
        let Some(number) = scopes.number(name) else { return false };
        scopes.scopes().iter().enumerate().skip(1).any(|(id, scope)| {
            scope.span.touches(offset)
                && scope.kind != ScopeKind::Module
                && scopes.bindings(id, number).next().is_some()
        })
    }
}

/// The only binding among these that gives the name a value.
fn only<'a>(bindings: &[Bound<'a>]) -> Option<Bound<'a>> {
    match bindings {
        [bound] if bound.binding.kind != BindingKind::Declaration => Some(*bound),
        _ => None,
    }
}

/// The dotted name of what a module binds.
fn member_of(module: &str, name: &str) -> String {
    let dot = if module.ends_with('.') { "" } else { "." };
    format!("{module}{dot}{name}")
}

/// A dotted name without the white space that may stand around its dots.
pub(crate) fn dotted(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace() && *char != '\\').collect()
}

/// The innermost node with exactly these bytes.
pub fn node_with(root: Node<'_>, span: Span) -> Option<Node<'_>> {
    let path = walk::path_to(root, span.start, span.end)?;
    path.into_iter().rev().find(|node| Span::from(node.byte_range()) == span)
}

#[cfg(test)]
mod tests;
