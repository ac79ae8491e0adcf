//! Classes of the file: what their bodies bind and where they inherit from.

use super::decoration::{Arguments, Decorated, qualified};
use crate::modules::Line;
use crate::names::{Bound, Definition, Meaning, Names};
use crate::scope::{Binding, BindingKind, MODULE};
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::walk;

/// Bases of bases are followed this far.
const MAX_BASES: usize = 20;

/// Decorators that return the class they get.
pub(crate) const TRANSPARENT: &[&str] = &[
    "dataclasses.dataclass",
    "enum.unique",
    "functools.total_ordering",
    "typing.final",
    "typing.runtime_checkable",
    "warnings.deprecated",
];

/// A class of the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Class<'a> {
    pub names: Names<'a>,
    /// Index of the item.
    pub item: usize,
    /// The `class_definition`.
    pub node: Node<'a>,
}

/// A base of a class.
#[derive(Clone, Debug)]
pub(crate) enum Base<'a> {
    /// A class of the file.
    Here(Class<'a>),
    /// One from elsewhere, by its dotted name.
    Known(String),
    /// Anything.
    Unknown,
}

/// How the bases of a class are found.
type BasesOf<'a> = fn(&Class<'a>) -> Vec<Base<'a>>;

/// Whether a class body binds a name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Own<'a> {
    /// It does not.
    No,
    /// It does, and this binding is the last.
    Yes(&'a Binding),
    /// It may, in a branch, or bind and delete it.
    Maybe,
}

/// Where an attribute of a class comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lookup<'a> {
    /// From the body of this class.
    Found(Class<'a>, &'a Binding),
    /// No class of the file up to `object` has it.
    Absent,
    /// It cannot be told.
    Unknown,
}

impl<'a> Class<'a> {
    /// The class; nothing when its body has an error, as members may be missing then.
    pub fn new(names: Names<'a>, item: usize, node: Node<'a>) -> Option<Self> {
        let intact = kind(node) == Kind::ClassDefinition && !node.is_broken();
        intact.then_some(Self { names, item, node })
    }

    /// The class of another file of the workspace that an expression can only be.
    pub fn imported(names: Names<'a>, item: usize, node: Node<'_>) -> Option<Self> {
        if names.definition(item, node).is_some() {
            return None;
        }
        let Definition { names, bound } = names.definition_anywhere(item, node)?;
        let is_sure = bound.binding.kind == BindingKind::Class && !bound.binding.conditional;
        is_sure.then(|| Self::bound(names, bound)).flatten()
    }

    /// The class of this file or of another one that an expression can only be.
    pub fn anywhere(names: Names<'a>, item: usize, node: Node<'_>) -> Option<Self> {
        Self::resolve(names, item, node).or_else(|| Self::imported(names, item, node))
    }

    /// The class that an expression can only be.
    pub fn resolve(names: Names<'a>, item: usize, node: Node<'_>) -> Option<Self> {
        let bound = names.definition(item, node)?;
        if bound.binding.kind != BindingKind::Class || bound.binding.conditional {
            return None;
        }
        Self::bound(names, bound)
    }

    fn bound(names: Names<'a>, bound: Bound<'a>) -> Option<Self> {
        let class = Self::new(names, bound.item, names.node(bound)?)?;
        let transparent = class
            .decorated()
            .is_none_or(|decorated| decorated.all.iter().all(|one| one.is(TRANSPARENT)));
        transparent.then_some(class)
    }

