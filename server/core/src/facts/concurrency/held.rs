//! The name or attribute that keeps what a call made, and what the file does with it.

use super::code::place;
use crate::Span;
use crate::facts::source_text::one_line_in;
use crate::names::Bound;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::value;
use crate::walk;

/// An object with a name.
#[derive(Clone, Debug)]
pub(crate) struct Held<'a> {
    /// The name, or `self.name`, as it is written where the object is made.
    pub name: String,
    /// Every use in the file, but for where it is assigned.
    pub uses: Vec<Place<'a>>,
    /// False for an attribute or a variable declared `global`, which code elsewhere may use too.
    pub is_variable: bool,
}

/// A place of the file that uses it.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a> {
    /// Index of the item.
    pub item: usize,
    /// From the root of the item to the name or attribute.
    pub path: Vec<Node<'a>>,
}

impl<'a> Place<'a> {
    /// The method that is called on it, and the `call`.
    pub fn method(&self, subject: &Subject<'a>) -> Option<(&'a str, Node<'a>)> {
        let [.., call, attribute, object] = self.path[..] else { return None };
        let is_call = kind(call) == Kind::Call
            && call.child_in(Field::Function) == Some(attribute)
            && Field::Object.of(attribute) == Some(object);
        let name = Field::Attribute.of(attribute).filter(|_| is_call)?;
        Some((subject.names().item(self.item).text().get(name.byte_range())?, call))
    }

    /// The attribute that is read or set on it, and its node.
    pub fn attribute(&self, subject: &Subject<'a>) -> Option<(&'a str, Node<'a>)> {
        let [.., attribute, object] = self.path[..] else { return None };
        let is_it = Field::Object.of(attribute) == Some(object);
        let name = Field::Attribute.of(attribute).filter(|_| is_it)?;
        Some((subject.names().item(self.item).text().get(name.byte_range())?, attribute))
    }

    /// True when it is entered by a `with`.
    pub fn is_entered(&self) -> bool {
        let mut above = self.path.iter().rev().skip(1).skip_while(|node| {
            matches!(kind(**node), Kind::AsPattern | Kind::ParenthesizedExpression)
        });
        above.next().is_some_and(|node| kind(*node) == Kind::WithItem)
    }

    /// The innermost node.
    pub fn node(&self) -> Node<'a> {
        self.path[self.path.len() - 1]
    }

    /// Its line in the file, from 0.
    pub fn line(&self, subject: &Subject<'_>) -> usize {
        place(subject, self.item, self.node())
    }
}

impl<'a> Held<'a> {
    /// What keeps the object that the subject, a `call`, makes. Nothing when the name may mean
    /// another object.
    pub fn of(subject: &Subject<'a>) -> Option<Self> {
        let call = subject.node();
        let holder = subject.ancestors().find(|node| {
            !matches!(kind(*node), Kind::ParenthesizedExpression | Kind::AsPatternTarget)
        })?;
        let target = match kind(holder) {
            Kind::Assignment if Field::Right.of(holder) == Some(call) => Field::Left.of(holder)?,
            Kind::AsPattern => holder.child_in(Field::Alias)?.named_child(0)?,
            _ => return None,
        };
        match kind(target) {
            Kind::Identifier => Self::variable(subject, target),
            Kind::Attribute => Self::attribute(subject, target, call),
            _ => None,
        }
    }

    fn variable(subject: &Subject<'a>, target: Node<'a>) -> Option<Self> {
        let names = subject.names();
        let item = subject.item();
        let at = Span::from(target.byte_range());
        let scopes = names.scopes(item)?;
        let binding = scopes.binding_at(at)?;
        let found = names.uses(Bound { item, binding })?;
        let mut uses = Vec::new();
        for one in found {
            let root = names.item(one.item).tree()?.root_node();
            let span = one.reference.at;
            let path = walk::path_to(root, span.start, span.end)?;
            uses.push(Place { item: one.item, path });
        }
        let is_variable = binding.scope == binding.from;
        Some(Self { name: subject.text(target).to_owned(), uses, is_variable })
    }

    fn attribute(subject: &Subject<'a>, target: Node<'a>, call: Node<'a>) -> Option<Self> {
        let names = subject.names();
        let item = subject.item();
        let text = subject.text(Field::Attribute.of(target)?);
        let root = names.item(item).tree()?.root_node();
        let mut uses = Vec::new();
        walk::attributes(root, subject.item_text(), text, |path| {
            let node = path[path.len() - 1];
            if node != target
                && value::of(names, item, node)
                    .is_some_and(|value| value.item == item && value.node == call)
            {
                uses.push(Place { item, path: path.to_vec() });
            }
        });
        let name = one_line_in(subject.item_text(), target);
        (!uses.is_empty()).then_some(Self { name, uses, is_variable: false })
    }

    /// The lines on which one of these methods is called, each once, in order.
    pub fn calls(&self, subject: &Subject<'a>, methods: &[&str]) -> Vec<usize> {
        let places = self
            .uses
            .iter()
            .filter(|place| place.method(subject).is_some_and(|(name, _)| methods.contains(&name)));
        sorted(places.map(|place| place.line(subject)))
    }

    /// The lines on which a `with` enters it.
    pub fn entered(&self, subject: &Subject<'a>) -> Vec<usize> {
        sorted(self.uses.iter().filter(|it| it.is_entered()).map(|it| it.line(subject)))
    }

    /// True when the file does nothing with it but call methods, read attributes and enter it.
    pub fn stays_here(&self, subject: &Subject<'a>) -> bool {
        self.is_variable
            && self
                .uses
                .iter()
                .all(|place| place.attribute(subject).is_some() || place.is_entered())
    }
}

/// In order, each once.
pub(super) fn sorted(lines: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut lines: Vec<usize> = lines.collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}
