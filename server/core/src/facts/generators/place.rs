//! Where an expression stands, and what the code around it does with its value.

use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line_in;
use crate::names::{Names, Use};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::{Span, value, walk};

/// Longer code is not written out in a sentence.
const MAX_CODE: usize = 44;

/// An expression of the file and the nodes around it.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a> {
    pub names: Names<'a>,
    /// Index of the item.
    pub item: usize,
    /// From the item's root to the expression.
    pub path: Vec<Node<'a>>,
}

/// What happens to the value of an expression right away.
#[derive(Clone, Debug)]
pub(crate) enum Role<'a> {
    /// The `for_statement` that runs over it.
    For(Node<'a>),
    /// A comprehension or generator expression runs over it; true for its first `for`.
    Clause(Node<'a>, bool),
    /// The `yield` of a `yield from`.
    YieldFrom,
    /// `*x` in a call or display, or the value of `a, b = x`.
    Unpacked,
    /// On the right of `in`.
    Membership,
    /// A positional argument of a call.
    Argument { call: Node<'a>, position: usize },
    /// The value of an assignment to one name, which is here.
    Assigned(Node<'a>),
    /// It is an expression statement.
    Dropped,
    /// Behind `return`.
    Returned,
    /// Anything else.
    Other,
}

impl<'a> Place<'a> {
    /// The place of the subject.
    pub fn of(subject: &Subject<'a>) -> Self {
        Self { names: subject.names(), item: subject.item(), path: subject.path().to_vec() }
    }

    /// The place of a use of a name. Nothing in broken code.
    pub fn of_use(names: Names<'a>, found: &Use<'a>) -> Option<Self> {
        let path = crate::facts::call_sites::path_of(names, found)?;
        let last = path.last()?;
        let is_it = Span::from(last.byte_range()) == found.reference.at;
        is_it.then_some(Self { names, item: found.item, path })
    }

    /// The place of a node of an item.
    pub fn at(names: Names<'a>, item: usize, node: Node<'_>) -> Option<Self> {
        let root = names.item(item).tree()?.root_node();
        let mut path = walk::path_to(root, node.start_byte(), node.end_byte())?;
        let index = path.iter().rposition(|other| other.id() == node.id())?;
        path.truncate(index + 1);
        Some(Self { names, item, path })
    }

    /// The expression.
    pub fn node(&self) -> Node<'a> {
        self.path[self.path.len() - 1]
    }

    /// The text of its item.
    pub fn text(&self) -> &'a str {
        self.names.item(self.item).text()
    }

    /// The text of a node of its item on one line; what is long is cut to its outer form.
    pub fn brief(&self, node: Node<'_>) -> String {
        brief(self.text(), node)
    }

    /// Its line in the file, from 0.
    pub fn line(&self, subject: &Subject<'_>) -> usize {
        line_in(subject, self.item, self.node())
    }

    /// What the code around it does with its value.
    pub fn role(&self) -> Role<'a> {
        let mut end = self.path.len() - 1;
        while end > 0 && kind(self.path[end - 1]) == Kind::ParenthesizedExpression {
            end -= 1;
        }
        let node = self.path[end];
        let Some(parent) = end.checked_sub(1).map(|index| self.path[index]) else {
            return Role::Other;
        };
        let around = end.checked_sub(2).map(|index| self.path[index]);
        match kind(parent) {
            Kind::ForStatement if Field::Right.of(parent) == Some(node) => Role::For(parent),
            Kind::ForInClause if Field::Right.of(parent) == Some(node) => match around {
                Some(around) => Role::Clause(around, is_first_clause(around, parent)),
                None => Role::Other,
            },
            Kind::Yield if parent.child(1).is_some_and(|token| token.kind() == "from") => {
                Role::YieldFrom
            }
            Kind::ListSplat => Role::Unpacked,
            Kind::ComparisonOperator => membership(parent, node),
            Kind::Argument => match around.filter(|call| kind(*call) == Kind::Call) {
                Some(call) => argument(call, node, self.text()),
                None => Role::Other,
            },
            // A generator expression as the only argument.
            Kind::Call if parent.child_in(Field::Arguments) == Some(node) => {
                Role::Argument { call: parent, position: 0 }
            }
            Kind::Assignment if Field::Right.of(parent) == Some(node) => {
                let is_statement =
                    around.is_some_and(|around| kind(around) == Kind::ExpressionStatement);
                match Field::Left.of(parent) {
                    Some(left) if kind(left) == Kind::Identifier && is_statement => {
                        Role::Assigned(left)
                    }
                    Some(left)
                        if is_statement
                            && matches!(
                                kind(left),
                                Kind::PatternList | Kind::TuplePattern | Kind::ListPattern
                            ) =>
                    {
                        Role::Unpacked
                    }
                    _ => Role::Other,
                }
            }
            Kind::ExpressionStatement if statements(parent).len() == 1 => Role::Dropped,
            Kind::ReturnStatement => Role::Returned,
            _ => Role::Other,
        }
    }

    /// The dotted name of what the call calls: `builtins.sum`, or `builtins.str.join` for a method
    /// of a builtin type.
    pub fn callee(&self, call: Node<'a>) -> Option<String> {
        callee(self.names, self.item, call)
    }
}

