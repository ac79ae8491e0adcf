//! Names that another file of the workspace binds.

use super::stars::{Origin, Trail, looks, taken};
use super::{Bound, Meaning, Names, dotted, only};
use crate::Span;
use crate::modules::{Line, Look, Module, Site};
use crate::scope::{BindingKind, MODULE};
use crate::syntax::{Field, Kind, Node, kind};
use crate::vocabulary::{Vocabulary, Word};

/// A function or class, and the file that defines it.
#[derive(Clone, Copy, Debug)]
pub struct Definition<'a> {
    /// The names of that file.
    pub names: Names<'a>,
    /// What binds its name there.
    pub bound: Bound<'a>,
}

/// What an expression of plain and dotted names stands for.
pub(super) enum Target<'a> {
    Definition(Definition<'a>),
    Module(Module),
}

impl<'a> Names<'a> {
    /// The same names, with what the imports of the file at `site` bind.
    pub fn at(self, site: Option<Site<'a>>) -> Self {
        Self { site, ..self }
    }

    /// With what the reader says about names from elsewhere.
    pub(crate) fn knowing(self, vocabulary: &'a Vocabulary) -> Self {
        Self { vocabulary: Some(vocabulary), ..self }
    }

    /// Whether the reader says that a call of what this decorates is a call of the function.
    pub(crate) fn keeps(&self, decorator: &str) -> bool {
        self.vocabulary.is_some_and(|vocabulary| vocabulary.says(Word::Keeping, decorator))
    }

    /// The line on which a node of an item starts.
    pub fn line(&self, item: usize, node: Node<'_>) -> Line {
        self.line_at(item, node.start_byte())
    }

    /// The line of an offset in an item, in bytes.
    pub fn line_at(&self, item: usize, offset: usize) -> Line {
        let number = self.document.text().line_of(self.document.start_of(item) + offset);
        Line { number, file: self.site.and_then(|site| site.elsewhere()).map(str::to_owned) }
    }

    /// The function or class that an expression can only be: one of this file, as
    /// [`Names::definition`], or one of another file that is imported here, under its own name or
    /// through its module.
    pub fn definition_anywhere(&self, item: usize, node: Node<'_>) -> Option<Definition<'a>> {
        if let Some(bound) = self.definition(item, node) {
            return Some(Definition { names: *self, bound });
        }
        let left = looks();
        match self.target_within(item, node, Trail::new(&left))? {
            Target::Definition(definition) => Some(definition),
            Target::Module(_) => None,
        }
    }

    /// The module that an import statement names, with its leading dots, and the name that it takes
    /// out of it for this binding, if it takes one.
    pub(crate) fn import_of(&self, bound: Bound<'a>) -> Option<(String, Option<String>)> {
        let is_import = matches!(bound.binding.kind, BindingKind::Import | BindingKind::ImportFrom);
        is_import.then_some(())?;
        let text = self.item(bound.item).text();
        let node = self.node(bound)?;
        if bound.binding.kind == BindingKind::Import {
            let alias = Field::Alias.of(node);
            let module = Field::Name.of(node).unwrap_or(node);
            let module = match alias {
                Some(_) => module,
                None => module.named_child(0).unwrap_or(module),
            };
            return Some((dotted(&text[module.byte_range()]), None));
        }
        let module = match kind(node) {
            Kind::FutureImportStatement => "__future__".to_owned(),
            _ => dotted(&text[Field::ModuleName.of(node)?.byte_range()]),
        };
        let clause = node
            .children_in(Field::Name)
            .find(|name| Span::from(name.byte_range()).contains(bound.binding.at))?;
        let name = Field::Name.of(clause).unwrap_or(clause);
        Some((module, Some(text[name.byte_range()].to_owned())))
    }

    /// What an expression of plain and dotted names stands for, through imports.
    pub(super) fn target_within(
        &self,
        item: usize,
        node: Node<'_>,
        trail: Trail<'_>,
    ) -> Option<Target<'a>> {
        let site = self.site?;
        let mut attributes = Vec::new();
        let mut root = node;
        loop {
            match kind(root) {
                Kind::Attribute => {
                    attributes.push(Field::Attribute.of(root)?);
                    root = Field::Object.of(root)?;
                }
                Kind::ParenthesizedExpression => root = root.named_child(0)?,
                Kind::Identifier => break,
                _ => return None,
            }
        }
        let mut target = match self.meaning(item, root) {
            Meaning::Local(_, bindings) | Meaning::Module(bindings) => {
                self.bound_to(&bindings, trail)?
            }
            Meaning::Star(star) => {
                taken(site, &star, &self.item(item).text()[root.byte_range()], trail)?
            }
            Meaning::Builtin | Meaning::Unknown => return None,
        };
        for attribute in attributes.into_iter().rev() {
            let Target::Module(module) = target else { return None };
            let name = &self.item(item).text()[attribute.byte_range()];
            // What this file sets on some object may be set on the module.
            self.items_with_attribute(name)?.is_empty().then_some(())?;
            target = member(site, &module, name, trail)?;
        }
        Some(target)
    }

