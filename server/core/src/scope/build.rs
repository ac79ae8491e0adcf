//! One walk over an item's tree, with a stack of its own.

use std::borrow::Cow;
use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfkc};

use super::{
    Binding, BindingKind, ItemScopes, MODULE, NameId, Reference, Scope, ScopeId, ScopeKind,
};
use crate::Span;
use crate::syntax::{Field, Kind, Node, kind, quirks};

/// More scopes inside each other than this are not told apart: CPython allows 100 levels of
/// indentation (`MAXINDENT`) and 20 nested blocks.
const MAX_SCOPES_DEEP: usize = 200;

/// Names of functions that may bind or read any name.
pub(crate) const DYNAMIC: &[&str] = &["exec", "globals", "locals", "vars", "eval"];

pub(super) struct Builder<'a, 'tree> {
    pub(super) text: &'a str,
    pub(super) scopes: ItemScopes,
    /// Class names around each scope, for private names.
    classes: Vec<Option<&'a str>>,
    depths: Vec<usize>,
    tasks: Vec<Task<'tree>>,
    /// The item is a definition whose parts may stand below `module` as if they were statements of it.
    is_scattered: bool,
}

#[derive(Clone, Copy)]
pub(super) struct Task<'tree> {
    pub node: Node<'tree>,
    pub scope: ScopeId,
    pub conditional: bool,
    pub in_annotation: bool,
    /// Inside brackets, where lines do not end statements.
    pub in_brackets: bool,
    /// In a definition with an error, a part of its body that the tree has in the module.
    pub is_astray: bool,
}

impl ItemScopes {
    /// Finds the scopes of the item with this text and this `module` node.
    pub fn build(text: &str, root: Node<'_>) -> Self {
        let mut builder = Builder {
            text,
            scopes: Self::default(),
            classes: Vec::new(),
            depths: Vec::new(),
            tasks: Vec::new(),
            // A `global` statement in the body binds names of the module.
            is_scattered: root.is_broken()
                && quirks::starts_with_definition(text)
                && memchr::memmem::find(text.as_bytes(), b"global").is_none(),
        };
        builder.open(ScopeKind::Module, None, root, None);
        builder.later(Task {
            node: root,
            scope: MODULE,
            conditional: false,
            in_annotation: false,
            in_brackets: false,
            is_astray: false,
        });
        while let Some(task) = builder.tasks.pop() {
            builder.visit(task);
        }
        let mut scopes = builder.scopes;
        scopes.redirect();
        scopes.references.sort_by_key(|reference| reference.at.start);
        scopes.stores.sort_unstable();
        let dynamic: Vec<_> = DYNAMIC.iter().filter_map(|name| scopes.number(name)).collect();
        scopes.is_dynamic = !dynamic.is_empty()
            && scopes
                .references
                .iter()
                .any(|reference| dynamic.contains(&reference.name) && !scopes.is_local(reference));
        scopes
    }

    /// Gives each binding to the scope whose variable it is, in order of position.
    fn redirect(&mut self) {
        self.bindings.sort_by_key(|binding| binding.at.start);
        for number in 0..self.bindings.len() {
            let Binding { name, from, .. } = self.bindings[number];
            let owner = self.owner(from, name);
            self.bindings[number].scope = owner;
            self.scopes[owner].bound.entry(name).or_default().push(number as u32);
        }
    }

    fn owner(&self, from: ScopeId, name: NameId) -> ScopeId {
        if self.scopes[from].globals.contains(&name) {
            return MODULE;
        }
        if !self.scopes[from].nonlocals.contains(&name) {
            return from;
        }
        let binds = |scope: ScopeId| {
            !self.scopes[scope].nonlocals.contains(&name)
                && !self.scopes[scope].globals.contains(&name)
                && self.bindings.iter().any(|binding| binding.from == scope && binding.name == name)
        };
        let mut at = self.scopes[from].parent;
        while let Some(scope) = at {
            if matches!(self.scopes[scope].kind, ScopeKind::Function | ScopeKind::Lambda)
                && binds(scope)
            {
                return scope;
            }
            at = self.scopes[scope].parent;
        }
        from
    }
}

impl<'a, 'tree> Builder<'a, 'tree> {
    pub(super) fn open(
        &mut self,
        kind: ScopeKind,
        parent: Option<ScopeId>,
        node: Node<'tree>,
        class: Option<&'a str>,
    ) -> ScopeId {
        let depth = parent.map_or(0, |parent| self.depths[parent] + 1);
        if depth > MAX_SCOPES_DEEP {
            return parent.unwrap_or(MODULE);
        }
        let inherited = parent.and_then(|parent| self.classes[parent]);
        self.classes.push(class.or(inherited));
        self.depths.push(depth);
        self.scopes.scopes.push(Scope {
            kind,
            parent,
            span: node.byte_range().into(),
            bound: Default::default(),
            globals: Vec::new(),
            nonlocals: Vec::new(),
        });
        self.scopes.scopes.len() - 1
    }

