//! Whether an expression is true, in a method that learns of an exception.
//!
//! Source: Library Reference, Built-in types, Truth value testing; Data model, `object.__exit__()`.

use crate::facts::classes::{Class, Lookup};
use crate::names::Names;
use crate::syntax::function::{ParameterKind, arguments, parameters, statements};
use crate::syntax::{Field, Kind, Node, kind};

/// What a test of an expression gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    True,
    False,
    Unknown,
}

impl Truth {
    fn of(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }

    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// Operators within operators are followed this far.
const MAX_OPERATORS: usize = 30;

/// A function, with what its parameters hold when the block raised.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Raised<'a> {
    pub names: Names<'a>,
    /// Index of the item.
    pub item: usize,
    /// The `function_definition`.
    pub function: Node<'a>,
    /// The class around a method that gets the type, the value and the traceback of the exception;
    /// nothing for a function that gets none.
    pub class: Option<Class<'a>>,
}

/// What a parameter of `__exit__` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Itself,
    Type,
    Value,
    Traceback,
    /// All that is left, the first of them with this number.
    Rest(usize),
}

const ROLES: [Role; 4] = [Role::Itself, Role::Type, Role::Value, Role::Traceback];

impl<'a> Raised<'a> {
    /// The text of the item.
    pub fn text(&self) -> &'a str {
        self.names.item(self.item).text()
    }

    /// Whether the expression is true.
    pub fn truth(&self, node: Node<'_>) -> Truth {
        self.truth_within(node, 0)
    }

    fn truth_within(&self, node: Node<'_>, depth: usize) -> Truth {
        if depth > MAX_OPERATORS {
            return Truth::Unknown;
        }
        let part = |field: Field| {
            node.child_in(field).map_or(Truth::Unknown, |part| self.truth_within(part, depth + 1))
        };
        match kind(node) {
            Kind::True | Kind::Ellipsis | Kind::Lambda | Kind::GeneratorExpression => Truth::True,
            Kind::False | Kind::None => Truth::False,
            Kind::Integer => Truth::of(!is_zero(&self.text()[node.byte_range()])),
            Kind::String => string(node),
            Kind::List | Kind::Tuple | Kind::Dictionary | Kind::Set | Kind::ExpressionList => {
                let parts = statements(node);
                let spreads = [Kind::ListSplat, Kind::DictionarySplat];
                match parts.iter().any(|part| !spreads.contains(&kind(*part))) {
                    true => Truth::True,
                    false if parts.is_empty() => Truth::False,
                    false => Truth::Unknown,
                }
            }
            Kind::ParenthesizedExpression => statements(node)
                .first()
                .map_or(Truth::Unknown, |inner| self.truth_within(*inner, depth + 1)),
            Kind::NotOperator => part(Field::Argument).not(),
            Kind::BooleanOperator => {
                let is_and = node.child_in(Field::Operator).is_some_and(|it| it.kind() == "and");
                let decides = Truth::of(!is_and);
                match (part(Field::Left), part(Field::Right)) {
                    (left, right) if left == decides || right == decides => decides,
                    (Truth::Unknown, _) | (_, Truth::Unknown) => Truth::Unknown,
                    _ => decides.not(),
                }
            }
            Kind::ComparisonOperator => self.comparison(node),
            Kind::Call => {
                let callee = node.child_in(Field::Function);
                let name = callee.and_then(|callee| self.names.qualified(self.item, callee));
                match (name.as_deref(), &arguments(node)[..]) {
                    (Some("builtins.bool"), [one])
                        if !matches!(kind(*one), Kind::KeywordArgument | Kind::ListSplat) =>
                    {
                        self.truth_within(*one, depth + 1)
                    }
                    _ => Truth::Unknown,
                }
            }
            _ => match self.role(node) {
                Some(Role::Type | Role::Traceback) => Truth::True,
                Some(Role::Rest(first)) => Truth::of(first < ROLES.len()),
                Some(Role::Itself) => self.instance(),
                // An exception may say itself whether it is true.
                Some(Role::Value) | None => Truth::Unknown,
            },
        }
    }

    /// `exc_type is None` and its opposite.
    fn comparison(&self, node: Node<'_>) -> Truth {
        let [left, right] = statements(node)[..] else { return Truth::Unknown };
        let other = match (kind(left), kind(right)) {
            (Kind::None, _) => right,
            (_, Kind::None) => left,
            _ => return Truth::Unknown,
        };
        let Some(Role::Type | Role::Value | Role::Traceback) = self.role(other) else {
            return Truth::Unknown;
        };
        match node.child_in(Field::Operators).map(|operator| operator.kind()) {
            Some("is") => Truth::False,
            Some("is not") => Truth::True,
            _ => Truth::Unknown,
        }
    }

    fn instance(&self) -> Truth {
        let Some(class) = self.class else { return Truth::Unknown };
        let asks = ["__bool__", "__len__"].map(|name| class.lookup_anywhere(name));
        match asks {
            [Lookup::Absent, Lookup::Absent] => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// True when the expression is the first parameter of the method, never rebound.
    pub fn is_self(&self, node: Node<'_>) -> bool {
        self.role(node) == Some(Role::Itself)
    }

    /// True for a condition that asks whether there is an exception, and nothing else.
    pub fn asks_for_exception(&self, condition: Node<'_>) -> bool {
        match kind(condition) {
            Kind::NotOperator | Kind::ParenthesizedExpression => {
                statements(condition).first().is_some_and(|inner| {
                    kind(*inner) != kind(condition) && self.asks_for_exception(*inner)
                })
            }
            Kind::ComparisonOperator => self.comparison(condition) != Truth::Unknown,
            _ => matches!(self.role(condition), Some(Role::Type | Role::Traceback)),
        }
    }

    /// True for a `raise` of the exception that is handled.
    pub fn raises_again(&self, raise: Node<'_>) -> bool {
        match statements(raise)[..] {
            [] => true,
            [value] => self.role(value) == Some(Role::Value),
            _ => false,
        }
    }

    /// What an expression holds that is a parameter, never rebound, or an index into the last.
    fn role(&self, node: Node<'_>) -> Option<Role> {
        self.class?;
        match kind(node) {
            Kind::Identifier => self.parameter(node),
            Kind::Subscript => {
                let Role::Rest(first) = self.parameter(node.child_in(Field::Value)?)? else {
                    return None;
                };
                let index = node.child_in(Field::Subscript)?;
                let index: usize = self.text()[index.byte_range()].parse().ok()?;
                ROLES.get(first + index).copied()
            }
            _ => None,
        }
    }

    fn parameter(&self, node: Node<'_>) -> Option<Role> {
        if kind(node) != Kind::Identifier
            || !self.names.is_variable_of(self.item, node, self.function)
        {
            return None;
        }
        let name = &self.text()[node.byte_range()];
        if self.names.bindings_in(self.item, self.function, name).len() != 1 {
            return None;
        }
        let parameters = parameters(self.function)?;
        let index =
            parameters.iter().position(|one| &self.text()[one.name.byte_range()] == name)?;
        match parameters[index].kind {
            ParameterKind::PositionalOnly | ParameterKind::PositionalOrKeyword => {
                ROLES.get(index).copied()
            }
            ParameterKind::VarPositional => Some(Role::Rest(index)),
            _ => None,
        }
    }
}

/// True for an integer literal that is zero in any notation.
fn is_zero(text: &str) -> bool {
    let digits = text.trim_start_matches(['0', '_']);
    digits.is_empty()
        || matches!(digits.split_at(1), ("x" | "X" | "o" | "O" | "b" | "B", rest) if rest.chars().all(|digit| matches!(digit, '0' | '_')))
}

fn string(node: Node<'_>) -> Truth {
    let parts = statements(node);
    let has = |wanted| parts.iter().any(|part| kind(*part) == wanted);
    match (has(Kind::StringContent), has(Kind::Interpolation)) {
        (true, _) => Truth::True,
        (false, true) => Truth::Unknown,
        (false, false) => Truth::False,
    }
}