    /// The text of the item.
    pub fn text(&self) -> &'a str {
        self.names.item(self.item).text()
    }

    /// The line of an offset in the item, in bytes.
    pub fn line_at(&self, offset: usize) -> Line {
        self.names.line_at(self.item, offset)
    }

    /// The name of the class.
    pub fn name(&self) -> &'a str {
        let name = Field::Name.of(self.node);
        name.map_or("", |name| &self.text()[name.byte_range()])
    }

    /// True when nothing but its statement binds its name, so that a call of the name calls this
    /// class and not, say, a twin in C that is imported further down.
    pub fn keeps_name(&self) -> bool {
        let Some(scopes) = self.names.scopes(self.item) else { return false };
        let own = scopes.definition(self.node.byte_range().into());
        own.is_some_and(|own| match own.scope {
            MODULE => matches!(
                self.names.module_meaning(scopes.name(own.name)),
                Meaning::Module(all) if all.len() == 1
            ),
            scope => scopes.bindings(scope, own.name).count() == 1,
        })
    }

    /// The decorators, if there are any.
    pub fn decorated(&self) -> Option<Decorated<'a>> {
        let root = self.names.item(self.item).tree()?.root_node();
        let path = walk::path_to(root, self.node.start_byte(), self.node.end_byte())?;
        let at = path.iter().position(|node| *node == self.node)?;
        Decorated::read(self.names, self.item, *path.get(at.checked_sub(1)?)?)
    }

    /// The statements of the body, without comments.
    pub fn statements(&self) -> Vec<Node<'a>> {
        Field::Body.of(self.node).map(statements).unwrap_or_default()
    }

    /// Bases and keywords.
    pub fn arguments(&self) -> Arguments<'a> {
        Arguments::of(self.node, self.text())
    }

    /// The bases, in order; behind them an unknown one for `*bases`.
    pub fn bases(&self) -> Vec<Base<'a>> {
        let arguments = self.arguments();
        let mut out: Vec<_> = arguments.positional.iter().map(|node| self.base(*node)).collect();
        if arguments.spread {
            out.push(Base::Unknown);
        }
        out
    }

    /// [`Class::bases`], where a class of another file of the workspace is as good as one of this
    /// file. Its items and its text are those of its own [`Class::names`].
    pub fn bases_anywhere(&self) -> Vec<Base<'a>> {
        let mut bases = self.bases();
        for (base, node) in bases.iter_mut().zip(self.arguments().positional) {
            let imported =
                without_subscripts(node).and_then(|it| Class::imported(self.names, self.item, it));
            if let (Base::Known(_), Some(class)) = (&base, imported) {
                *base = Base::Here(class);
            }
        }
        bases
    }

    fn base(&self, node: Node<'a>) -> Base<'a> {
        let Some(node) = without_subscripts(node) else { return Base::Unknown };
        match Class::resolve(self.names, self.item, node) {
            Some(class) if class.node != self.node => Base::Here(class),
            Some(_) => Base::Unknown,
            None => qualified(self.names, self.item, node).map_or(Base::Unknown, Base::Known),
        }
    }

    /// Whether the body binds `name`.
    pub fn own(&self, name: &str) -> Own<'a> {
        let bindings = self.names.bindings_in(self.item, self.node, name);
        let values: Vec<_> =
            bindings.iter().filter(|one| one.kind != BindingKind::Declaration).collect();
        match values.last() {
            None => Own::No,
            Some(last) if last.conditional || last.kind == BindingKind::Delete => Own::Maybe,
            Some(last) => Own::Yes(last),
        }
    }

    /// The value that an assignment in the body gives to the name alone.
    pub fn value_of(&self, binding: &'a Binding) -> Option<Node<'a>> {
        let assignment = self.names.node(Bound { item: self.item, binding })?;
        let left = Field::Left.of(assignment)?;
        let is_plain = binding.at == left.byte_range().into();
        Field::Right.of(assignment).filter(|_| is_plain)
    }

    /// Where the attribute `name` comes from.
    pub fn lookup(&self, name: &str) -> Lookup<'a> {
        self.lookup_within(name, Class::bases, 0)
    }

    /// [`Class::lookup`] through bases of other files of the workspace, too.
    pub fn lookup_anywhere(&self, name: &str) -> Lookup<'a> {
        self.lookup_within(name, Class::bases_anywhere, 0)
    }

    /// [`Class::lookup_anywhere`] without the body of the class itself.
    pub fn inherited_anywhere(&self, name: &str) -> Lookup<'a> {
        self.in_bases(name, Class::bases_anywhere, 0)
    }

    fn lookup_within(&self, name: &str, bases: BasesOf<'a>, depth: usize) -> Lookup<'a> {
        match self.own(name) {
            Own::Yes(binding) => Lookup::Found(*self, binding),
            Own::Maybe => Lookup::Unknown,
            Own::No => self.in_bases(name, bases, depth),
        }
    }

    fn in_bases(&self, name: &str, bases: BasesOf<'a>, depth: usize) -> Lookup<'a> {
        let mut found = Lookup::Absent;
        for base in bases(self) {
            let here = match base {
                Base::Here(class) if depth < MAX_BASES => {
                    class.lookup_within(name, bases, depth + 1)
                }
                Base::Known(module) if adds_nothing(&module) => Lookup::Absent,
                _ => Lookup::Unknown,
            };
            found = match (found, here) {
                (Lookup::Absent, here) => here,
                (found @ Lookup::Found(..), Lookup::Absent) => found,
                (Lookup::Found(a, x), Lookup::Found(b, _)) if a.node == b.node => {
                    Lookup::Found(a, x)
                }
                // Which of two bases comes first is a matter of the whole method resolution order.
                _ => return Lookup::Unknown,
            };
        }
        found
    }

    /// The value of `metaclass=`.
    pub fn metaclass(&self) -> Option<Node<'a>> {
        self.arguments().keyword("metaclass")
    }

    /// True when every class above this one is in the file, and none has a metaclass of its own.
    pub fn is_plain(&self) -> bool {
        self.is_plain_within(Class::bases, 0)
    }

    /// [`Class::is_plain`], where classes of other files of the workspace are as good.
    pub fn is_plain_anywhere(&self) -> bool {
        self.is_plain_within(Class::bases_anywhere, 0)
    }

    fn is_plain_within(&self, bases: BasesOf<'a>, depth: usize) -> bool {
        depth < MAX_BASES
            && self.metaclass().is_none()
            && !self.arguments().spread
            && bases(self).iter().all(|base| match base {
                Base::Here(class) => class.is_plain_within(bases, depth + 1),
                Base::Known(name) => adds_nothing(name),
                Base::Unknown => false,
            })
    }

    /// The classes of the file that name this one among their bases.
    pub fn subclasses(&self) -> Vec<Class<'a>> {
        let Some(binding) = self.binding() else { return Vec::new() };
        let uses = self.names.uses(Bound { item: self.item, binding }).unwrap_or_default();
        let derived = |found: crate::names::Use<'a>| {
            let root = self.names.item(found.item).tree()?.root_node();
            let path = walk::path_to(root, found.reference.at.start, found.reference.at.end)?;
            let [.., class, list, name] = path[..] else { return None };
            let is_base = kind(class) == Kind::ClassDefinition
                && kind(list) == Kind::Argument
                && kind(name) == Kind::Identifier;
            is_base.then(|| Class::new(self.names, found.item, class)).flatten()
        };
        uses.into_iter().filter_map(derived).collect()
    }

    /// The binding that the class statement makes.
    pub fn binding(&self) -> Option<&'a Binding> {
        self.names.scopes(self.item)?.definition(self.node.byte_range().into())
    }
}

/// `Base[int]` derives from `Base` (`types.GenericAlias`, `__mro_entries__`).
fn without_subscripts(mut node: Node<'_>) -> Option<Node<'_>> {
    while kind(node) == Kind::Subscript {
        node = Field::Value.of(node)?;
    }
    Some(node)
}

/// True for a base from elsewhere that adds no public and no special method beyond
/// `__class_getitem__`, `__init_subclass__` and `__subclasshook__`.
pub(crate) fn adds_nothing(name: &str) -> bool {
    matches!(name, "builtins.object" | "abc.ABC" | "typing.Generic" | "typing.Protocol")
}
