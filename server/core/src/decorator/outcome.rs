//! What a decorated function is once its `def` has run.

use tree_sitter::Node;

use super::users::is_decorated;
use super::{Decorator, Gives, Metadata, read};
use crate::names::Names;
use crate::scope::BindingKind;
use crate::syntax::function::{decorators, docstring, statements};
use crate::syntax::{Kind, kind};

/// A decorator line whose decorator this file defines.
#[derive(Clone, Debug)]
pub struct Applied<'a> {
    /// The decorator.
    pub decorator: Decorator<'a>,
    /// True for `@d(…)`, false for `@d`.
    pub called: bool,
}

impl Applied<'_> {
    /// True when it is used as it is meant: a factory called, a plain decorator bare.
    pub fn fits(&self) -> bool {
        self.called == self.decorator.factory.is_some()
    }
}

/// The function whose metadata a decorated function shows.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    /// Index of the item with the function in `shown`.
    pub item: usize,
    /// The function whose `__name__`, `__doc__` and `__module__` the name shows: the decorated
    /// function itself, or a wrapper.
    pub shown: Node<'a>,
    /// The object the name is bound to: a wrapper, always.
    pub bound: Node<'a>,
    /// Index of the item with the function in `bound`.
    pub bound_item: usize,
}

/// What a decorator line applies, if it names a function of this file and nothing else.
pub fn applied<'a>(names: Names<'a>, item: usize, decorator: Node<'a>) -> Option<Applied<'a>> {
    let expression = *statements(decorator).first()?;
    let (callee, called) = match kind(expression) {
        Kind::Identifier => (expression, false),
        Kind::Call => (expression.child_by_field_name("function")?, true),
        _ => return None,
    };
    let bound = names.definition(item, callee)?;
    // What a branch defines may be something else where the branch is not taken.
    let is_plain = bound.binding.kind == BindingKind::Function && !bound.binding.conditional;
    let function = names.node(bound).filter(|_| is_plain)?;
    // With decorators of its own its name is bound to what those return.
    if is_decorated(names, bound.item, function) {
        return None;
    }
    Some(Applied { decorator: read(names, bound.item, function)?, called })
}

/// Follows the decorators of `decorated` from the bottom up. Nothing when one of them is not
/// defined in this file, or does not give its wrapper.
pub fn outcome<'a>(names: Names<'a>, item: usize, decorated: Node<'a>) -> Option<Outcome<'a>> {
    let function = decorated.child_by_field_name("definition")?;
    (kind(function) == Kind::FunctionDefinition).then_some(())?;
    let mut shown = (item, function);
    let mut bound = None;
    for line in decorators(decorated).into_iter().rev() {
        let applied = applied(names, item, line).filter(Applied::fits)?;
        let decorator = applied.decorator;
        (decorator.gives == Gives::Wrapper).then_some(())?;
        bound = Some((decorator.item, decorator.wrapper));
        match decorator.metadata {
            Metadata::Own => shown = (decorator.item, decorator.wrapper),
            Metadata::Copied(_) => {}
            Metadata::Unknown => return None,
        }
    }
    let (bound_item, bound) = bound?;
    Some(Outcome { item: shown.0, shown: shown.1, bound, bound_item })
}

impl<'a> Outcome<'a> {
    /// What `__name__` is.
    pub fn name(&self, names: Names<'a>) -> &'a str {
        let text = names.item(self.item).text();
        self.shown.child_by_field_name("name").map_or("", |name| &text[name.byte_range()])
    }

    /// The string literal that `__doc__` is; nothing for `None`.
    pub fn doc(&self, names: Names<'a>) -> Option<Node<'a>> {
        docstring(self.shown, names.item(self.item).text())
    }
}
