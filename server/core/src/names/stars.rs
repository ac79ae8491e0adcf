//! Names that `from … import *` takes out of other files of the workspace.
//!
//! Source: Language Reference, The import statement: the names are those that `__all__` of the module
//! lists; without it, all in its namespace that do not begin with an underscore.

mod listed;

use std::cell::Cell;

use super::elsewhere::{Target, member};
use super::{Bound, Meaning, Names, dotted};
use crate::builtins::is_builtin;
use crate::modules::{Look, Module, Site};
use crate::scope::{BindingKind, MODULE};
use crate::syntax::{Field, Kind, function::statements, kind};
use crate::walk;
use listed::All;

/// A `from … import *` of a module of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Star {
    /// The module as it is written, with its leading dots.
    pub module: String,
    end: Place,
    /// It is no part of another statement, so that it surely runs.
    is_certain: bool,
}

/// Index of an item, and an offset in it in bytes. Ordered as in the file.
type Place = (usize, usize);

/// What binds a name of a module, once the module has run.
pub(super) enum Origin<'a> {
    /// Nothing.
    Nothing,
    /// These statements, for all code behind the place, if there is one.
    Bindings(Vec<Bound<'a>>, Option<Place>),
    /// This import, likewise.
    Star(Star, Option<Place>),
    /// It cannot be told.
    Unknown,
}

/// How far imports were followed.
#[derive(Clone, Copy)]
pub(super) struct Trail<'t> {
    imports: usize,
    left: &'t Cell<usize>,
}

/// An import of an import of an import is followed this far.
const MAX_IMPORTS: usize = 8;

/// A name is looked up in this many modules, the same one counted again.
const MAX_LOOKS: usize = 200;

/// What a question about a name may still look at.
pub(super) fn looks() -> Cell<usize> {
    Cell::new(MAX_LOOKS)
}

impl<'t> Trail<'t> {
    pub fn new(left: &'t Cell<usize>) -> Self {
        Self { imports: 0, left }
    }

    /// One import further; nothing when that is too far.
    pub fn further(self) -> Option<Self> {
        let left = self.left.get().checked_sub(1).filter(|_| self.imports < MAX_IMPORTS)?;
        self.left.set(left);
        Some(Self { imports: self.imports + 1, ..self })
    }
}

