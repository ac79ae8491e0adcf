//! The decorators of a definition, and what they are called with.

use super::classes::{Class, Own};
use crate::names::Names;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

/// One decorator.
#[derive(Clone, Debug)]
pub(crate) struct Decoration<'a> {
    /// The `decorator`, from the `@` on.
    pub node: Node<'a>,
    /// The expression after the `@`.
    pub expression: Node<'a>,
    /// What the expression calls, or the expression itself.
    pub callee: Node<'a>,
    /// The `call`, if it is one.
    pub call: Option<Node<'a>>,
    /// What the callee is, by its dotted name, if it is imported or a builtin.
    pub name: Option<String>,
}

impl Decoration<'_> {
    /// True when the callee has one of these dotted names.
    pub fn is(&self, names: &[&str]) -> bool {
        self.name.as_deref().is_some_and(|name| names.contains(&name))
    }
}

/// A definition with its decorators, and the one of them that is asked about.
#[derive(Clone, Debug)]
pub(crate) struct Decorated<'a> {
    /// Index of the item.
    pub item: usize,
    /// The `function_definition` or `class_definition`.
    pub definition: Node<'a>,
    /// From the top down.
    pub all: Vec<Decoration<'a>>,
    /// Index in `all` of the decorator that the subject is; nothing when it is the definition.
    pub at: Option<usize>,
    /// The class or function whose body the definition stands in, directly or in a branch of it.
    pub around: Option<Node<'a>>,
    /// True when the definition stands in a branch or loop of that body.
    pub conditional: bool,
}

impl<'a> Decorated<'a> {
    /// Reads a `decorator` or a `decorated_definition`. Nothing when the definition has an error.
    pub fn of(subject: &Subject<'a>) -> Option<Self> {
        let path = subject.path();
        let (node, above) = match kind(subject.node()) {
            Kind::Decorator => (*path.get(path.len().checked_sub(2)?)?, &path[..path.len() - 2]),
            Kind::DecoratedDefinition => (subject.node(), &path[..path.len() - 1]),
            _ => return None,
        };
        let mut decorated = Self::read(subject.names(), subject.item(), node)?;
        if kind(subject.node()) == Kind::Decorator {
            decorated.at = Some(decorated.all.iter().position(|one| one.node == subject.node())?);
        }
        (decorated.around, decorated.conditional) = surroundings(above);
        Some(decorated)
    }

    /// Reads a `decorated_definition`, without what is around it.
    pub fn read(names: Names<'a>, item: usize, node: Node<'a>) -> Option<Self> {
        if kind(node) != Kind::DecoratedDefinition || node.is_broken() {
            return None;
        }
        let definition = Field::Definition.of(node)?;
        let all: Vec<_> = statements(node)
            .into_iter()
            .filter(|child| kind(*child) == Kind::Decorator)
            .map(|child| decoration(names, item, child))
            .collect::<Option<_>>()?;
        let (at, around, conditional) = (None, None, false);
        (!all.is_empty()).then_some(Self { item, definition, all, at, around, conditional })
    }

    /// The decorator that is asked about if it has one of these dotted names; asked about the
    /// definition, the only decorator that has.
    pub fn find(&self, names: &[&str]) -> Option<usize> {
        match self.at {
            Some(at) => self.all[at].is(names).then_some(at),
            None => {
                let mut found = (0..self.all.len()).filter(|&at| self.all[at].is(names));
                let first = found.next()?;
                found.next().is_none().then_some(first)
            }
        }
    }

