//! What the file does with a container.

use crate::facts::call_sites::path_of;
use crate::names::{Bound, Names};
use crate::syntax::{Field, Kind, Node, function::statements, kind};

/// What is done with a subscript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// `x[i]`.
    Read,
    /// `x[i] = …`.
    Store,
    /// `x[i] += …`.
    Augment,
    /// `del x[i]`.
    Delete,
}

/// What an expression is used for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Role<'a> {
    /// `x.m(…)`.
    Method {
        /// `m`.
        name: Node<'a>,
        /// The `call`.
        call: Node<'a>,
    },
    /// `x[i]`.
    Subscript {
        /// `i`; nothing for `x[i, j]`.
        index: Option<Node<'a>>,
        /// What is done with it.
        access: Access,
        /// True for `x[i].…`, `x[i][…]` and `x[i](…)`.
        goes_on: bool,
    },
    /// `… in x`.
    Contains,
    /// `for … in x`.
    Iterated,
    /// `if x`, `while x`, `not x`.
    Tested,
    /// The only argument of the call.
    Argument(Node<'a>),
    /// Anything else.
    Other,
}

impl<'a> Role<'a> {
    /// The role of the last node of `path`.
    pub fn of(path: &[Node<'a>]) -> Self {
        let [.., parent, node] = *path else { return Self::Other };
        match kind(parent) {
            Kind::Attribute if Field::Object.of(parent) == Some(node) => {
                let name = Field::Attribute.of(parent);
                let call = path.len().checked_sub(3).map(|at| path[at]).filter(|call| {
                    kind(*call) == Kind::Call && call.child_in(Field::Function) == Some(parent)
                });
                match (name, call) {
                    (Some(name), Some(call)) => Self::Method { name, call },
                    _ => Self::Other,
                }
            }
            Kind::Subscript if Field::Value.of(parent) == Some(node) => {
                Self::of_subscript(&path[..path.len() - 1]).unwrap_or(Self::Other)
            }
            Kind::ComparisonOperator => {
                let is_right = statements(parent).last() == Some(&node);
                let is_in = operator(parent).is_some_and(|word| matches!(word, "in" | "not in"));
                if is_right && is_in { Self::Contains } else { Self::Other }
            }
            Kind::ForStatement | Kind::ForInClause => {
                if Field::Right.of(parent) == Some(node) {
                    Self::Iterated
                } else {
                    Self::Other
                }
            }
            Kind::NotOperator => Self::Tested,
            Kind::IfStatement | Kind::ElifClause | Kind::WhileStatement => {
                let condition = parent.child_in(Field::Condition);
                if condition == Some(node) { Self::Tested } else { Self::Other }
            }
            Kind::Argument => match path.len().checked_sub(3).map(|at| path[at]) {
                Some(call) if kind(call) == Kind::Call && statements(parent).len() == 1 => {
                    Self::Argument(call)
                }
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }

    /// The role of what the `subscript` at the end of `path` is a subscript of.
    pub fn of_subscript(path: &[Node<'a>]) -> Option<Self> {
        let node = *path.last().filter(|node| kind(**node) == Kind::Subscript)?;
        let mut indices = node.children_in(Field::Subscript);
        let index = indices.next();
        let index = index.filter(|_| indices.next().is_none());
        let access = access(path);
        let goes_on = path.len().checked_sub(2).is_some_and(|at| {
            let around = path[at];
            Field::Object.of(around) == Some(node)
                || kind(around) == Kind::Subscript && Field::Value.of(around) == Some(node)
                || around.child_in(Field::Function) == Some(node)
        });
        Some(Self::Subscript { index, access, goes_on })
    }
}

/// What is done with the last node of the path.
fn access(path: &[Node<'_>]) -> Access {
    for pair in path.windows(2).rev() {
        let [around, node] = *pair else { return Access::Read };
        let is_target = || Field::Left.of(around) == Some(node);
        match kind(around) {
            Kind::PatternList
            | Kind::TuplePattern
            | Kind::ListPattern
            | Kind::Tuple
            | Kind::List
            | Kind::ExpressionList
            | Kind::ParenthesizedExpression => {}
            Kind::Assignment | Kind::ForStatement | Kind::ForInClause if is_target() => {
                return Access::Store;
            }
            Kind::AsPatternTarget => return Access::Store,
            Kind::AugmentedAssignment if is_target() => return Access::Augment,
            Kind::DeleteStatement => return Access::Delete,
            _ => return Access::Read,
        }
    }
    Access::Read
}

/// The operator of a comparison of two operands, its words parted by one space.
pub(super) fn operator<'a>(comparison: Node<'a>) -> Option<&'a str> {
    let mut found = comparison.children_in(Field::Operators);
    let first = found.next()?;
    found.next().is_none().then_some(first.kind())
}

/// A use of a name.
pub(in crate::facts) struct Used<'a> {
    /// Index of the item.
    pub item: usize,
    /// From the root of the item to the name.
    pub path: Vec<Node<'a>>,
}

/// All uses of the variable that the assignment around the value at the end of `path` binds.
/// Nothing when it is bound elsewhere too, or one of the uses may mean something else.
pub(in crate::facts) fn of_assigned<'a>(
    names: Names<'a>,
    item: usize,
    path: &[Node<'a>],
) -> Option<(&'a str, Vec<Used<'a>>)> {
    let [.., assignment, value] = *path else { return None };
    let is_value =
        kind(assignment) == Kind::Assignment && Field::Right.of(assignment) == Some(value);
    let left = Field::Left.of(assignment).filter(|left| kind(*left) == Kind::Identifier)?;
    let name = names.item(item).text().get(left.byte_range()).filter(|_| is_value)?;
    let scopes = names.scopes(item)?;
    let binding = scopes.binding_at(left.byte_range().into())?;
    let uses = names.uses(Bound { item, binding })?;
    let paths =
        uses.iter().map(|found| Some(Used { item: found.item, path: path_of(names, found)? }));
    Some((name, paths.collect::<Option<_>>()?))
}
