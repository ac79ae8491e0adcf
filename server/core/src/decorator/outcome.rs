//! What a decorated function is once its `def` has run.

use super::given::{Given, given};
use super::users::is_decorated;
use super::{Decorator, Gives, Metadata, read};
use crate::modules::Line;
use crate::names::{Definition, Names};
use crate::scope::BindingKind;
use crate::syntax::function::{decorators, docstring, statements};
use crate::syntax::{Field, Kind, Node, kind};

/// A decorator line whose decorator a file of the workspace defines.
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

/// A function and the file that defines it.
#[derive(Clone, Copy, Debug)]
pub struct Function<'a> {
    pub(super) names: Names<'a>,
    pub(super) item: usize,
    /// The `function_definition`.
    pub node: Node<'a>,
}

/// The function whose metadata a decorated function shows.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    /// The function whose `__name__`, `__doc__` and `__module__` the name shows: the decorated
    /// function itself, or a wrapper.
    pub shown: Function<'a>,
    /// The object the name is bound to: a wrapper, always.
    pub bound: Function<'a>,
}

/// What a decorator line applies, if it names one function of the workspace and nothing else.
pub fn applied<'a>(names: Names<'a>, item: usize, decorator: Node<'a>) -> Option<Applied<'a>> {
    let expression = *statements(decorator).first()?;
    let (callee, called) = match kind(expression) {
        Kind::Identifier | Kind::Attribute => (expression, false),
        Kind::Call => (expression.child_in(Field::Function)?, true),
        _ => return None,
    };
    let Definition { names, bound } = names.definition_anywhere(item, callee)?;
    // What a branch defines may be something else where the branch is not taken.
    let is_plain = bound.binding.kind == BindingKind::Function && !bound.binding.conditional;
    let function = names.node(bound).filter(|_| is_plain)?;
    // With decorators of its own its name is bound to what those return.
    if is_decorated(names, bound.item, function) {
        return None;
    }
    Some(Applied { decorator: read(names, bound.item, function)?, called })
}

/// Follows the decorators of `decorated` from the bottom up. Nothing when the definition of one of
/// them is not known, or does not give its wrapper.
pub fn outcome<'a>(names: Names<'a>, item: usize, decorated: Node<'a>) -> Option<Outcome<'a>> {
    let node = decorated.child_in(Field::Definition)?;
    (kind(node) == Kind::FunctionDefinition).then_some(())?;
    let mut shown = Function { names, item, node };
    let mut bound = None;
    for line in decorators(decorated).into_iter().rev() {
        let Some(applied) = applied(names, item, line) else {
            // One that only registers the function puts nothing in its place.
            let giver = given(names, item, line)?;
            matches!(giver.gives, Given::Same).then_some(())?;
            continue;
        };
        let applied = Some(applied).filter(Applied::fits)?;
        let Decorator { names, item, wrapper: node, gives, metadata, .. } = applied.decorator;
        (gives == Gives::Wrapper).then_some(())?;
        let wrapper = Function { names, item, node };
        bound = Some(wrapper);
        match metadata {
            Metadata::Own => shown = wrapper,
            Metadata::Copied(_) => {}
            Metadata::Unknown => return None,
        }
    }
    Some(Outcome { shown, bound: bound? })
}

impl<'a> Function<'a> {
    /// Its name.
    pub fn name(&self) -> &'a str {
        let name = self.node.child_in(Field::Name);
        name.map_or("", |name| &self.names.item(self.item).text()[name.byte_range()])
    }

    /// The string literal that its `__doc__` is; nothing for `None`.
    pub fn doc(&self) -> Option<Node<'a>> {
        docstring(self.node, self.names.item(self.item).text())
    }

    /// The line of its `def`.
    pub fn line(&self) -> Line {
        self.names.line(self.item, self.node)
    }
}
