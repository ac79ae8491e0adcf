//! An assignment in a class body, as the construct that is asked about.

use super::super::classes::{Class, Own};
use std::cell::OnceCell;

use super::attributes::{Access, Write, writes_of};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

/// `name = value` in the body of a class, which the class surely keeps.
pub(in crate::facts) struct BodyAttribute<'a> {
    pub class: Class<'a>,
    pub name: &'a str,
    pub value: Node<'a>,
    writes: OnceCell<Vec<Write<'a>>>,
}

impl<'a> BodyAttribute<'a> {
    /// The subject, an `assignment` without annotation. Nothing when the name is bound again or
    /// the class has a decorator that may change it.
    pub fn of(subject: &Subject<'a>) -> Option<Self> {
        let node = subject.node();
        let around = subject
            .ancestors()
            .find(|node| !matches!(kind(*node), Kind::Block | Kind::ExpressionStatement))?;
        let class = Class::new(subject.names(), subject.item(), around)?;
        let (left, value) = (Field::Left.of(node)?, Field::Right.of(node)?);
        let is_plain = kind(left) == Kind::Identifier && Field::Type.of(node).is_none();
        let name = subject.text(left);
        let stays = matches!(class.own(name), Own::Yes(binding)
            if binding.at == left.byte_range().into());
        let transparent = class.decorated().is_none_or(|decorated| {
            decorated.all.iter().all(|one| one.is(super::super::classes::TRANSPARENT))
        });
        (is_plain && stays && transparent).then(|| Self {
            class,
            name,
            value,
            writes: OnceCell::new(),
        })
    }

    /// What methods of the class do to the attribute of that name through `self`.
    pub fn writes(&self, access: Access) -> Vec<Write<'a>> {
        let all = self.writes.get_or_init(|| writes_of(self.class, self.name));
        all.iter().filter(|write| write.access == access).copied().collect()
    }
}
