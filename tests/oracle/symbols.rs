//! The symbol table of a file in the terms of `symtable`.
//!
//! What is here and not in the product is what `symtable` adds to the rules of the language: a
//! free name is a symbol of every scope it passes through, a walrus in a comprehension a symbol of
//! the comprehension too, and `super` brings `__class__` with it.

use std::collections::BTreeMap;

use pygloss_core::names::node_with;
use pygloss_core::scope::{
    BindingKind, ItemScopes, MODULE, NameId, Resolution, ScopeId, ScopeKind,
};
use pygloss_core::syntax::Field;
use pygloss_core::{Document, Span};

/// What is known of a symbol, as in `symtable.Symbol`.
#[derive(Clone, Copy, Default)]
struct Symbol {
    parameter: bool,
    imported: bool,
    assigned: bool,
    annotated: bool,
    referenced: bool,
    declared_global: bool,
    nonlocal: bool,
    free: bool,
    passes: bool,
}

/// The symbols of one item, by scope.
struct Table<'a> {
    scopes: &'a ItemScopes,
    symbols: BTreeMap<(ScopeId, String), Symbol>,
}

/// The lines that describe `document`.
pub fn lines(document: &Document) -> Result<Vec<String>, String> {
    let future_annotations = imports_annotations(document);
    let mut module: BTreeMap<String, Symbol> = BTreeMap::new();
    let mut lines = vec!["module".to_owned()];
    for (index, item) in document.items().iter().enumerate() {
        let scopes = item.scopes().ok_or_else(|| format!("item {index} has no scopes"))?;
        let table = Table::new(scopes, future_annotations);
        let paths = paths(document, index, scopes)?;
        lines.extend(paths.iter().skip(1).cloned());
        for ((scope, name), symbol) in &table.symbols {
            if *scope == MODULE {
                merge(module.entry(name.clone()).or_default(), *symbol);
            } else {
                lines.push(format!("{} {name} {}", paths[*scope], flags(*symbol, false)));
            }
        }
        // A `global` anywhere makes the name a symbol of the module.
        for ((_, name), symbol) in &table.symbols {
            if symbol.declared_global {
                module.entry(name.clone()).or_default().declared_global = true;
            }
        }
    }
    lines.extend(
        module.iter().map(|(name, symbol)| format!("module {name} {}", flags(*symbol, true))),
    );
    Ok(lines)
}

fn imports_annotations(document: &Document) -> bool {
    document.items_that_bind("annotations").into_iter().any(|item| {
        let mut lines = document.items()[item].text().lines();
        lines.any(|line| line.starts_with("from __future__ import"))
    })
}

impl<'a> Table<'a> {
    fn new(scopes: &'a ItemScopes, future_annotations: bool) -> Self {
        let mut table = Self { scopes, symbols: BTreeMap::new() };
        for (id, scope) in scopes.scopes().iter().enumerate() {
            for name in scope.globals() {
                table.symbol(id, *name).declared_global = true;
            }
            for name in scope.nonlocals() {
                table.symbol(id, *name).nonlocal = true;
            }
        }
        table.add_bindings();
        // PEP 563: annotations are kept as text.
        let uses = scopes.references().iter().filter(|reference| {
            !(future_annotations && reference.in_annotation || is_target(scopes, reference.at))
        });
        for reference in uses {
            table.symbol(reference.scope, reference.name).referenced = true;
            let kind = scopes.scopes()[reference.scope].kind;
            if scopes.name(reference.name) == "super"
                && !matches!(kind, ScopeKind::Module | ScopeKind::Class)
            {
                let key = (reference.scope, "__class__".to_owned());
                table.symbols.entry(key).or_default().referenced = true;
            }
        }
        table.find_free();
        table
    }

    fn symbol(&mut self, scope: ScopeId, name: NameId) -> &mut Symbol {
        self.symbols.entry((scope, self.scopes.name(name).to_owned())).or_default()
    }

    fn add_bindings(&mut self) {
        for binding in self.scopes.all_bindings() {
            if binding.kind == BindingKind::NamedExpression {
                let comprehension = innermost(self.scopes, binding.at);
                if comprehension != binding.from {
                    self.add_escaping(binding.name, binding.from, comprehension);
                    continue;
                }
            }
            let symbol = self.symbol(binding.from, binding.name);
            match binding.kind {
                BindingKind::Parameter => symbol.parameter = true,
                BindingKind::Import | BindingKind::ImportFrom => symbol.imported = true,
                BindingKind::AnnotatedAssignment | BindingKind::Declaration => {
                    symbol.assigned = true;
                    symbol.annotated = true;
                }
                _ => symbol.assigned = true,
            }
        }
    }

