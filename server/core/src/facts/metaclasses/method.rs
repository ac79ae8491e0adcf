//! A special method of a class, as the construct that is asked about.

use super::super::classes::{Class, Own};
use super::super::decoration::Decorated;
use crate::subject::Subject;
use crate::syntax::function::{Parameter, ParameterKind, parameters};
use crate::syntax::{Field, Kind, Node, kind};

/// A method that its class surely has under its name.
pub(in crate::facts) struct OwnMethod<'a> {
    pub class: Class<'a>,
    /// The `function_definition`.
    pub node: Node<'a>,
    pub name: &'a str,
    pub parameters: Vec<Parameter<'a>>,
    pub decorated: Option<Decorated<'a>>,
}

impl<'a> OwnMethod<'a> {
    /// The subject, a `function_definition` directly in the body of a class. Nothing when the name
    /// is bound again there, or in a branch.
    pub fn of(subject: &Subject<'a>) -> Option<Self> {
        let node = subject.node();
        let mut around = subject.ancestors().filter(|node| kind(*node) != Kind::Block);
        let mut parent = around.next()?;
        let mut decorated = None;
        if kind(parent) == Kind::DecoratedDefinition {
            decorated = Some(Decorated::read(subject.names(), subject.item(), parent)?);
            parent = around.next()?;
        }
        let class = Class::new(subject.names(), subject.item(), parent)?;
        let name = subject.text(node.child_in(Field::Name)?);
        let stays = matches!(class.own(name), Own::Yes(binding)
            if binding.node == node.byte_range().into());
        if !stays
            || node.is_broken()
            || super::outside::is_set_from_outside(subject.document(), name)
        {
            return None;
        }
        Some(Self { class, node, name, parameters: parameters(node)?, decorated })
    }

    /// The first parameter, if it takes a positional argument.
    pub fn first(&self) -> Option<&'a str> {
        self.positional(0)
    }

    /// The parameter that gets the positional argument at this place.
    pub fn positional(&self, index: usize) -> Option<&'a str> {
        let positional = [ParameterKind::PositionalOnly, ParameterKind::PositionalOrKeyword];
        let found = self.parameters.get(index)?;
        positional.contains(&found.kind).then(|| &self.class.text()[found.name.byte_range()])
    }
}
