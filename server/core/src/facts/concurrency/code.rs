//! What concurrency cards ask about code: what runs it, where it gives up control, what it starts.

use crate::facts::source_text::one_line_in;
use crate::modules::Line;
use crate::names::Names;
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Definition, Object};
use crate::walk;

/// What runs a piece of code.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Around<'a> {
    Module,
    Class,
    /// The body of this `function_definition`.
    Function(Node<'a>),
    Lambda,
    /// A generator expression, which runs when something iterates over it.
    Generator,
}

impl<'a> Around<'a> {
    /// What runs the last node of the path. Defaults, decorators and annotations belong to what is
    /// around the definition, and so does what a generator expression iterates over first.
    pub fn of(path: &[Node<'a>]) -> Self {
        for pair in path.windows(2).rev() {
            let [parent, child] = *pair else { continue };
            let in_body = child.field() == Some(Field::Body);
            match kind(parent) {
                Kind::FunctionDefinition if in_body => return Self::Function(parent),
                Kind::Lambda if in_body => return Self::Lambda,
                Kind::ClassDefinition if in_body => return Self::Class,
                Kind::GeneratorExpression => {
                    let first = crate::syntax::function::statements(parent);
                    if first.get(1) != Some(&child) {
                        return Self::Generator;
                    }
                }
                _ => {}
            }
        }
        Self::Module
    }

    /// The `async def` whose body it is.
    pub fn coroutine(self) -> Option<Node<'a>> {
        match self {
            Self::Function(function) if is_async(function) => Some(function),
            _ => None,
        }
    }
}

/// The nodes of code that runs with `root`: not the bodies of functions, lambdas and classes in it.
pub(crate) fn run_with<'a>(root: Node<'a>, mut visit: impl FnMut(Node<'a>)) {
    let mut skipped: Vec<Node<'a>> = Vec::new();
    walk::until(root, |node| {
        if skipped.contains(&node) {
            return true;
        }
        visit(node);
        if matches!(kind(node), Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda)
            && node != root
        {
            skipped.extend(Field::Body.of(node));
        }
        false
    });
}

/// True for what may give control to the event loop: `await`, `async for` and `async with`.
pub(in crate::facts) fn is_suspension(node: Node<'_>) -> bool {
    match kind(node) {
        Kind::Await => true,
        Kind::ForStatement | Kind::WithStatement | Kind::ForInClause => starts_async(node),
        _ => false,
    }
}

/// True when the first token is `async`.
pub(in crate::facts) fn starts_async(node: Node<'_>) -> bool {
    node.child(0).is_some_and(|token| token.kind() == "async")
}

/// Where the code that runs with `root` may give up control, in order. A `yield` counts: what
/// iterates over an asynchronous generator may wait before it goes on.
pub(crate) fn suspensions(root: Node<'_>) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    run_with(root, |node| {
        if is_suspension(node) || kind(node) == Kind::Yield {
            found.push(node);
        }
    });
    found
}

/// True for an `async def` that runs from its start to its end without giving up control.
pub(in crate::facts) fn never_waits(function: Node<'_>) -> bool {
    is_async(function)
        && !is_generator(function)
        && Field::Body.of(function).is_some_and(|body| suspensions(body).is_empty())
}

/// The `async def` of the file whose coroutine the expression is.
pub(in crate::facts) fn coroutine_of<'a>(
    names: Names<'a>,
    item: usize,
    node: Node<'a>,
) -> Option<Definition<'a>> {
    match value::of(names, item, node)?.object {
        Object::Coroutine(function) => Some(function),
        _ => None,
    }
}

/// A coroutine of an `async def`, and the names of the file of that.
#[derive(Clone, Copy, Debug)]
pub(in crate::facts) struct Coroutine<'a> {
    pub names: Names<'a>,
    pub function: Definition<'a>,
}