    /// What a name with these bindings stands for, once all of them have run.
    fn bound_to(&self, bindings: &[Bound<'a>], trail: Trail<'_>) -> Option<Target<'a>> {
        let site = self.site?;
        if bindings.iter().any(|bound| bound.binding.conditional) {
            return None;
        }
        // `import a.b` and `import a.c` bind the same `a`.
        let (first, rest) = bindings.split_first()?;
        if !rest.is_empty() {
            let all = bindings.iter().map(|bound| self.import_of(*bound));
            let all: Vec<_> = all.collect::<Option<_>>()?;
            let is_same = all.iter().all(|(module, name)| *module == all[0].0 && name.is_none());
            return is_same.then(|| site.import(&all[0].0).map(Target::Module))?;
        }
        match first.binding.kind {
            BindingKind::Function | BindingKind::Class => {
                only(bindings)?;
                Some(Target::Definition(Definition { names: *self, bound: *first }))
            }
            BindingKind::Import | BindingKind::ImportFrom => {
                let (module, name) = self.import_of(*first)?;
                let module = site.import(&module)?;
                match name {
                    Some(name) => member(site, &module, &name, trail),
                    None => Some(Target::Module(module)),
                }
            }
            _ => None,
        }
    }
}

/// The names of the file of `module`.
pub(super) fn open<'a>(site: Site<'a>, module: &Module) -> Option<Names<'a>> {
    let (site, source) = site.open(module)?;
    let names = Names::new(source.document).at(Some(site));
    (!source.document.is_dynamic()).then_some(names)
}

/// What `module.name` and `from module import name` give, once the module has run.
pub(super) fn member<'a>(
    site: Site<'a>,
    module: &Module,
    name: &str,
    trail: Trail<'_>,
) -> Option<Target<'a>> {
    let trail = trail.further()?;
    let submodule = site.submodule(module, name);
    if module.file().is_none() {
        return submodule.found().map(Target::Module);
    }
    let names = open(site, module)?;
    let site = names.site?;
    let (target, from) = match names.origin(name, trail) {
        Origin::Unknown => return None,
        Origin::Nothing => {
            let hooks = names.origin("__getattr__", trail);
            let found = submodule.found().filter(|_| matches!(hooks, Origin::Nothing));
            return found.map(Target::Module);
        }
        Origin::Star(star, _) => (taken(site, &star, name, trail)?, Some(star.module)),
        Origin::Bindings(bindings, _) => {
            if bindings.iter().any(|bound| bound.binding.from != MODULE) {
                return None;
            }
            let import = names.import_of(*bindings.first()?);
            (names.bound_to(&bindings, trail)?, import.map(|(module, _)| module))
        }
    };
    match submodule {
        Look::Nothing => Some(target),
        Look::Unclear => None,
        // Importing a submodule binds its name in the package (Language Reference, Submodules). It
        // stays what the package binds only if the submodule was imported before.
        Look::Found(submodule) => {
            let is_it = |module: &Module| *module == submodule;
            let was_imported = site.import(&from?).as_ref().is_some_and(is_it)
                || matches!(&target, Target::Module(module) if is_it(module));
            was_imported.then_some(target)
        }
    }
}
