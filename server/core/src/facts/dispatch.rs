//! What a file registers with a `singledispatch` function.
//!
//! Source: Library Reference, functools, `singledispatch`: the type of the first argument chooses;
//! `register` is given a type, or takes it from the annotation of that argument.

use super::decoration::{Arguments, Decorated, Decoration, qualified, surroundings};
use super::source_text::one_line_in;
use crate::names::{Bound, Names, Use};
use crate::syntax::function::{parameters, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

/// The names of the two decorators.
pub(super) const FUNCTION: &str = "functools.singledispatch";
pub(super) const METHOD: &str = "functools.singledispatchmethod";

/// A function or method that dispatches on its argument's type.
#[derive(Clone, Debug)]
pub(super) struct Generic<'a> {
    pub names: Names<'a>,
    pub item: usize,
    pub function: Node<'a>,
    /// The class body it stands in, for a method.
    pub class: Option<Node<'a>>,
    /// How many parameters stand in front of the one that decides.
    pub skipped: usize,
}

/// One implementation for one type.
#[derive(Clone, Debug)]
pub(super) struct Registered<'a> {
    pub item: usize,
    /// The `decorator` or `call` that registers.
    pub at: Node<'a>,
    /// The type as it is written; one of several for a union.
    pub shown: String,
    /// Equal for the same type, as far as the names tell.
    pub key: String,
    /// The type belongs to a union.
    pub union: Option<String>,
    /// The name of the implementation.
    pub function: String,
    /// False in a branch, or in a function that may not be called.
    pub certain: bool,
}

/// All that the file registers, in order; `complete` is false when some of it cannot be read.
#[derive(Clone, Debug, Default)]
pub(super) struct Table<'a> {
    pub rows: Vec<Registered<'a>>,
    pub complete: bool,
}

impl<'a> Generic<'a> {
    /// The generic function that a definition with its decorators makes.
    pub fn of(
        names: Names<'a>,
        decorated: &Decorated<'a>,
        class: Option<Node<'a>>,
    ) -> Option<Self> {
        let function = decorated.function()?;
        // Under another decorator it may have no `register`.
        let first = decorated.all.first().filter(|one| one.call.is_none())?;
        let below = &decorated.all[1..];
        let skipped = if first.is(&[METHOD]) {
            class?;
            usize::from(!below.iter().any(|one| one.is(&["builtins.staticmethod"])))
        } else {
            first.is(&[FUNCTION]).then_some(0)?
        };
        let class = class.filter(|_| first.is(&[METHOD]));
        Some(Self { names, item: decorated.item, function, class, skipped })
    }

    /// The generic function that an expression can only be.
    pub fn resolve(names: Names<'a>, item: usize, node: Node<'_>) -> Option<Self> {
        let bound = names.definition(item, node)?;
        let function = names.node(bound)?;
        let root = names.item(bound.item).tree()?.root_node();
        let path = walk::path_to(root, function.start_byte(), function.end_byte())?;
        let at = path.iter().position(|node| *node == function)?;
        let decorated = *path.get(at.checked_sub(1)?)?;
        let (around, conditional) = surroundings(&path[..at - 1]);
        let class = around.filter(|around| kind(*around) == Kind::ClassDefinition);
        (!conditional).then_some(())?;
        Self::of(names, &Decorated::read(names, bound.item, decorated)?, class)
    }

