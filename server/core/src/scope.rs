//! Scopes, bindings and references of one item, by the rules of the Language Reference (Execution
//! model, Naming and binding).
//!
//! Architecture invariant: everything here is owned and in bytes of the item, so that it lives as
//! long as the item is not edited. What other items bind is the matter of [`crate::names`].

mod bind;
mod build;
mod left_open;

pub(crate) use build::DYNAMIC;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::Span;

/// A name, as its number in [`ItemScopes::name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameId(u32);

/// A scope, as its number in [`ItemScopes::scopes`]. Scope 0 is the item's share of the module.
pub type ScopeId = usize;

/// The scope of the module.
pub const MODULE: ScopeId = 0;

/// What a scope belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind {
    /// The module.
    Module,
    /// A class body. Not visible from functions inside it.
    Class,
    /// A function.
    Function,
    /// A lambda.
    Lambda,
    /// A comprehension or generator expression.
    Comprehension,
    /// The type parameters of a definition (PEP 695).
    TypeParameters,
}

/// A scope.
#[derive(Clone, Debug)]
pub struct Scope {
    /// What it belongs to.
    pub kind: ScopeKind,
    /// The scope around it.
    pub parent: Option<ScopeId>,
    /// The node that makes it: definition, lambda, comprehension.
    pub span: Span,
    bound: FxHashMap<NameId, Vec<u32>>,
    globals: Vec<NameId>,
    nonlocals: Vec<NameId>,
}

impl Scope {
    /// The names it declares `global`.
    pub fn globals(&self) -> &[NameId] {
        &self.globals
    }

    /// The names it declares `nonlocal`.
    pub fn nonlocals(&self) -> &[NameId] {
        &self.nonlocals
    }
}

/// How a name is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BindingKind {
    /// `x = …`, also in a tuple or a list.
    Assignment,
    /// `x += …`.
    AugmentedAssignment,
    /// `x: int = …`.
    AnnotatedAssignment,
    /// `x: int`, which makes the name local and binds nothing.
    Declaration,
    /// `(x := …)`.
    NamedExpression,
    /// A target of `for`, in a statement or a comprehension.
    For,
    /// `with … as x`.
    With,
    /// `except … as x`.
    Except,
    /// `import a.b` or `import a.b as x`.
    Import,
    /// `from a import x`.
    ImportFrom,
    /// `def x`.
    Function,
    /// `class x`.
    Class,
    /// A parameter.
    Parameter,
    /// `del x`.
    Delete,
    /// A capture pattern of `match`.
    Capture,
    /// `type x = …`.
    TypeAlias,
    /// A type parameter.
    TypeParameter,
}

/// One place that binds a name.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// The name.
    pub name: NameId,
    /// How.
    pub kind: BindingKind,
    /// The scope whose variable it is; not where the statement stands, if the name is declared
    /// `global` or `nonlocal` there.
    pub scope: ScopeId,
    /// The scope in which the statement stands.
    pub from: ScopeId,
    /// The identifier.
    pub at: Span,
    /// The statement, definition, parameter or clause.
    pub node: Span,
    /// True in a branch of its scope: what may not run, or may run more than once.
    pub conditional: bool,
}

/// One place that uses a name.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// The name.
    pub name: NameId,
    /// The scope it is looked up in first.
    pub scope: ScopeId,
    /// The identifier.
    pub at: Span,
    /// True in an annotation, which may never be evaluated.
    pub in_annotation: bool,
}

/// All scopes of an item.
#[derive(Clone, Debug, Default)]
pub struct ItemScopes {
    names: Vec<Arc<str>>,
    numbers: FxHashMap<Arc<str>, NameId>,
    scopes: Vec<Scope>,
    bindings: Vec<Binding>,
    references: Vec<Reference>,
    /// Attributes that a statement binds or deletes: the name as it is written, and the bytes of the
    /// `attribute` node.
    stores: Vec<(Box<str>, Span)>,
    /// The item has `from … import *`, so that any name may be bound.
    pub has_star_import: bool,
    /// The item names `exec`, `globals`, `locals`, `vars` or the like, and means no local variable.
    pub is_dynamic: bool,
}

/// Where a name comes from, as far as the item can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// A variable of this scope, which is not the module's.
    Local(ScopeId),
    /// A variable of the module, or a builtin.
    Module,
}

impl ItemScopes {
    /// The number of `name`, if the item has it.
    pub fn number(&self, name: &str) -> Option<NameId> {
        self.numbers.get(name).copied()
    }

    /// The text of a name, normalised to NFKC and mangled if private (Language Reference,
    /// Identifiers).
    pub fn name(&self, name: NameId) -> &str {
        &self.names[name.0 as usize]
    }

    /// The scopes. Each comes behind the one around it.
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// All uses of names, in order of position.
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// The uses of names in these bytes, in order of position.
    pub fn references_in(&self, span: Span) -> &[Reference] {
        let place = |at: usize| self.references.partition_point(|it| it.at.start < at);
        &self.references[place(span.start)..place(span.end)]
    }