    /// The function, unless a class is decorated.
    pub fn function(&self) -> Option<Node<'a>> {
        (kind(self.definition) == Kind::FunctionDefinition).then_some(self.definition)
    }

    /// The class around a method.
    pub fn class(&self, names: Names<'a>) -> Option<Class<'a>> {
        let around = self.around.filter(|around| kind(*around) == Kind::ClassDefinition)?;
        Class::new(names, self.item, around)
    }

    /// True when the body of `class` binds the name in the end to what becomes of this definition.
    pub fn stays_in(&self, class: Class<'a>) -> bool {
        let text = class.text();
        let name = Field::Name.of(self.definition);
        let own = name.map(|name| class.own(&text[name.byte_range()]));
        matches!(own, Some(Own::Yes(binding)) if binding.node == self.definition.byte_range().into())
    }

    /// The name of the function or class.
    pub fn name(&self, subject: &Subject<'a>) -> Option<&'a str> {
        Some(subject.text(Field::Name.of(self.definition)?))
    }
}

/// The definition whose body holds the end of `path`, and whether the way there leads through a
/// branch or loop.
pub(crate) fn surroundings<'a>(path: &[Node<'a>]) -> (Option<Node<'a>>, bool) {
    let mut conditional = false;
    for node in path.iter().rev() {
        match kind(*node) {
            Kind::FunctionDefinition | Kind::ClassDefinition => return (Some(*node), conditional),
            Kind::IfStatement
            | Kind::ForStatement
            | Kind::WhileStatement
            | Kind::TryStatement
            | Kind::MatchStatement
            | Kind::ConditionalExpression
            | Kind::BooleanOperator
            | Kind::Lambda
            | Kind::ListComprehension
            | Kind::SetComprehension
            | Kind::DictionaryComprehension
            | Kind::GeneratorExpression => conditional = true,
            _ => {}
        }
    }
    (None, conditional)
}

fn decoration<'a>(names: Names<'a>, item: usize, node: Node<'a>) -> Option<Decoration<'a>> {
    let expression = *statements(node).first()?;
    let call = (kind(expression) == Kind::Call).then_some(expression);
    let callee = called(expression);
    let name = qualified(names, item, callee);
    Some(Decoration { node, expression, callee, call, name })
}

/// What a decorator's expression calls, or the expression itself.
pub(crate) fn called(expression: Node<'_>) -> Node<'_> {
    let function = Field::Function.of(expression);
    function.filter(|_| kind(expression) == Kind::Call).unwrap_or(expression)
}

/// [`Names::qualified`], with names of `typing_extensions` as those of the standard library.
pub(crate) fn qualified(names: Names<'_>, item: usize, node: Node<'_>) -> Option<String> {
    let name = names.qualified(item, node)?;
    Some(match name.strip_prefix("typing_extensions.") {
        Some("deprecated") => "warnings.deprecated".to_owned(),
        Some(rest) => format!("typing.{rest}"),
        None => name,
    })
}

/// The arguments of a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arguments<'a> {
    pub positional: Vec<Node<'a>>,
    /// Name and value.
    pub keywords: Vec<(&'a str, Node<'a>)>,
    /// True when a `*` or `**` may give any others.
    pub spread: bool,
}

impl<'a> Arguments<'a> {
    /// Reads the arguments of the `call`, or of the bases of the `class_definition`, in an item
    /// with this text.
    pub fn of(node: Node<'a>, text: &'a str) -> Self {
        let field = if kind(node) == Kind::Call { Field::Arguments } else { Field::Superclasses };
        let mut out = Self::default();
        let Some(list) = node.child_in(field) else { return out };
        if kind(list) != Kind::Argument {
            out.positional.push(list);
            return out;
        }
        for child in statements(list) {
            match kind(child) {
                Kind::ListSplat | Kind::DictionarySplat => out.spread = true,
                Kind::KeywordArgument => {
                    let name = Field::Name.of(child);
                    let value = Field::Value.of(child);
                    if let (Some(name), Some(value)) = (name, value) {
                        out.keywords.push((&text[name.byte_range()], value));
                    }
                }
                _ => out.positional.push(child),
            }
        }
        out
    }

    /// The value of a keyword.
    pub fn keyword(&self, name: &str) -> Option<Node<'a>> {
        self.keywords.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
    }

    /// The argument at this position or under this name.
    pub fn get(&self, position: usize, name: &str) -> Option<Node<'a>> {
        self.positional.get(position).copied().or_else(|| self.keyword(name))
    }
}