impl<'a> Names<'a> {
    /// What a name of the module means in code at a place, or wherever it is asked about.
    pub(super) fn meaning_at(&self, name: &str, used: Option<Place>) -> Meaning<'a> {
        let is_behind =
            |from: Option<Place>| from.is_none_or(|from| used.is_some_and(|used| used >= from));
        let left = looks();
        match self.origin(name, Trail::new(&left)) {
            Origin::Bindings(bindings, from) if is_behind(from) => Meaning::Module(bindings),
            Origin::Star(star, from) => {
                // Before the import, it is the builtin.
                let from = from.or_else(|| is_builtin(name).then_some(star.end));
                if is_behind(from) { Meaning::Star(star) } else { Meaning::Unknown }
            }
            Origin::Nothing if is_builtin(name) && !self.document.is_dynamic() => Meaning::Builtin,
            _ => Meaning::Unknown,
        }
    }

    /// What binds `name` in the module.
    pub(super) fn origin(&self, name: &str, trail: Trail<'_>) -> Origin<'a> {
        let bindings = self.module_bindings(name);
        let alone = |bindings: Vec<_>| match bindings.is_empty() {
            true => Origin::Nothing,
            false => Origin::Bindings(bindings, None),
        };
        if !self.document.has_star_import() {
            return alone(bindings);
        }
        let Some(brings) = self.stars_with(name, trail) else { return Origin::Unknown };
        let Some(last) = brings.last() else { return alone(bindings) };
        let start = |bound: &Bound<'_>| (bound.item, bound.binding.node.start);
        let end = |bound: &Bound<'_>| (bound.item, bound.binding.node.end);
        let is_hidden = |bound: &Bound<'_>| bound.binding.from == MODULE && end(bound) <= last.end;
        match bindings.first() {
            Some(first) if start(first) >= last.end && self.is_certain(*first) => {
                let from = Some(end(first));
                Origin::Bindings(bindings, from)
            }
            _ if last.is_certain && bindings.iter().all(is_hidden) => {
                let is_only = brings.len() == 1 && bindings.is_empty();
                let from = (!is_only).then_some(last.end);
                Origin::Star(last.clone(), from)
            }
            _ => Origin::Unknown,
        }
    }

    /// The star imports that bind `name`, in order. Nothing when that is not certain of one of them.
    fn stars_with(&self, name: &str, trail: Trail<'_>) -> Option<Vec<Star>> {
        let site = self.site?;
        let stars = self.stars()?;
        // Before any file is opened it is known whether all are files of the workspace.
        let modules: Option<Vec<_>> = stars.iter().map(|star| site.import(&star.module)).collect();
        let mut out = Vec::new();
        for (star, module) in stars.into_iter().zip(modules?) {
            if exports(site, &module, name, trail)? {
                out.push(star);
            }
        }
        Some(out)
    }

    /// All star imports, in order. Nothing when code cannot be read.
    fn stars(&self) -> Option<Vec<Star>> {
        let mut out = Vec::new();
        for item in self.document.items_with_star_import()? {
            let root = self.item(item).tree().map(|tree| tree.root_node())?;
            (!root.is_broken()).then_some(())?;
            let text = self.item(item).text();
            walk::until(root, |node| {
                let is_import = kind(node) == Kind::ImportFromStatement;
                if is_import
                    && node.named_children().any(|it| kind(it) == Kind::WildcardImport)
                    && let Some(module) = Field::ModuleName.of(node)
                {
                    out.push(Star {
                        module: dotted(&text[module.byte_range()]),
                        end: (item, node.end_byte()),
                        is_certain: statements(root).contains(&node),
                    });
                }
                is_import
            });
        }
        Some(out)
    }

    /// True when the binding surely takes place, and lasts.
    fn is_certain(&self, bound: Bound<'a>) -> bool {
        use BindingKind::{AugmentedAssignment, Declaration, Delete, Except};
        let binding = bound.binding;
        let is_plain = !matches!(binding.kind, AugmentedAssignment | Declaration | Delete | Except);
        // What a block is for may be to drop an exception.
        let is_in_block = || {
            let root = self.item(bound.item).tree().map(|tree| tree.root_node());
            let at = binding.node;
            root.and_then(|root| walk::path_to(root, at.start, at.end))
                .is_none_or(|path| path.iter().any(|node| kind(*node) == Kind::WithStatement))
        };
        is_plain && binding.from == MODULE && !binding.conditional && !is_in_block()
    }
}

/// Whether `from module import *` binds `name`. Nothing when that is not certain.
fn exports(site: Site<'_>, module: &Module, name: &str, trail: Trail<'_>) -> Option<bool> {
    let trail = trail.further()?;
    let is_public = !name.starts_with('_');
    // Importing a submodule binds its name in the package, and who does that is not known.
    let is_absent = || site.submodule(module, name) == Look::Nothing;
    if module.file().is_none() {
        return (!is_public || is_absent()).then_some(false);
    }
    let (there, source) = site.open(module)?;
    let names = Names::new(source.document).at(Some(there));
    if source.document.is_dynamic() || source.document.mentions("sys.modules") {
        return None;
    }
    match names.listed(name, trail) {
        All::Lists => return Some(true),
        All::Omits => return Some(false),
        All::Unknown => return None,
        All::Absent if !is_public => return Some(false),
        All::Absent => {}
    }
    match names.origin(name, trail) {
        Origin::Nothing => is_absent().then_some(false),
        Origin::Star(..) => Some(true),
        Origin::Bindings(bindings, _) => {
            let is_lost = |it: &Bound<'_>| {
                matches!(it.binding.kind, BindingKind::Delete | BindingKind::Except)
            };
            let stays = !bindings.iter().any(is_lost);
            (stays && bindings.iter().any(|it| names.is_certain(*it))).then_some(true)
        }
        Origin::Unknown => None,
    }
}

/// What `name` stands for in the module with these names, if this import binds it there.
pub(super) fn taken<'a>(
    site: Site<'a>,
    star: &Star,
    name: &str,
    trail: Trail<'_>,
) -> Option<Target<'a>> {
    member(site, &site.import(&star.module)?, name, trail)
}