    /// A walrus in a comprehension is there what `nonlocal` or `global` would make it.
    fn add_escaping(&mut self, name: NameId, owner: ScopeId, comprehension: ScopeId) {
        let is_global = owner == MODULE || self.symbol(owner, name).declared_global;
        let symbol = self.symbol(comprehension, name);
        symbol.assigned = true;
        if is_global {
            symbol.declared_global = true;
        } else {
            symbol.nonlocal = true;
        }
        if owner != MODULE {
            self.symbol(owner, name).assigned = true;
        }
    }

    fn find_free(&mut self) {
        let known: Vec<(ScopeId, String)> = self.symbols.keys().cloned().collect();
        for (scope, name) in known {
            let symbol = self.symbols[&(scope, name.clone())];
            let is_bound = symbol.parameter || symbol.imported || symbol.assigned;
            if scope == MODULE || symbol.declared_global || is_bound && !symbol.nonlocal {
                continue;
            }
            let Some(owner) = self.owner(scope, &name) else { continue };
            self.symbols.entry((scope, name.clone())).or_default().free = true;
            let mut at = self.scopes.scopes()[scope].parent;
            while let Some(between) = at.filter(|between| *between != owner) {
                self.symbols.entry((between, name.clone())).or_default().passes = true;
                at = self.scopes.scopes()[between].parent;
            }
        }
    }

    /// The scope around `scope` that the name is free in.
    fn owner(&self, scope: ScopeId, name: &str) -> Option<ScopeId> {
        // `super` needs `__class__` where the text does not name it.
        let resolution = self.scopes.number(name).map(|name| self.scopes.resolve(scope, name));
        match resolution {
            Some(Resolution::Local(owner)) => Some(owner).filter(|owner| *owner != scope),
            _ if name == "__class__" => self.scopes.class_cell(scope),
            _ => None,
        }
    }
}

/// The target of `x += 1` is read, but no reference to `symtable`.
fn is_target(scopes: &ItemScopes, at: Span) -> bool {
    let first = scopes.all_bindings().partition_point(|binding| binding.at.start < at.start);
    scopes.all_bindings().get(first).is_some_and(|binding| binding.at == at)
}

fn innermost(scopes: &ItemScopes, at: Span) -> ScopeId {
    let holds = |id: &ScopeId| scopes.scopes()[*id].span.contains(at);
    (0..scopes.scopes().len()).rev().find(holds).unwrap_or(MODULE)
}

fn merge(into: &mut Symbol, other: Symbol) {
    into.imported |= other.imported;
    into.assigned |= other.assigned;
    into.annotated |= other.annotated;
    into.referenced |= other.referenced;
    into.declared_global |= other.declared_global;
}

fn flags(symbol: Symbol, in_module: bool) -> String {
    let is_bound = symbol.parameter || symbol.imported || symbol.assigned;
    let explicit = symbol.declared_global;
    let free = !explicit && (symbol.nonlocal || symbol.free || symbol.passes && !is_bound);
    let local = !explicit && !free && is_bound;
    let global = explicit || !free && !local;
    let flags = [
        (symbol.annotated, 'A'),
        (explicit, 'D'),
        (free, 'F'),
        (global || in_module && is_bound, 'G'),
        (symbol.imported, 'I'),
        (local || in_module && is_bound, 'L'),
        (symbol.nonlocal, 'N'),
        (symbol.parameter, 'P'),
        (symbol.referenced, 'R'),
        (symbol.assigned, 'S'),
    ];
    flags.iter().filter(|(is_set, _)| *is_set).map(|(_, letter)| *letter).collect()
}

/// The path of each scope of an item.
fn paths(document: &Document, index: usize, scopes: &ItemScopes) -> Result<Vec<String>, String> {
    let item = &document.items()[index];
    let root = item.tree().ok_or("no tree")?.root_node();
    let mut paths: Vec<String> = Vec::new();
    for scope in scopes.scopes() {
        let Some(parent) = scope.parent else {
            paths.push("module".to_owned());
            continue;
        };
        let node = node_with(root, scope.span).ok_or("a scope without a node")?;
        let name = node.child_in(Field::Name).map(|name| &item.text()[name.byte_range()]);
        let what = match (scope.kind, node.kind()) {
            (ScopeKind::Class, _) => format!("class {}", name.unwrap_or_default()),
            (_, "lambda") => "function lambda".to_owned(),
            (_, "list_comprehension") => "function listcomp".to_owned(),
            (_, "set_comprehension") => "function setcomp".to_owned(),
            (_, "dictionary_comprehension") => "function dictcomp".to_owned(),
            (_, "generator_expression") => "function genexpr".to_owned(),
            _ => format!("function {}", name.unwrap_or_default()),
        };
        let line = document.text().line_of(document.start_of(index) + scope.span.start) + 1;
        paths.push(format!("{}/{what}@{line}", paths[parent]));
    }
    Ok(paths)
}
