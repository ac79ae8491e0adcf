//! The metaclass that a class of the file gets.
//!
//! Source: Python Language Reference, Data model, Determining the appropriate metaclass: the most
//! derived one of that named by `metaclass=` and those of the bases.

use super::super::Value;
use super::super::classes::Class;
use super::super::decoration::qualified;
use super::making::makes_and_returns;
use super::mro::{CLASSES, Found, Link, MAX_BASES, Order, Orders};
use crate::modules::Line;
use crate::names::Bound;
use crate::scope::BindingKind;
use crate::syntax::Node;

/// A method of a class of the file.
#[derive(Clone, Debug)]
pub(in crate::facts) struct Method<'a> {
    /// The class that defines it.
    pub class: Class<'a>,
    /// The `function_definition`.
    pub node: Node<'a>,
    /// Its line.
    pub line: Line,
}

/// The metaclass of a class.
#[derive(Clone, Debug)]
pub(in crate::facts) enum Meta<'a> {
    /// This one. The order goes from the metaclass to `object`.
    Is(Vec<Link<'a>>),
    /// These two do not derive from each other: making the class raises `TypeError`.
    Conflict(Link<'a>, Link<'a>),
    /// It cannot be told.
    Unknown,
}

impl<'a> Meta<'a> {
    /// The metaclass itself, if it is known.
    pub fn class(&self) -> Option<&Link<'a>> {
        match self {
            Self::Is(links) => links.first(),
            _ => None,
        }
    }

    /// True when it surely is `type`.
    pub fn is_type(&self) -> bool {
        self.class().is_some_and(|link| link.is("builtins.type"))
    }
}

fn known(name: &str) -> Link<'static> {
    Link::Known(name.to_owned())
}

impl<'a> Orders<'_, 'a> {
    /// The metaclass of a class of the file.
    pub fn metaclass(&mut self, class: Class<'a>) -> Meta<'a> {
        self.metaclass_within(class, 0)
    }

    /// The metaclass of any class.
    pub fn metaclass_of(&mut self, link: &Link<'a>) -> Meta<'a> {
        let Link::Known(name) = link else {
            return link.here().map_or(Meta::Unknown, |class| self.metaclass(class));
        };
        let row = self.subject.row(&CLASSES, name);
        let meta = match row.and_then(|row| row.get("metaclass")) {
            Some(Value::Code(meta)) => meta.as_str(),
            _ if row.is_some() || name == "builtins.object" => "builtins.type",
            _ => return Meta::Unknown,
        };
        self.of_link(&known(meta)).complete().map_or(Meta::Unknown, Meta::Is)
    }

    fn metaclass_within(&mut self, class: Class<'a>, depth: usize) -> Meta<'a> {
        if let Some(meta) = self.metaclasses.get(&class.node.id()) {
            return meta.clone();
        }
        let meta = self.choose(class, depth);
        self.metaclasses.insert(class.node.id(), meta.clone());
        meta
    }

    fn choose(&mut self, class: Class<'a>, depth: usize) -> Meta<'a> {
        let Some(bases) = self.bases(class).filter(|_| depth < MAX_BASES) else {
            return Meta::Unknown;
        };
        let mut candidates = Vec::new();
        if let Some(node) = class.metaclass() {
            let link = match self.resolve(class, node) {
                Some(found) => Link::Here(found),
                None => match qualified(class.names, class.item, node) {
                    Some(name) => Link::Known(name),
                    None => return Meta::Unknown,
                },
            };
            match self.of_link(&link) {
                // Any callable may stand there; only metaclasses are inherited.
                Order::Complete(links) if is_metaclass(&links) => candidates.push(links),
                _ => return Meta::Unknown,
            }
        }
        for base in bases {
            let meta = match base {
                Link::Here(base) => self.metaclass_within(base, depth + 1),
                Link::Known(_) => self.metaclass_of(&base),
            };
            match meta {
                Meta::Is(links) => candidates.push(links),
                _ => return Meta::Unknown,
            }
        }
        let mut winner = vec![known("builtins.type"), known("builtins.object")];
        for candidate in candidates {
            let (Some(one), Some(two)) = (winner.first(), candidate.first()) else {
                return Meta::Unknown;
            };
            if candidate.contains(one) {
                winner = candidate;
            } else if !winner.contains(two) {
                return Meta::Conflict(one.clone(), two.clone());
            }
        }
        Meta::Is(winner)
    }

    /// True when the class is a metaclass itself, false when it is none.
    pub fn is_metaclass(&mut self, class: Class<'a>) -> Option<bool> {
        self.of(class).complete().map(|links| is_metaclass(&links))
    }

    /// Where a metaclass gets a hook from; nothing for the one of `type` or when it is not known.
    pub fn hook(&self, meta: &Meta<'a>, name: &str) -> Option<Method<'a>> {
        let Meta::Is(links) = meta else { return None };
        self.method(links, name)
    }

    /// The function of the file that an attribute looked up along these classes is.
    pub fn method(&self, along: &[Link<'a>], name: &str) -> Option<Method<'a>> {
        let Found::Here(class, binding) = self.lookup(along, name) else { return None };
        let is_function = binding.kind == BindingKind::Function;
        let node = class.names.node(Bound { item: class.item, binding })?;
        let line = class.line_at(binding.node.start);
        is_function.then_some(Method { class, node, line })
    }

    /// True when making a class with this metaclass surely runs `type.__new__`, and after it
    /// `__init__` of the metaclass.
    pub fn makes_by_type(&self, meta: &Meta<'a>) -> bool {
        let Meta::Is(links) = meta else { return false };
        match self.lookup(links, "__new__") {
            Found::Known(_) => true,
            Found::Here(class, binding) if binding.kind == BindingKind::Function => {
                let node = class.names.node(Bound { item: class.item, binding });
                node.is_some_and(|node| makes_and_returns(class.names, class.item, node))
            }
            _ => false,
        }
    }
}

fn is_metaclass(order: &[Link<'_>]) -> bool {
    order.iter().any(|link| link.is("builtins.type"))
}
