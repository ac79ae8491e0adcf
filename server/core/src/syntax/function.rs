//! Function definitions: parameters, body, docstring, what runs when they are called.

use crate::syntax::Node;

use super::{Field, Kind, kind};
use crate::walk;

/// How a parameter takes its argument (`inspect.Parameter.kind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// Before `/`.
    PositionalOnly,
    /// Neither before `/` nor behind `*`.
    PositionalOrKeyword,
    /// `*args`.
    VarPositional,
    /// Behind `*` or `*args`.
    KeywordOnly,
    /// `**kwargs`.
    VarKeyword,
}

/// One parameter of a function or lambda.
#[derive(Clone, Copy, Debug)]
pub struct Parameter<'tree> {
    /// The whole parameter, with annotation and default.
    pub node: Node<'tree>,
    /// Its identifier.
    pub name: Node<'tree>,
    /// How it takes its argument.
    pub kind: ParameterKind,
    /// The expression behind `=`.
    pub default: Option<Node<'tree>>,
    /// The expression behind `:`.
    pub annotation: Option<Node<'tree>>,
}

impl Parameter<'_> {
    /// True when a call may leave the argument out.
    pub fn is_optional(&self) -> bool {
        self.default.is_some()
            || matches!(self.kind, ParameterKind::VarPositional | ParameterKind::VarKeyword)
    }
}

/// The parameters of a `function_definition` or `lambda`, in order. Nothing when one of them is no
/// valid parameter of Python 3.
pub fn parameters(function: Node<'_>) -> Option<Vec<Parameter<'_>>> {
    let Some(list) = Field::Parameters.of(function) else {
        return (kind(function) == Kind::Lambda).then(Vec::new);
    };
    let mut found: Vec<Parameter<'_>> = Vec::new();
    let mut keyword_only = false;
    for node in list.named_children() {
        match kind(node) {
            // Comments, and the backslashes that join lines.
            _ if node.is_extra() => continue,
            Kind::KeywordSeparator => keyword_only = true,
            Kind::PositionalSeparator => {
                for parameter in &mut found {
                    parameter.kind = ParameterKind::PositionalOnly;
                }
            }
            _ => {
                let parameter = parameter(node, keyword_only)?;
                keyword_only |= parameter.kind == ParameterKind::VarPositional;
                found.push(parameter);
            }
        }
    }
    Some(found)
}

fn parameter(node: Node<'_>, keyword_only: bool) -> Option<Parameter<'_>> {
    let plain =
        if keyword_only { ParameterKind::KeywordOnly } else { ParameterKind::PositionalOrKeyword };
    let default = Field::Value.of(node);
    let annotation = Field::Type.of(node);
    let (target, found) = match kind(node) {
        Kind::Identifier => (node, plain),
        Kind::DefaultParameter | Kind::TypedDefaultParameter => (Field::Name.of(node)?, plain),
        Kind::TypedParameter => {
            let target = node.named_child(0)?;
            (target, starred(target).unwrap_or(plain))
        }
        _ => (node, starred(node)?),
    };
    let name = if kind(target) == Kind::Identifier { target } else { target.named_child(0)? };
    (kind(name) == Kind::Identifier).then_some(Parameter {
        node,
        name,
        kind: found,
        default,
        annotation,
    })
}

fn starred(node: Node<'_>) -> Option<ParameterKind> {
    match kind(node) {
        Kind::ListSplatPattern => Some(ParameterKind::VarPositional),
        Kind::DictionarySplatPattern => Some(ParameterKind::VarKeyword),
        _ => None,
    }
}

/// True for an `async def`.
pub fn is_async(function: Node<'_>) -> bool {
    function.child(0).is_some_and(|token| token.kind() == "async")
}

/// The statements of a function, class or other suite, without comments.
pub fn statements(suite: Node<'_>) -> Vec<Node<'_>> {
    suite.named_children().filter(|node| !node.is_extra()).collect()
}

/// The string literal that is the function's or class's `__doc__`. An f-string or bytes literal is
/// none (Language Reference, Function definitions; PEP 498).
pub fn docstring<'tree>(definition: Node<'tree>, text: &str) -> Option<Node<'tree>> {
    let first = *statements(Field::Body.of(definition)?).first()?;
    if kind(first) != Kind::ExpressionStatement {
        return None;
    }
    let string = first.named_child(0)?;
    let parts = match kind(string) {
        Kind::String => vec![string],
        Kind::ConcatenatedString => statements(string),
        _ => return None,
    };
    let plain = |part: &Node<'_>| {
        let quote = text[part.byte_range()].find(['"', '\'']).unwrap_or(0);
        let prefix = &text[part.byte_range()][..quote];
        !prefix.contains(['b', 'B', 'f', 'F', 't', 'T'])
    };
    (first.named_child_count() == 1 && parts.iter().all(plain)).then_some(string)
}

/// Calls `visit` with each node that runs when the body of `function` runs: not what stands inside
/// nested functions, lambdas or classes.
pub fn own_nodes<'tree>(function: Node<'tree>, mut visit: impl FnMut(Node<'tree>)) {
    let Some(body) = Field::Body.of(function) else { return };
    walk::until(body, |node| {
        visit(node);
        matches!(kind(node), Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda)
    });
}

/// True when the body has a `yield` of its own.
pub fn is_generator(function: Node<'_>) -> bool {
    let mut found = false;
    own_nodes(function, |node| found |= kind(node) == Kind::Yield);
    found
}

/// The function's own `return` statements.
pub fn returns(function: Node<'_>) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    own_nodes(function, |node| {
        if kind(node) == Kind::ReturnStatement {
            found.push(node);
        }
    });
    found
}

/// The expression of a `return` statement, if it has one.
pub fn returned(statement: Node<'_>) -> Option<Node<'_>> {
    statement.named_children().find(|node| !node.is_extra())
}

/// A function defined in the body of another.
#[derive(Clone, Copy, Debug)]
pub struct Nested<'tree> {
    /// The `function_definition`.
    pub function: Node<'tree>,
    /// The `decorated_definition` around it, if it has decorators.
    pub decorated: Option<Node<'tree>>,
}

/// The functions defined directly in `function`, not in nested functions or classes.
pub fn nested_functions(function: Node<'_>) -> Vec<Nested<'_>> {
    let mut found = Vec::new();
    let mut around: Option<Node<'_>> = None;
    own_nodes(function, |node| match kind(node) {
        Kind::DecoratedDefinition => around = Some(node),
        Kind::FunctionDefinition => {
            let decorated = around.filter(|around| {
                Field::Definition.of(*around).is_some_and(|it| it.id() == node.id())
            });
            found.push(Nested { function: node, decorated });
        }
        _ => {}
    });
    found
}

/// The decorators of a `decorated_definition`, from the top down.
pub fn decorators(decorated: Node<'_>) -> Vec<Node<'_>> {
    statements(decorated).into_iter().filter(|node| kind(*node) == Kind::Decorator).collect()
}

/// The arguments of a `call`, without comments. A single generator expression is the one argument.
pub fn arguments(call: Node<'_>) -> Vec<Node<'_>> {
    match Field::Arguments.of(call) {
        Some(list) if kind(list) == Kind::Argument => statements(list),
        Some(generator) => vec![generator],
        None => Vec::new(),
    }
}