/// The dotted name of what the call calls: `builtins.sum`, or `builtins.str.join` for a method of
/// a builtin type.
pub(super) fn callee(names: Names<'_>, item: usize, call: Node<'_>) -> Option<String> {
    let function = call.child_in(Field::Function)?;
    if let Some(name) = names.qualified(item, function) {
        return Some(name);
    }
    if kind(function) != Kind::Attribute {
        return None;
    }
    let object = Field::Object.of(function)?;
    let value = value::of(names, item, object)?;
    let value::Object::Builtin(builtin) = value.object else { return None };
    let attribute = &names.item(item).text()[Field::Attribute.of(function)?.byte_range()];
    Some(format!("{}.{attribute}", builtin.qualified()))
}

/// [`one_line_in`], with what is long in a sentence cut to its outer form; empty for what has none.
pub(super) fn brief(text: &str, node: Node<'_>) -> String {
    let whole = one_line_in(text, node);
    if whole.chars().count() <= MAX_CODE {
        return whole;
    }
    match kind(node) {
        Kind::Call => match node.child_in(Field::Function).map(|it| brief(text, it)) {
            Some(function) if !function.is_empty() => format!("{function}(…)"),
            _ => String::new(),
        },
        Kind::Subscript => match Field::Value.of(node).map(|it| brief(text, it)) {
            Some(value) if !value.is_empty() => format!("{value}[…]"),
            _ => String::new(),
        },
        Kind::ListComprehension | Kind::List => "[…]".to_owned(),
        Kind::SetComprehension | Kind::DictionaryComprehension | Kind::Set | Kind::Dictionary => {
            "{…}".to_owned()
        }
        Kind::GeneratorExpression | Kind::Tuple | Kind::ParenthesizedExpression => "(…)".to_owned(),
        _ => String::new(),
    }
}

/// The line in the file, from 0, of a node of an item.
pub(super) fn line_in(subject: &Subject<'_>, item: usize, node: Node<'_>) -> usize {
    let document = subject.document();
    document.text().line_of(document.start_of(item) + node.start_byte())
}

/// True for the first `for` of a comprehension.
pub(super) fn is_first_clause(comprehension: Node<'_>, clause: Node<'_>) -> bool {
    let first = statements(comprehension).into_iter().find(|node| kind(*node) == Kind::ForInClause);
    first == Some(clause)
}

/// `x in node`, alone.
fn membership<'a>(comparison: Node<'_>, node: Node<'_>) -> Role<'a> {
    let operands = statements(comparison);
    let is_in = comparison
        .children_in(Field::Operators)
        .all(|token| matches!(token.kind(), "in" | "not in"));
    let is_right = matches!(operands[..], [_, right] if right == node);
    if is_in && is_right { Role::Membership } else { Role::Other }
}

fn argument<'a>(call: Node<'a>, node: Node<'_>, text: &'a str) -> Role<'a> {
    let arguments = Arguments::of(call, text);
    if arguments.spread {
        return Role::Other;
    }
    match arguments.positional.iter().position(|one| *one == node) {
        Some(position) => Role::Argument { call, position },
        None => Role::Other,
    }
}