    /// What the file registers. Nothing when the name can be something else.
    pub fn table(&self) -> Option<Table<'a>> {
        let binding =
            self.names.scopes(self.item)?.definition(self.function.byte_range().into())?;
        let mut table = Table { rows: Vec::new(), complete: true };
        for found in self.names.uses(Bound { item: self.item, binding })? {
            match self.read(found) {
                Some(rows) => table.rows.extend(rows),
                None => table.complete = false,
            }
        }
        Some(table)
    }

    /// What one use of the name registers; nothing when that cannot be told.
    fn read(&self, found: Use<'a>) -> Option<Vec<Registered<'a>>> {
        let root = self.names.item(found.item).tree()?.root_node();
        let text = self.names.item(found.item).text();
        let path = walk::path_to(root, found.reference.at.start, found.reference.at.end)?;
        let [above @ .., attribute, _name] = path.as_slice() else { return Some(Vec::new()) };
        let is_register = kind(*attribute) == Kind::Attribute
            && attribute
                .child_in(Field::Attribute)
                .is_some_and(|it| &text[it.byte_range()] == "register");
        if !is_register {
            return Some(Vec::new());
        }
        let (around, conditional) = surroundings(above);
        let certain = around == self.class && !conditional;
        match above {
            [.., decorated, decorator] if kind(*decorator) == Kind::Decorator => {
                let function = Decorated::read(self.names, found.item, *decorated)?;
                let (types, name) = self.by_annotation(found.item, &function)?;
                self.rows(found.item, *decorator, types, name, certain)
            }
            [.., decorated, decorator, call]
                if kind(*call) == Kind::Call && kind(*decorator) == Kind::Decorator =>
            {
                let function = Decorated::read(self.names, found.item, *decorated)?;
                let arguments = Arguments::of(*call, text);
                let types = arguments.get(0, "cls")?;
                let name = function.definition.child_in(Field::Name)?;
                let plain = arguments.get(1, "func").is_none() && !arguments.spread;
                let name = plain.then(|| text[name.byte_range()].to_owned())?;
                self.rows(found.item, *decorator, types, name, certain)
            }
            [.., call] if kind(*call) == Kind::Call => {
                let arguments = Arguments::of(*call, text);
                let (types, function) = (arguments.get(0, "cls")?, arguments.get(1, "func")?);
                (!arguments.spread).then_some(())?;
                self.rows(found.item, *call, types, one_line_in(text, function), certain)
            }
            _ => None,
        }
    }

    /// The annotation of the parameter that decides, and the function's name.
    fn by_annotation(&self, item: usize, decorated: &Decorated<'a>) -> Option<(Node<'a>, String)> {
        let text = self.names.item(item).text();
        let function = decorated.function()?;
        // Other decorators below may change what is registered, but not those of a method.
        let skipped = match decorated.all.last()? {
            one if one.is(&["builtins.staticmethod"]) => 0,
            _ => self.skipped,
        };
        let all = parameters(function)?;
        // The first annotation counts, whichever parameter has it.
        let first = all.iter().position(|one| one.annotation.is_some())?;
        (first == skipped).then_some(())?;
        let name = function.child_in(Field::Name)?;
        Some((all[first].annotation?, text[name.byte_range()].to_owned()))
    }

    fn rows(
        &self,
        item: usize,
        at: Node<'a>,
        types: Node<'a>,
        function: String,
        certain: bool,
    ) -> Option<Vec<Registered<'a>>> {
        let text = self.names.item(item).text();
        let mut members = Vec::new();
        union_members(self.names, item, types, &mut members, 0)?;
        let union = (members.len() > 1).then(|| one_line_in(text, types));
        members
            .into_iter()
            .map(|node| {
                Some(Registered {
                    item,
                    at,
                    shown: one_line_in(text, node),
                    key: key(self.names, item, node)?,
                    union: union.clone(),
                    function: function.clone(),
                    certain,
                })
            })
            .collect()
    }
}

/// True for `@f.register` and `@f.register(…)`; gives `f`.
pub(super) fn registered_with<'a>(text: &str, decoration: &Decoration<'a>) -> Option<Node<'a>> {
    let callee = decoration.callee;
    let is_register = kind(callee) == Kind::Attribute
        && &text[callee.child_in(Field::Attribute)?.byte_range()] == "register";
    is_register.then(|| callee.child_in(Field::Object)).flatten()
}

/// The types of a union, or the one type; nothing for what is no plain class.
fn union_members<'a>(
    names: Names<'a>,
    item: usize,
    node: Node<'a>,
    out: &mut Vec<Node<'a>>,
    depth: usize,
) -> Option<()> {
    if depth > 20 {
        return None;
    }
    let mut each = |nodes: &[Node<'a>]| {
        nodes.iter().try_for_each(|node| union_members(names, item, *node, out, depth + 1))
    };
    match kind(node) {
        Kind::Type | Kind::ParenthesizedExpression => each(&[*statements(node).first()?]),
        Kind::UnionType | Kind::BinaryOperator => each(&statements(node)),
        Kind::GenericType | Kind::Subscript => {
            let parts = statements(node);
            let head = *parts.first()?;
            let is_union = qualified(names, item, head).as_deref() == Some("typing.Union");
            is_union.then_some(())?;
            let inner: Vec<_> = match kind(node) {
                Kind::GenericType => statements(*parts.get(1)?),
                _ => parts[1..].to_vec(),
            };
            each(&inner)
        }
        Kind::Identifier | Kind::Attribute | Kind::None => {
            out.push(node);
            Some(())
        }
        Kind::Call => is_none_type(names, item, node).then(|| out.push(node)),
        _ => None,
    }
}

/// True for `type(None)`.
fn is_none_type(names: Names<'_>, item: usize, call: Node<'_>) -> bool {
    let arguments = Arguments::of(call, names.item(item).text());
    let callee = call.child_in(Field::Function);
    callee.and_then(|callee| qualified(names, item, callee)).as_deref() == Some("builtins.type")
        && matches!(arguments.positional[..], [one] if kind(one) == Kind::None)
}

/// A text that two expressions share when they stand for the same class.
fn key(names: Names<'_>, item: usize, node: Node<'_>) -> Option<String> {
    if kind(node) == Kind::None || kind(node) == Kind::Call {
        return Some("None".to_owned());
    }
    if let Some(bound) = names.definition(item, node) {
        return Some(format!("{}:{}", bound.item, bound.binding.at.start));
    }
    let text = &names.item(item).text()[node.byte_range()];
    Some(qualified(names, item, node).unwrap_or_else(|| format!("{item}:{text}")))
}