    /// All bindings, in order of position.
    pub fn all_bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// The binding whose identifier has these bytes.
    pub fn binding_at(&self, at: Span) -> Option<&Binding> {
        let first = self.bindings.partition_point(|binding| binding.at.start < at.start);
        self.bindings.get(first).filter(|binding| binding.at == at)
    }

    /// The attributes that statements of the item bind or delete, on whatever object: the name as it
    /// is written, and the bytes of the `attribute` node. In order of the name, then of position.
    pub fn stored_attributes(&self) -> &[(Box<str>, Span)] {
        &self.stores
    }

    /// The `attribute` nodes of that name that statements of the item bind or delete.
    pub fn stores_of<'a>(&'a self, attribute: &str) -> impl Iterator<Item = Span> + 'a {
        let first = self.stores.partition_point(|(name, _)| **name < *attribute);
        let last = self.stores.partition_point(|(name, _)| **name <= *attribute);
        self.stores[first..last].iter().map(|(_, at)| *at)
    }

    /// The bindings of `name` in `scope`, in order of position.
    pub fn bindings(&self, scope: ScopeId, name: NameId) -> impl Iterator<Item = &Binding> {
        let numbers = self.scopes[scope].bound.get(&name).map_or(&[][..], Vec::as_slice);
        numbers.iter().map(|&number| &self.bindings[number as usize])
    }

    /// All names that `scope` binds.
    pub fn bound_names(&self, scope: ScopeId) -> impl Iterator<Item = NameId> {
        self.scopes[scope].bound.keys().copied()
    }

    /// The binding that the function or class definition with these bytes makes.
    pub fn definition(&self, node: Span) -> Option<&Binding> {
        // Its name is the first that stands in it.
        let first = self.bindings.partition_point(|binding| binding.at.start < node.start);
        self.bindings.get(first).filter(|binding| {
            binding.node == node
                && matches!(binding.kind, BindingKind::Function | BindingKind::Class)
        })
    }

    /// The scope that the definition, lambda or comprehension with these bytes makes.
    pub fn scope_of(&self, node: Span) -> Option<ScopeId> {
        let is_it = |scope: &Scope| {
            scope.span == node
                && !matches!(scope.kind, ScopeKind::TypeParameters | ScopeKind::Module)
        };
        self.scopes.iter().position(is_it)
    }

    /// Looks `name` up from inside `scope`.
    ///
    /// A class body looks its own names up when it runs, so there a name that is used before it is
    /// bound comes from the module or the builtins. `__class__` in a method is no variable of any
    /// scope; see [`Self::class_cell`].
    pub fn resolve(&self, scope: ScopeId, name: NameId) -> Resolution {
        let mut sees_class = true;
        let mut at = scope;
        while at != MODULE {
            let here = &self.scopes[at];
            // Only the class body itself and the type parameters of its methods see its names
            // (Language Reference, Naming and binding and Annotation scopes).
            if here.kind == ScopeKind::Class && !sees_class {
                if self.name(name) == "__class__" {
                    return Resolution::Module;
                }
            } else if here.globals.contains(&name) {
                return Resolution::Module;
            } else if here.bound.contains_key(&name) {
                return Resolution::Local(at);
            }
            sees_class &= here.kind == ScopeKind::TypeParameters;
            at = here.parent.unwrap_or(MODULE);
        }
        Resolution::Module
    }

    /// True when it uses a variable of a function, a lambda or the like, which was not imported there, as
    /// from `builtins`.
    fn is_local(&self, reference: &Reference) -> bool {
        let is_import = |it: &Binding| matches!(it.kind, BindingKind::ImportFrom);
        match self.resolve(reference.scope, reference.name) {
            Resolution::Local(scope) => {
                self.scopes[scope].kind != ScopeKind::Class
                    && !self.bindings(scope, reference.name).any(is_import)
            }
            Resolution::Module => false,
        }
    }

    /// The class that `__class__` means in `scope`, and that `super()` starts from (Data model,
    /// Creating the class object).
    pub fn class_cell(&self, scope: ScopeId) -> Option<ScopeId> {
        let parent = |id: &ScopeId| self.scopes[*id].parent;
        std::iter::successors(parent(&scope), parent)
            .find(|id| self.scopes[*id].kind == ScopeKind::Class)
    }

    /// The use of a name whose identifier starts at `at`.
    pub fn reference_at(&self, at: usize) -> Option<&Reference> {
        let index = self.references.binary_search_by_key(&at, |reference| reference.at.start);
        index.ok().map(|index| &self.references[index])
    }

    /// True when `scope` declares `name` with `global` or `nonlocal`.
    pub fn declares(&self, scope: ScopeId, name: NameId) -> bool {
        let scope = &self.scopes[scope];
        scope.globals.contains(&name) || scope.nonlocals.contains(&name)
    }
}

#[cfg(test)]
mod tests;
