//! What `__all__` of a module lists.

use super::{Origin, Trail};
use crate::names::elsewhere::{Target, open};
use crate::names::{Bound, Names};
use crate::scope::{MODULE, Resolution};
use crate::syntax::expression::{bare, plain_string};
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::{Span, walk};

/// What `__all__` says about a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum All {
    /// There is none.
    Absent,
    /// The name is in it.
    Lists,
    /// The name is not in it.
    Omits,
    /// It cannot be told.
    Unknown,
}

const ALL: &str = "__all__";

/// Expressions inside each other are followed this far.
const MAX_DEPTH: usize = 20;

/// Builtins that only read a list.
const READERS: &[&str] = &["frozenset", "len", "list", "print", "set", "sorted", "tuple"];

impl<'a> Names<'a> {
    /// Whether `__all__` of this module lists `name`.
    pub(super) fn listed(&self, name: &str, trail: Trail<'_>) -> All {
        match self.origin(ALL, trail) {
            Origin::Nothing => All::Absent,
            Origin::Bindings(_, None) => {
                match (List { names: *self, name, trail, has: None, is_set: false }).replay() {
                    Some(true) => All::Lists,
                    Some(false) => All::Omits,
                    None => All::Unknown,
                }
            }
            _ => All::Unknown,
        }
    }
}

/// `__all__` while the statements of the module run.
struct List<'a, 'n> {
    names: Names<'a>,
    /// The name that is asked about.
    name: &'n str,
    trail: Trail<'n>,
    /// It has the name; nothing when that is not certain.
    has: Option<bool>,
    /// A statement has made it.
    is_set: bool,
}