    pub(super) fn later(&mut self, task: Task<'tree>) {
        self.tasks.push(task);
    }

    pub(super) fn later_field(&mut self, field: Field, task: Task<'tree>) {
        if let Some(node) = field.of(task.node) {
            self.later(Task { node, ..task });
        }
    }

    pub(super) fn children(&mut self, task: Task<'tree>) {
        let is_top = task.node.is_error_node() || kind(task.node) == Kind::Module;
        let is_scattered = self.is_scattered && task.scope == MODULE && is_top;
        // Of the leaves, only an identifier is a name.
        let has_names = |node: &Node<'_>| !node.is_leaf() || kind(*node) == Kind::Identifier;
        for node in task.node.named_children().filter(has_names) {
            let is_astray =
                task.is_astray || is_scattered && quirks::is_on_indented_line(node, self.text);
            self.tasks.push(Task { node, is_astray, ..task });
        }
    }

    pub(super) fn source(&self, node: Node<'_>) -> &'a str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    /// The number of the name that an identifier in `scope` stands for.
    pub(super) fn name(&mut self, node: Node<'_>, scope: ScopeId) -> NameId {
        self.named(self.source(node), scope)
    }

    fn named(&mut self, written: &str, scope: ScopeId) -> NameId {
        let normal: Cow<'_, str> = if written.is_ascii() || is_nfkc(written) {
            Cow::Borrowed(written)
        } else {
            Cow::Owned(written.nfkc().collect())
        };
        let class = self.classes[scope].map(|class| class.trim_start_matches('_'));
        let name = match class {
            Some(class) if is_private(&normal) && !class.is_empty() => {
                Cow::Owned(format!("_{class}{normal}"))
            }
            _ => normal,
        };
        if let Some(&number) = self.scopes.numbers.get(name.as_ref()) {
            return number;
        }
        let number = NameId(self.scopes.names.len() as u32);
        let name: Arc<str> = name.into();
        self.scopes.names.push(Arc::clone(&name));
        self.scopes.numbers.insert(name, number);
        number
    }

    pub(super) fn bind(
        &mut self,
        kind: BindingKind,
        identifier: Node<'_>,
        node: Node<'_>,
        task: Task<'_>,
    ) {
        if task.is_astray && task.scope == MODULE {
            return;
        }
        let name = self.name(identifier, task.scope);
        let at = identifier.byte_range().into();
        self.push_binding(name, kind, at, node.byte_range().into(), task);
    }

    /// [`Self::bind`] for a word that has no node.
    pub(super) fn bind_at(&mut self, kind: BindingKind, at: Span, task: Task<'_>) {
        let Some(written) = self.text.get(at.start..at.end) else { return };
        let name = self.named(written, task.scope);
        self.push_binding(name, kind, at, at, Task { conditional: true, ..task });
    }

    fn push_binding(
        &mut self,
        name: NameId,
        kind: BindingKind,
        at: Span,
        node: Span,
        task: Task<'_>,
    ) {
        let Task { scope, conditional, .. } = task;
        self.scopes.bindings.push(Binding {
            name,
            kind,
            scope,
            from: scope,
            at,
            node,
            conditional,
        });
    }

    /// A statement binds or deletes this node, if it is an attribute.
    pub(super) fn store(&mut self, node: Node<'_>) {
        if kind(node) == Kind::Attribute
            && let Some(name) = Field::Attribute.of(node)
        {
            let name = self.source(name).into();
            self.scopes.stores.push((name, node.byte_range().into()));
        }
    }

    /// A use of the identifier at the task's node.
    pub(super) fn refer(&mut self, task: Task<'_>) {
        self.refer_at(task.node.byte_range().into(), task);
    }

    /// [`Self::refer`] for a word that need not have a node.
    pub(super) fn refer_at(&mut self, at: Span, task: Task<'_>) {
        let Task { scope, in_annotation, .. } = task;
        let name = self.named(self.text.get(at.start..at.end).unwrap_or_default(), scope);
        self.scopes.references.push(Reference { name, scope, at, in_annotation });
    }

    pub(super) fn declare(&mut self, task: Task<'tree>) {
        let is_global = kind(task.node) == Kind::GlobalStatement;
        for identifier in task.node.named_children() {
            let name = self.name(identifier, task.scope);
            let scope = &mut self.scopes.scopes[task.scope];
            let list = if is_global { &mut scope.globals } else { &mut scope.nonlocals };
            list.push(name);
        }
    }
}

/// Two leading underscores and not two trailing ones (Language Reference, Identifiers, Private name
/// mangling).
fn is_private(name: &str) -> bool {
    name.starts_with("__") && !name.ends_with("__") && !name.contains('.')
}