impl<'a> Coroutine<'a> {
    /// The coroutine that the expression is, of an `async def` of this file or of another one of the
    /// workspace.
    pub fn of(names: Names<'a>, item: usize, node: Node<'a>) -> Option<Self> {
        if let Some(function) = coroutine_of(names, item, node) {
            return Some(Self { names, function });
        }
        let found = value::elsewhere(names, item, node)?;
        match found.object {
            Object::Coroutine(function) => Some(Self { names: found.names, function }),
            _ => None,
        }
    }

    /// The name of the function.
    pub fn name(self) -> &'a str {
        name_of(self.names, self.function)
    }

    /// The line of a node of the function.
    pub fn line(self, node: Node<'_>) -> Line {
        self.names.line(self.function.item, node)
    }
}

/// The dotted name of what a call calls: of a function or class, or for a method of an object that
/// a call of a class made, `module.Class.method`.
pub(crate) fn callee<'a>(names: Names<'a>, item: usize, call: Node<'a>) -> Option<String> {
    let callee = Field::Function.of(call).filter(|_| kind(call) == Kind::Call)?;
    if let Some(name) = names.qualified(item, callee) {
        return Some(name);
    }
    if kind(callee) != Kind::Attribute {
        return None;
    }
    let owner = value::of(names, item, Field::Object.of(callee)?)?;
    let Object::Called(class) = owner.object else { return None };
    let method = names.item(item).text().get(Field::Attribute.of(callee)?.byte_range())?;
    Some(format!("{class}.{method}"))
}

/// True when the file may run its coroutines with something else than `asyncio`.
pub(in crate::facts) fn has_other_loops(names: Names<'_>) -> bool {
    names.mentions_any(&["trio", "anyio", "curio"])
}

/// True when the last node of the path stands in an `if __name__ == "__main__":`.
pub(crate) fn is_guarded(path: &[Node<'_>], text: &str) -> bool {
    path.windows(2).any(|pair| {
        let is_then = Field::Consequence.of(pair[0]) == Some(pair[1]);
        kind(pair[0]) == Kind::IfStatement && is_then && is_main_test(pair[0], text)
    })
}

/// True when the condition of the `if_statement` is `__name__ == "__main__"`.
pub(in crate::facts) fn is_main_test(statement: Node<'_>, text: &str) -> bool {
    let Some(condition) = Field::Condition.of(statement) else { return false };
    let parts: String = text[condition.byte_range()]
        .chars()
        .filter(|char| !char.is_whitespace() && !matches!(char, '(' | ')'))
        .map(|char| if char == '\'' { '"' } else { char })
        .collect();
    parts == "__name__==\"__main__\"" || parts == "\"__main__\"==__name__"
}

/// The name of a function of the file.
pub(crate) fn name_of<'a>(names: Names<'a>, function: Definition<'a>) -> &'a str {
    let text = names.item(function.item).text();
    Field::Name.of(function.node).map_or("", |name| &text[name.byte_range()])
}

/// Its line in the file, from 0.
pub(in crate::facts) fn line_of(subject: &Subject<'_>, function: Definition<'_>) -> usize {
    place(subject, function.item, function.node)
}

/// The line, from 0, of a node of any item.
pub(in crate::facts) fn place(subject: &Subject<'_>, item: usize, node: Node<'_>) -> usize {
    let document = subject.document();
    document.text().line_of(document.start_of(item) + node.start_byte())
}

/// The source text of a node of any item, on one line; nothing when it would not fit in a card.
pub(in crate::facts) fn short(names: Names<'_>, item: usize, node: Node<'_>) -> Option<String> {
    let text = one_line_in(names.item(item).text(), node);
    (text.chars().count() <= MAX_CODE).then_some(text)
}

/// Longer code than this is left out of a card, in characters.
const MAX_CODE: usize = 60;

/// The statement around the last node of the path, and its index in the path.
pub(in crate::facts) fn statement<'a>(path: &[Node<'a>]) -> Option<(usize, Node<'a>)> {
    let index = path.windows(2).rposition(|pair| {
        matches!(kind(pair[0]), Kind::Block | Kind::Module) && !pair[1].is_extra()
    })?;
    Some((index + 1, path[index + 1]))
}