impl<'a> List<'a, '_> {
    /// Whether it has the name in the end.
    fn replay(mut self) -> Option<bool> {
        let document = self.names.document;
        let mut items = document.items_that_bind(ALL);
        items.extend(document.items_that_use(ALL));
        items.sort_unstable();
        items.dedup();
        let mut grows_later = false;
        for item in items {
            let root = self.names.item(item).tree()?.root_node();
            (!root.is_broken()).then_some(())?;
            for (at, is_in_function) in self.places(item)? {
                let path = walk::path_to(root, at.start, at.end)?;
                if is_in_function {
                    let reads = self.only_reads(item, &path);
                    (reads || grows(&path, self.names.item(item).text())).then_some(())?;
                    grows_later |= !reads;
                } else {
                    self.step(item, &path)?;
                }
            }
        }
        if grows_later {
            self.add(None, false);
        }
        self.has.filter(|_| self.is_set)
    }

    /// Where the item has the word, and whether that is in a function, which runs whenever it is called.
    fn places(&self, item: usize) -> Option<Vec<(Span, bool)>> {
        let scopes = self.names.scopes(item)?;
        let Some(number) = scopes.number(ALL) else { return Some(Vec::new()) };
        let bound = scopes.bindings(MODULE, number).map(|it| (it.at, it.from != MODULE));
        let used = scopes.references().iter().filter(|it| {
            it.name == number && scopes.resolve(it.scope, it.name) == Resolution::Module
        });
        let mut places: Vec<_> = bound.chain(used.map(|it| (it.at, it.scope != MODULE))).collect();
        places.sort_unstable_by_key(|(at, _)| at.start);
        places.dedup_by_key(|(at, _)| at.start);
        Some(places)
    }

    /// Runs what the word at the end of the path is a part of. Nothing when it may do anything.
    fn step(&mut self, item: usize, path: &[Node<'a>]) -> Option<()> {
        let text = self.names.item(item).text();
        let [.., parent, word] = path[..] else { return None };
        let is_left = Field::Left.of(parent) == Some(word);
        // The module, the statement, the assignment, the word.
        let is_certain = path.len() == 4;
        match kind(parent) {
            Kind::Assignment if is_left => {
                let Some(value) = Field::Right.of(parent) else { return Some(()) };
                is_certain.then_some(())?;
                self.has = self.in_list(item, value, 0);
                self.is_set = true;
            }
            Kind::AugmentedAssignment if is_left => {
                let operator = Field::Operator.of(parent)?;
                (&text[operator.byte_range()] == "+=").then_some(())?;
                let found = self.in_list(item, Field::Right.of(parent)?, 0);
                self.add(found, is_certain);
            }
            Kind::Attribute if grows(path, text) => {
                let call = path[path.len() - 3];
                let is_extend = &text[Field::Attribute.of(parent)?.byte_range()] == "extend";
                let found = match arguments(call)[..] {
                    [given] if is_extend => self.in_list(item, given, 0),
                    [given] => plain_string(given, text).map(|it| it == self.name),
                    _ => None,
                };
                self.add(found, path.len() == 5);
            }
            // `from .core import __all__`
            Kind::DottedName if path.len() == 4 => {
                let binding = self.names.module_bindings(ALL).into_iter().find(|bound| {
                    bound.item == item && bound.binding.at == Span::from(word.byte_range())
                })?;
                self.has = self.imported(binding);
                self.is_set = true;
            }
            _ => self.only_reads(item, path).then_some(())?,
        }
        Some(())
    }

    fn imported(&self, binding: Bound<'a>) -> Option<bool> {
        let (module, name) = self.names.import_of(binding)?;
        (name.as_deref() == Some(ALL)).then_some(())?;
        self.listed_in(&self.names.site?.import(&module)?)
    }

    fn listed_in(&self, module: &crate::modules::Module) -> Option<bool> {
        let names = open(self.names.site?, module)?;
        match names.listed(self.name, self.trail.further()?) {
            All::Lists => Some(true),
            All::Omits => Some(false),
            All::Absent | All::Unknown => None,
        }
    }

    /// Names came in. `is_certain` unless that is a matter of a branch.
    fn add(&mut self, found: Option<bool>, is_certain: bool) {
        let found = if is_certain { found } else { found.filter(|found| !found) };
        self.has = either(self.has, found);
    }

    /// Whether the name is in the list that an expression gives.
    fn in_list(&self, item: usize, node: Node<'a>, depth: usize) -> Option<bool> {
        (depth < MAX_DEPTH).then_some(())?;
        let node = bare(node);
        let text = self.names.item(item).text();
        match kind(node) {
            Kind::List | Kind::Tuple | Kind::ExpressionList => {
                let has = |element: Node<'a>| match kind(element) {
                    Kind::ListSplat => self.in_list(item, element.named_child(0)?, depth + 1),
                    Kind::Attribute => self.in_list(item, element, depth + 1),
                    _ => plain_string(element, text).map(|it| it == self.name),
                };
                let elements = statements(node).into_iter();
                elements.map(has).reduce(either).unwrap_or(Some(false))
            }
            Kind::BinaryOperator => {
                let operator = Field::Operator.of(node)?;
                (&text[operator.byte_range()] == "+").then_some(())?;
                let left = self.in_list(item, Field::Left.of(node)?, depth + 1);
                either(left, self.in_list(item, Field::Right.of(node)?, depth + 1))
            }
            Kind::Identifier if &text[node.byte_range()] == ALL => self.has,
            Kind::Attribute if &text[Field::Attribute.of(node)?.byte_range()] == ALL => {
                let written = Field::Object.of(node)?;
                // To the grammar, the star of `[*a.b]` stands before `a` alone.
                let is_spread = kind(written) == Kind::ListSplat;
                let object = if is_spread { written.named_child(0)? } else { written };
                match self.names.target_within(item, object, self.trail)? {
                    Target::Module(module) => self.listed_in(&module),
                    Target::Definition(_) => None,
                }
            }
            _ => None,
        }
    }

    /// True when what stands around the word changes nothing.
    fn only_reads(&self, item: usize, path: &[Node<'a>]) -> bool {
        let [.., around, parent, word] = path[..] else { return false };
        match kind(parent) {
            Kind::ExpressionStatement
            | Kind::ReturnStatement
            | Kind::ComparisonOperator
            | Kind::BinaryOperator
            | Kind::ListSplat => true,
            Kind::ForStatement | Kind::ForInClause => Field::Right.of(parent) == Some(word),
            Kind::Argument => Field::Function.of(around).is_some_and(|callee| {
                let name = self.names.qualified(item, callee);
                let name = name.as_deref().and_then(|name| name.strip_prefix("builtins."));
                name.is_some_and(|name| READERS.contains(&name))
            }),
            _ => false,
        }
    }
}

/// True for `__all__.append(…)` and `__all__.extend(…)`, if the path leads to the word in it.
fn grows(path: &[Node<'_>], text: &str) -> bool {
    let [.., call, attribute, word] = path[..] else { return false };
    kind(attribute) == Kind::Attribute
        && Field::Object.of(attribute) == Some(word)
        && Field::Function.of(call) == Some(attribute)
        && Field::Attribute
            .of(attribute)
            .is_some_and(|it| matches!(&text[it.byte_range()], "append" | "extend"))
}

/// Whether one of two lists has a name.
fn either(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}
